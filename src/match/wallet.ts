import { base64, base64urlnopad } from '@scure/base'
import type { Canonical, Unmatchable } from './identifier.ts'

/**
 * A wallet address in one form. The chain is left out: an EVM key has the same address on every EVM chain, and on the
 * others the address itself says which chain it is.
 * Folds    EVM hex to lower case (EIP-55 writes a checksum into the case); bech32 to lower case (BIP 173 allows capitals
 *          in QR codes); TON's five ways of writing an account (EQ…, UQ…, base64, base64url, raw) to the raw one.
 * Not for  XRP X-addresses, which carry a tag, and Litecoin's old and new script form: these stay as written.
 */
export function canonicalWallet(address: string): Canonical | Unmatchable {
  const written = address.normalize('NFKC').trim()
  if (/^0x[0-9a-f]{40}$/i.test(written)) return wallet(written.toLowerCase())
  if (/^(?:bc|tb|ltc|tltc)1[0-9a-z]{8,87}$/i.test(written) && isOneCase(written))
    return wallet(written.toLowerCase())
  const ton = rawTon(written)
  if (ton !== null) return wallet(ton)
  // base58 is case-sensitive: nothing may be folded
  if (/^[0-9A-Za-z:_-]{20,120}$/.test(written)) return wallet(written)
  return { why: 'this does not look like a wallet address' }
}

/** A transaction on a chain: hashes of 32 bytes as lower-case hex without `0x`, Solana's base58 signatures as written. */
export function canonicalTransaction(hash: string): Canonical | Unmatchable {
  const written = hash.normalize('NFKC').trim()
  const hex = /^(?:0x)?([0-9a-f]{64})$/i.exec(written)?.[1]
  if (hex !== undefined) return { space: 'transaction', value: hex.toLowerCase() }
  if (/^[1-9A-HJ-NP-Za-km-z]{80,90}$/.test(written)) return { space: 'transaction', value: written }
  const bytes = /^[A-Za-z0-9+/_-]{43}=?$/.test(written) ? fromBase64(written) : null
  if (bytes?.length === 32) return { space: 'transaction', value: toHex(bytes) } // TON explorers
  return { why: 'this does not look like a transaction hash' }
}

function wallet(value: string): Canonical {
  return { space: 'wallet', value }
}

function isOneCase(text: string): boolean {
  return text === text.toLowerCase() || text === text.toUpperCase()
}

/**
 * A TON account as `workchain:hash`.
 * Spec  TEP-2: flags, workchain, 32 bytes of hash, CRC-16/XMODEM, together 36 bytes in base64 or base64url
 */
function rawTon(address: string): string | null {
  const raw = /^(0|-1):([0-9a-f]{64})$/i.exec(address)
  if (raw !== null) return address.toLowerCase()
  const bytes = /^[A-Za-z0-9+/_-]{48}$/.test(address) ? fromBase64(address) : null
  if (bytes?.length !== 36 || crc16(bytes) !== 0) return null
  const workchain = bytes[1] === 0xff ? -1 : (bytes[1] ?? 0)
  return `${workchain}:${toHex(bytes.subarray(2, 34))}`
}

/** Base64 in either alphabet, with or without padding; null when it is neither. */
function fromBase64(text: string): Uint8Array | null {
  const plain = text.replace(/=+$/, '')
  try {
    if (/[-_]/.test(plain)) return base64urlnopad.decode(plain)
    return base64.decode(plain.padEnd(Math.ceil(plain.length / 4) * 4, '='))
  } catch {
    return null
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** CRC-16/XMODEM; over data followed by its own checksum it is zero. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++)
      crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}
