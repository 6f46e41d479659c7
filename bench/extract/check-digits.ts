import { sha256 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58, base58xrp, base64url, bech32, bech32m, createBase58check, hex, utf8 } from '@scure/base'

/**
 * The coins this text is an address of, by check digits. Written for the labels, apart from the reader it judges.
 * Solana addresses carry no checksum: 32 bytes of base58 is all that can be asked.
 */
export function chainsOf(text: string): string[] {
  const tests: [string, (text: string) => boolean][] = [
    ['btc', (it) => isBase58check(it, [0, 5])],
    ['btc', (it) => isSegwit(it, 'bc')],
    ['ltc', (it) => isBase58check(it, [5, 48, 50])],
    ['ltc', (it) => isSegwit(it, 'ltc')],
    ['tron', (it) => isBase58check(it, [65])],
    ['evm', isEvm],
    ['xrp', isRipple],
    ['ton', isTon],
    ['sol', isSolana],
  ]
  return tests.flatMap(([chain, holds]) => {
    try {
      return holds(text) ? [chain] : []
    } catch {
      return [] // the codecs throw at what is not theirs
    }
  })
}

export const isAddress = (text: string) => chainsOf(text).length > 0

/** A version byte (BTC 0 and 5, LTC 48 and 50 and of old 5, TRON 65) before a 20-byte hash. */
const isBase58check = (text: string, versions: readonly number[]) => {
  const bytes = createBase58check(sha256).decode(text)
  return bytes.length === 21 && versions.includes(bytes[0] ?? -1)
}

/** BIP 173 and BIP 350: version 0 is bech32, later versions are bech32m. */
const isSegwit = (text: string, wanted: string) => {
  const lower = text.toLowerCase()
  const prefix = lower.slice(0, lower.indexOf('1'))
  if (prefix !== wanted) return false
  const codec = lower[prefix.length + 1] === 'q' ? bech32 : bech32m
  const { words } = codec.decode(lower as `${string}1${string}`)
  return codec.fromWords(words.slice(1)).length >= 20
}

/** EIP-55, or one case only, which carries no checksum. */
export function isEvm(text: string): boolean {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return false
  const body = text.slice(2)
  const plain = body.toLowerCase()
  if (body === plain || body === body.toUpperCase()) return true
  const nibbles = hex.encode(keccak_256(utf8.decode(plain)))
  return [...body].every(
    (c, i) => !/[a-f]/i.test(c) || /[A-F]/.test(c) === Number.parseInt(nibbles[i] ?? '', 16) >= 8,
  )
}

const isRipple = (text: string) => {
  const bytes = base58xrp.decode(text)
  const body = bytes.slice(0, 21)
  const sum = sha256(sha256(body)).slice(0, 4)
  return bytes.length === 25 && body[0] === 0 && hex.encode(sum) === hex.encode(bytes.slice(21))
}

/** Tags 0x11 and 0x51, CRC-16/XMODEM over the first 34 bytes. */
const isTon = (text: string) => {
  const bytes = base64url.decode(text.replaceAll('+', '-').replaceAll('/', '_'))
  let crc = 0
  for (const byte of bytes.slice(0, 34)) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return (
    bytes.length === 36 &&
    [0x11, 0x51].includes(bytes[0] ?? 0) &&
    bytes[34] === crc >> 8 &&
    bytes[35] === (crc & 255)
  )
}

const isSolana = (text: string) => base58.decode(text).length === 32

/** Luhn, as 15-digit IMEIs have it. */
export function isImei(text: string): boolean {
  if (!/^\d{15}$/.test(text)) return false
  const sum = [...text].reduce((total, c, i) => {
    const digit = Number(c) * (i % 2 === 1 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return sum % 10 === 0
}

/** Coins beside ours whose addresses carry check digits too: any base58check of 21 bytes, and Bitcoin Cash. */
export function isOtherCoin(text: string): boolean {
  try {
    if (createBase58check(sha256).decode(text).length === 21) return true
  } catch {
    // not base58check
  }
  return isCashAddress(text)
}

/** Bitcoin Cash "cashaddr" without its prefix: a 40-bit BCH code over the prefix, a zero and the symbols is 0. */
function isCashAddress(text: string): boolean {
  const symbols = [...text].map((c) => 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'.indexOf(c))
  if (symbols.length !== 42 || symbols.includes(-1)) return false
  const prefix = [...'bitcoincash'].map((c) => c.charCodeAt(0) & 31)
  const GENERATOR = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n]
  let sum = 1n
  for (const symbol of [...prefix, 0, ...symbols]) {
    const top = sum >> 35n
    sum = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(symbol)
    GENERATOR.forEach((value, bit) => {
      if ((top >> BigInt(bit)) & 1n) sum ^= value
    })
  }
  return sum === 1n
}
