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
 * what is in the files cannot leave it over the network. The worker that traces reads such files, too, and connects to nothing.
 */
export const KDF_WORKER = /^\/assets\/kdf\.worker-[\w-]+\.js$/
export const TRACE_WORKER = /^\/assets\/trace\.worker-[\w-]+\.js$/
export const SCREEN_WORKER = /^\/assets\/screen\.worker-[\w-]+\.js$/

const ALWAYS: readonly (readonly [name: string, value: string])[] = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cross-Origin-Embedder-Policy', 'require-corp'],
  ['Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()'],
  ['Cache-Control', 'no-store'], // who serves a file that may be kept says so
]

/**
 * On every answer, errors and files included (T17). Set before the answer is made, which takes them along: set afterwards,
 * each of them would copy the whole answer into a stream.
 */
export const secureHeaders = createMiddleware<Env>(async (c, next) => {
  const nonce = randomBytes(16).toString('base64')
  c.set('nonce', nonce)
  c.header('Content-Security-Policy', policyFor(c.req.path, nonce))
  for (const [name, value] of ALWAYS) c.header(name, value)
  await next()
})

function policyFor(path: string, nonce: string): string {
  const screens = SCREEN_WORKER.test(path)
  const compiles = screens || KDF_WORKER.test(path)
  return [...POLICY, `style-src 'self' 'nonce-${nonce}'`]
    .map((rule) => {
      if (compiles && rule.startsWith('script-src')) return "script-src 'self' 'wasm-unsafe-eval'"
      if (!rule.startsWith('connect-src')) return rule
      return screens ? 'connect-src blob:' : TRACE_WORKER.test(path) ? "connect-src 'none'" : rule
    })
    .join('; ')
}
