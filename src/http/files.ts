import { existsSync, readFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { createMiddleware } from 'hono/factory'
import type { Env } from './env.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/** Beside a file: the same in Brotli, for browsers on slow lines; nothing secret is in it, so its length tells nothing. */
export const COMPRESSED = '.br'

/** Where `npm start` builds the member pages. */
export const WEB = resolve(import.meta.dirname, '../../dist/web')

/** The member pages. Files with a hash in their name never change; the page itself carries this answer's style nonce. */
export function webFiles(folder = WEB) {
  return createMiddleware<Env>(async (c, next) => {
    const path = c.req.path
    if (path.startsWith('/api/')) return next()
    const file = fileOf(folder, path)
    const type = file === null ? undefined : TYPES[extname(file)]
    if (
      file !== null &&
      type &&
      extname(file) !== '.html' &&
      file.startsWith(`${folder}/`) &&
      existsSync(file)
    ) {
      const forever = path.startsWith('/assets/')
      c.header('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      c.header('Vary', 'Accept-Encoding')
      const small = `${file}${COMPRESSED}`
      const isSmall = /\bbr\b/.test(c.req.header('Accept-Encoding') ?? '') && existsSync(small)
      if (isSmall) c.header('Content-Encoding', 'br')
      return c.body(new Uint8Array(readFileSync(isSmall ? small : file)), 200, { 'Content-Type': type })
    }
    if (file === null || extname(path) !== '') return next()
    const page = join(folder, 'index.html')
    if (!existsSync(page)) return next()
    return c.html(readFileSync(page, 'utf8').replaceAll('%NONCE%', c.var.nonce))
  })
}

/** Null for an address that is no text: a stranger must not be able to fill the log with it. */
function fileOf(folder: string, path: string): string | null {
  try {
    return resolve(folder, `.${decodeURIComponent(path)}`)
  } catch {
    return null
  }
}
