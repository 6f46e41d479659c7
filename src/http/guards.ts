import { createMiddleware } from 'hono/factory'
import { HouseError } from '../core/errors.ts'
import type { Env } from './env.ts'

/** JSON bodies: no act of this house needs more. Sealed content has its own, larger limit. */
export const JSON_LIMIT = 1_000_000
const DEPTH_LIMIT = 12

/**
 * Which addresses this server answers to. Loopback names by default (DNS rebinding, OWASP); one public origin when set.
 * `*.localhost` gives demo people a window, and so a cookie jar, of their own (RFC 6761 section 6.3).
 */
export function allowedHost(host: string, origin: URL | null): boolean {
  if (origin && host === origin.host) return true
  const name = host.replace(/:\d+$/, '')
  return (
    name === 'localhost' ||
    name === '127.0.0.1' ||
    name === '[::1]' ||
    /^[a-z0-9-]{1,40}\.localhost$/.test(name)
  )
}

export function hostGuard(origin: URL | null) {
  return createMiddleware<Env>(async (c, next) => {
    const host = c.req.header('host') ?? ''
    if (!allowedHost(host, origin)) {
      throw new HouseError(
        'forbidden',
        'this server is not reached under that name; set FIREBREAK_ORIGIN to its public address',
      )
    }
    const secure = origin !== null && host === origin.host && origin.protocol === 'https:'
    c.set('secure', secure)
    if (secure) c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
    await next()
  })
}

/** No page of another origin may cause an act: SameSite=Strict cookies, Fetch Metadata, Origin, and a content type forms cannot send. */
export const sameOriginOnly = createMiddleware<Env>(async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const foreign = origin !== undefined && (origin === 'null' || new URL(origin).host !== c.req.header('host'))
  if (foreign || (site !== undefined && site !== 'same-origin')) {
    throw new HouseError('forbidden', 'requests from other sites are refused')
  }
  const type = c.req.header('content-type')?.split(';')[0]
  if (c.req.method !== 'DELETE' && type !== 'application/json' && type !== 'application/octet-stream') {
    throw new HouseError(
      'invalid',
      'content-type: send application/json, or application/octet-stream for sealed content',
    )
  }
  await next()
})

/** Size and depth are checked before anything parses the body; a deep nesting is cheap to send and dear to parse. */
export const boundedJson = createMiddleware<Env>(async (c, next) => {
  if (c.req.header('content-type')?.startsWith('application/json')) {
    const declared = Number(c.req.header('content-length') ?? 0)
    if (declared > JSON_LIMIT) throw tooLarge()
    const text = await limitedText(c.req.raw, JSON_LIMIT)
    if (!text.isWellFormed())
      throw new HouseError('invalid', 'body: holds half a character (a lone surrogate)')
    checkDepth(text)
    try {
      const parsed: unknown = JSON.parse(text)
      c.req.bodyCache.text = Promise.resolve(text) as never
      c.req.bodyCache.json = Promise.resolve(parsed) as never
    } catch {
      throw new HouseError('invalid', 'body: not JSON')
    }
  }
  await next()
})

function tooLarge(): HouseError {
  return new HouseError('too_large', `body: at most ${JSON_LIMIT / 1_000_000} MB of JSON is taken at once`)
}

async function limitedText(request: Request, limit: number): Promise<string> {
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new HouseError('invalid', 'body: not UTF-8')
  }
}

function checkDepth(text: string): void {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (quoted) {
      if (char === 0x5c) i++
      else if (char === 0x22) quoted = false
    } else if (char === 0x22) quoted = true
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > DEPTH_LIMIT)
        throw new HouseError('invalid', `body: nested deeper than ${DEPTH_LIMIT} levels`)
    } else if (char === 0x7d || char === 0x5d) depth--
  }
}
