import { createHmac } from 'node:crypto'
import { channel } from 'node:diagnostics_channel'
import { hash, verify } from '@node-rs/argon2'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'

/** OWASP's minimum for Argon2id; what is hashed here is already a 256-bit key that the browser stretched with 64 MiB. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const TRIES = 10
const WINDOW_MS = 15 * 60_000

/** Failed sign-ins by e-mail, in memory alone: slows guessing without keeping a list of who tried. */
const failures = new Map<string, { count: number; since: number }>()
let busy: Promise<unknown> = Promise.resolve()

/** One hash at a time: two cores must not be filled by strangers at the sign-in page. */
function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const mine = busy.then(work, work)
  busy = mine.catch(() => undefined)
  return mine
}

/** Told of each run of Argon2id as it begins: by far the costliest step of a sign-in, so who listens sees what one costs (T10). */
const RUNS = channel('firebreak.argon2')

export function hashSignIn(signIn: string): Promise<string> {
  RUNS.publish('hash')
  return oneAtATime(() => hash(signIn, COST))
}

interface PasswordAt {
  readonly member_id: string
  readonly salt: string
  readonly hash: string
  /** Neither left nor suspended. */
  readonly lives: boolean
}

/** By a function that takes as long for nobody as for somebody (0091-door.sql). */
async function passwordAt(db: Db, email: string): Promise<PasswordAt | undefined> {
  const { rows } = await sql<PasswordAt>`select * from firebreak.password_at(${email})`.execute(db)
  return rows[0]
}

/** Salt of the person's password; for an unknown e-mail a salt that looks the same and stays the same (T10). */
export async function saltFor(db: Db, email: string, secret: string): Promise<string> {
  const row = await passwordAt(db, email)
  const made = createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(`salt|${email}`)
    .digest()
    .subarray(0, 16)
  return row?.salt ?? made.toString('base64url')
}

const NOBODY = await hash('nobody', COST)

/** The member whose password half this is. Throws `unauthenticated` with one text for every cause, `too_many` after ten tries. */
export async function checkPassword(db: Db, email: string, signIn: string): Promise<string> {
  refuseGuessing(email)
  const found = await passwordAt(db, email)
  const row = found?.lives ? found : undefined
  RUNS.publish('verify')
  const right = await oneAtATime(() => verify(row?.hash ?? NOBODY, signIn))
  if (row && right) {
    failures.delete(email)
    return row.member_id
  }
  noteFailure(email)
  throw new HouseError('unauthenticated', 'address and password do not belong together')
}

/** Throws `too_many` after ten failures within a quarter of an hour. @param email  or another name for what is guessed */
export function refuseGuessing(email: string): void {
  const before = failures.get(email)
  if (before && Date.now() - before.since < WINDOW_MS && before.count >= TRIES) {
    throw new HouseError('too_many', 'too many tries for this address; wait a quarter of an hour')
  }
}

export function noteFailure(email: string): void {
  if (failures.size > 10_000) failures.clear()
  const now = Date.now()
  const before = failures.get(email)
  if (before && now - before.since < WINDOW_MS) before.count++
  else failures.set(email, { count: 1, since: now })
}
