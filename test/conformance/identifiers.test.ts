import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import type { FactKind } from '../../src/core/fact.ts'
import { read } from '../../src/extract/read.ts'

/**
 * The reader against the recorded answers of validator.js and multicoin-address-validator (vectors/identifiers.md): each
 * identifier stands behind the word that names it, as people write it, and must be taken whole, or not at all.
 */
interface Vector {
  readonly of: string
  readonly option?: unknown
  readonly input: string
  readonly expected: 'valid' | 'invalid'
}

const QUESTIONS: Record<string, { kinds: readonly FactKind[]; lead: string }> = {
  isIBAN: { kinds: ['iban'], lead: 'IBAN: ' },
  isBIC: { kinds: ['bic'], lead: 'BIC: ' },
  isIMEI: { kinds: ['imei'], lead: 'IMEI: ' },
  isEmail: { kinds: ['email'], lead: 'e-mail: ' },
  isURL: { kinds: ['url', 'domain'], lead: 'link: ' },
  isFQDN: { kinds: ['domain', 'url'], lead: 'domain: ' },
  isIP: { kinds: ['ip'], lead: 'IP address: ' },
  isBtcAddress: { kinds: ['crypto_address'], lead: 'wallet: ' },
  isEthereumAddress: { kinds: ['crypto_address'], lead: 'wallet: ' },
  coin: { kinds: ['crypto_address'], lead: 'wallet: ' },
}

const vectors: Vector[] = readFileSync(join(import.meta.dirname, 'vectors/identifiers.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

function reads({ of, option, input }: Vector): boolean {
  const { kinds = [], lead = '' } = QUESTIONS[of] ?? {}
  const text = `${lead}${input}`
  const start = text.length - input.trimStart().length
  return read(text).facts.some(
    (fact) =>
      kinds.includes(fact.kind) &&
      fact.start <= start &&
      fact.end >= text.trimEnd().length &&
      (of !== 'coin' || fact.system === chainOf(String(option))),
  )
}

const CHAINS: Record<string, string> = {
  btc: 'Bitcoin',
  bitcoin: 'Bitcoin',
  ltc: 'Litecoin',
  litecoin: 'Litecoin',
  xrp: 'XRP',
  ripple: 'XRP',
  sol: 'Solana',
  solana: 'Solana',
  trx: 'TRON',
  tron: 'TRON',
  doge: 'Dogecoin',
  dogecoin: 'Dogecoin',
  xlm: 'Stellar',
  stellar: 'Stellar',
  xmr: 'Monero',
  monero: 'Monero',
  dash: 'Dash',
}

/** The chain an answer is about; the others all have Ethereum's addresses. */
function chainOf(coin: string): string {
  return CHAINS[coin] ?? 'EVM'
}

interface Difference {
  readonly of: string
  readonly recorded: Vector['expected']
  readonly input: RegExp
  readonly why: string
}

/** Where ours differs from the record, and why it is right for what people write. */
const OURS: readonly Difference[] = [
  {
    of: 'isEmail',
    recorded: 'valid',
    input: /^"|端/,
    why: 'quoted and non-ASCII names before "@" are not in use',
  },
  {
    of: 'isEmail',
    recorded: 'invalid',
    input: /[ａ-ｚ]/,
    why: 'full-width letters are a disguise that we read through',
  },
  { of: 'isURL', recorded: 'valid', input: /^ｊａｖａｓｃｒｉｐｔ/, why: 'a script is no address' },
  { of: 'isURL', recorded: 'invalid', input: /\s$/, why: 'a blank behind a link is no part of it' },
  { of: 'isFQDN', recorded: 'valid', input: /\.plato$/, why: 'no such top-level domain' },
  { of: 'isFQDN', recorded: 'valid', input: /^google\.com$/, why: 'well known: naming it says nothing' },
  { of: 'isIP', recorded: 'valid', input: /%/, why: 'a zone (%eth0) has a meaning on one computer only' },
  {
    of: 'isIP',
    recorded: 'invalid',
    input: /^[\da-f:.]+$/,
    why: 'an address, of the other version than asked for',
  },
  { of: 'isEthereumAddress', recorded: 'invalid', input: /^1C6o/, why: 'a Bitcoin address' },
  { of: 'isBtcAddress', recorded: 'valid', input: /^17VZ/, why: 'its checksum fails' },
  { of: 'isBtcAddress', recorded: 'invalid', input: /^pp8s/, why: 'a Bitcoin Cash address' },
  { of: 'coin', recorded: 'invalid', input: /^0X[\dA-F]{40}$/, why: 'an EVM address in a text in capitals' },
]

for (const [of, some] of Map.groupBy(vectors, (it) => it.of)) {
  test(`conformance: ${of}, ${some.length} recorded answers`, () => {
    const differing = some.filter((vector) => reads(vector) !== (vector.expected === 'valid'))
    const open = differing.filter(
      ({ expected, input }) =>
        !OURS.some((it) => it.of === of && it.recorded === expected && it.input.test(input)),
    )
    assert.deepEqual(
      open.map(({ expected, input, option }) => ({ expected, input, option })),
      [],
    )
  })
}

test('conformance: no difference is written down that is none', () => {
  for (const { of, recorded, input, why } of OURS) {
    const some = vectors.filter((it) => it.of === of && it.expected === recorded && input.test(it.input))
    assert.ok(
      some.some((vector) => reads(vector) !== (recorded === 'valid')),
      `${of}: ${why}`,
    )
  }
})
