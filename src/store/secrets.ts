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
  /** Signs the checkpoints of the audit log (Ed25519). Whoever has it can sign another history; witnesses would see two. */
  auditKey: z.string(),
})
export type Secrets = z.infer<typeof Secrets>

/** Secrets that a data folder from an earlier version may lack; they are added, the others never made anew. */
const ADDED_LATER = ['auditKey'] as const

/** Reads `secrets.json` of the data folder, or makes it (mode 0600). Throws `invalid` naming a field that is broken. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  if (existsSync(path)) return withLater(path, JSON.parse(readFileSync(path, 'utf8')) as unknown)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const fresh: Record<string, string> = {}
  for (const name of Object.keys(Secrets.shape)) fresh[name] = randomBytes(32).toString('hex')
  // a scalar of ristretto255 is below 2^252, little-endian: a zero top byte keeps it there
  fresh.matchKey = `${randomBytes(31).toString('hex')}00`
  keep(path, fresh)
  return check(Secrets, fresh)
}

function withLater(path: string, found: unknown): Secrets {
  const lacks = ADDED_LATER.filter((name) => typeof found === 'object' && found !== null && !(name in found))
  const whole = Object.assign(
    {},
    found,
    ...lacks.map((name) => ({ [name]: randomBytes(32).toString('hex') })),
  ) as Record<string, string>
  const secrets = check(Secrets, lacks.length === 0 ? found : whole)
  if (lacks.length > 0) keep(path, whole)
  return secrets
}

/** Written beside and renamed, so that a crash leaves either none or a whole one. */
function keep(path: string, secrets: Record<string, string>): void {
  writeFileSync(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}
