import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sameBank } from './bank-name.ts'

const cases: [string, string, boolean][] = [
  ['Kestrel Bank', 'KESTREL BANK LTD.', true],
  ['Kestrel', 'Kestrel Bank (Public) Company Limited', true],
  ['Ｋｅｓｔｒｅｌ　Bank', 'Kestrel Bank', true],
  ['ธนาคารกระเต็น', 'ธนาคารกระเต็น', true],
  ['Kestrel Bank', 'Banyan Bank', false],
  ['Kestrel Bank', 'Kestrel Bank Singapore', false],
  ['Bank', 'Bank Ltd', false],
  ['', '', false],
]
for (const [a, b, same] of cases)
  test(`“${a}” and “${b}” are ${same ? 'surely the same' : 'not surely the same'}`, () => {
    assert.equal(sameBank(a, b), same)
    assert.equal(sameBank(b, a), same)
  })
