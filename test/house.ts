import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { signedWords } from '../src/access/proof-words.ts'
import { stepUpFor } from '../src/access/step-up-list.ts'
import { newId } from '../src/core/ids.ts'
import type { Role } from '../src/core/role.ts'
import { type BuiltHouse, buildHouse } from '../src/house.ts'
import { sha256 } from '../src/http/transaction.ts'
import { addOrg } from '../src/members/demo.ts'
import { newMemberKey } from '../src/seal/member-key.ts'
import type { Store } from '../src/store/open.ts'
import { type TestDatabase, testDatabase } from './database.ts'

/** A built house on a database of its own, with a small invented network, and people who are already signed in. */
export interface TestHouse extends TestDatabase {
  readonly built: BuiltHouse
  readonly people: Readonly<Record<PersonName, Person>>
  close(): Promise<void>
}

export interface Person {
  readonly member: string
  readonly org: string
  readonly role: Role
  readonly identity: string
  readonly recipient: string
  readonly token: string
  /** Asks the app as this person; POSTs carry a fresh Idempotency-Key unless one is given. */
  ask<T = unknown>(method: string, path: string, it?: AskOptions): Promise<Answer<T>>
}

export interface AskOptions {
  readonly body?: unknown
  readonly octets?: Uint8Array
  readonly key?: string
  readonly headers?: Record<string, string>
}

export interface Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Headers
}

const PEOPLE = {
  arunee: ['thai', 'caseworker'],
  ploy: ['thai', 'caseworker'],
  linh: ['viet', 'caseworker'],
  weiling: ['police', 'officer'],
  farid: ['police', 'officer'],
  priya: ['bank', 'fraud_desk'],
  somchai: ['otherbank', 'fraud_desk'],
  helen: ['fiu', 'fiu_analyst'],
  daniel: ['hub', 'hub_analyst'],
  mei: ['network', 'steward'],
} as const satisfies Record<string, readonly [string, Role]>
export type PersonName = keyof typeof PEOPLE

const org = (
  name: string,
  kind: Parameters<typeof addOrg>[1]['kind'],
  country: string,
  powers: string[] = [],
) => ({
  key: name,
  name: `${name} (test)`,
  kind,
  country,
  timeZone: 'Asia/Singapore',
  hours: 'always' as const,
  languages: ['en'],
  channel: 'none',
  powers: powers.map((power) => ({
    kind: power as never,
    country,
    legalBasis: 'a law',
    verifiedBy: 'the test',
  })),
})

const ORGS = [
  org('thai', 'cso', 'TH'),
  org('viet', 'cso', 'VN'),
  org('police', 'police', 'SG', ['freeze_account', 'start_igrip']),
  org('bank', 'bank', 'SG', ['hold_payment', 'recall_payment']),
  org('otherbank', 'bank', 'TH', ['hold_payment']),
  org('fiu', 'fiu', 'SG'),
  org('hub', 'hub', 'MY'),
  org('network', 'network', 'SG'),
]

export async function testHouse(
  options: { poolSize?: number; providersInside?: readonly string[] } = {},
): Promise<TestHouse> {
  const database = await testDatabase(options)
  const { store } = database
  const { providersInside = [] } = options
  const rest = { network: 'Test network', origin: null, demo: null, say: () => {} }
  const built = await buildHouse({ store, providersInside, ...rest })
  return {
    ...database,
    built,
    people: await people(store, built),
    close: async () => {
      await built.close()
      await database.drop()
    },
  }
}

/** The invented network, loaded; everybody in it is signed in. */
export async function people(store: Store, built: BuiltHouse): Promise<Record<PersonName, Person>> {
  const orgs = new Map<string, string>()
  await store.as({ system: 'setup' }, async (db) => {
    for (const it of ORGS) orgs.set(it.key, await addOrg(db, it))
    // the test's people may use a password alone, as a demo's; tests of the rule change it
    await db.updateTable('org').set({ password_rule: 'alone' }).execute()
  })
  const found = {} as Record<PersonName, Person>
  for (const [name, [orgKey, role]] of Object.entries(PEOPLE)) {
    found[name as PersonName] = await addPerson(store, built, { name, org: orgs.get(orgKey) ?? '', role })
  }
  return found
}

