import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MoneyLine, RequestWhole } from '../freeze/shapes.ts'
import { wordsAct } from './words-acts.ts'

const line = (parts: Partial<MoneyLine>): MoneyLine => ({
  ...{ id: 'l', factId: 'f', currency: 'SGD', reported: 100, atRisk: 0, held: 0, lost: 0, returned: 0 },
  ...parts,
})
const request = (lines: MoneyLine[], more: Partial<RequestWhole> = {}) =>
  ({
    lines,
    orders: [],
    as: 'authority',
    fromName: 'Saphan',
    toName: 'The police',
    ...more,
  }) as unknown as RequestWhole

test('closing warns of what has not come to its end, and of nothing else', () => {
  const order = {
    bankName: 'Harbour Bank',
    reference: 'A/1',
    answeredAt: null,
  } as RequestWhole['orders'][number]
  const open = request([line({ atRisk: 30, held: 70 })], { orders: [order] })
  assert.deepEqual(
    wordsAct('close', open).warnings.map((words) => words.split(':')[0]),
    [
      'Harbour Bank has not answered order A/1 yet.',
      'SGD 0.30 still stands at risk',
      'SGD 0.70 stands as held',
    ],
  )
  const over = request([line({ lost: 30, returned: 70 })], { orders: [{ ...order, answeredAt: 't' }] })
  assert.deepEqual(wordsAct('close', over).warnings, [])
  assert.equal(wordsAct('close', over).begin, 'SGD 0.70 returned, SGD 0.30 lost.')
})

test('thanks begin with what was saved, and go to the other side', () => {
  const saved = request([line({ held: 70, lost: 30 })])
  assert.equal(wordsAct('thank', saved).begin, 'SGD 0.70 held. Thank you.')
  assert.match(wordsAct('thank', saved).happens, /^Saphan /)
  assert.match(wordsAct('thank', { ...saved, as: 'sender' }).happens, /^The police /)
  assert.equal(wordsAct('thank', request([line({ lost: 100 })])).begin, 'Thank you.')
})

test('a reason is asked for, never given: declining and taking back begin empty', () => {
  for (const kind of ['refuse', 'recall'] as const) {
    const act = wordsAct(kind, request([line({ atRisk: 100 })]))
    assert.equal(act.begin, '')
    assert.match(act.happens, kind === 'refuse' ? /^Saphan hears/ : /^The police hears/)
  }
})
