import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { HouseError } from '../core/errors.ts'
import { type Rule, RuleShape } from './rule.ts'

/** Where the rules stand: one file each, `TX-K01.yaml`. */
export const TYPOLOGIES = fileURLToPath(new URL('../../content/typologies/', import.meta.url))

/** Places in a rule file, for messages that name the line. */
export interface RuleFile {
  readonly file: string
  readonly rule: Rule
  lineOf(path: readonly PropertyKey[]): number
}

/** Reads one rule file. Throws `invalid` naming file, line and field. */
export function readRule(file: string): RuleFile {
  const { value, lineOf } = openYaml(file)
  const result = RuleShape.safeParse(value)
  if (result.success) return { file, rule: result.data, lineOf }
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  throw new HouseError(
    'invalid',
    `${file}:${lineOf(path)}: ${path.join('.') || 'the file'}: ${issue?.message}`,
  )
}

function openYaml(file: string): { value: unknown; lineOf: RuleFile['lineOf'] } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new HouseError('invalid', `${file}: there is no such file`)
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const [error] = document.errors
  if (error)
    throw new HouseError(
      'invalid',
      `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`,
    )
  const lineOf = (path: readonly PropertyKey[]) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return counter.linePos(node.range[0]).line
    }
    return 1
  }
  return { value: document.toJS(), lineOf }
}

const isRule = (name: string) => /^TX-[A-Z]\d{2}\.yaml$/.test(name)

/** Every rule of the folder by id, or the chosen ones in the order given. Throws `invalid` for an unknown id. */
export function loadRules(chosen: readonly string[] | null = null, folder = TYPOLOGIES): Rule[] {
  const names = readdirSync(folder).filter(isRule).sort()
  if (!chosen) return names.map((name) => readRule(join(folder, name)).rule)
  return chosen.map((id) => {
    const name = `${id.trim().toUpperCase()}.yaml`
    if (!names.includes(name))
      throw new HouseError('invalid', `rule “${id}”: there is none; see content/typologies/`)
    return readRule(join(folder, name)).rule
  })
}
