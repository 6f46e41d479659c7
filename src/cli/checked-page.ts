import { readFileSync, statSync } from 'node:fs'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { yamlValue } from '../core/yaml-value.ts'

/** One thing that is wrong, and where. */
export interface Fault {
  readonly line: number
  readonly what: string
}

/** A parsed file that knows on which line each of its values stands. */
export interface Page {
  readonly file: string
  readonly value: unknown
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/** What most often is wrong with a file that is no YAML. */
const YAML_HINT = 'put each text in quotes, indent by two spaces and never by a tab'
/** Throws `invalid`, naming file and line, for one that is not there or is no YAML. */
export function openPage(file: string): Page {
  const counter = new LineCounter()
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    const folder = statSync(file, { throwIfNoEntry: false })?.isDirectory()
    const what = folder ? `this is a folder; name its files, as in ${file}/*.yaml` : 'there is no such file'
    throw new HouseError('invalid', `${file}: ${what}`)
  }
  const document = parseDocument(text, { lineCounter: counter })
  const [error] = document.errors
  if (error)
    throw new HouseError(
      'invalid',
      `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]} (${YAML_HINT})`,
    )
  return { file, value: yamlValue(file, document), lineOf: (path) => lineOf(document, counter, path) }
}

/** Line of the value at `path`, or of the nearest thing around it that is there. */
function lineOf(document: Document, counter: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line
  }
  return 1
}

/** Each word that the shape does not know or misses, on its line. */
export function shapeFaults(shape: z.ZodType, { value, lineOf: where }: Page): Fault[] {
  const issues = shape.safeParse(value).error?.issues ?? []
  return issues.flatMap((issue) => {
    const at = issue.path.join('.')
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        line: where([...issue.path, key]),
        what: `${[...issue.path, key].join('.')}: no such word is known here; the guide lists them`,
      }))
    const missing = issue.code === 'invalid_type' && valueAt(value, issue.path) === undefined
    return [
      { line: where(issue.path), what: `${at || 'the file'}: ${missing ? 'is missing' : issue.message}` },
    ]
  })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
}
