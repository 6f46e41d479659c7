import type { z } from 'zod'
import { lock, unlock } from '../access/at-rest.ts'
import { record } from '../access/audit.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { type Db, sql } from '../store/open.ts'
import type { Registered } from './oidc.ts'
import type { Provider, ProviderNew } from './shapes.ts'

const ASKED_MS = 14 * 86_400_000

const lockOf = (owner: string, key: string) => ({ use: 'identity-provider', owner, key }) as const

/** Sixteen letters, 80 random bits: whoever does not have it cannot find out whether an organisation is here. */
const newWord = () => newId().slice(0, 16)

interface Asking {
  readonly it: z.infer<typeof ProviderNew>
  /** As the provider writes it itself. */
  readonly issuer: string
  readonly secret: Buffer
  readonly publicKey: Record<string, string> | null
  readonly sessionKey: string
}

/** Asks for a provider; nobody signs in by it until a second person has confirmed it. */
export async function askProvider(db: Db, actor: Actor, asked: Asking): Promise<void> {
  const { it, issuer, publicKey } = asked
  await db
    .insertInto('identity_provider')
    .values({
      ...{ id: it.id, org_id: it.orgId, name: it.name, issuer, client_id: it.clientId, method: it.method },
      ...{ acr: it.acr, amr: it.amr, max_age_minutes: it.maxAgeMinutes, email_domains: it.emailDomains },
      public_key: publicKey === null ? null : JSON.stringify(publicKey),
      ...{ claim_name: it.claim?.name ?? null, claim_value: it.claim?.value ?? null },
      ...{ word: newWord(), asked_by: actor.member },
    })
    .execute()
  await setSecret(db, it.id, asked)
  const detail = { issuer, org: it.orgId }
  await record(db, actor, { act: 'provider.asked', objectKind: 'provider', objectId: it.id, detail })
}

async function setSecret(db: Db, id: string, it: { secret: Buffer; sessionKey: string }): Promise<void> {
  const sealed = lock(it.secret, lockOf(id, it.sessionKey))
  await sql`select firebreak.set_provider_secret(${id}, ${sealed})`.execute(db)
}

export async function replaceSecret(
  db: Db,
  actor: Actor,
  it: { id: string; secret: string; sessionKey: string },
): Promise<void> {
  const row = await db
    .selectFrom('identity_provider')
    .select('method')
    .where('id', '=', it.id)
    .executeTakeFirst()
  if (row?.method === 'key')
    throw new HouseError('conflict', 'this provider knows the house by a key; end it and ask for another')
  await setSecret(db, it.id, { secret: Buffer.from(it.secret), sessionKey: it.sessionKey })
  await record(db, actor, { act: 'provider.secret_set', objectKind: 'provider', objectId: it.id })
}

export async function confirmProvider(db: Db, actor: Actor, id: string): Promise<void> {
  await sql`select firebreak.confirm_provider(${id})`.execute(db)
  await record(db, actor, { act: 'provider.confirmed', objectKind: 'provider', objectId: id })
}

export async function endProvider(db: Db, actor: Actor, id: string): Promise<void> {
  await sql`select firebreak.end_provider(${id})`.execute(db)
  await record(db, actor, { act: 'provider.ended', objectKind: 'provider', objectId: id })
}

/** The providers of one's own organisation; a steward sees everybody's. The newest first. */
export async function listProviders(db: Db, actor: Actor): Promise<Provider[]> {
  const rows = await db
    .selectFrom('identity_provider as p')
    .innerJoin('org', 'org.id', 'p.org_id')
    .leftJoin('member', 'member.id', 'p.asked_by')
    .selectAll('p')
    .select(['org.name as org_name', 'member.org_id as asker_org'])
    .orderBy('p.asked_at', 'desc')
    .execute()
  return rows.map((row) => {
    const state = row.ended_at
      ? 'ended'
      : row.confirmed_at
        ? 'live'
        : row.asked_at.getTime() < Date.now() - ASKED_MS
          ? 'lapsed'
          : 'asked'
    const own = row.org_id === actor.org
    // a steward sees of whom a request came; a member of the organisation sees their own people, and else it was a steward
    const second = row.asker_org === row.org_id ? actor.role === 'steward' : own
    return {
      ...{ id: row.id, orgId: row.org_id, orgName: row.org_name, name: row.name, issuer: row.issuer },
      ...{ clientId: row.client_id, method: row.method, publicKey: row.public_key, word: row.word },
      ...{ emailDomains: row.email_domains, acr: row.acr, amr: row.amr, maxAgeMinutes: row.max_age_minutes },
      claim: row.claim_name === null ? null : { name: row.claim_name, value: row.claim_value ?? '' },
      state,
      askedAt: row.asked_at.toISOString(),
      mayConfirm: state === 'asked' && second && row.asked_by !== actor.member,
      mayEnd: state !== 'ended',
      mayReplaceSecret: own && row.method === 'secret' && state !== 'ended' && state !== 'lapsed',
    }
  })
}

export interface Found extends Registered {
  readonly id: string
  readonly orgId: string
}

/**
 * A provider that lives, by its word or its id, of an organisation that does, with its secret in the clear: in the context of a sign-in alone. Throws
 * `not_found`, in one text for every cause.
 */
export async function findProvider(
  db: Db,
  by: { readonly word: string } | { readonly id: string; readonly org?: string },
  sessionKey: string,
): Promise<Found> {
  const row = await db
    .selectFrom('identity_provider as p')
    .innerJoin('org', 'org.id', 'p.org_id')
    .innerJoin('provider_secret as s', 's.provider_id', 'p.id')
    .selectAll('p')
    .select('s.sealed')
    .where('p.confirmed_at', 'is not', null)
    .where('p.ended_at', 'is', null)
    .where('org.left_at', 'is', null)
    .where('org.suspended_at', 'is', null)
    .where((where) =>
      'word' in by
        ? where('p.word', '=', by.word)
        : where.and({ 'p.id': by.id, ...(by.org === undefined ? {} : { 'p.org_id': by.org }) }),
    )
    .executeTakeFirst()
  if (!row)
    throw new HouseError(
      'not_found',
      'nobody signs in by this (any more); look whether it is written right, or ask in your organisation',
    )
  return {
    ...{ id: row.id, orgId: row.org_id, issuer: row.issuer, clientId: row.client_id, method: row.method },
    ...{ publicKey: row.public_key, emailDomains: row.email_domains, acr: row.acr, amr: row.amr },
    maxAgeMinutes: row.max_age_minutes,
    claim: row.claim_name === null ? null : { name: row.claim_name, value: row.claim_value ?? '' },
    secret: unlock(row.sealed, lockOf(row.id, sessionKey)),
  }
}
