import { Secret, TOTP } from 'otpauth'
import type { ProvenBy } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import { lock, unlock } from './at-rest.ts'
import { record } from './audit.ts'
import { noteFailure, refuseGuessing } from './passwords.ts'

/** Seconds a code stands for (RFC 6238); one step before and after is taken, for clocks that are not quite right. */
const PERIOD = 30
const WINDOW = 1

/** What a person types or scans into their code app, once. */
export interface CodeApp {
  readonly secret: string
  readonly uri: string
}

const lockOf = (member: string, key: string) => ({ use: 'code-app', owner: member, key }) as const

const lockSecret = (secret: Secret, member: string, key: string): Buffer =>
  lock(secret.bytes, lockOf(member, key))

const unlockSecret = (locked: Buffer, member: string, key: string): Secret =>
  new Secret({ buffer: new Uint8Array(unlock(locked, lockOf(member, key))).buffer })

const totpOf = (secret: Secret, it: { label: string; issuer: string } = { label: '', issuer: '' }) =>
  new TOTP({ ...it, secret, algorithm: 'SHA1', digits: 6, period: PERIOD })

interface Person {
  readonly member: string
  readonly email: string
  readonly sessionKey: string
}

/** The code app of somebody who has just shown their password: null once a first code came, else what to set up. */
export async function codeAppOf(db: Db, it: Person & { network: string }): Promise<CodeApp | null> {
  const made = lockSecret(new Secret({ size: 20 }), it.member, it.sessionKey)
  await db
    .insertInto('code_app')
    .values({ member_id: it.member, secret: made })
    .onConflict((conflict) => conflict.column('member_id').doNothing())
    .execute()
  const row = await findApp(db, it.member)
  if (!row || row.confirmed_at) return null
  const secret = unlockSecret(row.secret, it.member, it.sessionKey)
  const uri = totpOf(secret, { label: it.email, issuer: it.network.replaceAll(':', ' ') }).toString()
  return { secret: secret.base32, uri }
}

const findApp = (db: Db, member: string) =>
  db.selectFrom('code_app').selectAll().where('member_id', '=', member).executeTakeFirst()

/**
 * What a right password is worth in this person's organisation, with the code that came with it. Throws `forbidden` where no
 * passwords are allowed, `step_up_needed` when a code is missing, `unauthenticated` for a wrong or used one.
 */
export async function passwordProves(
  db: Db,
  it: Person & { readonly code: string | undefined },
): Promise<ProvenBy> {
  const password_rule = await ruleOf(db, it.member)
  if (password_rule === 'alone') return 'demo'
  if (password_rule === 'none')
    throw new HouseError('forbidden', 'your organisation wants passkeys; a password only opens your key')
  if (it.code === undefined)
    throw new HouseError('step_up_needed', 'a code of your code app is needed beside the password')
  // counted apart from passwords: a right password must not wipe out wrong codes
  refuseGuessing(`code of ${it.email}`)
  if (!(await takeCode(db, it, it.code))) {
    noteFailure(`code of ${it.email}`)
    throw new HouseError(
      'unauthenticated',
      'this code does not fit, or was used already; wait for the next one (and look whether the clock is right)',
    )
  }
  return 'code'
}

/** Whether a password by itself proves a person: in invented networks. */
export async function aloneProves(db: Db, member: string): Promise<ProvenBy | null> {
  return (await ruleOf(db, member)) === 'alone' ? 'demo' : null
}

async function ruleOf(db: Db, member: string) {
  const { password_rule } = await db
    .selectFrom('member')
    .innerJoin('org', 'org.id', 'member.org_id')
    .select('org.password_rule')
    .where('member.id', '=', member)
    .executeTakeFirstOrThrow()
  return password_rule
}

/** Takes a code once. The first one confirms that the app was set up. */
async function takeCode(db: Db, it: Person, code: string): Promise<boolean> {
  const row = await findApp(db, it.member)
  if (!row) return false
  const now = Date.now()
  const delta = totpOf(unlockSecret(row.secret, it.member, it.sessionKey)).validate({
    token: code,
    window: WINDOW,
    timestamp: now,
  })
  if (delta === null) return false
  const step = Math.floor(now / 1_000 / PERIOD) + delta
  // two requests with one code: the second waits here, and finds it taken
  const { numUpdatedRows } = await db
    .updateTable('code_app')
    .set({ last_step: step, confirmed_at: row.confirmed_at ?? new Date() })
    .where('member_id', '=', it.member)
    .where('last_step', '<', String(step))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Throws `not_found` for another's organisation, `forbidden` for what only a steward may. */
export async function rulePasswords(
  db: Db,
  actor: { member: string; org: string },
  it: { org: string; rule: 'none' | 'with_code' },
): Promise<void> {
  const { rows } = await sql<{ done: boolean }>`
    select firebreak.rule_passwords(${it.org}, ${it.rule}) as done`.execute(db)
  if (rows[0]?.done !== true) throw new HouseError('not_found', `no organisation ${it.org}`)
  const detail = { rule: it.rule }
  await record(db, actor, { act: 'org.passwords_ruled', objectKind: 'org', objectId: it.org, detail })
}
