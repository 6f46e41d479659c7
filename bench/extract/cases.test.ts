import assert from 'node:assert/strict'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { domainToASCII } from 'node:url'
import { isValidIBAN } from 'ibantools'
import parsePhone from 'libphonenumber-js'
import { FACT_KINDS, type FactKind, type Normal } from '../../src/core/fact.ts'
import { type Case, loadCases, unmark } from './cases.ts'
import { isAddress, isEvm, isImei } from './check-digits.ts'
import { samples, spoil } from './samples.ts'

const cases = loadCases()
const apart = loadCases(join(import.meta.dirname, 'apart'))
const fresh = loadCases(join(import.meta.dirname, 'fresh'))
const fresh2 = loadCases(join(import.meta.dirname, 'fresh-2'))
const fresh3 = loadCases(join(import.meta.dirname, 'fresh-3'))
const fresh4 = loadCases(join(import.meta.dirname, 'fresh-4'))
const fresh5 = loadCases(join(import.meta.dirname, 'fresh-5'))
const fresh6 = loadCases(join(import.meta.dirname, 'fresh-6'))
const fresh7 = loadCases(join(import.meta.dirname, 'fresh-7'))
const all = [...cases, ...apart, ...fresh, ...fresh2, ...fresh3, ...fresh4, ...fresh5, ...fresh6, ...fresh7]
const LANGUAGES = 'en zh-Hans zh-Hant th vi km my lo id ms tl hi bn sw mixed'.split(' ')

test('the set is large enough, in all languages and kinds, a quarter of it ordinary', () => {
  const ordinary = cases.filter((one) => one.ordinary)
  assert.ok(cases.length >= 250, `${cases.length} documents`)
  assert.ok(ordinary.length / cases.length >= 0.24, `${ordinary.length} of ${cases.length} are ordinary`)
  assert.equal(new Set(all.map((one) => one.id)).size, all.length, 'ids are unique')
  for (const language of LANGUAGES)
    assert.ok(cases.filter((one) => one.language === language).length >= 14, language)
  for (const kind of FACT_KINDS) {
    const count = cases.filter((one) => one.facts.some((fact) => fact.kind === kind && !fact.optional)).length
    assert.ok(count >= 5, `${kind}: ${count} documents`)
  }
})

test('ordinary texts state nothing', () => {
  for (const one of all) assert.equal(one.facts.length === 0, one.ordinary, one.id)
})

test('every label has the canonical form of its kind', () => {
  for (const one of all) {
    for (const fact of one.facts) {
      for (const { kind, normal } of [fact, ...fact.or]) {
        assert.ok(isCanonical(kind, normal), `${one.id}: ${kind} ${JSON.stringify(normal)}`)
      }
      assert.equal(one.text.slice(fact.start, fact.start + fact.text.length), fact.text, one.id)
    }
  }
})

test('no document names a domain that somebody may own', () => {
  const RESERVED = /(^|\.)(example|test|invalid|localhost)$|(^|\.)example\.(com|net|org)$/
  for (const one of all) for (const host of hosts(one)) assert.match(host, RESERVED, `${one.id}: ${host}`)
})

test('a spoiled sample is no longer valid', () => {
  for (const [name, value] of samples()) {
    if (/^(BTC|LTC|TRON|XRP|TON|ETH)/.test(name))
      assert.ok(isAddress(value) && !isAddress(spoil(value)), name)
    if (name.startsWith('IBAN')) assert.ok(isValidIBAN(value) && !isValidIBAN(spoil(value)), name)
    if (name.startsWith('IMEI')) assert.ok(isImei(value) && !isImei(spoil(value)), name)
  }
})

test('marks: canonical form given or taken from the words, grey cases, readings equally right', () => {
  const { text, facts } = unmark(
    'pay ⟦amount 3.5 USD|$3.50⟧ to ⟦email|a@b.test⟧ ⟦?place Tak / organisation X Y|x⟧',
  )
  assert.equal(text, 'pay $3.50 to a@b.test x')
  assert.deepEqual(facts[0]?.normal, { minor: 350, currency: 'USD' })
  assert.equal(facts[1]?.normal, 'a@b.test')
  assert.deepEqual([facts[2]?.optional, facts[2]?.or[0]?.normal], [true, 'X Y'])
  assert.throws(() => unmark('⟦email a@b.test'), /not closed/)
  assert.throws(() => unmark('⟦amount 1.234 USD|x⟧'), /decimals/)
  assert.throws(() => unmark('⟦colour|red⟧'), /unknown kind/)
})

/** Hosts of this document's links and mail, but for the two the reader must know by name (chat links, short mail names). */
function hosts(one: Case): string[] {
  const known =
    /^(t\.me|wa\.me|line\.me|zalo\.me|m\.me|(www\.|m\.)?(facebook|instagram|tiktok)\.com|fb\.com|gmail\.com)$/
  const all = one.facts.flatMap((fact) => [fact, ...fact.or])
  const found = all.flatMap(({ kind, normal }) => {
    if (typeof normal !== 'string') return []
    if (kind === 'domain') return [normal]
    if (kind === 'email') return [normal.split('@')[1] ?? '']
    return kind === 'url' ? [new URL(normal).hostname] : []
  })
  return found.filter((host) => !known.test(host) && isIP(host.replace(/[[\]]/g, '')) === 0)
}

/** Numbers that Ofcom keeps for drama; libphonenumber calls them possible and not assigned. */
const DRAMA = /^\+447700900\d{3}$/

const FORMS: Record<Exclude<FactKind, 'amount'>, (normal: string) => boolean> = {
  phone: (n) => n === parsePhone(n)?.number && (parsePhone(n)?.isValid() === true || DRAMA.test(n)),
  email: (n) => /^[^\s@]+@[a-z0-9.-]+\.[a-z]+$/.test(n),
  url: (n) => URL.canParse(n) && new URL(n).host === n.split('/')[2]?.split('?')[0],
  domain: (n) => n === domainToASCII(n) && n.includes('.') && n !== '',
  handle: (n) => /^[a-z]+:@[\p{L}\p{N}._-]+$/u.test(n),
  iban: (n) => isValidIBAN(n),
  bank_account: (n) => /^\d{6,20}$/.test(n),
  bic: (n) => /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(n),
  crypto_address: (n) => isAddress(n) && (!n.startsWith('0x') || (isEvm(n) && /[A-F]/.test(n.slice(2)))),
  crypto_tx: (n) => /^(0x)?[0-9a-f]{64}$/.test(n) || /^[1-9A-HJ-NP-Za-km-z]{86,88}$/.test(n),
  payment_ref: (n) => /^[A-Za-z0-9@._+-]{6,40}$/.test(n),
  date: (n) => /^\d{4}-\d{2}(-\d{2})?$/.test(n) && new Date(n).toISOString().startsWith(n),
  place: (n) => /^[A-Z][\p{L}' -]+( \d+)?$/u.test(n),
  passport: (n) => /^[A-Z0-9]{7,9}$/.test(n),
  plate: (n) => n.length >= 4,
  ip: (n) => isIP(n) === 4 || (isIP(n) === 6 && n === new URL(`http://[${n}]/`).hostname.slice(1, -1)),
  imei: (n) => isImei(n),
  organisation: (n) => n.trim().length >= 2,
}

function isCanonical(kind: FactKind, normal: Normal): boolean {
  if (typeof normal === 'string') return kind !== 'amount' && FORMS[kind](normal)
  return kind === 'amount' && Number.isSafeInteger(normal.minor) && normal.minor > 0
}
