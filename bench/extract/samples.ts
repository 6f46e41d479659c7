import { ed25519 } from '@noble/curves/ed25519.js'
import { schnorr } from '@noble/curves/secp256k1.js'
import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { base58, base58xrp, base64url, bech32, bech32m, createBase58check, hex, utf8 } from '@scure/base'

/**
 * Made-up identifiers with true check digits, for the labelled documents.
 * Every value grows from the SHA-256 of its own name, so it is the same each time and belongs to nobody.
 *
 *   node bench/extract/samples.ts          prints `NAME value` lines; `NAME_BAD` has one wrong character
 */
const seed = (name: string) => sha256(utf8.decode(`firebreak sample ${name}`))
const hash160 = (name: string) => ripemd160(sha256(seed(name)))
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const base58check = createBase58check(sha256)

const legacy = (version: number) => (name: string) => base58check.encode(join([version], hash160(name)))
const segwit = (prefix: string) => (name: string) =>
  bech32.encode(prefix, [0, ...bech32.toWords(hash160(name))])
const taproot = (name: string) =>
  bech32m.encode('bc', [1, ...bech32m.toWords(schnorr.getPublicKey(seed(name)))])

/** EIP-55: a letter is a capital when the matching nibble of the Keccak hash of the lower-case text is 8 or more. */
function evm(name: string): string {
  const plain = hex.encode(seed(name).slice(12))
  const nibbles = hex.encode(keccak_256(utf8.decode(plain)))
  const mixed = [...plain].map((c, i) => (Number.parseInt(nibbles[i] ?? '0', 16) >= 8 ? c.toUpperCase() : c))
  return `0x${mixed.join('')}`
}

function ripple(name: string): string {
  const body = join([0], hash160(name))
  return base58xrp.encode(join(body, sha256(sha256(body)).slice(0, 4)))
}

/** CRC-16/XMODEM, as TON user-friendly addresses have it. */
function crc16(bytes: Uint8Array): number[] {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit += 1)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return [crc >> 8, crc & 0xff]
}

const ton = (tag: number) => (name: string) => {
  const body = join([tag, 0], seed(name))
  return base64url.encode(join(body, crc16(body)))
}

const solana = (name: string) => base58.encode(ed25519.getPublicKey(seed(name)))
const solanaSignature = (name: string) => base58.encode(sha512(seed(name)))
const txid = (name: string) => hex.encode(seed(name))

/** ISO 7064 mod 97-10: the country and `00` go to the end, letters count from A = 10. */
function iban(country: string, bban: string): string {
  const digits = [...`${bban}${country}00`].map((c) => Number.parseInt(c, 36)).join('')
  const check = 98n - (BigInt(digits) % 97n)
  return `${country}${String(check).padStart(2, '0')}${bban}`
}

/** Luhn's check digit at the end of 14 made-up digits. */
function imei(name: string): string {
  const body = `35${[...seed(name)]
    .map((byte) => byte % 10)
    .join('')
    .slice(0, 12)}`
  const sum = [...body].reduce((total, c, i) => {
    const digit = Number(c) * (i % 2 === 1 ? 2 : 1)
    return total + (digit > 9 ? digit - 9 : digit)
  }, 0)
  return body + String((10 - (sum % 10)) % 10)
}

const IBANS: Record<string, string> = {
  GB1: iban('GB', 'LUNA00990012345678'),
  GB2: iban('GB', 'TEST10209987654321'),
  DE1: iban('DE', '100999000123456789'),
  DE2: iban('DE', '200888110987654321'),
  AE1: iban('AE', '0990000012345678901'),
  AE2: iban('AE', '0990000098765432109'),
  TR1: iban('TR', '0099900000123456789012'),
  NL1: iban('NL', 'TEST0123456789'),
  LT1: iban('LT', '9990012345678901'),
  CY1: iban('CY', '999000010000001234567890'),
  CH1: iban('CH', '09900000123456789'),
  SA1: iban('SA', '99000000123456789012'),
  AT1: iban('AT', '9990000012345678'),
  GE1: iban('GE', 'TE0000001234567890'),
}

const MAKERS: Record<string, (name: string) => string> = {
  BTC: legacy(0x00),
  BTCS: legacy(0x05),
  BTCB: segwit('bc'),
  BTCT: taproot,
  LTC: legacy(0x30),
  LTCM: legacy(0x32),
  LTCB: segwit('ltc'),
  ETH: evm,
  TRON: (name) => base58check.encode(join([0x41], hash160(name))),
  SOL: solana,
  XRP: ripple,
  TON: ton(0x11),
  TONU: ton(0x51),
  TX: txid,
  TXE: (name) => `0x${txid(name)}`,
  TXS: solanaSignature,
  IMEI: imei,
}

/** The same text with one wrong character near its end: a digit moves on by one, a letter becomes its neighbour. */
export function spoil(value: string): string {
  const at = value.length - 4
  const c = value[at] ?? ''
  const next: Record<string, string> = { '9': '2', z: 'y', Z: 'Y', k: 'm', H: 'J', N: 'P', b: 'c', h: 'j' }
  return value.slice(0, at) + (next[c] ?? String.fromCharCode(c.charCodeAt(0) + 1)) + value.slice(at + 1)
}

/** Every sample by name: BTC1 … BTC9, ETH1 …, IBAN_GB1 …. */
export function samples(): Map<string, string> {
  const all = new Map(Object.entries(IBANS).map(([name, value]) => [`IBAN_${name}`, value]))
  for (const [kind, make] of Object.entries(MAKERS)) {
    for (let i = 1; i <= 12; i += 1) all.set(`${kind}${i}`, make(`${kind}${i}`))
  }
  return all
}

if (import.meta.main) {
  for (const [name, value] of samples()) console.log(`${name} ${value}\n${name}_BAD ${spoil(value)}`)
}
