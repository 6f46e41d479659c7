import type { Officer, Share } from '../seal/recovery.ts'

/** What the page may ask of the worker that handles secret keys. The secret key itself never comes out. */
// A type alias: an interface would not fit where any name may be asked for.
export type LocksmithWork = {
  /** Stretches a password; `signIn` goes to the server, the wrapping half stays in the worker. */
  password: { ask: { password: string; salt: string }; answer: { signIn: string } }
  /** Makes a recovery code: 24 digits in groups of four. */
  code: { ask: Record<never, never>; answer: { code: string } }
  /** Stretches a recovery code. */
  recovery: { ask: { code: string; memberId: string }; answer: Record<never, never> }
  /** Takes what a passkey gave (WebAuthn PRF). */
  passkey: { ask: { prf: Uint8Array }; answer: Record<never, never> }
  /** Opens a wrapped identity with the half from before. */
  unlock: { ask: { memberId: string; kind: WrapKind; wrapped: string }; answer: { key: CryptoKey } }
  /** Opens a wrapped identity with the half from before and keeps it in the worker. */
  open: { ask: { memberId: string; kind: WrapKind; wrapped: string }; answer: { recipient: string } }
  /** Splits the identity in the worker among officers, each share sealed to its officer. */
  split: { ask: { officers: readonly Officer[]; threshold: number }; answer: readonly Share[] }
  /** The old identity again, out of shares that officers passed on to the key I have now. */
  combine: {
    ask: { passed: readonly string[]; key: CryptoKey }
    answer: { key: CryptoKey; recipient: string }
  }
  /** Makes a new identity and keeps it in the worker. */
  make: { ask: Record<never, never>; answer: { recipient: string } }
  /** Wraps the identity made before with the half from before. */
  lock: { ask: { memberId: string; kind: WrapKind }; answer: { wrapped: string } }
  /** The identity made before, as a key that cannot be read out. */
  key: { ask: Record<never, never>; answer: { key: CryptoKey } }
}
export type WrapKind = 'password' | 'passkey' | 'recovery'
