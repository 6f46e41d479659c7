import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { HouseError } from '../core/errors.ts'
import type { Ask } from '../http/env.ts'
import { type Db, sql } from '../store/open.ts'
import { signedWords } from './proof-words.ts'

/** How far the clocks of browser and server may lie apart, and so how long a signed request could be sent again. */
const SKEW_MS = 60_000
const HEADER = /^(\d{13})\.([A-Za-z0-9_-]{22,64})\.([A-Za-z0-9_-]{86})$/

/** The public half of a browser's key, ECDSA on P-256, as `x.y` in base64url. Throws `invalid` for a point off the curve. */
export function readProofKey(key: string): KeyObject {
  const [x = '', y = ''] = key.split('.')
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch (cause) {
    throw new HouseError('invalid', 'proofKey: not a point on P-256', { cause })
  }
}

/**
 * Whether this request was signed, now, by the browser that holds `key`: the mark under which it may have one effect, else null.
 * The mark is of the session and the nonce; whoever changes either has no signature for it.
 */
export async function signedMark(c: Ask, session: string, key: string): Promise<Buffer | null> {
  const [, at = '', nonce = '', signature = ''] = HEADER.exec(c.req.header('firebreak-proof') ?? '') ?? []
  if (signature === '' || Math.abs(Date.now() - Number(at)) > SKEW_MS) return null
  // other bodies have not passed the limits of JSON
  if (c.req.method === 'POST' && !c.req.header('content-type')?.startsWith('application/json')) return null
  const url = new URL(c.req.url)
  const words = signedWords({
    ...{ method: c.req.method, path: url.pathname + url.search, at, nonce },
    bodyHash: createHash('sha256')
      .update(await c.req.text())
      .digest('base64url'),
  })
  const signed = Buffer.from(signature, 'base64url')
  const right = verify(
    'sha256',
    Buffer.from(words),
    { key: readProofKey(key), dsaEncoding: 'ieee-p1363' },
    signed,
  )
  return right ? createHash('sha256').update(`${session} ${nonce}`).digest() : null
}

/**
 * Marks a signed request in its own transaction. False when it came before, to whichever process: nothing may be done for it then.
 * What failed leaves no mark, and so may be sent again: it had no effect. Marks outlive the signature by twice the skew, so
 * that processes whose clocks differ agree.
 */
export async function firstTime(db: Db, mark: Buffer): Promise<boolean> {
  const until = new Date(Date.now() + 3 * SKEW_MS)
  const { numAffectedRows } = await sql`
    insert into firebreak.signed_request (mark, until) values (${mark}, ${until}) on conflict do nothing`.execute(
    db,
  )
  return numAffectedRows === 1n
}
