import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { broughtRule } from './rule-faults.ts'
import { TYPOLOGIES } from './rule-files.ts'
import { ruleOfText } from './rule-text.ts'

const HOUSE = readFileSync(join(TYPOLOGIES, 'TX-K02.yaml'), 'utf8')
const bring = (text: string) => broughtRule(ruleOfText('mine.yaml', text))

test('a rule that somebody brings runs as it is written', () => {
  assert.equal(bring(HOUSE.replace(/^version: \d+$/m, 'version: 99')).version, 99)
})

for (const [what, text, told] of [
  ['that is no YAML', 'id: [', /^mine\.yaml:\d+: /],
  ['that is empty', '', /^mine\.yaml:1: the file: /],
  ['without a field', HOUSE.replace(/^source: .*$/m, ''), /^mine\.yaml:\d+: source: /],
  [
    'that reads files',
    HOUSE.replace(/^sql: >-$/m, "sql: >-\n  select * from read_csv('/etc/passwd') union"),
    /read_csv/,
  ],
  [
    'that writes',
    HOUSE.replace(/^sql: >-$/m, 'sql: >-\n  drop table tx'),
    /^mine\.yaml:\d+: drop: a rule only reads$/,
  ],
  ['with an unknown line', HOUSE.replace(/:payers\b/, ':payerz'), /^mine\.yaml:\d+: .*:payerz/],
] as const)
  test(`a rule ${what} is refused, with the line`, () => {
    assert.throws(() => bring(text), { message: told })
  })
