import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Payment } from '../web/screen-words.ts'
import { type Filter, filtered } from './case-filter.ts'
import { followStart } from './follow-start.ts'
import type { Alert, Case } from './screen.ts'
import { decidedOf, verdictRows } from './verdicts.ts'

const cases: Case[] = [
  { account: 'DE1', score: 0.9, band: 'now', rules: ['TX-K02'], protectFirst: true },
  { account: 'DE22 0001', score: 0.6, band: 'soon', rules: ['TX-V05'], protectFirst: false },
]
const alert = (account: string, rule: string, name: string) => ({ account, rule, name }) as Alert
const by = new Map([
  ['DE1', [alert('DE1', 'TX-K02', 'Many unlinked payers')]],
  ['DE22 0001', [alert('DE22 0001', 'TX-V05', 'Growing payments')]],
])
const names = { DE1: 'Jürgen Probe' }

test('cases are found by account, holder and rule, without accents and blanks, and by what was decided', () => {
  const verdicts = { DE1: { is: 'false alarm', why: '' } } as const
  const find = (words: string, show: Filter['show'] = 'all') =>
    filtered(cases, { filter: { words, show }, by, names, verdicts }).map(({ account }) => account)
  assert.deepEqual(find(''), ['DE1', 'DE22 0001'])
  assert.deepEqual(find('jurgen'), ['DE1'])
  assert.deepEqual(find('tx-v05'), ['DE22 0001'])
  assert.deepEqual(find('growing probe'), [])
  assert.deepEqual(find('de22 00'), ['DE22 0001'])
  assert.deepEqual(find('', 'protect'), ['DE1'])
  assert.deepEqual(find('', 'open'), ['DE22 0001'])
  assert.deepEqual(find('', 'soon'), ['DE22 0001'])
})

const pay = (payer: string | null, payee: string | null, minor: string, currency = 'EUR'): Payment => ({
  ...{ id: `${payer}${payee}${minor}`, at: '2026-03-01 10:00', minor, currency, payer, payee },
})

test('the money behind an alert is followed from what came in; for somebody who is deceived, from what they paid', () => {
  const its = [
    pay('a', 'm', '90010'),
    pay('b', 'm', '5'),
    pay('m', 'x', '70000'),
    pay('m', 'm', '1'),
    pay('c', 'm', '7', 'USD'),
  ]
  const start = (rule: string) => followStart({ rule, account: 'm' }, its)
  assert.deepEqual([start('TX-K02')?.amount, start('TX-K02')?.currency], ['900.15', 'EUR'])
  assert.equal(start('TX-V05')?.amount, '700.00')
  assert.equal(followStart({ rule: 'TX-V05', account: 'x' }, its)?.amount, '700.00')
  assert.equal(followStart({ rule: 'TX-K02', account: 'nobody' }, its), null)
  const steps = followStart({ rule: 'TX-K02', account: 'm' }, [
    { ...pay('a', 'm', '5', 'XXX'), at: 'step 17' },
  ])
  assert.deepEqual([steps?.at, steps?.currency, steps?.amount], ['17', null, '0.05'])
})

test('what was decided is a labels file', () => {
  const verdicts = {
    a: { is: 'confirmed', why: 'admitted' },
    b: { is: 'false alarm', why: 'a choir' },
  } as const
  assert.deepEqual(decidedOf(verdicts), { confirmed: ['a'], dismissed: ['b'] })
  assert.deepEqual(verdictRows(verdicts).slice(1), [
    ['a', 'yes', 'admitted'],
    ['b', 'no', 'a choir'],
  ])
})

test('an account that is called like a part of the language is as undecided as any other', () => {
  const odd = ['constructor', '__proto__', 'toString'].map((account) => ({ ...cases[0], account }) as Case)
  const open = filtered(odd, { filter: { words: '', show: 'open' }, by, names: {}, verdicts: {} })
  assert.equal(open.length, 3)
})
