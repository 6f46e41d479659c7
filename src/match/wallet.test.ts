import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Canonical, Unmatchable } from './identifier.ts'
import { canonicalTransaction, canonicalWallet } from './wallet.ts'

const valueIn = (found: Canonical | Unmatchable) => ('value' in found ? found.value : null)

// the example account of TON's documentation, in its five forms
const TON_RAW = '0:ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e'
const TON_FORMS = [
  'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF',
  'UQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPuwA',
  'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff+W72r5gqPrHF',
  TON_RAW,
  TON_RAW.toUpperCase(),
]
for (const form of TON_FORMS)
  test(`TON: ${form}`, () => assert.equal(valueIn(canonicalWallet(form)), TON_RAW))

test('TON: the masterchain, and a wrong checksum that stays as written', () => {
  const masterchain = `-1:${'5'.repeat(64)}`
  assert.equal(valueIn(canonicalWallet(masterchain)), masterchain)
  const wrong = 'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHE'
  assert.equal(valueIn(canonicalWallet(wrong)), wrong)
})

test('EVM: the case is a checksum and falls away; so it does in bech32, and nowhere else', () => {
  const evm = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
  assert.equal(valueIn(canonicalWallet(evm)), evm.toLowerCase())
  assert.equal(valueIn(canonicalWallet(`0X${evm.slice(2).toUpperCase()}`)), evm.toLowerCase())
  const taproot = 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0'
  assert.equal(valueIn(canonicalWallet(taproot.toUpperCase())), taproot)
  const base58 = '3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy'
  assert.equal(valueIn(canonicalWallet(base58)), base58)
  assert.notEqual(valueIn(canonicalWallet(base58.toLowerCase())), base58)
})

test('transactions: hex in any writing is one, base58 stays, and anything else is none', () => {
  const hash = 'ab'.repeat(32)
  for (const written of [
    hash,
    `0x${hash}`,
    hash.toUpperCase(),
    ` ${hash} `,
    Buffer.from(hash, 'hex').toString('base64'),
  ])
    assert.equal(valueIn(canonicalTransaction(written)), hash, written)
  const solana = '5'.repeat(44) + 'Zz'.repeat(22)
  assert.equal(valueIn(canonicalTransaction(solana)), solana)
  for (const none of ['', hash.slice(1), `${hash}00`, 'x'.repeat(64)])
    assert.equal(valueIn(canonicalTransaction(none)), null, none)
})
