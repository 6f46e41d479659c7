import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../test/linear.ts'
import { readCsv } from './csv.ts'
import { type Cell, readStatement } from './statement.ts'
import { columnsOf } from './statement-columns.ts'

/** Stands for the reader of the house: one IBAN passes, one fails. */
function readCell(cell: string): Cell {
  if (cell === 'DE89370400440532013000')
    return {
      fact: { kind: 'iban', value: cell, normal: cell, confidence: 1, why: 'check digits', country: 'DE' },
    }
  return cell.startsWith('DE') ? { refused: 'its check digits fail' } : null
}

function read(text: string) {
  const table = readCsv(text)
  assert.ok(table, 'it is a table')
  const statement = readStatement(table, readCell)
  assert.ok(statement, 'it is a table of transactions')
  return statement
}

test('a bank statement: facts, payments, and which column was taken for what', () => {
  const it = read(
    'Booking date,Beneficiary IBAN,Beneficiary,Amount,Currency,Reference\n' +
      '2026-03-01,DE89370400440532013000,"Doe, Jane","48,200.00",SGD,TT 2026 0301\n',
  )
  assert.deepEqual(it.payments, [
    { toKey: 'iban|DE89370400440532013000', minor: 4_820_000, currency: 'SGD', paidAt: '2026-03-01' },
  ])
  assert.deepEqual(
    it.facts.map(({ kind, normal }) => [kind, normal]),
    [
      ['iban', 'DE89370400440532013000'],
      ['date', '2026-03-01'],
      ['amount', { minor: 4_820_000, currency: 'SGD' }],
      ['payment_ref', 'TT20260301'],
    ],
  )
  assert.ok(!JSON.stringify(it.facts).includes('Jane'), 'the name of the payee is no fact')
  assert.ok(it.mapping.some(({ column, as }) => column === 'Beneficiary IBAN' && as === 'payee_account'))
})

test('what cannot be read is said with its line, and the rest is read', () => {
  const it = read('date,to account,amount\n2026-02-30,DE00,abc\n2026-02-28,123-456-789,10.50\n')
  assert.match(it.problems.join('\n'), /line 2: .*DE00.* check digits/)
  assert.match(it.problems.join('\n'), /line 2: .*2026-02-30/)
  assert.match(it.problems.join('\n'), /line 2: amount “abc”.* in an amount;/)
  assert.deepEqual(it.payments, [
    { toKey: 'bank_account|123456789', minor: 1_050, currency: null, paidAt: '2026-02-28' },
  ])
})

test('decimals with a comma, semicolons, a debit column with signs', () => {
  const it = read(
    'Date;To account;Debit;Ccy\n28.02.2026;12345678;-1.048.200,50;EUR\n01.02.2026;12345678;7,00;EUR\n',
  )
  assert.deepEqual(
    it.payments.map(({ minor, paidAt }) => [minor, paidAt]),
    [
      [104_820_050, '2026-02-28'],
      [700, '2026-02-01'],
    ],
  )
})

test('a day that could be two is left out and said, never guessed', () => {
  const it = read('date,to account,amount\n03/04/2026,12345678,5\n')
  assert.equal(it.payments[0]?.paidAt, null)
  assert.match(it.problems[0] ?? '', /more than one day/)
})

test('data sets: AMLworld and PaySim names are known', () => {
  assert.deepEqual(columnsOf(['Timestamp', 'From Bank', 'Account', 'To Bank', 'Account.1', 'Amount Paid']), {
    payee_account: 4,
    payer_account: 2,
    booked_at: 0,
    amount: 5,
    payee_bank: 3,
  })
  const paysim = columnsOf(['step', 'type', 'amount', 'nameOrig', 'nameDest'])
  assert.deepEqual([paysim.payer_account, paysim.payee_account], [3, 4])
})

test('quotes: commas, doubled quotes and line ends inside; one left open ends with its line', () => {
  assert.deepEqual(readCsv('a,b\n"1,""x""\n2",y\n3,z\n')?.rows, [
    ['1,"x"\n2', 'y'],
    ['3', 'z'],
  ])
  assert.deepEqual(readCsv('a,b\n"open,y\n3,z\n')?.rows[1], ['3', 'z'])
  assert.deepEqual(readCsv('a,b\n"1\n2",y\n3,z\n')?.lines, [2, 4])
})

test('other text is no table, and another table no statement', () => {
  assert.equal(readCsv('only one line of words'), null)
  const table = readCsv('name,age\nA,30\n')
  assert.ok(table)
  assert.equal(readStatement(table, readCell), null)
})

test('a quote that opens on every line stays linear', () => {
  staysLinear((text) => readCsv(`a,b\n${text}`), '"x,y\n')
})
