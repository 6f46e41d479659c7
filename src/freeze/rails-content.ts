import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Document, isCollection, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { ORG_KINDS, PowerKind } from '../core/power.ts'
import { Country } from '../core/shapes.ts'
import { Id, Source, Words } from './condition.ts'
import { Rail } from './rail.ts'

/** The folder of everything that may be edited without programming. */
export const CONTENT = fileURLToPath(new URL('../../content', import.meta.url))

const CountryList = z.strictObject({
  id: Id,
  version: z.int().min(1),
  name: Words,
  source: Source,
  countries: z.array(Country).min(1),
  through: z.record(Country, Country).default({}),
})
type CountryList = z.infer<typeof CountryList>

const PowerList = z
  .strictObject({
    id: z.literal('powers'),
    version: z.int().min(1),
    source: Source,
    powers: z.array(
      z.strictObject({
        id: PowerKind,
        label: Words,
        description: Words,
        /** Kinds of organisation that commonly hold it. */
        heldBy: z.array(z.enum(ORG_KINDS)).min(1),
      }),
    ),
  })
  .superRefine(({ powers }, ctx) => {
    for (const kind of PowerKind.options)
      if (powers.filter(({ id }) => id === kind).length !== 1)
        ctx.addIssue({ code: 'custom', path: ['powers'], message: `“${kind}” must stand here exactly once` })
  })
export type PowerWords = z.infer<typeof PowerList>['powers'][number]

/**
 * Every rail of content/rails, sorted by id, with its country lists filled in.
 * @throws `invalid` with one line for each thing wrong in any file: `content/rails/x.yaml:12: what is wrong`
 */
export function readRails(content = CONTENT): Rail[] {
  const problems: string[] = []
  const rails = readdirSync(join(content, 'rails'))
    .filter((name) => !name.startsWith('.'))
    .sort()
    .flatMap((name) => {
      try {
        return [readRail(join(content, 'rails', name), content)]
      } catch (error) {
        if (!(error instanceof HouseError)) throw error
        problems.push(error.message)
        return []
      }
    })
  if (problems.length > 0) throw new HouseError('invalid', problems.join('\n'))
  return rails
}

/** Labels and descriptions of every power kind, in the order of the file. Throws `invalid` as readRails does. */
export function readPowerWords(content = CONTENT): PowerWords[] {
  const file = new YamlFile(join(content, 'codelists', 'powers.yaml'), content)
  return file.check(PowerList, file.value).powers
}

function readRail(path: string, content: string): Rail {
  const file = new YamlFile(path, content)
  if (!path.endsWith('.yaml')) throw file.wrong([], 'a rail file must end in .yaml')
  const rail = file.check(Rail, withLists(file, content))
  if (`${rail.id}.yaml` !== basename(path))
    throw file.wrong(['id'], `id “${rail.id}” must be the name of the file`)
  return rail
}

/** A condition may name a list of content/codelists instead of countries; the list is put in its place. */
function withLists(file: YamlFile, content: string): unknown {
  const value = file.value as { conditions?: unknown } | null
  if (!Array.isArray(value?.conditions)) return value
  const conditions = value.conditions.map((condition: unknown, index) => {
    if (typeof condition !== 'object' || condition === null || !('list' in condition)) return condition
    const { list, ...rest } = condition
    const at = ['conditions', index, 'list']
    if (!Id.safeParse(list).success) throw file.wrong(at, 'must be the id of a file in content/codelists')
    if ('in' in rest) throw file.wrong(at, 'give either “in” or “list”, not both')
    const { name, countries, through } = readCountries(file, String(list), { at, content })
    return { ...rest, in: countries, through, listName: name }
  })
  return { ...value, conditions }
}

function readCountries(
  from: YamlFile,
  id: string,
  { at, content }: { at: PropertyKey[]; content: string },
): CountryList {
  const path = join(content, 'codelists', `${id}.yaml`)
  let list: YamlFile
  try {
    list = new YamlFile(path, content)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw from.wrong(at, `there is no content/codelists/${id}.yaml`)
  }
  return list.check(CountryList, list.value)
}

/** One YAML file that knows on which line each of its values stands. */
class YamlFile {
  readonly name: string
  readonly value: unknown
  readonly #document: Document
  readonly #lines = new LineCounter()

  constructor(path: string, content: string) {
    this.name = join('content', relative(content, path))
    this.#document = parseDocument(readFileSync(path, 'utf8'), {
      lineCounter: this.#lines,
      prettyErrors: false,
    })
    const [error] = this.#document.errors
    if (error) {
      const { line } = this.#lines.linePos(error.pos[0])
      throw new HouseError('invalid', `${this.name}:${line}: ${error.message}`)
    }
    this.value = this.#document.toJS()
  }

  /** The value as the schema has it; throws `invalid` with a line for every issue. */
  check<T>(schema: z.ZodType<T>, value: unknown): T {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const lines = result.error.issues.map((issue) => {
      const keys =
        issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
      return keys.map((path) => this.wrong(path, say(issue, value)).message).join('\n')
    })
    throw new HouseError('invalid', [...new Set(lines)].join('\n'))
  }

  wrong(path: readonly PropertyKey[], what: string): HouseError {
    const where = path.length > 0 ? `${path.map(String).join('.')}: ` : ''
    return new HouseError('invalid', `${this.name}:${this.#lineOf(path)}: ${where}${what}`)
  }

  /** The line of the value at a path; where it is missing, of the nearest thing around it. */
  #lineOf(path: readonly PropertyKey[]): number {
    let node: unknown = this.#document.contents
    let offset = 0
    for (const key of [undefined, ...path]) {
      if (key !== undefined) node = childOf(node, key)
      if (isPair(node)) {
        if (isNode(node.key)) offset = node.key.range?.[0] ?? offset
        node = node.value
      } else if (isNode(node)) offset = node.range?.[0] ?? offset
      else break
    }
    return this.#lines.linePos(offset).line
  }
}

function childOf(node: unknown, key: PropertyKey): unknown {
  if (!isCollection(node)) return undefined
  if (typeof key === 'number') return node.items[key]
  return node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
}

function say(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') return 'is not a word this file knows; check its spelling'
  return valueAt(value, issue.path) === undefined ? 'is missing' : issue.message
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((it, key) => (it as Record<PropertyKey, unknown> | null | undefined)?.[key], value)
}
