import { readFileSync, statSync } from 'node:fs'
import type { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { type LineOf, yamlOf, yamlValue } from '../core/yaml-value.ts'

/** One thing that is wrong, and where. */
export interface Fault {
  readonly line: number
  readonly what: string
}

/** A parsed file that knows on which line each of its values stands. */
export interface Page {
  readonly file: string
  readonly value: unknown
  readonly lineOf: LineOf
}

/** What most often is wrong with a file that is no YAML. */
const YAML_HINT = 'put each text in quotes, indent by two spaces and never by a tab'
/** Throws `invalid`, naming file and line, for one that is not there or is no YAML. */
export function openPage(file: string): Page {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    const folder = statSync(file, { throwIfNoEntry: false })?.isDirectory()
    const what = folder ? `this is a folder; name its files, as in ${file}/*.yaml` : 'there is no such file'
    throw new HouseError('invalid', `${file}: ${what}`)
  }
  const { document, lineOf } = yamlOf(file, text, YAML_HINT)
  return { file, value: yamlValue(file, document), lineOf }
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
