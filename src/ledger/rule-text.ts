import { isNode, LineCounter, parseDocument } from 'yaml'
import { HouseError } from '../core/errors.ts'
import { yamlValue } from '../core/yaml-value.ts'
import { type Rule, RuleShape } from './rule.ts'

/** Places in a rule file, for messages that name the line. */
export interface RuleFile {
  readonly file: string
  readonly rule: Rule
  lineOf(path: readonly PropertyKey[]): number
}

/** Reads the text of a rule file. Throws `invalid` naming file, line and field. */
export function ruleOfText(file: string, text: string): RuleFile {
  const { value, lineOf } = openYaml(file, text)
  const result = RuleShape.safeParse(value)
  if (result.success) return { file, rule: result.data, lineOf }
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  throw new HouseError(
    'invalid',
    `${file}:${lineOf(path)}: ${path.join('.') || 'the file'}: ${issue?.message}`,
  )
}

function openYaml(file: string, text: string): { value: unknown; lineOf: RuleFile['lineOf'] } {
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
  return { value: yamlValue(file, document), lineOf }
}
