import type { Candidate, Context, Plain } from '../finder.ts'
import { type Label, labelsIn } from '../labels.ts'
import type { Refuse } from '../reading.ts'
import { isAlphanumericUnit, type Run } from '../scan.ts'
import { swept } from '../sweep.ts'
import { solanaBytes, walletOf } from './wallet.ts'

/** A word that may be an address or a transaction; a line break inside it is left out. */
interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** No address and no transaction is shorter. */
const SHORTEST = 24

/** Wallets and transactions of the chains that money is moved on; what fails its checksum is refused, never a fact. */
export function findCrypto(plain: Plain, _context: Context, refuse?: Refuse): Candidate[] {
  const { runs } = swept(plain)
  const found: Candidate[] = []
  let reach = 0
  runs.forEach((run, i) => {
    if (run.start < reach || (run.end - run.start < SHORTEST && !mayBeSplit(plain.text, run))) return
    const hit = findAt(plain, runs, i, refuse)
    if (hit === null) return
    found.push(hit)
    reach = hit.end
  })
  return found
}

function findAt(plain: Plain, runs: readonly Run[], i: number, refuse?: Refuse): Candidate | null {
  const words = wordsAt(plain.text, runs, i)
  for (const word of words) {
    const candidate = readWord(plain, word)
    if (candidate !== null) return candidate
  }
  for (const word of words) {
    const verdict = walletOf(word.text)
    if (verdict === null || !('wrong' in verdict)) continue
    refuse?.('crypto_address', word, `looks like a wallet address, but ${verdict.wrong}`)
    break
  }
  return null
}

/** A short piece may be the head of a TON address (with - and _), or end at the line's end. */
function mayBeSplit(text: string, { start, end }: Run): boolean {
  const next = text.charAt(end)
  if (next === '-' || next === '_') return /^(?:EQ|UQ|kQ|0Q)/.test(text.slice(start, start + 2))
  return next === '\n' && end - start >= 8
}

/** The run alone, with what joins it on the same line (TON), and with the head of the next line. */
function wordsAt(text: string, runs: readonly Run[], i: number): Word[] {
  const run = runs[i]
  if (run === undefined) return []
  const { start, end } = run
  const words: Word[] = []
  if (/^(?:EQ|UQ|kQ|0Q)/.test(text.slice(start, start + 2))) {
    const token = /^[\w-]{48}(?![\w-])/.exec(text.slice(start, start + 49))?.[0]
    if (token !== undefined) words.push({ text: token, start, end: start + token.length })
  }
  const alone = text.slice(start, end)
  if (end - start >= SHORTEST && !isPartOfCode(text, start, end)) words.push({ text: alone, start, end })
  const next = runs[i + 1]
  if (next !== undefined && next.start - end <= 2 && /^ ?\n ?$/.test(text.slice(end, next.start))) {
    words.push({ text: alone + text.slice(next.start, next.end), start, end: next.end })
  }
  return words
}

/** Joined to more letters by a dash or an underscore: a key, a file name, a UUID. */
function isPartOfCode(text: string, start: number, end: number): boolean {
  const before = text.charAt(start - 1)
  const behind = text.charAt(end)
  return (
    ((before === '-' || before === '_') && isAlphanumericUnit(text.charCodeAt(start - 2))) ||
    ((behind === '-' || behind === '_') && isAlphanumericUnit(text.charCodeAt(end + 1)))
  )
}

function readWord(plain: Plain, word: Word): Candidate | null {
  const { text, start, end } = word
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(text)) return hexTransaction(plain, word)
  const verdict = walletOf(text)
  if (verdict !== null && !('wrong' in verdict)) {
    const { chain, normal, checked } = verdict
    const system = chain === 'EVM' ? evmChain(plain, word) : chain
    const why = checked
      ? `an address of ${system}: its checksum is right`
      : `an address of ${system}, written without checksum`
    return {
      kind: 'crypto_address',
      start,
      end,
      value: text,
      normal,
      confidence: checked ? 1 : 0.96,
      why,
      system,
    }
  }
  return verdict === null ? solana(plain, word) : null
}

