import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64, bech32 } from '@scure/base'
import { HouseError } from '../core/errors.ts'
import { type Identity, importMemberKey } from './member-key.ts'

/**
 * Vouches for a group's key between two members. What is sealed to a public key says nothing about who sealed it: a server
 * could make a group key of its own and seal it to everybody. So whoever gives the key adds a code under the secret that
 * giver and holder share (X25519) and nobody else can make. It proves the giver to the holder alone, and to nobody later.
 */
export interface GroupKeyOf {
  readonly group: string
  readonly version: number
  /** The public half of the group's key. */
  readonly recipient: string
  /** Who holds it by this voucher. */
  readonly holder: string
}

/**
 * HMAC-SHA-256 over what is vouched for, base64. Giver and holder get the same one, each with their own secret half.
 * @param own    the giver's or the holder's key
 * @param other  the public half of the other one's (`age1…`)
 * @throws `invalid` when either is no X25519 key
 */
export async function voucherFor(it: GroupKeyOf, own: Identity, other: string): Promise<string> {
  const words = ['firebreak/v1/group-key', it.group, it.version, it.recipient, it.holder].join('\n')
  return base64.encode(hmac(sha256, await sharedKey(own, other), new TextEncoder().encode(words)))
}

/** Whether the giver vouched for this key of the group. */
export async function isVouched(
  it: GroupKeyOf,
  voucher: string,
  by: { readonly own: Identity; readonly giver: string },
): Promise<boolean> {
  const [given, expected] = [bytesOf(voucher), bytesOf(await voucherFor(it, by.own, by.giver))]
  let differs = given.length ^ expected.length
  for (const [i, byte] of expected.entries()) differs |= byte ^ (given[i] ?? 0)
  return differs === 0
}

async function sharedKey(own: Identity, other: string): Promise<Uint8Array> {
  try {
    const { prefix, bytes } = bech32.decodeToBytes(other)
    if (prefix !== 'age' || bytes.length !== 32) throw new Error('another kind of key')
    const algorithm = { name: 'X25519' }
    const theirs = await crypto.subtle.importKey('raw', new Uint8Array(bytes), algorithm, false, [])
    const key = typeof own === 'string' ? await importMemberKey(own) : own
    const secret = await crypto.subtle.deriveBits({ ...algorithm, public: theirs }, key, 256)
    return hkdf(
      sha256,
      new Uint8Array(secret),
      undefined,
      new TextEncoder().encode('firebreak/v1/group-voucher'),
      32,
    )
  } catch (cause) {
    throw new HouseError('invalid', 'nothing can be vouched for with this key: it is not an X25519 age key', {
      cause,
    })
  }
}

function bytesOf(text: string): Uint8Array {
  try {
    return base64.decode(text)
  } catch {
    return new Uint8Array()
  }
}
