import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countrySpecs } from 'ibantools'
import { LAYOUT_LENGTHS, nationalForms, withoutBankCode } from './national-account.ts'

test('every layout is as long as its country’s IBAN', () => {
  for (const [country, length] of LAYOUT_LENGTHS)
    assert.equal(length + 4, countrySpecs[country]?.chars, country)
  assert.ok(LAYOUT_LENGTHS.size > 75)
})

// example IBANs of the SWIFT registry: nobody's
const examples: [string, string[]][] = [
  ['GB33BUKB20201555555555', ['20201555555555', '55555555']],
  ['DE89370400440532013000', ['370400440532013000', '0532013000']],
  ['NL91ABNA0417164300', ['0417164300']],
  ['FR1420041010050500013M02606', ['20041010050500013M02606', '0500013M026']],
  ['ES9121000418450200051332', ['21000418450200051332', '0200051332']],
  ['IT60X0542811101000000123456', ['X0542811101000000123456', '000000123456']],
  ['AE070331234567890123456', ['0331234567890123456', '1234567890123456']],
  ['TL380080012345678910157', ['0080012345678910157', '00123456789101']],
  ['NO9386011117947', ['86011117947', '111794']],
  ['XX0012345678', []],
  ['GB33BUKB2020155555555', []],
]
for (const [iban, wanted] of examples)
  test(`accounts inside ${iban}`, () =>
    assert.deepEqual(
      nationalForms(iban).map(({ number }) => number),
      wanted,
    ))

const codes: [string, string, string | null][] = [
  ['20201555555555', 'GB', '55555555'],
  ['55555555', 'GB', null],
  ['2020155555555', 'GB', null],
  ['062000123456789', 'AU', '123456789'],
  ['062000123456', 'AU', '123456'],
  ['123456789', 'AU', null],
  ['20201555555555', 'TH', null],
  ['GB201555555555', 'GB', null],
]
for (const [account, country, wanted] of codes)
  test(`${account} of ${country} ${wanted === null ? 'has no bank code in front' : `is ${wanted} at its bank`}`, () =>
    assert.equal(withoutBankCode(account, country)?.number ?? null, wanted))
