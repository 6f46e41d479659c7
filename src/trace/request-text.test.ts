import assert from 'node:assert/strict'
import { test } from 'node:test'
import { METHODS, type Trace } from './outcome.ts'
import { RowReader } from './read-rows.ts'
import { requestText } from './request-text.ts'
import { trace } from './trace.ts'

const LEDGER = `transaction_id,booked_at,amount,currency,payer_account,payee_account
t1,2026-03-01T10:00:00Z,1000.00,SGD,PERSON-1,MULE-1
t2,2026-03-01T11:00:00Z,500.00,SGD,SHOP-1,MULE-1
t3,2026-03-01T12:00:00Z,900.00,SGD,MULE-1,MULE-2
`

test('a request says the account, the amount by each rule, and since when; nothing that the file does not show', () => {
  const names = ['transaction_id', 'booked_at', 'amount', 'currency', 'payer_account', 'payee_account']
  const reader = new RowReader(Object.fromEntries(names.map((it) => [it, [it]])), {})
  reader.feed(LEDGER)
  const { journal } = reader.end()
  const ask = { from: 'PERSON-1', minor: 100_000, at: Date.parse('2026-03-01') }
  const traces = Object.fromEntries(
    METHODS.map((method) => [method, trace(journal, { ...ask, method })]),
  ) as Record<(typeof METHODS)[number], Trace>
  const [held] = traces.fifo.held
  assert.ok(held)
  assert.equal(
    requestText({ file: 'small.csv', traces, method: 'fifo', held, signs: null, second: '' }),
    [
      'Please freeze SGD 900.00 on account MULE-2.',
      '',
      'SGD 1,000.00 left account PERSON-1 from 2026-03-01 00:00 UTC on.',
      'By first in, first out, SGD 900.00 of it is on account MULE-2 when the file ends, at 2026-03-01 12:00 UTC (SGD 600.00 by haircut, SGD 900.00 by poison). It last came there at 2026-03-01 12:00 UTC.',
      'Followed through small.csv.',
      '',
      'The holder was not screened for signs of trafficking; nothing is known of whether they are free. A person who was made to do this must not be punished for it: please hold this amount only, do not close the account, and make no call that others could hear.',
    ].join('\n'),
  )
  const screened = { file: 'small.csv', traces, method: 'fifo', held } as const
  const signed = requestText({ ...screened, signs: ['Wages swept'], second: 'Somchai' })
  assert.match(signed, /Protection first: .* may be a trafficked person .*\(Wages swept\)/)
  assert.match(
    signed,
    /Read as the second person by Somchai\. A person who was made to do this must not be punished/,
  )
  assert.match(
    requestText({ ...screened, signs: [], second: '' }),
    /found no sign on this account; that proves nothing/,
  )
})
