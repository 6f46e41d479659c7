import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../../test/property.ts'
import { FACT_KINDS } from '../../core/fact.ts'
import { grouped, plain } from './grouping.ts'

test('what is shown whole is, joined, exactly what is copied', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FACT_KINDS),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      (kind, text) => {
        assert.equal(grouped(kind, text).join(''), plain(text))
      },
    ),
  )
})

test('accounts and wallets stand in fours, words and numbers to dial do not', () => {
  assert.deepEqual(grouped('iban', 'GB33BUKB20201555555555'), ['GB33', 'BUKB', '2020', '1555', '5555', '55'])
  assert.deepEqual(grouped('phone', '+66812345678'), ['+66812345678'])
  assert.deepEqual(grouped('place', 'Myawaddy'), ['Myawaddy'])
})

test('a long one shows both ends, whole fours of them', () => {
  const wallet = '0x52908400098527886E0F7030069857D2E4169EE7'
  assert.deepEqual(grouped('crypto_address', wallet, 24), ['0x52', '9084', '…', 'E416', '9EE7'])
  assert.equal(grouped('crypto_address', wallet, 42).join(''), wallet)
})

test('an amount is money, and says when its currency is not known', () => {
  assert.deepEqual(grouped('amount', { minor: 4820000, currency: 'SGD' }), ['SGD 48,200.00'])
  assert.deepEqual(grouped('amount', { minor: 500, currency: null }), ['5, currency not known'])
})

test('an amount of unknown currency is shown as it was read, never in hundredths', () => {
  assert.equal(plain({ minor: 4_820_000, currency: null }), '48,200, currency not known')
  assert.equal(plain({ minor: 4_820_050, currency: null }), '48,200.50, currency not known')
})
