import assert from 'node:assert/strict'
import test from 'node:test'
import { countrySpecs, isValidIBAN } from 'ibantools'
import { fc } from '../../../test/property.ts'
import { read } from '../read.ts'
import { IBAN_COUNTRIES, isIban } from './iban.ts'

/** Right check digits for a country and the rest (ISO 7064 mod 97-10, the long way round). */
function withCheckDigits(country: string, rest: string): string {
  const digits = [...`${rest}${country}00`].map((sign) => Number.parseInt(sign, 36)).join('')
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${rest}`
}

/** French territories have IBANs of France; Åland has those of Finland. */
const UNDER_ANOTHER = new Set('AX BL GF GP MF MQ NC PF PM RE TF WF YT'.split(' '))

test('iban: countries and lengths are those of ibantools', () => {
  const theirs = Object.keys(countrySpecs).filter((it) => countrySpecs[it]?.chars && !UNDER_ANOTHER.has(it))
  assert.deepEqual(IBAN_COUNTRIES, theirs.sort())
})

test('iban: any rest is judged as ibantools judges it', () => {
  const sign = fc.constantFrom(...'0123456789ABCXYZ')
  const rest = fc.string({ unit: sign, minLength: 10, maxLength: 30 })
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 11, maxLength: 27 })
  fc.assert(
    fc.property(fc.constantFrom(...IBAN_COUNTRIES), fc.oneof(rest, digits), (country, body) => {
      const { length } = body
      const wanted = (countrySpecs[country]?.chars ?? 4) - 4
      const fitted = length >= wanted ? body.slice(0, wanted) : body.padEnd(wanted, '0')
      const iban = withCheckDigits(country, fitted)
      // The registry's structure for PS is 4!a21!c; ibantools has digits there.
      if (country === 'PS') return
      // BIC-like heads and national check digits are beyond the registry's structure; ibantools tests some of them.
      if (isValidIBAN(iban)) assert.equal(isIban(iban), true, iban)
      assert.equal(isIban(`${iban.slice(0, -1)}${iban.endsWith('1') ? '2' : '1'}`), false)
    }),
  )
})

const valid = withCheckDigits('GB', 'TEST10209987654321')
const german = withCheckDigits('DE', '200888110987654321')

const found: [name: string, text: string][] = [
  ['together', `pay ${valid} now`],
  ['in fours', `IBAN: ${valid.replace(/(.{4})(?=.)/g, '$1 ')}.`],
  ['small letters', valid.toLowerCase()],
  ['with dashes', valid.replace(/(.{4})(?=.)/g, '$1-')],
  ['over two lines', `${valid.slice(0, 12)}\n${valid.slice(12)}`],
  ['full width', [...valid].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join('')],
  ['glued to Chinese', `账号${valid}谢谢`],
]
for (const [name, text] of found)
  test(`iban: ${name}`, () => {
    const [fact] = read(text).facts
    assert.deepEqual([fact?.kind, fact?.normal, fact?.country], ['iban', valid, 'GB'])
  })

test('iban: one wrong character is refused, with the reason', () => {
  for (let at = 4; at < german.length; at++) {
    const wrong = `${german.slice(0, at)}${(Number(german.charAt(at)) + 1) % 10}${german.slice(at + 1)}`
    const { facts, refused } = read(`IBAN ${wrong}`)
    assert.deepEqual(
      facts.filter(({ kind }) => kind === 'iban'),
      [],
    )
    assert.deepEqual(
      refused.map(({ kind, text }) => [kind, text]),
      [['iban', wrong]],
    )
  }
})

const quiet: [name: string, text: string][] = [
  ['words', 'AT12 people and BE34 rooms, NO 15 MORE THAN THAT'],
  ['part of a longer code', `X${valid}`],
  ['a longer code', `${valid}9`],
]
for (const [name, text] of quiet)
  test(`iban: quiet on ${name}`, () =>
    assert.deepEqual(
      read(text).facts.filter(({ kind }) => kind === 'iban'),
      [],
    ))
