import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { FactKind } from '../../src/core/fact.ts'
import { read } from '../../src/extract/read.ts'
import { whyOursDiffers } from './disagreements.ts'

/**
 * Compares the reader with recorded answers of other programs (valid or not), one identifier at a time.
 *
 *   node bench/extract/vectors.ts [FOLDER] [--all]     FOLDER has identifiers_shared.jsonl and crypto_addresses_shared.jsonl
 */
export interface Vector {
  readonly set: string
  readonly kinds: readonly FactKind[]
  readonly input: string
  readonly expected: 'valid' | 'invalid'
  readonly country?: string
  /** The coin the recorded answer is about. */
  readonly chain?: Chain
}

export type Chain = 'btc' | 'evm' | 'tron' | 'sol' | 'ltc' | 'xrp'

/** The words before an identifier: nobody writes a bare one, and a bare number is rightly no fact. */
const LEAD: Record<string, string> = {
  isIBAN: 'IBAN: ',
  isBIC: 'BIC: ',
  isIMEI: 'IMEI: ',
  isPassportNumber: 'passport number: ',
  isMobilePhone: 'phone: ',
  isIP: 'IP address: ',
  isEmail: 'e-mail: ',
  isURL: 'link: ',
  isFQDN: 'domain: ',
  isBtcAddress: 'wallet: ',
  isEthereumAddress: 'wallet: ',
  crypto: 'wallet: ',
}

const KINDS: Record<string, readonly FactKind[]> = {
  isIBAN: ['iban'],
  isBIC: ['bic'],
  isIMEI: ['imei'],
  isPassportNumber: ['passport'],
  isMobilePhone: ['phone'],
  isIP: ['ip'],
  isEmail: ['email'],
  isURL: ['url', 'domain'],
  isFQDN: ['domain', 'url'],
  isBtcAddress: ['crypto_address'],
  isEthereumAddress: ['crypto_address'],
}

/** Coins whose addresses we read, by the names the recorded answers use. */
const CHAINS: Record<string, Chain> = {
  ...Object.fromEntries(['btc', 'bitcoin'].map((name) => [name, 'btc'])),
  ...Object.fromEntries(['ltc', 'litecoin'].map((name) => [name, 'ltc'])),
  ...Object.fromEntries(['xrp', 'ripple'].map((name) => [name, 'xrp'])),
  ...Object.fromEntries(['sol', 'solana'].map((name) => [name, 'sol'])),
  ...Object.fromEntries(['trx', 'tron'].map((name) => [name, 'tron'])),
  ...Object.fromEntries(
    'eth ethereum avax arb arbitrum op berachain bera binancesmartchain flare sonic story erc20 avalanche'
      .split(' ')
      .map((name) => [name, 'evm']),
  ),
}

interface Recorded {
  readonly validator: string
  readonly args: readonly unknown[]
  readonly input: string
  readonly expected: 'valid' | 'invalid'
}

interface RecordedCoin {
  readonly address: string
  readonly currency: string
  readonly opts: string | { chainType?: string; networkType?: string } | null
  readonly expected: 'valid' | 'invalid'
}

const lines = <T>(path: string): T[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as T)
    : []

/** Answers that hang on options of the other program (host lists, display names …) are no questions for us. */
function toVector({ validator, args, input, expected }: Recorded): Vector[] {
  const kinds = KINDS[validator]
  const [option] = args
  if (!kinds || args.length > 1 || input.trim() === '') return []
  const vector: Vector = { set: validator, kinds, input, expected }
  if (option === undefined || option === 4 || option === 6) return [vector]
  if (validator === 'isMobilePhone' || validator === 'isPassportNumber') {
    const country = typeof option === 'string' ? /(?:^|-)([A-Z]{2})$/.exec(option)?.[1] : undefined
    return country ? [{ ...vector, country }] : []
  }
  return JSON.stringify(option) === '{"allow_hyphens":true}' ? [vector] : []
}

function toCoinVector({ address, currency, opts, expected }: RecordedCoin): Vector[] {
  const network = typeof opts === 'string' ? opts : opts?.networkType
  const named = typeof opts === 'object' ? opts?.chainType : undefined
  const chain = CHAINS[(named ?? currency).toLowerCase()]
  if (!chain || network === 'testnet' || network === 'both') return []
  return [{ set: 'crypto', kinds: ['crypto_address'], input: address, expected, chain }]
}

export function loadVectors(folder: string): Vector[] {
  const identifiers = lines<Recorded>(join(folder, 'identifiers_shared.jsonl')).flatMap(toVector)
  const coins = lines<RecordedCoin>(join(folder, 'crypto_addresses_shared.jsonl')).flatMap(toCoinVector)
  return [...identifiers, ...coins]
}

/** Does the reader take the whole of it, but for blanks around, as one fact of the kind? */
export function reads({ set, kinds, input, country }: Vector): boolean {
  const text = `${LEAD[set]}${input}`
  const start = text.length - input.trimStart().length
  const end = text.trimEnd().length
  const { facts } = read(text, country ? { country } : {})
  return facts.some((fact) => kinds.includes(fact.kind) && fact.start <= start && fact.end >= end)
}

export interface Compared {
  readonly vector: Vector
  readonly agrees: boolean
  /** Why ours is right where they differ; null when nothing explains it. */
  readonly why: string | null
}

export function compare(vector: Vector): Compared {
  const found = reads(vector)
  const agrees = found === (vector.expected === 'valid')
  return { vector, agrees, why: agrees ? null : whyOursDiffers(vector) }
}

function print(all: readonly Compared[], everything: boolean): void {
  for (const [set, some] of Map.groupBy(all, ({ vector }) => vector.set)) {
    const same = some.filter(({ agrees }) => agrees).length
    const open = some.filter(({ agrees, why }) => !agrees && why === null)
    console.log(
      `${set.padEnd(18)} ${same} of ${some.length} agree, ${some.length - same - open.length} explained, ${open.length} open`,
    )
    for (const [why, these] of Map.groupBy(
      some.filter(({ why }) => why !== null),
      ({ why }) => why,
    )) {
      console.log(`    ${String(these.length).padStart(4)}  ${why}`)
      if (everything)
        for (const { vector } of these)
          console.log(
            `            ${vector.expected} ${vector.country ?? ''} ${JSON.stringify(vector.input)}`,
          )
    }
    for (const { vector } of open) {
      console.log(
        `    open  recorded ${vector.expected} ${vector.country ?? vector.chain ?? ''} ${JSON.stringify(vector.input)}`,
      )
    }
  }
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { all: { type: 'boolean' } } })
  const folder = positionals[0] ?? join(import.meta.dirname, 'vectors')
  const vectors = loadVectors(folder)
  if (vectors.length === 0)
    throw new Error(`${folder}: no identifiers_shared.jsonl or crypto_addresses_shared.jsonl`)
  print(vectors.map(compare), values.all === true)
}
