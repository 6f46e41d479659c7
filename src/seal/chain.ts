import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { base64 } from '@scure/base'
import { z } from 'zod'
import { isIncluded, leafHash } from '../access/merkle.ts'
import type { Checkpoint } from '../access/note.ts'
import { canonicalJson } from '../core/canonical.ts'
import { HouseError } from '../core/errors.ts'
import { Id, Moment, Recipient } from '../core/shapes.ts'
import type { Reader } from './record.ts'

/**
 * Who vouches for whose key: the network's root signs each organisation's key, that signs each of its members' age recipients,
 * and every statement is a leaf of the audit log. A server that swaps a recipient has neither signature nor leaf for it.
 */
const PublicKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'not an Ed25519 key')

/** What is signed. `key` of an organisation or the root is Ed25519 in base64; of a member, their age recipient. */
export const Statement = z.discriminatedUnion('kind', [
  z.strictObject({ v: z.literal(1), kind: z.literal('root'), key: PublicKey, since: Moment }),
  z.strictObject({ v: z.literal(1), kind: z.literal('org'), org: Id, key: PublicKey, since: Moment }),
  z.strictObject({
    v: z.literal(1),
    kind: z.literal('member'),
    org: Id,
    member: Id,
    key: Recipient,
    since: Moment,
  }),
])
export type Statement = z.infer<typeof Statement>

/** A statement as it is handed about: canonical JSON, who signed it, and the signature. */
export const SignedStatement = z.strictObject({
  statement: z.string().min(1).max(6_000),
  signer: PublicKey,
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/, 'not a signature'),
})
export type SignedStatement = z.infer<typeof SignedStatement>

/** Where a statement stands in the audit log: the entry's words, its place, and the way from it to the root. */
export const Inclusion = z.object({
  entry: z.string(),
  index: z.int().min(0),
  proof: z.array(z.string()),
})
export type Inclusion = z.infer<typeof Inclusion>

/** A person a record could be sealed to, as the server names them; nothing of it is believed before it is checked. */
export const ClaimedHolder = z.object({
  memberId: Id,
  recipient: Recipient,
  /** Null while nobody of their organisation has signed the key. */
  statement: SignedStatement.nullable(),
  /** Null until the next checkpoint covers it, a minute at most. */
  inclusion: Inclusion.nullable(),
})
export const ClaimedHolders = z.object({
  holders: z.array(ClaimedHolder),
  root: SignedStatement.nullable(),
  org: z.object({ statement: SignedStatement, inclusion: Inclusion.nullable() }).nullable(),
  /** The signed checkpoint to which the inclusions belong; null before the first. */
  checkpoint: z.string().nullable(),
})
export type ClaimedHolders = z.infer<typeof ClaimedHolders>

/** A new signing key of an organisation or the root: 32 secret bytes and the half that others know. */
export function newAuthority(): { secret: Uint8Array; key: string } {
  const secret = crypto.getRandomValues(new Uint8Array(32))
  return { secret, key: authorityKey(secret) }
}

export function authorityKey(secret: Uint8Array): string {
  return base64.encode(ed25519.getPublicKey(secret))
}

export function signStatement(it: Statement, secret: Uint8Array): SignedStatement {
  const statement = canonicalJson(it)
  const signature = base64.encode(ed25519.sign(bound(statement), secret))
  return { statement, signer: authorityKey(secret), signature }
}

/** What it says, once its signature holds. Throws `invalid` for a broken signature or anything that is not a statement. */
export function readStatement(it: SignedStatement): Statement & { readonly signer: string } {
  let signed = false
  try {
    signed = ed25519.verify(base64.decode(it.signature), bound(it.statement), base64.decode(it.signer))
  } catch {
    // not a point of the curve: not a signature
  }
  if (!signed) throw new HouseError('invalid', 'key statement: its signature does not hold')
  const said = Statement.safeParse(json(it.statement))
  if (!said.success || canonicalJson(said.data) !== it.statement)
    throw new HouseError('invalid', 'key statement: not in its one form')
  return { ...said.data, signer: it.signer }
}

