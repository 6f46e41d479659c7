import { bech32 } from '@scure/base'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { HouseError } from '../core/errors.ts'

/** What opens an age file: the secret as text (`AGE-SECRET-KEY-1…`), or a key that WebCrypto will not give out. */
export type Identity = string | CryptoKey

/** A new key pair of the age format (X25519): the secret half and the half that others seal to (`age1…`). */
export async function newMemberKey(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateX25519Identity()
  return { identity, recipient: await identityToRecipient(identity) }
}

/** The half that others seal to. Throws `invalid` when the identity is not an X25519 age key. */
export async function recipientOf(identity: Identity): Promise<string> {
  if (typeof identity === 'string') secretBytes(identity)
  return identityToRecipient(identity)
}

/** RFC 8410: an X25519 private key in PKCS #8 is these bytes and then the 32 of the key. */
const PKCS8_X25519 = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x04, 0x22, 0x04, 0x20,
]

/**
 * The same key as a handle that works and cannot be read: a script that gets into the page may use it while the page is
 * open, but can never carry it away. A browser keeps it in IndexedDB as it is.
 * Throws `invalid` when the identity is not an X25519 age key.
 */
export async function importMemberKey(identity: string): Promise<CryptoKey> {
  const pkcs8 = Uint8Array.from([...PKCS8_X25519, ...secretBytes(identity)])
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits'])
  pkcs8.fill(0)
  return key
}

/** The 32 secret bytes of `AGE-SECRET-KEY-1…`. The error never repeats the key. */
function secretBytes(identity: string): Uint8Array {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(identity)
    if (identity.startsWith('AGE-SECRET-KEY-1') && prefix === 'age-secret-key-' && bytes.length === 32)
      return bytes
  } catch {
    // falls through to the one answer: a wrong character and a wrong kind of key are the same news
  }
  throw new HouseError('invalid', 'this is not an age identity: it begins with AGE-SECRET-KEY-1')
}