/** How far the words of coins and wallets are looked for on either side. */
const WINDOW = 160

function wordsAround(plain: Plain, { start, end }: Word): readonly Label[] {
  return labelsIn(plain, Math.max(0, start - WINDOW), end + WINDOW / 2)
}

/** Sixty-four hexadecimal signs: a transaction with 0x in front, or near a word of coins; never near "sha256". */
function hexTransaction(plain: Plain, word: Word): Candidate | null {
  const { text, start, end } = word
  const around = wordsAround(plain, word)
  const raw = /(?:^|[^\w])(-1|0):$/.exec(plain.text.slice(Math.max(0, start - 4), start))?.[1]
  if (raw !== undefined) {
    const normal = `${raw}:${text.toLowerCase()}`
    const why = 'an address of TON in its raw form'
    return {
      kind: 'crypto_address',
      start: start - raw.length - 1,
      end,
      value: normal,
      normal,
      confidence: 0.95,
      why,
      system: 'TON',
    }
  }
  const prefixed = /^0x/i.test(text)
  const near = around.find(({ role, end }) => role === 'digest' && end > start - 32)
  if (near !== undefined) return null
  const named = around.some(({ role }) => role === 'tx' || role === 'wallet')
  if (!prefixed && !named && !isExplorer(plain.text, start)) return null
  const isXrp = /\b(?:xrp|ripple)/i.test(plain.text.slice(Math.max(0, start - WINDOW), start))
  const normal = isXrp && text === text.toUpperCase() ? text : text.toLowerCase()
  const why = prefixed
    ? 'a transaction hash of an EVM chain by its form'
    : 'a transaction hash by its form and the words around it'
  return { kind: 'crypto_tx', start, end, value: text, normal, confidence: prefixed ? 0.93 : 0.9, why }
}

/** In the path of a link: block explorers put the transaction there. */
function isExplorer(text: string, start: number): boolean {
  return /\/(?:tx|transaction|transactions)\/$/.test(text.slice(Math.max(0, start - 16), start))
}

/** Solana's addresses and signatures have no checksum: only the length, or words of coins nearby, speak for them. */
function solana(plain: Plain, word: Word): Candidate | null {
  const { text, start, end } = word
  if (!/\d/.test(text) || !/[a-z]/.test(text) || !/[A-Z]/.test(text)) return null
  const size = solanaBytes(text)
  if (size === 64 && text.length >= 86) {
    const why = 'a transaction signature of Solana: 64 bytes in Base58'
    return {
      kind: 'crypto_tx',
      start,
      end,
      value: text,
      normal: text,
      confidence: 0.92,
      why,
      system: 'Solana',
    }
  }
  if (size !== 32) return null
  const around = wordsAround(plain, word)
  if (around.some(({ role, end }) => role === 'digest' && end > start - 32)) return null
  const named = around.some(({ role }) => role === 'wallet' || role === 'tx')
  if (!named && text.length < 43) return null
  const why = `an address of Solana: 32 bytes in Base58${named ? ', near a word of coins' : ''}; it has no checksum`
  return {
    kind: 'crypto_address',
    start,
    end,
    value: text,
    normal: text,
    confidence: named ? 0.9 : 0.7,
    why,
    system: 'Solana',
  }
}

const EVM_CHAINS: readonly (readonly [chain: string, words: RegExp])[] = [
  ['BNB Smart Chain', /bep-?20|\bbsc\b|binance smart|bnb/i],
  ['Polygon', /polygon|\bmatic\b/i],
  ['Arbitrum', /arbitrum/i],
  ['Base', /\bbase (?:chain|network)/i],
  ['Avalanche', /avalanche|\bavax\b/i],
  ['Ethereum', /ethereum|erc-?20|\beth\b|etherscan|以太坊/i],
]

/** Which of the chains with Ethereum's addresses is named nearby. */
function evmChain(plain: Plain, { start, end }: Word): string {
  const near = plain.text.slice(Math.max(0, start - 60), end + 30)
  return EVM_CHAINS.find(([, words]) => words.test(near))?.[0] ?? 'EVM'
}
