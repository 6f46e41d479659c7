import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LookedAt } from './look.ts'
import { mappingOf } from './mapping-text.ts'
import { mappingText, saidOf } from './own-mapping.ts'

const looked = (name: string, kind: LookedAt['kind'], columns: Record<string, string>): LookedAt => ({
  ...{ name, kind, columns, bytes: 1, header: Object.values(columns), known: Object.keys(columns) },
  ...{ holders: [], wrong: null },
})

test('what a person says by hand goes before the mapping file, column by column', () => {
  const mapping = mappingOf('m.yaml', 'transactions: { columns: { amount: A, booked_at: T }, currency: CHF }')
  const own = { 'a.csv': { transactions: { columns: { amount: 'B' } } } }
  assert.deepEqual(saidOf('a.csv', own, mapping), {
    transactions: { columns: { amount: 'B', booked_at: 'T' }, currency: 'CHF' },
  })
  assert.deepEqual(saidOf('b.csv', own, mapping), mapping)
  assert.equal(saidOf('b.csv', own, null), null)
})

test('what was said is read back from the mapping file that was saved, hostile names and all', () => {
  const files = [
    looked('a.csv', 'transactions', { amount: 'Betrag: "€"', booked_at: '# Datum' }),
    looked('b\n.csv', 'transactions', { amount: 'Wert' }),
    looked('c.csv', 'accounts', { account: 'Konto', holder_type: 'Art' }),
  ]
  const own = { 'c.csv': { accounts: { columns: {}, persons: ['Kat. 7'], businesses: ['Kat. 8'] } } }
  const text = mappingText(files, own, null)
  assert.deepEqual(mappingOf('saved.yaml', text), {
    transactions: { columns: { amount: 'Betrag: "€"', booked_at: '# Datum' } },
    accounts: {
      columns: { account: 'Konto', holder_type: 'Art' },
      persons: ['Kat. 7'],
      businesses: ['Kat. 8'],
    },
  })
  assert.match(text, /# b \.csv calls some columns otherwise/)
})
