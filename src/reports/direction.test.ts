import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readsRightToLeft } from './direction.ts'

const cases: [name: string, text: string, reads: boolean][] = [
  ['Burmese with marks of a phone', '21/11/2026 - \u200fမမ\u200e: \u202b0123456789\u202c', false],
  ['marks and digits alone', '\u200f\u2067\u06f1\u06f2\u0661\u2069', false],
  ['Arabic', 'a: السلام', true],
  ['Hebrew', 'שלום', true],
  ['presentation forms', '\ufedf', true],
  ['Thai, Chinese, Latin', 'โอนเงิน 转账 sent', false],
  ['nothing', '', false],
]
for (const [name, text, reads] of cases)
  test(`direction: ${name}`, () => assert.equal(readsRightToLeft({ id: 0, text }), reads))
