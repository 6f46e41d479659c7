import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base32nopad, base58, base58xmr, base58xrp, base64, bech32, bech32m } from '@scure/base'

/** An address of a chain, in its canonical form. */
export interface Wallet {
  readonly chain: string
  readonly normal: string
  /** False where the form carries no checksum, or was written without it. */
  readonly checked: boolean
}

/** A wallet, what is wrong with something that looks like one, or null for anything else. */
export type Verdict = Wallet | { readonly wrong: string } | null

const FAILED = 'its checksum fails: a character is wrong'

/** Reads a word of letters and digits (TON: also - and _) as an address. */
export function walletOf(word: string): Verdict {
  if (/^0x/i.test(word)) return evm(word)
  const split = word.toLowerCase().indexOf('1')
  const prefix = split > 0 ? word.slice(0, split).toLowerCase() : ''
  if (prefix in SEGWIT) return segwit(word, prefix)
  if (prefix in BECH32 && split > 1) return plainBech32(word, prefix)
  if (/^[qp][02-9ac-hj-np-z]{41}$/.test(word)) return cashAddress(word)
  if (/^[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?$/.test(word)) return monero(word)
  if (/^G[A-Z2-7]{55}$/.test(word)) return stellar(word)
  if (/^(?:EQ|UQ|kQ|0Q)[\w+/-]{46}$/.test(word)) return ton(word)
  if (/^X[1-9A-HJ-NP-Za-km-z]{46}$/.test(word)) return rippleX(word)
  if (/^r[1-9A-HJ-NP-Za-km-z]{24,34}$/.test(word)) return ripple(word)
  return word.length <= 36 ? legacy(word) : null
}

/** Ethereum and its kin. Source: EIP-55. */
function evm(word: string): Verdict {
  const hex = word.slice(2)
  if (!/^[0-9a-f]*$/i.test(hex)) {
    return hex.length === 40 ? { wrong: 'it has a sign that no address of this kind has' } : null
  }
  if (hex.length !== 40) {
    return hex.length > 36 && hex.length < 44
      ? { wrong: `it has ${hex.length} signs behind 0x, not 40` }
      : null
  }
  const normal = eip55(hex.toLowerCase())
  const single = hex === hex.toLowerCase() || hex === hex.toUpperCase()
  if (single) return { chain: 'EVM', normal, checked: false }
  return normal.slice(2) === hex ? { chain: 'EVM', normal, checked: true } : { wrong: FAILED }
}

/** @param hex  40 small hexadecimal digits */
function eip55(hex: string): string {
  const hash = keccak_256(new TextEncoder().encode(hex))
  let mixed = '0x'
  for (let i = 0; i < hex.length; i++) {
    const nibble = ((hash[i >> 1] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15
    mixed += nibble > 7 ? hex.charAt(i).toUpperCase() : hex.charAt(i)
  }
  return mixed
}

const SEGWIT: Record<string, string> = {
  bc: 'Bitcoin',
  tb: 'Bitcoin testnet',
  bcrt: 'Bitcoin testnet',
  ltc: 'Litecoin',
  tltc: 'Litecoin testnet',
}

/** Source: BIP 173 (version 0) and BIP 350 (later versions). */
function segwit(word: string, prefix: string): Verdict {
  if (word !== word.toLowerCase() && word !== word.toUpperCase()) return { wrong: FAILED }
  const address = word.toLowerCase()
  if (address.length < 14 || address.length > 90) return null
  const old = bech32.decodeUnsafe(address, 90)
  const decoded = old ?? bech32m.decodeUnsafe(address, 90)
  if (decoded === undefined) return address.length > 25 ? { wrong: FAILED } : null
  const [version, ...words] = decoded.words
  const program = (version ?? 17) > 16 ? undefined : bech32.fromWordsUnsafe(words)
  const size = program?.length ?? 0
  const isRight =
    old === undefined
      ? (version ?? 0) > 0 && size >= 2 && size <= 40
      : version === 0 && (size === 20 || size === 32)
  return isRight ? { chain: SEGWIT[prefix] ?? prefix, normal: address, checked: true } : { wrong: FAILED }
}

const BECH32: Record<string, string> = {
  addr: 'Cardano',
  stake: 'Cardano',
  bnb: 'BNB Beacon Chain',
  cosmos: 'Cosmos',
  osmo: 'Osmosis',
  inj: 'Injective',
  terra: 'Terra',
  sei: 'Sei',
}

function plainBech32(word: string, prefix: string): Verdict {
  const address = word.toLowerCase()
  if (address.length < 30 || address.length > 120) return null
  if (bech32.decodeUnsafe(address, 120) === undefined) return { wrong: FAILED }
  return { chain: BECH32[prefix] ?? prefix, normal: address, checked: true }
}

const CASH_DIGITS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const CASH_GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n]

/** Source: Bitcoin Cash CashAddr specification; written here without its prefix "bitcoincash:". */
function cashAddress(word: string): Verdict {
  const prefix = [...'bitcoincash'].map((letter) => letter.charCodeAt(0) & 31)
  let sum = 1n
  for (const value of [...prefix, 0, ...[...word].map((sign) => CASH_DIGITS.indexOf(sign))]) {
    const top = sum >> 35n
    sum = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(value)
    CASH_GENERATORS.forEach((generator, bit) => {
      if (((top >> BigInt(bit)) & 1n) === 1n) sum ^= generator
    })
  }
  return sum === 1n ? { chain: 'Bitcoin Cash', normal: word, checked: true } : null
}

function monero(word: string): Verdict {
  const bytes = attempt(() => base58xmr.decode(word))
  if (bytes === null) return { wrong: FAILED }
  const sum = keccak_256(bytes.subarray(0, -4))
  return sameBytes(bytes.subarray(-4), sum)
    ? { chain: 'Monero', normal: word, checked: true }
    : { wrong: FAILED }
}

/** Source: Stellar SEP-23 (strkey). */
function stellar(word: string): Verdict {
  const bytes = attempt(() => base32nopad.decode(word))
  if (bytes === null || bytes[0] !== 48) return null
  const sum = crc16(bytes.subarray(0, -2))
  const written = (bytes.at(-1) ?? 0) * 256 + (bytes.at(-2) ?? 0)
  return sum === written ? { chain: 'Stellar', normal: word, checked: true } : { wrong: FAILED }
}

/** Source: TEP-2, user-friendly addresses; canonical here is the URL-safe alphabet. */
function ton(word: string): Verdict {
  const bytes = attempt(() => base64.decode(word.replaceAll('-', '+').replaceAll('_', '/')))
  if (bytes === null || bytes.length !== 36) return null
  const sum = crc16(bytes.subarray(0, -2))
  const written = (bytes[34] ?? 0) * 256 + (bytes[35] ?? 0)
  const normal = word.replaceAll('+', '-').replaceAll('/', '_')
  return sum === written ? { chain: 'TON', normal, checked: true } : { wrong: FAILED }
}

/** CRC-16/XMODEM. */
function crc16(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) {
    sum ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      sum = (sum & 0x8000) !== 0 ? ((sum << 1) ^ 0x1021) & 0xffff : (sum << 1) & 0xffff
  }
  return sum
}

function ripple(word: string): Verdict {
  const bytes = base58xrp.decode(word)
  if (bytes.length === 25 && bytes[0] === 0 && isChecked(bytes))
    return { chain: 'XRP', normal: word, checked: true }
  return isMixed(word) && word.length > 30 ? { wrong: FAILED } : null
}

function rippleX(word: string): Verdict {
  const bytes = base58xrp.decode(word)
  return bytes.length === 35 && isChecked(bytes) ? { chain: 'XRP', normal: word, checked: true } : null
}

/** Version bytes of Base58Check addresses: one byte, and two for Zcash. Source: each chain's chainparams. */
const VERSIONS: Record<number, string> = {
  0: 'Bitcoin',
  5: 'Bitcoin',
  111: 'Bitcoin testnet',
  196: 'Bitcoin testnet',
  48: 'Litecoin',
  50: 'Litecoin',
  30: 'Dogecoin',
  22: 'Dogecoin',
  76: 'Dash',
  16: 'Dash',
  65: 'TRON',
}
const ZCASH_VERSIONS: ReadonlySet<number> = new Set([0x1cb8, 0x1cbd])

function legacy(word: string): Verdict {
  if (word.length < 25 || !isMixed(word)) return null
  if (!/^[1-9A-HJ-NP-Za-km-z]+$/.test(word)) {
    const looks = /^T\w{33}$/.test(word) || /^[13]\w{33}$/.test(word)
    return looks ? { wrong: 'it has a sign (0, O, I or l) that no address of this kind has' } : null
  }
  const bytes = base58.decode(word)
  if (isChecked(bytes)) {
    const version = bytes[0] ?? 256
    if (bytes.length === 25 && version in VERSIONS)
      return { chain: VERSIONS[version] ?? '', normal: word, checked: true }
    const isZcash = bytes.length === 26 && ZCASH_VERSIONS.has(version * 256 + (bytes[1] ?? 0))
    return isZcash ? { chain: 'Zcash', normal: word, checked: true } : null
  }
  const isLike = /^T.{32,34}$/.test(word) || /^[13].{25,34}$/.test(word)
  return isLike ? { wrong: FAILED } : null
}

/** Base58Check: the last four bytes are the head of a double SHA-256 of the others. */
function isChecked(bytes: Uint8Array): boolean {
  if (bytes.length < 5) return false
  return sameBytes(bytes.subarray(-4), sha256(sha256(bytes.subarray(0, -4))))
}

/** A Solana account (32 bytes) or signature (64 bytes): Base58 without a checksum. */
export function solanaBytes(word: string): number {
  if (word.length < 32 || word.length > 88 || !/^[1-9A-HJ-NP-Za-km-z]+$/.test(word)) return 0
  return base58.decode(word).length
}

function isMixed(word: string): boolean {
  return /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word)
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i])
}

/** Null where a coder says that the text is not its own. */
function attempt(decode: () => Uint8Array): Uint8Array | null {
  try {
    return decode()
  } catch {
    return null
  }
}
