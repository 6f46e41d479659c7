import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../test/linear.ts'
import { decimalStyle } from '../core/decimal-style.ts'
import { RowReader } from './read-rows.ts'
import { timeOf, timeStyleOf } from './row-time.ts'
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
    'booked_at,amount,currency,payer_account,payee_account\nsoon,1,SGD,a,b\n2026-03-01,1.2.34,SGD,a,b\n2026-03-01,1,SGX,a,b\n2026-03-01,-1,SGD,a,b\n2026-03-01,1,SGD,,\n2026-03-01,1,SGD,a,b\n',
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

test('an amount finer than its currency is rounded, the half away from nought, and counted', () => {
  const amounts = [
    ['10.005', 'EUR', 1_001],
    ['10.0049', 'EUR', 1_000],
    ['0.995', 'EUR', 100],
    ['10.500', 'EUR', 1_050],
    ['7.5', 'JPY', 8],
    ['7.00', 'JPY', 7],
    ['1.2345', 'KWD', 1_235],
  ] as const
  const rows = amounts.map(([amount, currency]) => `2026-03-01,${amount},${currency},a,b\n`)
  const { journal, rejected, rounded } = read(
    `booked_at,amount,currency,payer_account,payee_account\n${rows.join('')}`,
  )
  assert.deepEqual(
    [...journal.minor],
    amounts.map(([, , minor]) => minor),
  )
  assert.deepEqual(rejected, [])
  assert.equal(rounded, 5)
  const odd = read(
    'booked_at,amount,payer_account\n2026-03-01,1.,a\n2026-03-01,2.5,a\n2026-03-01,1.2.345,a\n',
  )
  assert.deepEqual(
    odd.rejected.map(({ line }) => line),
    [2, 4],
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

const DATED = 'booked_at,amount,currency,payer_account,payee_account'
const timesOf = (...times: string[]) =>
  [...read(`${DATED}\n${times.map((it) => `"${it}",1,EUR,a,b`).join('\n')}\n`).journal.at].map((it) =>
    new Date(it).toISOString().slice(0, 16),
  )

test('times as banks write them: day or month first, Thai years and digits, epochs, days and hours in two columns', () => {
  assert.deepEqual(timesOf('03/04/2026', '21/11/2026 10:05'), ['2026-04-03T00:00', '2026-11-21T10:05'])
  assert.deepEqual(timesOf('03/04/2026', '11/21/2026 1:05 PM'), ['2026-03-04T00:00', '2026-11-21T13:05'])
  assert.deepEqual(timesOf('01.03.26 10:30', '02.03.26'), ['2026-03-01T10:30', '2026-03-02T00:00'])
  assert.deepEqual(timesOf('2569-03-01 10:30', '๒๕๖๙-๐๓-๐๒'), ['2026-03-01T10:30', '2026-03-02T00:00'])
  assert.deepEqual(timesOf('20260301', '20260302'), ['2026-03-01T00:00', '2026-03-02T00:00'])
  assert.deepEqual(timesOf('1772361000', '1772447400'), ['2026-03-01T10:30', '2026-03-02T10:30'])
  assert.deepEqual(timesOf('2026-03-01T17:30:00+07:00', '2026-03-01 23:30Z'), [
    '2026-03-01T10:30',
    '2026-03-01T23:30',
  ])
  const rows =
    'booked_at,time,amount,payer_account,payee_account\n2026-03-01,10:30,1,a,b\n2026-03-01,09:00,1,c,a\n'
  const synonyms = { ...SYNONYMS, booked_time: ['time'] }
  const reader = new RowReader(synonyms, {})
  reader.feed(rows)
  assert.equal(reader.end().journal.accounts[reader.end().journal.payer[0] ?? 0], 'c')
})

test('days that there are not, and letters that are none, are rows that cannot be read', () => {
  const { rejected } = read(
    `${DATED}\n2026-02-30,1,EUR,a,b\n2026-03-01 25:00,1,EUR,a,b\n2026-03-01,1,EUR,a\uFFFD,b\n2026-03-01,1,EUR,a,b\n`,
  )
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [2, 3, 4],
  )
})

test('a person says which column is which, in which currency, and that what is below nought went the other way', () => {
  const own = {
    columns: { booked_at: 'when', amount: 'sum', payer_account: 'ours', payee_account: 'theirs' },
    currency: 'THB',
    negative: 'turn' as const,
  }
  const reader = new RowReader(SYNONYMS, {}, { own })
  reader.feed(
    'when,sum,ours,theirs\n2026-03-01,-5.00,me,shop\n2026-03-02,(7.00),me,shop\n2026-03-03,2,me,shop\n',
  )
  const { journal } = reader.end()
  assert.deepEqual(journal.currencies, ['THB'])
  assert.deepEqual(
    [...journal.payer].map((it) => journal.accounts[it]),
    ['shop', 'shop', 'me'],
  )
  const other = new RowReader(SYNONYMS, {}, { own: { columns: { amount: 'nowhere' } } })
  assert.throws(() => other.feed('when,sum\n'), /no column “nowhere”, which was named for amount/)
})

test('several files are one ledger; a row that cannot be read is named with its file', () => {
  const reader = new RowReader(SYNONYMS, {}, { file: 'bank.csv' })
  reader.feed(`transaction_id,${DATED}\nb1,2026-03-01,10,EUR,v,a\n`)
  reader.next({ file: 'chain.csv' })
  reader.feed(`${DATED}\n2026-03-02,4,EUR,a,0xabc\nsoon,4,EUR,a,b\n`)
  const { journal, rejected } = reader.end()
  const found = trace(journal, { from: 'v', minor: 1_000, at: 0 })
  assert.deepEqual(
    found.hops.map((it) => it.transaction),
    ['b1', 'row 2'],
  )
  assert.deepEqual(
    rejected.map(({ file, line }) => [file, line]),
    [['chain.csv', 3]],
  )
})

test('a cell that was drawn out to stop the reader costs no more than its length', () => {
  for (const piece of ['.', ',', '1.000', '0']) staysLinear((text) => decimalStyle([text]), piece, 20_000)
  for (const piece of [' ', '9', '\n'])
    for (const before of ['1/1/2026 ', '2026-01-01 10:00', '']) {
      staysLinear((text) => timeOf(`${before}${text}x`), piece, 20_000)
      staysLinear((text) => timeStyleOf([`${before}${text}x`]), piece, 20_000)
    }
  const head = 'time,amount,currency,payer_account,payee_account\n'
  const comma = '2026-03-01 10:00,"1,50",SGD,a,b\n'.repeat(5)
  staysLinear((text) => read(`${head}${comma}2026-03-01 10:00,"${text},",SGD,a,b\n`, 10_000), '9', 10_000)
  const { journal, rejected } = read(`${head}${comma}2026-03-01 10:00,"${'9'.repeat(500)},",SGD,a,b\n`)
  assert.deepEqual([journal.minor.length, rejected.map(({ line }) => line)], [5, [7]])
})
