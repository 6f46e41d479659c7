import { armor, Decrypter, Encrypter } from 'age-encryption'
import { cosignLine } from '../access/note.ts'
import { HouseError } from '../core/errors.ts'
import { authorityKey, newAuthority, type SignedStatement, type Statement, signStatement } from './chain.ts'
import type { Identity } from './member-key.ts'

const BYTES = 32

/** A signing key, or a share of one, sealed to one member: an armored age file. Throws `invalid` for a broken recipient. */
export async function sealSecret(secret: Uint8Array, recipient: string): Promise<string> {
  try {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    return armor.encode(await encrypter.encrypt(secret))
  } catch (cause) {
    throw new HouseError('invalid', 'this is not a working age recipient (age1…)', { cause })
  }
}

/** Undoes `sealSecret`. Throws the same `invalid` whatever the cause. */
export async function openSecret(wrapped: string, identity: Identity): Promise<Uint8Array> {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    return await decrypter.decrypt(armor.decode(wrapped))
  } catch {
    throw new HouseError(
      'invalid',
      'this signing key could not be opened: it is not sealed to you, or it is damaged',
    )
  }
}

/** Signs a statement with a signing key that is sealed to me; its readable form ends with the call. */
export async function stateWith(
  it: Statement,
  wrapped: string,
  identity: Identity,
): Promise<SignedStatement> {
  const secret = await openSecret(wrapped, identity)
  try {
    if (secret.length !== BYTES) throw new HouseError('invalid', 'this is not a signing key')
    return signStatement(it, secret)
  } finally {
    secret.fill(0)
  }
}

/** Countersigns a checkpoint's text with a signing key that is sealed to me. */
export async function cosignWith(
  text: string,
  it: { name: string; at: Date },
  by: { wrapped: string; identity: Identity },
): Promise<string> {
  const secret = await openSecret(by.wrapped, by.identity)
  try {
    return cosignLine(text, { ...it, secret })
  } finally {
    secret.fill(0)
  }
}

/** The public half of a signing key that is sealed to me. */
export async function keyOfSecret(wrapped: string, identity: Identity): Promise<string> {
  const secret = await openSecret(wrapped, identity)
  const key = authorityKey(secret)
  secret.fill(0)
  return key
}

/** A new signing key whose secret half is sealed to its maker at once; the root's says itself who it is. */
export async function makeAuthority(
  recipient: string,
  root: boolean,
): Promise<{ key: string; wrapped: string; statement: SignedStatement | null }> {
  const { secret, key } = newAuthority()
  try {
    const since = new Date().toISOString()
    const statement = root ? signStatement({ v: 1, kind: 'root', key, since }, secret) : null
    return { key, wrapped: await sealSecret(secret, recipient), statement }
  } finally {
    secret.fill(0)
  }
}

/** A signing key that is sealed to me, sealed to somebody else. */
export async function handOn(wrapped: string, identity: Identity, recipient: string): Promise<string> {
  const secret = await openSecret(wrapped, identity)
  try {
    return await sealSecret(secret, recipient)
  } finally {
    secret.fill(0)
  }
}
