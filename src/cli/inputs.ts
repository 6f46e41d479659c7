import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'
import { type FileKind, INSTEAD, kindByName } from '../extract/decode/kind.ts'

/** What was named on the command line, folders opened. */
export interface Inputs {
  /** In the order in which they were named, those of a folder by name; `-` is standard input. */
  readonly files: readonly string[]
  /** Those that were named themselves: that one of them cannot be read is a failure, in a folder it is only told. */
  readonly named: ReadonlySet<string>
  /** True for exactly one file: then JSON is one object and not an array. */
  readonly single: boolean
  /** Bytes of all files together; null when standard input is among them. */
  readonly bytes: number | null
  /** What lies in the folders and is not read, each with the reason. */
  readonly skipped: readonly Skipped[]
}

export interface Skipped {
  readonly file: string
  readonly why: string
}

/** In a folder, only what is a text by its name is read; a file named outright is always tried. */
const TEXTS = /\.(?:txt|md|text|log|csv|tsv|eml|html?|json|pdf|xml)$/i

/** The files behind some paths. Throws `invalid` when there is nothing to read at all. */
export function inputsOf(paths: readonly string[]): Inputs {
  const files: string[] = []
  const skipped: Skipped[] = []
  let bytes: number | null = 0
  for (const path of new Set(paths)) {
    const found = path === '-' ? null : statOf(path)
    if (found?.isDirectory()) walk(path, files, skipped)
    else files.push(path)
  }
  if (files.length === 0)
    throw new HouseError('invalid', `${paths.join(', ')}: no text files there${said(skipped)}`)
  for (const file of files) bytes = file === '-' || bytes === null ? null : bytes + (statOf(file)?.size ?? 0)
  return {
    files,
    named: new Set(paths),
    skipped,
    bytes,
    single: files.length === 1 && paths.length === 1 && files[0] === paths[0],
  }
}

function said(skipped: readonly Skipped[]): string {
  const [first] = skipped
  if (first === undefined) return ''
  const more = skipped.length > 1 ? `, and ${skipped.length - 1} more of the kind` : ''
  return ` (${first.file}: ${first.why}${more})`
}

function statOf(path: string) {
  return statSync(path, { throwIfNoEntry: false }) ?? null
}

/** By hand, because Node's own recursion follows links, and these may lead in circles. */
function walk(folder: string, files: string[], skipped: Skipped[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    const path = join(folder, entry.name)
    const why = entry.name.startsWith('.')
      ? 'hidden'
      : entry.isSymbolicLink()
        ? 'a link to somewhere else; name what it points to'
        : entry.isDirectory()
          ? null
          : entry.isFile()
            ? whyNot(entry.name)
            : 'not a file'
    if (why !== null) skipped.push({ file: path, why })
    else if (entry.isDirectory()) walk(path, files, skipped)
    else files.push(path)
  }
}

const BY_NAME: Readonly<Record<Exclude<FileKind, 'text'>, string>> = {
  ...INSTEAD,
  picture: 'a picture; write down what it shows',
  sound: 'a recording; write down what is said',
}

/** Why a file of a folder is not read, by its name; null when it is. */
function whyNot(name: string): string | null {
  if (TEXTS.test(name)) return null
  const kind = kindByName(name)
  if (kind !== null) return BY_NAME[kind]
  return 'no text by its name; name it outright to have it tried'
}

/** Lines that are told of what was skipped; more are counted. */
const MOST_TOLD = 20

/** What was not read and why, for standard error. */
export function skippedLines(skipped: readonly Skipped[]): string[] {
  const lines = skipped.slice(0, MOST_TOLD).map(({ file, why }) => `skipped ${file}: ${why}`)
  const more = skipped.length - MOST_TOLD
  return more > 0 ? [...lines, `skipped ${more} files more`] : lines
}