async function addPerson(
  store: Store,
  built: BuiltHouse,
  it: { name: string; org: string; role: Role },
): Promise<Person> {
  const member = newId()
  const { identity, recipient } = await newMemberKey()
  await store.as({ system: 'setup' }, (db) =>
    db
      .insertInto('member')
      .values({
        id: member,
        org_id: it.org,
        email: `${it.name}@test.example`,
        name: it.name,
        role: it.role,
        recipient,
      })
      .execute(),
  )
  const token = await signIn(store, member)
  return { member, org: it.org, role: it.role, identity, recipient, token, ask: asker(built, token) }
}

/** The private halves of the keys with which test browsers sign, by session token. */
const proofKeys = new Map<string, KeyObject>()
export const proofKeyOf = (token: string): KeyObject | undefined => proofKeys.get(token)

/** A browser's key: the private half, and the public one as it is sent. */
export function newProofKey(): { key: KeyObject; proofKey: string } {
  const { privateKey: key, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x, y } = publicKey.export({ format: 'jwk' })
  return { key, proofKey: `${x}.${y}` }
}

/** From now on the asker with this token signs with this key. */
export function signsWith(token: string, key: KeyObject): void {
  proofKeys.set(token, key)
}

/** A session as sign-in with a passkey would make it, without the second of Argon2id. Returns its token. */
export async function signIn(
  store: Store,
  member: string,
  it: { provenAt?: Date | null } = {},
): Promise<string> {
  const token = newId()
  const { key, proofKey } = newProofKey()
  const provenAt = it.provenAt === undefined ? new Date() : it.provenAt
  if (provenAt) proofKeys.set(token, key)
  await store.as({ system: 'signin' }, (db) =>
    db
      .insertInto('session')
      .values({
        token_hash: sha256(token),
        member_id: member,
        via: 'passkey',
        expires_at: new Date(Date.now() + 3_600_000),
        ...(provenAt ? { proven_at: provenAt, proven_by: 'passkey', proof_key: proofKey } : {}),
      })
      .execute(),
  )
  return token
}

/** The header with which a browser signs a request. */
export function signedHeader(
  key: KeyObject,
  it: { method: string; path: string; body?: string | undefined; at?: number; nonce?: string },
): string {
  const at = String(it.at ?? Date.now())
  const nonce = it.nonce ?? newId()
  const bodyHash = createHash('sha256')
    .update(it.body ?? '')
    .digest('base64url')
  const words = signedWords({ method: it.method, path: it.path, at, nonce, bodyHash })
  const signature = sign('sha256', Buffer.from(words), { key, dsaEncoding: 'ieee-p1363' })
  return `${at}.${nonce}.${signature.toString('base64url')}`
}

/** Asks the app over its own interface, as a browser on this computer would. */
export function asker({ app }: BuiltHouse, token: string | null): Person['ask'] {
  return async <T>(method: string, path: string, it: AskOptions = {}): Promise<Answer<T>> => {
    const headers: Record<string, string> = { host: 'localhost:8080', ...it.headers }
    if (token) headers.cookie ??= `firebreak-on-this-computer=${token}`
    if (method === 'POST' || it.octets)
      headers['content-type'] ??= it.octets ? 'application/octet-stream' : 'application/json'
    if (method === 'POST') headers['idempotency-key'] ??= it.key ?? newId()
    const body = it.octets ?? (method === 'POST' ? JSON.stringify(it.body ?? {}) : undefined)
    const key = token ? proofKeys.get(token) : undefined
    if (key && stepUpFor(method, path.split('?')[0] ?? ''))
      headers['firebreak-proof'] ??= signedHeader(key, { method, path, body: body as string | undefined })
    const response = await app.request(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: body as BodyInit }),
    })
    const type = response.headers.get('content-type') ?? ''
    const read = type.startsWith('application/json')
      ? await response.json()
      : new Uint8Array(await response.arrayBuffer())
    return { status: response.status, body: read as T, headers: response.headers }
  }
}
