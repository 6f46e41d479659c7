import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { HouseError } from '../core/errors.ts'
import type { Ask } from '../http/env.ts'
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

/** Requests that were signed and came, for as long as they could be sent again. */
export class SignedRequests {
  private readonly seen = new Map<string, number>()

  /** Whether this request was signed by the browser that holds `key`, now, and comes for the first time. */
  async holds(c: Ask, session: string, key: string): Promise<boolean> {
    const [, at = '', nonce = '', signature = ''] = HEADER.exec(c.req.header('firebreak-proof') ?? '') ?? []
    const now = Date.now()
    if (signature === '' || Math.abs(now - Number(at)) > SKEW_MS) return false
    // other bodies have not passed the limits of JSON
    if (c.req.method === 'POST' && !c.req.header('content-type')?.startsWith('application/json')) return false
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
    return right && this.first(`${session} ${nonce}`, now)
  }

  private first(mark: string, now: number): boolean {
    if (this.seen.has(mark)) return false
    // only requests that were signed rightly are kept, so strangers cannot fill this
    if (this.seen.size > 1_000) for (const [old, until] of this.seen) if (until < now) this.seen.delete(old)
    this.seen.set(mark, now + 2 * SKEW_MS)
    return true
  }
}
