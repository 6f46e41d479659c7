import { armor, Decrypter, Encrypter } from 'age-encryption'
import { HouseError } from '../core/errors.ts'
import { type Identity, newMemberKey } from './member-key.ts'
import { pad, unpad } from './padding.ts'

/** A person a record is sealed to; `recipient` is their public age key (`age1…`). */
export interface Reader {
  readonly memberId: string
  readonly recipient: string
}

/** The record's own key, sealed to one person: an armored age file. */
export interface Wrap {
  readonly memberId: string
  readonly wrapped: string
}

export interface SealedRecord {
  /** An age file, as long as its size class: it tells which of eight sizes the content has and no more. */
  readonly ciphertext: Uint8Array
  /** The record's own key pair. Whoever holds the identity can open the record: keep it no longer than needed. */
  readonly recipient: string
  readonly identity: string
  readonly wraps: Wrap[]
}

/**
 * Seals content under a key pair of its own, and that key to each reader.
 * Throws  `too_large` above 64 MiB; `invalid` without a reader, with one reader twice, or with a broken key.
 */
export async function sealRecord(plain: Uint8Array, readers: readonly Reader[]): Promise<SealedRecord> {
  if (readers.length === 0)
    throw new HouseError('invalid', 'a record without a reader could never be opened: name at least one')
  const padded = pad(plain)
  const { identity, recipient } = await newMemberKey()
  const wraps = await wrapFor(identity, readers)
  return { ciphertext: await encrypt(padded, recipient), recipient, identity, wraps }
}

/**
 * Opens a record with one's own wrap of its key.
 * Throws the same `invalid` for somebody else's wrap, a wrap of another record, and anything altered or cut off.
 */
export async function openRecord(
  ciphertext: Uint8Array,
  wrapped: string,
  identity: Identity,
): Promise<Uint8Array> {
  return openWith(ciphertext, await unwrapKey(wrapped, identity))
}

/** Shares a record by sealing its key to more readers; the content is not touched. Throws like `openRecord`. */
export async function addWraps(
  wrapped: string,
  identity: Identity,
  readers: readonly Reader[],
): Promise<Wrap[]> {
  return wrapFor(await unwrapKey(wrapped, identity), readers)
}

/** `sealRecord` of a JSON value. Throws `invalid` for what JSON cannot carry. */
export async function sealJson(value: unknown, readers: readonly Reader[]): Promise<SealedRecord> {
  return sealRecord(jsonBytes(value), readers)
}

/** `openRecord` of what `sealJson` sealed. Unknown until checked: whoever sealed it chose the shape. */
export async function openJson(
  ciphertext: Uint8Array,
  wrapped: string,
  identity: Identity,
): Promise<unknown> {
  const text = new TextDecoder('utf-8').decode(await openRecord(ciphertext, wrapped, identity))
  try {
    return JSON.parse(text)
  } catch {
    throw new HouseError('invalid', 'this was opened, but it is not JSON')
  }
}

/** Seals content, padded to a size class, to one key alone: a draft. Throws `too_large` above 64 MiB. */
export async function sealTo(plain: Uint8Array, recipient: string): Promise<Uint8Array> {
  return encrypt(pad(plain), recipient)
}

/** Undoes `sealTo`. Throws the same `invalid` whatever the cause. */
export async function openWith(ciphertext: Uint8Array, identity: Identity): Promise<Uint8Array> {
  try {
    return unpad(await decrypt(ciphertext, identity))
  } catch {
    throw sealedShut()
  }
}

/** An identity, sealed to each reader. Throws `invalid` for one reader twice, or a broken key. */
export async function wrapFor(recordIdentity: string, readers: readonly Reader[]): Promise<Wrap[]> {
  const seen = new Set(readers.map((reader) => reader.memberId))
  if (seen.size < readers.length) throw new HouseError('invalid', 'one reader is named twice')
  const key = new TextEncoder().encode(recordIdentity)
  return Promise.all(
    readers.map(async ({ memberId, recipient }) => {
      const wrapped = await encrypt(key, recipient, memberId)
      return { memberId, wrapped: armor.encode(wrapped) }
    }),
  )
}

/** The identity in a wrap of one's own. Throws like `openRecord`. */
export async function unwrapKey(wrapped: string, identity: Identity): Promise<string> {
  try {
    const bytes = armor.decode(wrapped)
    // armor allows blanks around and CRLF; here a wrap has one form, so that an altered one is never the same wrap
    if (armor.encode(bytes) !== wrapped) throw new Error('not in its one form')
    return new TextDecoder('utf-8', { fatal: true }).decode(await decrypt(bytes, identity))
  } catch {
    throw sealedShut()
  }
}

async function encrypt(bytes: Uint8Array, recipient: string, memberId?: string): Promise<Uint8Array> {
  try {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    return await encrypter.encrypt(bytes)
  } catch (cause) {
    const whose = memberId === undefined ? '' : ` of ${memberId}`
    throw new HouseError('invalid', `the key${whose} is not a working age recipient (age1…)`, { cause })
  }
}

async function decrypt(file: Uint8Array, identity: Identity): Promise<Uint8Array> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  return decrypter.decrypt(file)
}

/** One answer for every cause, so that nobody learns by trying. */
function sealedShut(): HouseError {
  return new HouseError('invalid', 'this could not be opened: it is not sealed to you, or it is damaged')
}

function jsonBytes(value: unknown): Uint8Array {
  const text: string | undefined = JSON.stringify(value)
  if (text === undefined) throw new HouseError('invalid', 'this value has no form in JSON')
  return new TextEncoder().encode(text)
}
