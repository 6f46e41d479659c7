import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { HouseError } from './errors.ts'
import { CURRENCIES, exponentOf, formatMoney, parseMoney } from './money.ts'

const written: [string, string, number][] = [
  ['48,200.00', 'SGD', 4_820_000],
  ['48200', 'SGD', 4_820_000],
  ['48 200.5', 'SGD', 4_820_050],
  [' SGD 48,200.00 ', 'SGD', 4_820_000],
  ['48,200 sgd', 'SGD', 4_820_000],
  ['1,50,000', 'INR', 15_000_000],
  ['1,23,45,678.90', 'INR', 1_234_567_890],
  ['0', 'THB', 0],
  ['0.01', 'USD', 1],
  ['45,000,000', 'VND', 45_000_000],
  ['1.234', 'KWD', 1_234],
  ['20,000', 'USDT', 20_000_000_000],
  ['0.00000001', 'BTC', 1],
  ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
]
for (const [text, currency, minor] of written)
  test(`“${text}” in ${currency} is ${minor} minor units`, () =>
    assert.deepEqual(parseMoney(text, currency), { minor, currency }))

const refused: [string, string, RegExp][] = [
  ['', 'SGD', /no amount/],
  ['SGD', 'SGD', /no amount/],
  ['-5', 'SGD', /less than nothing/],
  ['(5.00)', 'SGD', /less than nothing/],
  ['1,5', 'SGD', /only group thousands/],
  ['48.200,00', 'SGD', /only digits may follow/],
  ['48,200 000', 'SGD', /only group thousands/],
  ['1.234', 'SGD', /at most 2 decimals/],
  ['1.500', 'VND', /has no decimals/],
  ['1.2.3', 'SGD', /more than one decimal point/],
  ['5.', 'SGD', /only digits may follow/],
  ['.5', 'SGD', /before the decimal point/],
  ['1e5', 'SGD', /“e” does not belong/],
  ['฿45,000', 'THB', /“฿” does not belong/],
  ['๔๕', 'THB', /use digits 0 to 9/],
  ['USD 5', 'SGD', /“U” does not belong in an amount of SGD/],
  ['90071992547409.92', 'USD', /too large/],
  ['5', 'S$', /“S\$” is not a currency code/],
  ['5', 'toString', /is not a currency code/],
]
for (const [text, currency, says] of refused)
  test(`“${text}” in ${currency} is refused`, () =>
    assert.throws(
      () => parseMoney(text, currency),
      (error: unknown) =>
        error instanceof HouseError &&
        error.code === 'invalid' &&
        says.test(error.message) &&
        !error.message.includes('\n'),
    ))

const currency = fc.constantFrom(...CURRENCIES)

test('what is printed is read back exactly', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), currency, (minor, code) => {
      assert.deepEqual(parseMoney(formatMoney(minor, code), code), { minor, currency: code })
    }),
  )
})

test('printed as Intl prints the exact decimal, for amounts beyond any float too', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), currency, (minor, code) => {
      const exponent = exponentOf(code)
      const size = minor < 0n ? -minor : minor
      const unit = 10n ** BigInt(exponent)
      const decimal =
        `${size / unit}.${String(size % unit).padStart(exponent, '0')}` as Intl.StringNumericLiteral
      const plain = new Intl.NumberFormat('en-US', { minimumFractionDigits: exponent }).format(decimal)
      assert.equal(formatMoney(minor, code), `${code} ${minor < 0n ? '-' : ''}${plain}`)
    }),
  )
})

test('any text is either read exactly or refused by name', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9., -]{0,20}$/))
  fc.assert(
    fc.property(text, currency, (typed, code) => {
      try {
        const { minor } = parseMoney(typed, code)
        assert.ok(Number.isSafeInteger(minor) && minor >= 0)
        assert.equal(parseMoney(formatMoney(minor, code), code).minor, minor)
      } catch (error) {
        assert.ok(error instanceof HouseError && error.code === 'invalid', String(error))
      }
    }),
  )
})

test('a number that is no whole number of minor units is refused', () => {
  for (const minor of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
    assert.throws(() => formatMoney(minor, 'SGD'), HouseError)
})

// ISO 4217 list one says these; Intl follows CLDR, which has other digits for some of them.
const exponents: [string, number][] = [
  ['SGD', 2],
  ['THB', 2],
  ['MMK', 2],
  ['LAK', 2],
  ['IDR', 2],
  ['VND', 0],
  ['JPY', 0],
  ['KRW', 0],
  ['UGX', 0],
  ['BHD', 3],
  ['IQD', 3],
  ['CLF', 4],
]
for (const [code, exponent] of exponents)
  test(`${code} has ${exponent} decimals`, () => assert.equal(exponentOf(code), exponent))
