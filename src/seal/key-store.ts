import { base64 } from '@scure/base'
import { record } from '../access/audit.ts'
import { findCheckpoint } from '../access/checkpoints.ts'
import { proveInclusion } from '../access/tree.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import {
  type ClaimedHolders,
  type Inclusion,
  readStatement,
  type SignedStatement,
  type Statement,
  statementHash,
} from './chain.ts'

const ROOT = 'root'

/** The newest statement about a key; null when nobody has signed it. `subject` is an organisation, a member, or 'root'. */
export async function currentStatement(
  db: Db,
  kind: Statement['kind'],
  subject: string,
): Promise<SignedStatement | null> {
  const row = await db
    .selectFrom('key_statement')
    .select(['statement', 'signer', 'signature'])
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/**
 * Keeps a statement and writes its leaf, when the chain holds: the root signs itself and only once, the root signs
 * organisations, an organisation signs the recipients its own members have.
 * Throws  `invalid` naming the link that does not hold, `conflict` for a second root, `not_found` for nobody's key.
 */
export async function stateKey(db: Db, actor: Actor | null, signed: SignedStatement): Promise<void> {
  const it = readStatement(signed)
  await checkLink(db, it)
  const subject = it.kind === 'root' ? ROOT : it.kind === 'org' ? it.org : it.member
  const hash = statementHash(signed)
  await db
    .insertInto('key_statement')
    .values({ hash, kind: it.kind, subject, org_id: it.kind === 'root' ? null : it.org, ...signed })
    .execute()
  await record(db, actor, {
    act: 'key.stated',
    objectKind: it.kind,
    objectId: subject,
    detail: { statement: hash },
  })
}

async function checkLink(db: Db, it: ReturnType<typeof readStatement>): Promise<void> {
  if (it.kind === 'root') {
    if (it.signer !== it.key) throw new HouseError('invalid', 'key statement: the root signs itself')
    if (await currentStatement(db, 'root', ROOT))
      throw new HouseError('conflict', 'this network has its root key already')
    return
  }
  const above = await currentStatement(
    db,
    it.kind === 'org' ? 'root' : 'org',
    it.kind === 'org' ? ROOT : it.org,
  )
  if (!above || readStatement(above).key !== it.signer)
    throw new HouseError(
      'invalid',
      `key statement: not signed by the key of ${it.kind === 'org' ? 'the network’s root' : 'this organisation'}`,
    )
  if (it.kind === 'member') await checkMember(db, it)
}

async function checkMember(db: Db, it: Statement & { kind: 'member' }): Promise<void> {
  const row = await db
    .selectFrom('member')
    .select('recipient')
    .where('id', '=', it.member)
    .where('org_id', '=', it.org)
    .executeTakeFirst()
  if (!row) throw new HouseError('not_found', `no member ${it.member} of this organisation`)
  if (row.recipient !== it.key)
    throw new HouseError('invalid', 'key statement: this is not the key that the member has')
}

/** The people of an organisation to whom a record can be addressed, with all that a browser needs to check their keys. */
export async function claimedHolders(db: Db, org: string): Promise<ClaimedHolders> {
  const { rows } = await sql<Holder>`select * from firebreak.key_holders(${org})`.execute(db)
  return claimedChain(db, org, rows)
}

export interface Holder {
  readonly member_id: string
  readonly recipient: string
}

/** Some people of one organisation, with the chain of their keys and its place in the log. */
export async function claimedChain(db: Db, org: string, people: readonly Holder[]): Promise<ClaimedHolders> {
  const kept = await findCheckpoint(db)
  const size = kept?.size ?? 0
  const [root, own] = [await currentStatement(db, 'root', ROOT), await currentStatement(db, 'org', org)]
  const holders = []
  for (const row of people) {
    const statement = await signedBy(db, own, row.member_id)
    const inclusion = await inclusionOf(db, statement, size)
    holders.push({ memberId: row.member_id, recipient: row.recipient, statement, inclusion })
  }
  return {
    holders,
    root,
    org: own && { statement: own, inclusion: await inclusionOf(db, own, size) },
    checkpoint: kept?.note ?? null,
  }
}

/**
 * The newest statement about a member's key; null when a former key of their organisation signed it: then it waits for the present
 * one. What nobody of theirs ever signed is handed on as it lies there, so that the browser sees it and refuses.
 */
async function signedBy(
  db: Db,
  org: SignedStatement | null,
  member: string,
): Promise<SignedStatement | null> {
  const it = await currentStatement(db, 'member', member)
  if (it === null || org === null) return it
  const now = readStatement(org)
  if (now.kind !== 'org' || it.signer === now.key) return it
  return (await signersOf(db, now.org)).has(it.signer) ? null : it
}

/** Every signing key that the organisation has, or had. */
async function signersOf(db: Db, org: string): Promise<ReadonlySet<string>> {
  const stated = await db
    .selectFrom('key_statement')
    .select(['statement', 'signer', 'signature'])
    .where('kind', '=', 'org')
    .where('subject', '=', org)
    .execute()
  return new Set(stated.map((it) => readStatement(it).key))
}

async function inclusionOf(db: Db, it: SignedStatement | null, size: number): Promise<Inclusion | null> {
  if (it === null) return null
  const { rows } = await sql<{ idx: string; canonical: string }>`
    select idx, canonical from firebreak.key_leaf(${statementHash(it)})`.execute(db)
  const [leaf] = rows
  if (!leaf || Number(leaf.idx) >= size) return null
  const proof = await proveInclusion(db, Number(leaf.idx), size)
  return {
    entry: leaf.canonical,
    index: Number(leaf.idx),
    proof: proof.map((hash) => base64.encode(hash)),
  }
}

/** Hands a signing key, sealed to one member in the giver's browser, to that member. Given twice, the first stays. */
export async function giveSecret(
  db: Db,
  it: { of: string; key: string; member: string; wrapped: string; by: string | null },
): Promise<void> {
  await db
    .insertInto('key_secret')
    .values({ of: it.of, key: it.key, member_id: it.member, wrapped: it.wrapped, given_by: it.by })
    .onConflict((conflict) => conflict.columns(['of', 'key', 'member_id']).doNothing())
    .execute()
}

/**
 * The same for a colleague. Throws `not_found` unless the giver holds that key: what somebody made up would stand there as theirs,
 * keep the true one out, and make whoever gave it look like a holder.
 */
export async function passSecret(
  db: Db,
  it: Parameters<typeof giveSecret>[1] & { by: string },
): Promise<void> {
  const held = await secretsOf(db, it.by)
  if (!held.some(({ of, key }) => of === it.of && key === it.key))
    throw new HouseError('not_found', 'you hold no such signing key')
  await giveSecret(db, it)
}

/** The signing keys that this member holds, sealed to them. */
export async function secretsOf(db: Db, member: string) {
  const rows = await db
    .selectFrom('key_secret')
    .select(['of', 'key', 'wrapped'])
    .where('member_id', '=', member)
    .orderBy('at', 'desc')
    .execute()
  return rows
}

/** Members of my organisation, with the key each has and whether its newest statement names that key, signed by the present one. */
export async function colleagues(db: Db, org: string) {
  const rows = await db
    .selectFrom('member')
    .select(['id', 'name', 'recipient'])
    .where('org_id', '=', org)
    .where('left_at', 'is', null)
    .orderBy('name')
    .execute()
  const own = await currentStatement(db, 'org', org)
  return Promise.all(
    rows.map(async (row) => {
      const signed = await signedBy(db, own, row.id)
      return { ...row, signed: signed !== null && readStatement(signed).key === row.recipient }
    }),
  )
}

/**
 * Keeps a signing key that an organisation made for itself, its first or a new one, until a steward has compared and signed it.
 * From then on every key of its people waits for the new one's signature.
 */
export async function askAuthority(
  db: Db,
  actor: Actor,
  it: { readonly key: string; readonly wrapped: string },
): Promise<void> {
  if ((await signersOf(db, actor.org)).has(it.key))
    throw new HouseError('conflict', 'this is a signing key that your organisation has, or had before')
  await db
    .insertInto('authority_ask')
    .values({ org_id: actor.org, key: it.key, asked_by: actor.member })
    .onConflict((conflict) => conflict.columns(['org_id', 'key']).doNothing())
    .execute()
  const ask = await db
    .selectFrom('authority_ask')
    .select('asked_by')
    .where('org_id', '=', actor.org)
    .where('key', '=', it.key)
    .executeTakeFirstOrThrow()
  // who sees it wait does not hold it
  if (ask.asked_by !== actor.member)
    throw new HouseError('conflict', 'this signing key waits already; it was made by a colleague of yours')
  await giveSecret(db, { of: actor.org, ...it, member: actor.member, by: actor.member })
  await record(db, actor, {
    act: 'key.asked',
    objectKind: 'org',
    objectId: actor.org,
    detail: { key: it.key },
  })
}

/** Signing keys that wait for the root, as far as the asker may see them; none that is older than the one that an organisation has. */
export async function asksFor(db: Db) {
  const rows = await db
    .selectFrom('authority_ask')
    .innerJoin('org', 'org.id', 'authority_ask.org_id')
    .innerJoin('member', 'member.id', 'authority_ask.asked_by')
    .select(['authority_ask.org_id', 'org.name', 'authority_ask.key', 'authority_ask.asked_at'])
    .select(['authority_ask.asked_by', 'member.name as by_name'])
    .where('org.left_at', 'is', null)
    .where('member.left_at', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('key_statement')
            .select('hash')
            .where('kind', '=', 'org')
            .whereRef('subject', '=', 'authority_ask.org_id')
            .whereRef('key_statement.at', '>=', 'authority_ask.asked_at'),
        ),
      ),
    )
    .orderBy('authority_ask.asked_at')
    .execute()
  return rows.map((row) => ({
    org: row.org_id,
    orgName: row.name,
    key: row.key,
    by: { memberId: row.asked_by, name: row.by_name },
    askedAt: row.asked_at.toISOString(),
  }))
}
