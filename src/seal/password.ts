import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64urlnopad } from '@scure/base'
import { argon2id } from 'hash-wasm'
import { HouseError } from '../core/errors.ts'
import { distinctive } from './common-passwords.ts'

const SALT_BYTES = 16

/** A fresh random salt, 16 bytes as base64url. Not secret; kept beside what it salted. */
export function newSalt(): string {
  return base64urlnopad.encode(crypto.getRandomValues(new Uint8Array(SALT_BYTES)))
}

/**
 * What a password becomes before anything leaves the device: two halves that say nothing about each other.
 * @param salt  the member's own, from `newSalt()`; `invalid` when it is anything else
 * @returns     `signIn`, 32 bytes as base64url, goes to the server, which hashes it again; `wrapKey`, 32 bytes, locks the
 *              member's identity and never leaves: the server cannot open what it stores
 * Cost         see `stretch`
 */
export async function fromPassword(
  password: string,
  salt: string,
): Promise<{ signIn: string; wrapKey: Uint8Array }> {
  const secret = await stretch(password.normalize('NFKC'), salt)
  return {
    signIn: base64urlnopad.encode(derive(secret, 'password/sign-in')),
    wrapKey: derive(secret, 'password/wrap'),
  }
}

/**
 * Makes guessing dear: Argon2id (RFC 9106) with 64 MiB, three passes, one lane.
 * @param secret  what a person typed, already in its one form (NFKC, or digits alone)
 * @param salt    from `newSalt()`
 * @returns       32 bytes, to be split by `derive()` and never used as they are
 * Cost           some 400 ms on one core and 64 MiB; WebAssembly, so in a browser inside a Worker
 */
export async function stretch(secret: string, salt: string): Promise<Uint8Array> {
  return argon2id({
    password: new TextEncoder().encode(secret),
    salt: saltBytes(salt),
    memorySize: 65_536, // KiB
    iterations: 3,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  })
}

/** One 32-byte key for one purpose (HKDF-SHA256, RFC 5869). Keys of different purposes say nothing about each other. */
export function derive(secret: Uint8Array, purpose: string): Uint8Array {
  return hkdf(sha256, secret, undefined, new TextEncoder().encode(`firebreak/v1/${purpose}`), 32)
}

/** Characters, not bytes: a passphrase in Burmese counts like one in English. */
const SHORTEST = 12
const LONGEST = 1_000
/** Characters that must remain when common words, years, runs and repetitions are taken away. */
const DISTINCTIVE = 5

/** What is wrong with a new password, one sentence for the person who chose it; null when nothing is. */
export function passwordProblem(password: string): string | null {
  const normal = password.normalize('NFKC')
  const length = [...normal].length
  if (length < SHORTEST) return `A password needs at least ${SHORTEST} characters; this one has ${length}.`
  if (length > LONGEST) return `A password may have at most ${LONGEST} characters; this one has ${length}.`
  if ([...distinctive(normal)].length >= DISTINCTIVE) return null
  return 'This password is made of common words, years or runs like 1234 and would be guessed early. Add words of your own.'
}

function saltBytes(salt: string): Uint8Array {
  try {
    const bytes = base64urlnopad.decode(salt)
    if (bytes.length === SALT_BYTES) return bytes
  } catch {
    // falls through: not base64url is the same news as a wrong length
  }
  throw new HouseError('invalid', `a salt is ${SALT_BYTES} bytes in base64url`)
}
