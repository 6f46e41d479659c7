import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { HouseError } from '../core/errors.ts'

/**
 * Matching without showing: the asker blinds an identifier, the key holder evaluates it without learning it, the asker
 * unblinds a token that only this key could have made. The same identifier under the same key is the same token.
 * Source   RFC 9497, ristretto255-SHA512, verifiable mode (VOPRF): each answer carries a proof that the one published
 *          key was used, so that nobody can be tagged by answering them, and only them, with another key.
 * Not for  hiding a guess: whoever may ask can try numbers, so the caller keeps the budget (security.md 4.5).
 */
const { voprf } = ristretto255_oprf

/** Most identifiers in one question; a full one holds a thread for about a quarter of a second. */
export const LARGEST_BATCH = 100

/** The key holder's answer: one element per blinded element, in order, and one proof for all (hex). */
export interface Evaluation {
  readonly evaluated: string[]
  readonly proof: string
}

export interface Blinding {
  /** 64 hex letters each; random, so that the same identifier never looks the same twice. */
  readonly blinded: string[]
  /**
   * The tokens, 64 hex letters each, in the order of the inputs: SHA-256 of the OPRF output.
   * Throws `invalid` when the answer was not made by the holder of `publicKey`, or is broken, or is not to this question.
   */
  finish(evaluation: Evaluation, publicKey: string): string[]
}

/** A new key of the key holder (hex). The secret never leaves it; the public half goes to every client at sign-in. */
export function newMatchKey(): { secretKey: string; publicKey: string } {
  const { secretKey, publicKey } = voprf.generateKeyPair()
  return { secretKey: bytesToHex(secretKey), publicKey: bytesToHex(publicKey) }
}

/** The half of a match key that clients check proofs against. Throws `unavailable` when the secret is not a key. */
export function publicMatchKey(secretKey: string): string {
  return bytesToHex(publicHalf(secretBytes(secretKey)))
}

/** Asker, first step. Throws `invalid` for more than `LARGEST_BATCH` inputs; an input comes from `tokenInput`. */
export function blind(inputs: readonly Uint8Array[]): Blinding {
  if (inputs.length > LARGEST_BATCH) throw tooMany(inputs.length)
  const items = inputs.map((input) => ({ input, ...voprf.blind(input) }))
  return {
    blinded: items.map((item) => bytesToHex(item.blinded)),
    finish({ evaluated, proof }, publicKey) {
      if (evaluated.length !== items.length)
        throw new HouseError(
          'invalid',
          `${items.length} were asked and ${evaluated.length} answered: nothing was matched`,
        )
      if (items.length === 0) return []
      try {
        const answered = items.map((item, i) => ({ ...item, evaluated: hexToBytes(evaluated[i] ?? '') }))
        const outputs = voprf.finalizeBatch(answered, hexToBytes(publicKey), hexToBytes(proof))
        return outputs.map((output) => bytesToHex(sha256(output)))
      } catch (cause) {
        const why = 'the answer does not prove that the published matching key was used: nothing was matched'
        throw new HouseError('invalid', why, { cause })
      }
    },
  }
}

/**
 * Key holder: evaluates what others blinded, and learns nothing of it.
 * Throws  `invalid` naming the first element that is not one of the group or is its identity (RFC 9497, section 3.3), and
 *         for more than `LARGEST_BATCH`; `unavailable` when the secret is not a key.
 * Cost    about 2.5 ms an element and 8 ms for the proof, on the calling thread
 */
export function evaluate(secretKey: string, blinded: readonly string[]): Evaluation {
  const secret = secretBytes(secretKey)
  if (blinded.length > LARGEST_BATCH) throw tooMany(blinded.length)
  if (blinded.length === 0) return { evaluated: [], proof: '' }
  const elements = blinded.map(element)
  const { evaluated, proof } = voprf.blindEvaluateBatch(secret, publicHalf(secret), elements)
  return { evaluated: evaluated.map(bytesToHex), proof: bytesToHex(proof) }
}

const { Point } = ristretto255

function element(hex: string, index: number): Uint8Array {
  try {
    const bytes = hexToBytes(hex)
    if (!Point.fromBytes(bytes).is0()) return bytes
  } catch {
    // falls through: what is not hex, not an element, or not written in its one form is refused alike
  }
  throw new HouseError('invalid', `blinded.${index}: not a blinded element`)
}

function secretBytes(secretKey: string): Uint8Array {
  try {
    const bytes = hexToBytes(secretKey)
    if (!Point.Fn.is0(Point.Fn.fromBytes(bytes))) return bytes
  } catch {
    // falls through; the message must not repeat the secret
  }
  throw new HouseError('unavailable', 'the matching key is not a key: matching is off until it is put right')
}

function publicHalf(secret: Uint8Array): Uint8Array {
  return Point.BASE.multiply(Point.Fn.fromBytes(secret)).toBytes()
}

function tooMany(count: number): HouseError {
  return new HouseError('invalid', `at most ${LARGEST_BATCH} identifiers in one question; this has ${count}`)
}
