import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flowOf } from './flow.ts'
import { pictureOf } from './picture.ts'
import { isMarked, PROTECT_SIGN, withProtection } from './protect-picture.ts'
import { accountsIn, protectionJson } from './protected-accounts.ts'
import { RowReader } from './read-rows.ts'
import { svgOf } from './svg.ts'
import { heldCsv, hopsCsv } from './table.ts'
import { trace } from './trace.ts'

const NAMES = ['transaction_id', 'booked_at', 'amount', 'currency', 'payer_account', 'payee_account']
const LEDGER = `${NAMES.join(',')}
t1,2026-03-01T10:00:00Z,1000.00,SGD,PERSON-1,MULE-1
t2,2026-03-01T12:00:00Z,900.00,SGD,MULE-1,MULE-2
`

function backward() {
  return traced({
    from: 'MULE-2',
    minor: 90_000,
    at: Date.parse('2026-03-02'),
    method: 'fifo',
    direction: 'backward',
  })
}

function found() {
  return traced({ from: 'PERSON-1', minor: 100_000, at: Date.parse('2026-03-01'), method: 'fifo' })
}

function traced(ask: Parameters<typeof trace>[1]) {
  const reader = new RowReader(Object.fromEntries(NAMES.map((it) => [it, [it]])), {})
  reader.feed(LEDGER)
  return trace(reader.end().journal, ask)
}

const PROTECTION = { signs: new Map([['MULE2', ['Wages swept']]]), judged: 9, unjudged: 0 }

test('in the picture and in its file the name alone is marked of an account on which signs stand', () => {
  const plain = pictureOf(flowOf(found()))
  const marked = withProtection(plain, PROTECTION)
  const names = marked.shapes.flatMap((it) => (it.kind === 'label' && it.tone === 'protect' ? [it.text] : []))
  assert.deepEqual(names, [`${PROTECT_SIGN} MULE-2`])
  assert.ok(isMarked(marked))
  assert.ok(marked.shapes.some((it) => it.kind === 'bar' && /^MULE-2.*: protection first$/.test(it.title)))
  assert.ok(svgOf(marked).includes(`>${PROTECT_SIGN} MULE-2<`))
  assert.equal(withProtection(plain, null), plain)
  assert.equal(isMarked(plain), false)
})

test('the table to take away says of each account what was asked about its holder', () => {
  assert.match(heldCsv(found(), PROTECTION), /MULE-2,.*,protection first: Wages swept\r\n/)
  assert.match(heldCsv(found(), PROTECTION), /MULE-1,.*,no sign found\r\n/)
  assert.match(heldCsv(found()), /MULE-2,.*,not screened\r\n/)
})

test('the payments to take away say it of both ends, and JSON of the accounts of this trace alone, back as well as forward', () => {
  assert.match(
    hopsCsv(found(), PROTECTION),
    /^t2,.*,MULE-1,MULE-2,.*,no sign found,protection first: Wages swept\r$/m,
  )
  assert.match(hopsCsv(found()), /^t2,.*,not screened,not screened\r$/m)
  const other = { ...PROTECTION, signs: new Map([...PROTECTION.signs, ['ELSEWHERE', ['Wages swept']]]) }
  const json = { judged: 9, unjudged: 0, signs: { 'MULE-2': ['Wages swept'] } }
  assert.deepEqual(protectionJson(other, found()), json)
  assert.equal(protectionJson(null, found()), null)
  assert.deepEqual(accountsIn(backward()).sort(), ['MULE-1', 'MULE-2', 'PERSON-1'])
})
