import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { record } from '../access/audit.ts'
import { hashSignIn } from '../access/passwords.ts'
import { check } from '../core/check.ts'
import { DutyHours, TimeZone } from '../core/hours.ts'
import { newId } from '../core/ids.ts'
import { ORG_KINDS, PowerKind } from '../core/power.ts'
import { Country, RoleShape } from '../core/shapes.ts'
import type { Demo } from '../http/house.ts'
import { sealSecret } from '../seal/authority.ts'
import { newAuthority, signStatement } from '../seal/chain.ts'
import { giveSecret, stateKey } from '../seal/key-store.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { fromPassword, newSalt } from '../seal/password.ts'
import { wrapIdentity } from '../seal/wrap.ts'
import type { Db, Store } from '../store/open.ts'
import { insertOrg, insertPower } from './store.ts'

const DemoNetwork = z.object({
  name: z.string(),
  password: z.string().min(12),
  orgs: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.enum(ORG_KINDS),
      country: Country,
      timeZone: TimeZone,
      hours: DutyHours,
      languages: z.array(z.string()),
      channel: z.string(),
      powers: z.array(
        z.object({ kind: PowerKind, country: Country, legalBasis: z.string(), verifiedBy: z.string() }),
      ),
    }),
  ),
  people: z.array(
    z.object({ email: z.email(), name: z.string(), role: RoleShape, org: z.string(), host: z.string() }),
  ),
})
type DemoNetwork = z.infer<typeof DemoNetwork>
type Person = DemoNetwork['people'][number]

export function readDemoNetwork(content: string): DemoNetwork {
  return check(DemoNetwork, parse(readFileSync(`${content}/demo/network.yaml`, 'utf8')))
}

/** What the sign-in page may show of the demo. */
export function demoPeople(network: DemoNetwork): Demo {
  return {
    password: network.password,
    people: network.people.map((person) => {
      const org = network.orgs.find((it) => it.key === person.org)
      return { ...person, orgName: org?.name ?? '', country: org?.country ?? '' }
    }),
  }
}

/** Loads the demo network into an empty deployment; says whether it did. Keys are made as a browser would make them. */
export async function loadDemo(store: Store, network: DemoNetwork): Promise<boolean> {
  const keys = new Map<string, MadeKeys>()
  const empty = await store.as({ system: 'setup' }, async (db) => {
    const row = await db.selectFrom('org').select('id').limit(1).executeTakeFirst()
    return row === undefined
  })
  if (!empty) return false
  for (const person of network.people) keys.set(person.email, await makeKeys(network.password))
  await store.as({ system: 'setup' }, async (db) => {
    const orgIds = new Map<string, string>()
    for (const org of network.orgs) orgIds.set(org.key, await addOrg(db, org))
    for (const person of network.people) {
      await addPerson(db, {
        person,
        orgId: orgIds.get(person.org) ?? '',
        keys: keys.get(person.email) as MadeKeys,
      })
    }
    // invented people may use their one password for everything; a real organisation's never may (0070-step-up.sql)
    await db.updateTable('org').set({ password_rule: 'alone' }).execute()
    await vouch(db, network, { orgIds, keys })
    await record(db, null, { act: 'network.loaded', objectKind: 'network', objectId: 'demo' })
  })
  return true
}

/**
 * The chain of keys, as the network's people would make it: the steward holds the root, everybody of an organisation its
 * signing key, each sealed to them. No readable copy of a signing key stays.
 */
async function vouch(
  db: Db,
  network: DemoNetwork,
  it: { orgIds: ReadonlyMap<string, string>; keys: ReadonlyMap<string, MadeKeys> },
): Promise<void> {
  const since = new Date().toISOString()
  const give = async (of: string, made: ReturnType<typeof newAuthority>, people: readonly Person[]) => {
    for (const { email } of people) {
      const { id, recipient } = it.keys.get(email) as MadeKeys
      const wrapped = await sealSecret(made.secret, recipient)
      await giveSecret(db, { of, key: made.key, member: id, wrapped, by: null })
    }
  }
  const root = newAuthority()
  await stateKey(db, null, signStatement({ v: 1, kind: 'root', key: root.key, since }, root.secret))
  await give(
    'root',
    root,
    network.people.filter(({ role }) => role === 'steward'),
  )
  for (const [name, org] of it.orgIds) {
    const own = newAuthority()
    await stateKey(db, null, signStatement({ v: 1, kind: 'org', org, key: own.key, since }, root.secret))
    const people = network.people.filter((person) => person.org === name)
    await give(org, own, people)
    for (const { email } of people) {
      const { id, recipient } = it.keys.get(email) as MadeKeys
      const statement = { v: 1, kind: 'member', org, member: id, key: recipient, since } as const
      await stateKey(db, null, signStatement(statement, own.secret))
    }
  }
}

export async function addOrg(db: Db, org: DemoNetwork['orgs'][number]): Promise<string> {
  const id = await insertOrg(db, org)
  for (const power of org.powers) await insertPower(db, { orgId: id, ...power, until: null })
  return id
}

interface MadeKeys {
  readonly id: string
  readonly recipient: string
  readonly wrapped: string
  readonly salt: string
  readonly hash: string
}

async function makeKeys(password: string): Promise<MadeKeys> {
  const id = newId()
  const salt = newSalt()
  const { identity, recipient } = await newMemberKey()
  const { signIn, wrapKey } = await fromPassword(password, salt)
  return {
    id,
    recipient,
    wrapped: wrapIdentity(identity, wrapKey, `${id}/password`),
    salt,
    hash: await hashSignIn(signIn),
  }
}

async function addPerson(db: Db, it: { person: Person; orgId: string; keys: MadeKeys }): Promise<void> {
  const { id, recipient, wrapped, salt, hash } = it.keys
  const { email, name, role } = it.person
  await db.insertInto('member').values({ id, org_id: it.orgId, email, name, role, recipient }).execute()
  await db
    .insertInto('key_wrap')
    .values({ id: newId(), member_id: id, kind: 'password', credential_id: null, wrapped })
    .execute()
  await db.insertInto('password').values({ member_id: id, salt, hash }).execute()
}
