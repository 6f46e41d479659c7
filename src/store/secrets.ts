import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { check } from '../core/check.ts'

/** What must not be in the database: a stolen dump alone opens, signs and matches nothing. Hex, 32 bytes each. */
const Secrets = z.object({
  adminPassword: z.string(),
  migratorPassword: z.string(),
  appPassword: z.string(),
  /** Signs the row-level-security context. */
  contextKey: z.string(),
  /** Derives session tokens from a client's own random key, so that a repeated sign-in gives the same session. */
  sessionKey: z.string(),
  /** The OPRF key for blind tokens (RFC 9497). Losing it makes every stored token unmatchable. */
  matchKey: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** Reads `secrets.json` of the data folder, or makes it (mode 0600). Throws `invalid` naming a field that is broken. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  if (existsSync(path)) return check(Secrets, JSON.parse(readFileSync(path, 'utf8')))
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const fresh: Record<string, string> = {}
  for (const name of Object.keys(Secrets.shape)) fresh[name] = randomBytes(32).toString('hex')
  // a scalar of ristretto255 is below 2^252, little-endian: a zero top byte keeps it there
  fresh.matchKey = `${randomBytes(31).toString('hex')}00`
  // written beside and renamed, so that a crash leaves either none or a whole one
  writeFileSync(`${path}.new`, JSON.stringify(fresh, null, 2), { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
  return check(Secrets, fresh)
}
