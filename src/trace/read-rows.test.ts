import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RowReader } from './read-rows.ts'
import { trace } from './trace.ts'

const SYNONYMS = {
  transaction_id: ['transaction_id'],
  booked_at: ['booked_at', 'timestamp', 'time'],
  amount: ['amount', 'amount_paid', 'value'],
  currency: ['currency', 'payment_currency'],
  received_amount: ['amount_received'],
  received_currency: ['receiving_currency'],
  payer_account: ['payer_account', 'account', 'sourceNodeId'],
  payee_account: ['payee_account', 'account.1', 'targetNodeId'],
}

function read(text: string, piece = 7) {
  const reader = new RowReader(SYNONYMS, { 'US DOLLAR': 'USD', EURO: 'EUR' })
  for (let i = 0; i < text.length; i += piece) reader.feed(text.slice(i, i + piece))
  return reader.end()
}

const TEXT = `\uFEFFtransaction_id,booked_at,amount,currency,payer_account,payee_account\r
t1,2026-03-01T10:00:00Z,"1,000.00",SGD,"Person ""One""",a\r
t2,2026/03/01 11:00,500.5,SGD,a,"b\nc"\r
t3,2026-03-01T12:00:00+08:00,1.00,SGD,a,\r
`

test('a CSV read in pieces of any size is the same journal', () => {
  for (const piece of [1, 2, 7, 1_000]) {
    const { journal, rejected } = read(TEXT, piece)
    assert.deepEqual(rejected, [])
    assert.deepEqual(
      journal.accounts,
      ['a', 'Person "One"', 'b\nc'].toSorted(
        (x, y) => journal.accounts.indexOf(x) - journal.accounts.indexOf(y),
      ),
    )
    assert.deepEqual([...journal.minor], [100, 100_000, 50_050])
    const found = trace(journal, { from: 'Person "One"', minor: 100_000, at: 0 })
    assert.deepEqual(
      found.held.map((it) => [it.account, it.minor]),
      [
        ['b\nc', 50_050],
        ['a', 49_950],
      ],
    )
  }
})

test('columns of other systems, steps and both legs of a change of currency', () => {
  const steps = read('sourceNodeId,targetNodeId,value,time\n1,2,163.3,1\n2,3,163.3,2\n')
  assert.equal(steps.journal.clock, 'step')
  assert.deepEqual(trace(steps.journal, { from: '1', minor: 16_330, at: 1 }).held[0]?.account, '3')
  const legs = read(
    'Timestamp,Account,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency\n2022/09/01 00:20,x,y,90.00,Euro,100.00,US Dollar\n',
  )
  assert.deepEqual(trace(legs.journal, { from: 'x', minor: 10_000, at: 0 }).held[0], {
    account: 'y',
    minor: 9_000,
    currency: 'EUR',
    firstAt: '2022-09-01T00:20:00.000Z',
    lastAt: '2022-09-01T00:20:00.000Z',
    depth: 1,
  })
})

test('a row that cannot be read is named with its line, and the rest is read', () => {
  const { journal, rejected, rejectedCount } = read(
    'booked_at,amount,currency,payer_account,payee_account\nsoon,1,SGD,a,b\n2026-03-01,1.234,SGD,a,b\n2026-03-01,1,SGX,a,b\n2026-03-01,-1,SGD,a,b\n2026-03-01,1,SGD,,\n2026-03-01,1,SGD,a,b\n',
  )
  assert.equal(journal.rows, 1)
  assert.equal(rejectedCount, 5)
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [2, 3, 4, 5, 6],
  )
  assert.match(rejected[0]?.reason ?? '', /“soon” is not a time/)
})

test('what is no ledger is refused, saying what is missing', () => {
  assert.throws(() => read(''), /the file is empty/)
  assert.throws(() => read('name,age\nx,1\n'), /an amount and a time and a payer or payee account is missing/)
  assert.throws(() => read('booked_at,amount,payer_account\n'), /no rows/)
  assert.throws(() => read('booked_at,amount,payer_account\nx,1,a\n'), /line 2: booked_at/)
  assert.throws(() => read('PK\u0003\u0004 and so on\n'), /workbook/)
})

test('decimal commas are told from grouped thousands by what the file itself writes', () => {
  const head = 'booked_at;amount;currency;payer_account;payee_account'
  const comma = read(
    `${head}\n2026-03-01;1.234,50;EUR;a;b\n2026-03-01;1.000;EUR;a;b\n2026-03-01;7,5;EUR;a;b\n`,
  )
  assert.deepEqual([...comma.journal.minor], [123_450, 100_000, 750])
  const point = read(
    `${head}\n2026-03-01;1,234.50;EUR;a;b\n2026-03-01;1,000;EUR;a;b\n2026-03-01;7.5;EUR;a;b\n`,
  )
  assert.deepEqual([...point.journal.minor], [123_450, 100_000, 750])
  const both = read(
    `${head}\n2026-03-01;1.234,50;EUR;a;b\n2026-03-01;12,34,5;EUR;a;b\n2026-03-01;3,50;EUR;a;b\n`,
  )
  assert.deepEqual([...both.journal.minor], [123_450, 350])
  assert.deepEqual(
    both.rejected.map(({ line }) => line),
    [3],
  )
})

test('more rows than the sample are read in the way that the sample settled', () => {
  const rows = Array.from({ length: 1_200 }, (_, i) => `2026-03-01;${i},25;EUR;a;b`)
  const { journal, rejected } = read(
    `booked_at;amount;currency;payer_account;payee_account\n${rows.join('\n')}`,
    999,
  )
  assert.equal(rejected.length, 0)
  assert.equal(journal.rows, 1_200)
  assert.equal(journal.minor[1_199], 119_925)
})
