import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHere, wantedOf } from './finding.ts'

const cases: [typed: string, wanted: string][] = [
  ['  GB33 BUKB 2020 1555 5555 55 ', 'GB33BUKB20201555555555'],
  ['012-345678-9', '0123456789'],
  ['desk@example.org', 'desk@example.org'],
  ['Golden River Group', 'Golden River Group'],
  ['first line 123\nsecond', 'firstline123'],
  ['', ''],
]
for (const [typed, wanted] of cases)
  test(`looking for “${typed.trim()}”`, () => assert.equal(wantedOf(typed), wanted))

test('only the very thing is here: not one whose number holds it, not one of another kind', () => {
  const found = { kind: 'bank_account', caption: '0123456789' } as Parameters<typeof isHere>[0]
  assert.ok(isHere(found, { kind: 'bank_account', text: '0123456789' }))
  assert.ok(!isHere(found, { kind: 'bank_account', text: '012345678' }))
  assert.ok(!isHere(found, { kind: 'phone', text: '0123456789' }))
})
