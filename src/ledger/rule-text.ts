import { HouseError } from '../core/errors.ts'
import { type LineOf, yamlOf, yamlValue } from '../core/yaml-value.ts'
import { type Rule, RuleShape } from './rule.ts'
import { LONGEST_RULE } from './rule-limit.ts'

/** Places in a rule file, for messages that name the line. */
export interface RuleFile {
  readonly file: string
  readonly rule: Rule
  readonly lineOf: LineOf
}

/** Reads the text of a rule file. Throws `invalid` naming file, line and field. */
export function ruleOfText(file: string, text: string): RuleFile {
  if (text.length > LONGEST_RULE)
    throw new HouseError(
      'invalid',
      `${file}: a rule has some thousand letters, and this has more than ${LONGEST_RULE}`,
    )
  const { document, lineOf } = yamlOf(file, text)
  const result = RuleShape.safeParse(yamlValue(file, document))
  if (result.success) return { file, rule: result.data, lineOf }
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  throw new HouseError(
    'invalid',
    `${file}:${lineOf(path)}: ${path.join('.') || 'the file'}: ${issue?.message}`,
  )
}