/** SHA-256 of the words and the signature, hex: what the leaf of the audit log holds. */
export function statementHash(it: SignedStatement): string {
  return bytesToHex(sha256(new TextEncoder().encode(`${it.statement}\n${it.signer}\n${it.signature}`)))
}

/** The first 80 bits of a key's hash in groups of four, to be read out and compared. */
export function fingerprint(key: string): string {
  return (
    bytesToHex(sha256(new TextEncoder().encode(key)))
      .slice(0, 20)
      .match(/.{4}/g) ?? []
  ).join(' ')
}

/** What came of checking the holders that a server named. */
export interface Checked {
  /** Whoever may be sealed to. */
  readonly readers: readonly Reader[]
  /** Not signed, or not in the log yet: not sealed to, and nobody's fault. */
  readonly waiting: readonly string[]
  /** Why the answer as a whole cannot be trusted; then nobody in it may be sealed to. */
  readonly wrong: string | null
}

/**
 * Checks chain and inclusion of everybody whom a server named as an organisation's key holders.
 * @param trusted  the root's key and the checkpoint that this browser has checked itself, never what the answer brings
 */
export function checkHolders(
  it: ClaimedHolders,
  trusted: { readonly org: string; readonly root: string; readonly checkpoint: Checkpoint },
): Checked {
  const nobody = { readers: [], waiting: it.holders.map(({ memberId }) => memberId) }
  try {
    if (it.org === null) return { ...nobody, wrong: null }
    const org = readStatement(it.org.statement)
    if (org.kind !== 'org' || org.org !== trusted.org || org.signer !== trusted.root)
      throw wrong('the key of this organisation is not signed by the root of the network')
    if (!inLog(it.org.statement, it.org.inclusion, trusted.checkpoint)) return { ...nobody, wrong: null }
    const readers: Reader[] = []
    const waiting: string[] = []
    for (const holder of it.holders) {
      if (isVouchedFor(holder, { org: trusted.org, key: org.key, checkpoint: trusted.checkpoint }))
        readers.push({ memberId: holder.memberId, recipient: holder.recipient })
      else waiting.push(holder.memberId)
    }
    return { readers, waiting, wrong: null }
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    return { readers: [], waiting: [], wrong: error.message }
  }
}

/** False while a signature or a checkpoint is awaited. Throws `invalid` for a key that somebody else put there. */
function isVouchedFor(
  { memberId, recipient, statement, inclusion }: z.infer<typeof ClaimedHolder>,
  by: { org: string; key: string; checkpoint: Checkpoint },
): boolean {
  if (statement === null) return false
  const it = readStatement(statement)
  if (it.kind !== 'member' || it.member !== memberId || it.org !== by.org || it.signer !== by.key)
    throw wrong(`the key of ${memberId} is not signed by their organisation`)
  if (it.key !== recipient)
    throw wrong(`the key named for ${memberId} is not the one that their organisation signed`)
  return inLog(statement, inclusion, by.checkpoint)
}

/** Null is not there yet. Throws `invalid` for a proof that is none: then somebody made it up. */
function inLog(it: SignedStatement, inclusion: Inclusion | null, checkpoint: Checkpoint): boolean {
  if (inclusion === null) return false
  const { entry, index } = inclusion
  const said = json(entry) as { act?: unknown; detail?: { statement?: unknown } } | null
  const proven =
    said?.act === 'key.stated' &&
    said.detail?.statement === statementHash(it) &&
    isIncluded({
      leaf: leafHash(new TextEncoder().encode(entry)),
      index,
      size: checkpoint.size,
      proof: inclusion.proof.map(bytes),
      root: checkpoint.root,
    })
  if (!proven) throw wrong('a key is said to be in the audit log, and is not')
  return true
}

/** The domain is part of what is signed, so that no other signature of the same key ever passes for a statement. */
function bound(statement: string): Uint8Array {
  return new TextEncoder().encode(`firebreak/v1/key-statement\n${statement}`)
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function bytes(text: string): Uint8Array {
  try {
    return base64.decode(text)
  } catch {
    return new Uint8Array()
  }
}

function wrong(what: string): HouseError {
  return new HouseError('invalid', what)
}
