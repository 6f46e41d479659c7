import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import type { OrgCard } from '../members/shapes.ts'
import {
  amountText,
  banksFor,
  basisToBegin,
  expiryMoment,
  isUnsaid,
  readAmount,
  readAnswer,
} from './order-draft.ts'
import type { Rail } from './rail.ts'

const NOW = new Date('2026-03-01T04:00:00Z')
const org = (name: string, more: Partial<OrgCard> = {}): OrgCard => ({
  ...{ id: name, name, kind: 'bank', country: 'SG', timeZone: 'Asia/Singapore', hours: 'always' },
  ...{
    languages: ['en'],
    channel: null,
    leftAt: null,
    suspendedAt: null,
    probationUntil: null,
    reviewBy: null,
    powers: [],
    ...more,
  },
})
const power = (kind: OrgCard['powers'][number]['kind'], country: string, until: string | null = null) => ({
  ...{ id: 'p', kind, country, legalBasis: 'Account terms', verifiedBy: 'the steward', until },
})
const account = (system: string | null = null, country: string | null = 'SG') => ({
  ...({ kind: 'bank_account', normal: '0012345678' } as const),
  ...{ system, country },
})
const names = (orgs: readonly OrgCard[]) => orgs.map(({ name }) => name)

const alpha = org('Alpha Bank', { powers: [power('hold_payment', 'SG')] })
const harbour = org('Harbour Bank Singapore (demo)', { powers: [power('hold_payment', 'SG')] })
const thai = org('Chao River Bank', { country: 'TH', powers: [power('hold_payment', 'TH')] })

test('banks that hold payments in the country of the account come first, the one it names at their head', () => {
  const banks = banksFor([alpha, harbour, thai], account('Harbour Bank'), NOW)
  assert.deepEqual(names(banks.there), ['Harbour Bank Singapore (demo)', 'Alpha Bank'])
  assert.deepEqual(names(banks.others), ['Chao River Bank'])
  assert.equal(banks.named, harbour)
})

test('a bank that left, a power that ended, and an organisation that is no bank are not offered as if they could', () => {
  const left = org('Left Bank', { leftAt: '2026-01-01T00:00:00Z', powers: [power('hold_payment', 'SG')] })
  const ended = org('Ended Bank', { powers: [power('hold_payment', 'SG', '2026-02-28')] })
  const police = org('Police', { kind: 'police', powers: [power('hold_payment', 'SG')] })
  const banks = banksFor([left, ended, police], account(), NOW)
  assert.deepEqual(names(banks.there), [])
  assert.deepEqual(names(banks.others), ['Ended Bank'])
})

test('an IBAN says its country by itself; of an account without one nobody is known to hold', () => {
  const iban = { kind: 'iban', normal: 'TH00TEST', country: null, system: null } as const
  assert.deepEqual(names(banksFor([alpha, thai], iban, NOW).there), ['Chao River Bank'])
  assert.deepEqual(names(banksFor([alpha, thai], account(null, null), NOW).there), [])
})

test('the legal basis begins with the officer’s own power and the first sentence of the rail', () => {
  const police = org('Police', {
    kind: 'police',
    powers: [{ ...power('freeze_account', 'SG'), legalBasis: 'Seizure of property' }],
  })
  const rail = {
    startedBy: { powers: ['freeze_account'] },
    legalBasis: { text: 'Code 2010, section 35: property may be seized. Section 370: the court is told.' },
  } as unknown as Rail
  const begun = basisToBegin(police, rail, NOW)
  assert.equal(begun, 'Seizure of property. Code 2010, section 35: property may be seized.')
  assert.equal(basisToBegin(police, undefined, NOW), '')
  const long = { ...rail, legalBasis: { text: `${'a'.repeat(600)}.` } } as unknown as Rail
  assert.equal(basisToBegin(police, long, NOW).length, 500)
})

test('an order ends with the last minute of its day where the officer is', () => {
  const to = (date: string) => expiryMoment({ expiry: 'date', date, timeZone: 'Asia/Singapore' }, NOW)
  assert.equal(to('2026-03-02'), '2026-03-02T15:59:00.000Z')
  assert.throws(() => to('2026-02-28'), /lies behind/)
  assert.throws(() => to('soon'), /not a day/)
  assert.equal(expiryMoment({ expiry: 'none', date: '', timeZone: 'Asia/Singapore' }, NOW), null)
  assert.equal(
    expiryMoment({ expiry: 'days7', date: '', timeZone: 'Asia/Singapore' }, NOW),
    '2026-03-08T04:00:00.000Z',
  )
})

const ORDER = { minor: 4_820_000, currency: 'SGD' }
test('a bank’s answer is read exactly', () => {
  const read = readAnswer({ held: '40,000.00', gone: '8 200' }, ORDER)
  assert.deepEqual([read.held, read.gone, read.rest], [4_000_000, 820_000, 0])
  assert.equal(readAnswer({ held: '40,000.00', gone: '' }, ORDER).rest, null)
  assert.match(readAnswer({ held: '1.234', gone: '0' }, ORDER).heldWrong ?? '', /at most 2 decimals/)
  assert.equal(
    readAnswer({ held: '48,200.00', gone: '0.01' }, ORDER).goneWrong,
    'Held and gone together are SGD 0.01 more than the order names. Answer for what it names; what else is there, say in the note.',
  )
  const alone = readAnswer({ held: '50,000.00', gone: '' }, ORDER)
  assert.match(alone.heldWrong ?? '', /^This is SGD 1,800\.00 more than the order names/)
  assert.equal(alone.goneWrong, null, 'the field that is right is not marked')
})

test('held, gone and the rest are what was ordered, for every split', () => {
  fc.assert(
    fc.property(fc.nat(ORDER.minor), fc.nat(ORDER.minor), (held, gone) => {
      const typed = { held: amountText(held, 'SGD'), gone: amountText(gone, 'SGD') }
      const read = readAnswer(typed, ORDER)
      assert.deepEqual([read.held, read.gone], [held, gone])
      assert.equal(read.rest, held + gone > ORDER.minor ? null : ORDER.minor - held - gone)
      assert.equal(read.goneWrong === null, held + gone <= ORDER.minor)
    }),
  )
})

test('an amount is taken up to what there is', () => {
  assert.deepEqual(readAmount('10', 'SGD', 1_000), { minor: 1_000, wrong: null })
  assert.equal(readAmount('10.01', 'SGD', 1_000).wrong, 'There is no more than SGD 10.00.')
  assert.deepEqual(readAmount(' ', 'SGD', 1_000), { minor: null, wrong: null })
})

test('what a bank typed is told as unsaid only when the recorded answer says something else', () => {
  const order = { ...ORDER, heldMinor: 4_000_000, goneMinor: 820_000, answerNote: 'by card' }
  const typed = { held: '40,000.00', gone: '8200', note: 'by card ' }
  assert.equal(isUnsaid({ held: '', gone: '', note: ' ' }, order), false)
  assert.equal(isUnsaid(typed, order), false, 'recorded, and the line broke before it was heard')
  assert.equal(isUnsaid({ ...typed, gone: '8100' }, order), true)
  assert.equal(isUnsaid({ ...typed, note: 'by cheque' }, order), true)
})
