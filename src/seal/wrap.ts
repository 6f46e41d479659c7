import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { base64urlnopad } from '@scure/base'
import { HouseError } from '../core/errors.ts'
import { derive, stretch } from './password.ts'

/** Version of the text form: `fbw1.` and base64url of 24 bytes nonce, ciphertext, 16 bytes tag. */
const PREFIX = 'fbw1.'
const NONCE_BYTES = 24
const KEY_BYTES = 32

/**
 * Locks a member's identity for storage on the server (XChaCha20-Poly1305, random nonce).
 * @param key      32 bytes that never leave the device: from a password, a passkey or a recovery code
 * @param context  whose wrap it is and by what, e.g. `member-id/password`; it is bound in, so a wrap opens nowhere else
 */
export function wrapIdentity(identity: string, key: Uint8Array, context: string): string {
  if (key.length !== KEY_BYTES) throw new HouseError('invalid', `a wrapping key has ${KEY_BYTES} bytes`)
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const sealed = xchacha20poly1305(key, nonce, bound(context)).encrypt(new TextEncoder().encode(identity))
  const bytes = new Uint8Array(NONCE_BYTES + sealed.length)
  bytes.set(nonce)
  bytes.set(sealed, NONCE_BYTES)
  return PREFIX + base64urlnopad.encode(bytes)
}

/** Undoes `wrapIdentity`. Throws the same `invalid` for a wrong key, a wrong context and an altered or foreign text. */
export function unwrapIdentity(wrapped: string, key: Uint8Array, context: string): string {
  try {
    if (!wrapped.startsWith(PREFIX)) throw new Error('another version')
    const bytes = base64urlnopad.decode(wrapped.slice(PREFIX.length))
    const cipher = xchacha20poly1305(key, bytes.subarray(0, NONCE_BYTES), bound(context))
    return new TextDecoder('utf-8', { fatal: true }).decode(cipher.decrypt(bytes.subarray(NONCE_BYTES)))
  } catch {
    // one answer for every cause, so that nobody learns by trying
    throw new HouseError('invalid', 'this key could not be unlocked: wrong password, passkey or code')
  }
}

/** The wrapping key a passkey gives (WebAuthn PRF output, at least 32 bytes). Throws `invalid` when it gave less. */
export function fromPrf(prfOutput: Uint8Array): Uint8Array {
  if (prfOutput.length < 32)
    throw new HouseError('invalid', 'this passkey gives no key: its PRF output is too short')
  return derive(prfOutput, 'passkey/wrap')
}

/** Digits of a recovery code. */
const DIGITS = 24

/** A new recovery code: 24 digits in groups of four (79.7 bits), easy to read, speak and write in any script. */
export function newRecoveryCode(): string {
  let digits = ''
  while (digits.length < DIGITS) {
    // 250..255 are thrown away: with them, the digits 0 to 5 would come more often than the others
    for (const byte of crypto.getRandomValues(new Uint8Array(DIGITS)))
      if (byte < 250 && digits.length < DIGITS) digits += byte % 10
  }
  return digits.replace(/.{4}(?!$)/g, '$& ')
}

/**
 * The wrapping key of a recovery code; 32 bytes, as dear to guess as a password.
 * Blanks and hyphens do not matter, nor whose digits were typed (ASCII, full width, Thai, Burmese, …).
 * Throws `invalid` when it is not 24 digits; the message never repeats the code.
 */
export async function fromRecoveryCode(code: string, salt: string): Promise<Uint8Array> {
  const written = code.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '')
  const digits = written.replace(/\p{Nd}/gu, asciiDigit)
  if (/[^0-9]/.test(digits)) throw new HouseError('invalid', 'a recovery code is made of digits alone')
  if (digits.length !== DIGITS)
    throw new HouseError('invalid', `a recovery code has ${DIGITS} digits; this one has ${digits.length}`)
  return derive(await stretch(digits, salt), 'recovery/wrap')
}

function bound(context: string): Uint8Array {
  return new TextEncoder().encode(`firebreak/v1/identity/${context}`)
}

/** Unicode keeps the ten digits of every script together, zero first: the distance to the zero is the value. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}
