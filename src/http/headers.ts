import { randomBytes } from 'node:crypto'
import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob: data:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types firebreak default',
]

/**
 * Argon2id and DuckDB are WebAssembly; only the worker that derives keys and the one that screens may compile it. The
 * latter reads a bank's books and may connect to nothing but the engine's bytes, which the page hands it as a blob:
 * what is in the files cannot leave it over the network.
 */
export const KDF_WORKER = /^\/assets\/kdf\.worker-[\w-]+\.js$/
export const SCREEN_WORKER = /^\/assets\/screen\.worker-[\w-]+\.js$/

/** On every answer, errors and files included (T17). */
export const secureHeaders = createMiddleware<Env>(async (c, next) => {
  const nonce = randomBytes(16).toString('base64')
  c.set('nonce', nonce)
  await next()
  const policy = [...POLICY, `style-src 'self' 'nonce-${nonce}'`].map((rule) => {
    const screens = SCREEN_WORKER.test(c.req.path)
    if (rule.startsWith('script-src') && (screens || KDF_WORKER.test(c.req.path)))
      return "script-src 'self' 'wasm-unsafe-eval'"
    return screens && rule.startsWith('connect-src') ? 'connect-src blob:' : rule
  })
  c.header('Content-Security-Policy', policy.join('; '))
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  c.header('Cross-Origin-Opener-Policy', 'same-origin')
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('Cross-Origin-Embedder-Policy', 'require-corp')
  c.header(
    'Permissions-Policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  )
  if (c.get('secure')) c.header('Strict-Transport-Security', 'max-age=63072000; includeSubDomains')
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store')
})
