import assert from 'node:assert/strict'
import test from 'node:test'
import { sha256 } from '@noble/hashes/sha2.js'
import { base58, base58xrp, base64url, bech32, bech32m, createBase58check } from '@scure/base'
import { read } from '../read.ts'

/** Twenty and thirty-two bytes that belong to nobody: a hash of these words. */
const account = sha256(new TextEncoder().encode('firebreak fixture')).slice(0, 20)
const key = sha256(new TextEncoder().encode('firebreak fixture key'))
const check = createBase58check(sha256)
const base58of = (...bytes: number[]) => check.encode(Uint8Array.from([...bytes, ...account]))

function xrp(): string {
  const body = Uint8Array.from([0, ...account])
  return base58xrp.encode(Uint8Array.from([...body, ...sha256(sha256(body)).slice(0, 4)]))
}

function ton(): string {
  const body = Uint8Array.from([0x11, 0, ...key])
  let sum = 0
  for (const byte of body) {
    sum ^= byte << 8
    for (let bit = 0; bit < 8; bit++) sum = (sum & 0x8000 ? (sum << 1) ^ 0x1021 : sum << 1) & 0xffff
  }
  return base64url.encode(Uint8Array.from([...body, sum >> 8, sum & 255]))
}

const segwit = (prefix: string, version: number, program: Uint8Array) =>
  (version === 0 ? bech32 : bech32m).encode(prefix, [version, ...bech32.toWords(program)], 90)

const wallets: [chain: string, address: string][] = [
  ['Bitcoin', base58of(0)],
  ['Bitcoin', base58of(5)],
  ['Bitcoin', segwit('bc', 0, account)],
  ['Bitcoin', segwit('bc', 0, key)],
  ['Bitcoin', segwit('bc', 1, key)],
  ['Litecoin', base58of(0x30)],
  ['Litecoin', base58of(0x32)],
  ['Litecoin', segwit('ltc', 0, account)],
  ['TRON', base58of(0x41)],
  ['XRP', xrp()],
  ['TON', ton()],
  ['Dogecoin', base58of(0x1e)],
  // EIP-55, its own example.
  ['EVM', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
]

for (const [chain, address] of wallets) {
  test(`wallet: ${chain} ${address}`, () => {
    const [fact] = read(`send to ${address} now`).facts
    assert.deepEqual(
      [fact?.kind, fact?.system, fact?.normal, fact?.confidence],
      ['crypto_address', chain, address, 1],
    )
  })
  test(`wallet: ${chain} ${address} with one wrong character is refused`, () => {
    for (let at = 4; at < address.length; at += 7) {
      const other = address.charAt(at) === '2' ? '3' : '2'
      const wrong = `${address.slice(0, at)}${other}${address.slice(at + 1)}`
      const { facts, refused } = read(`USDT wallet ${wrong} now`)
      assert.deepEqual(
        facts.filter(({ kind }) => kind === 'crypto_address'),
        [],
      )
      if (/^(?:0x|bc1|ltc1|T|[13]|EQ|UQ)/.test(wrong)) assert.equal(refused[0]?.text, wrong)
    }
  })
}

test('wallet: EVM in one case becomes EIP-55', () => {
  const [fact] = read('0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed').facts
  assert.equal(fact?.normal, '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')
  assert.ok((fact?.confidence ?? 1) < 1)
})

test('wallet: EVM, the chain by the words around', () => {
  const address = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'
  assert.equal(read(`BEP20: ${address}`).facts[0]?.system, 'BNB Smart Chain')
  assert.equal(read(`ERC-20 ${address}`).facts[0]?.system, 'Ethereum')
})

test('wallet: bech32 in capitals is the same address', () => {
  const address = segwit('bc', 0, account)
  assert.equal(read(address.toUpperCase()).facts[0]?.normal, address)
})

test('wallet: Solana near a word of coins; silent on a short word without one', () => {
  const address = base58.encode(key)
  assert.equal(read(`SOL wallet ${address}`).facts[0]?.system, 'Solana')
  assert.deepEqual(
    read(`the key was ${base58.encode(Uint8Array.from([...new Uint8Array(8), ...key.slice(8)]))}`).facts,
    [],
  )
})

test('wallet: over two lines, and glued to other scripts', () => {
  const address = base58of(0x41)
  const [broken] = read(`wallet ${address.slice(0, 20)}\n${address.slice(20)} thanks`).facts
  assert.equal(broken?.normal, address)
  assert.equal(read(`打到${address}谢谢`).facts[0]?.normal, address)
})

test('wallet: the wrong length is said', () => {
  const { facts, refused } = read('0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe')
  assert.deepEqual(facts, [])
  assert.match(refused[0]?.why ?? '', /39 signs/)
})

test('wallet: in a link to an explorer it is the wallet, in another link it is the link', () => {
  const address = base58of(0x41)
  assert.equal(read(`https://tronscan.org/#/address/${address}`).facts[0]?.kind, 'crypto_address')
  assert.equal(read(`https://pay.kk.test/?to=${address}`).facts[0]?.kind, 'url')
})

const hash = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90'

const transactions: [name: string, text: string, normals: string[]][] = [
  ['EVM', `0x${hash}`, [`0x${hash}`]],
  ['TRON, named', `TxID: ${hash}`, [hash]],
  ['capitals', `tx hash ${hash.toUpperCase()}`, [hash]],
  ['Chinese', `交易哈希：${hash}`, [hash]],
  ['near a coin', `sent 500 USDT, ${hash}`, [hash]],
  ['in an explorer', `https://tronscan.org/#/transaction/${hash}`, [hash]],
  ['over two lines', `tx ${hash.slice(0, 30)}\n${hash.slice(30)}`, [hash]],
  ['a checksum of a file', `sha256: ${hash}`, []],
  ['nothing named', hash, []],
  ['too short', `tx ${hash.slice(1)}`, []],
]
for (const [name, text, normals] of transactions)
  test(`transaction: ${name}`, () => {
    const facts = read(text).facts.filter(({ kind }) => kind === 'crypto_tx')
    assert.deepEqual(
      facts.map(({ normal }) => normal),
      normals,
    )
  })

test('transaction: Solana', () => {
  const signature = base58.encode(Uint8Array.from([...key, ...sha256(key)]))
  assert.equal(read(`sig ${signature}`).facts[0]?.kind, 'crypto_tx')
})
