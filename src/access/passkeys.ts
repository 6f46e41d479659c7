import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Ask } from '../http/env.ts'
import { type Db, sql } from '../store/open.ts'

const CHALLENGE_MS = 5 * 60_000

/** The relying party is the host the browser shows; a public origin is the only one when it is set (WebAuthn Level 3, 5.1.2). */
function party(c: Ask): { id: string; origin: string } {
  const host = c.req.header('host') ?? ''
  return { id: host.replace(/:\d+$/, ''), origin: `${c.var.secure ? 'https' : 'http'}://${host}` }
}

type ChallengeKind = 'signin' | 'register' | 'step_up'

async function keepChallenge(
  db: Db,
  it: { challenge: string; kind: ChallengeKind; subject: string | null },
): Promise<string> {
  const id = newId()
  await db
    .insertInto('challenge')
    .values({ id, ...it, expires_at: new Date(Date.now() + CHALLENGE_MS) })
    .execute()
  return id
}

/** A challenge serves once, for what it was made for, and not for long. */
async function spendChallenge(
  db: Db,
  it: { id: string; kind: ChallengeKind; subject: string | null },
): Promise<string> {
  const row = await db
    .updateTable('challenge')
    .set({ used_at: new Date() })
    .where('id', '=', it.id)
    .where('kind', '=', it.kind)
    .where('used_at', 'is', null)
    .where('expires_at', '>', new Date())
    .where('subject', 'is not distinct from', it.subject)
    .returning('challenge')
    .executeTakeFirst()
  if (!row) throw refused()
  return row.challenge
}

function refused(cause?: unknown): HouseError {
  return new HouseError('unauthenticated', 'this passkey was not accepted; try again', { cause })
}

export async function signInOptions(c: Ask) {
  const options = await generateAuthenticationOptions({ rpID: party(c).id, userVerification: 'required' })
  const challengeId = await keepChallenge(c.var.db, {
    challenge: options.challenge,
    kind: 'signin',
    subject: null,
  })
  return { challengeId, options: { ...options } as Record<string, unknown> }
}

/** A challenge for the passkeys of somebody who is signed in, good in this one session. */
export async function stepUpOptions(c: Ask, actor: Actor) {
  const { db } = c.var
  const own = await db
    .selectFrom('passkey')
    .select(['credential_id', 'transports'])
    .where('member_id', '=', actor.member)
    .execute()
  const options = await generateAuthenticationOptions({
    rpID: party(c).id,
    userVerification: 'required',
    allowCredentials: own.map(({ credential_id: id, transports }) => ({
      id,
      transports: transports as AuthenticatorTransport[],
    })),
  })
  const challengeId = await keepChallenge(db, {
    challenge: options.challenge,
    kind: 'step_up',
    subject: actor.session,
  })
  return { challengeId, options: { ...options } as Record<string, unknown> }
}

export interface PasskeyAnswer {
  readonly challengeId: string
  readonly response: { readonly id: string }
}

/** The member who holds the passkey. Throws `unauthenticated` for anything that does not verify. */
export async function checkPasskey(c: Ask, it: PasskeyAnswer): Promise<string> {
  const challenge = await spendChallenge(c.var.db, { id: it.challengeId, kind: 'signin', subject: null })
  return verified(c, challenge, it.response)
}

/** That it is this member, in this session. Throws `unauthenticated`, in one text, for anything else. */
export async function checkStepUp(c: Ask, actor: Actor, it: PasskeyAnswer): Promise<void> {
  const subject = actor.session
  const challenge = await spendChallenge(c.var.db, { id: it.challengeId, kind: 'step_up', subject })
  if ((await verified(c, challenge, it.response)) !== actor.member) throw refused()
}

interface PasskeyAt {
  readonly member_id: string
  readonly public_key: Buffer
  readonly counter: string
  readonly transports: string[]
}

/** What answers for a passkey that nobody has: a key of our own, whose other half is thrown away. */
const NOBODYS = (() => {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'jwk',
  })
  const point = (it: string) => Buffer.concat([Buffer.from([0x58, 0x20]), Buffer.from(it, 'base64url')])
  const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]) // COSE: EC2, ES256, P-256, x
  const public_key = Buffer.concat([head, point(x), Buffer.from([0x22]), point(y)])
  return { public_key, counter: '0', transports: [] as string[] }
})()

/**
 * The member whose passkey signed the challenge, here, with the person present and checked by their device. A passkey that nobody
 * has, or whose owner left, is checked as far as any other and then refused: the time it takes tells nothing of it (T10).
 */
async function verified(c: Ask, challenge: string, response: { id: string }): Promise<string> {
  const { db } = c.var
  const found = await sql<PasskeyAt>`select * from firebreak.passkey_at(${response.id})`.execute(db)
  const [row] = found.rows
  const { id, origin } = party(c)
  notFramed(response)
  const { public_key, counter, transports } = row ?? NOBODYS
  const result = await verifyAuthenticationResponse({
    response: response as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(public_key),
      counter: Number(counter),
      transports: transports as AuthenticatorTransport[],
    },
  }).catch((error: unknown) => {
    throw refused(error)
  })
  if (!row || !result.verified) throw refused()
  ofMember(response, row.member_id)
  await db
    .updateTable('passkey')
    .set({ counter: result.authenticationInfo.newCounter, used_at: new Date() })
    .where('credential_id', '=', response.id)
    .execute()
  return row.member_id
}

/** Nobody signs in from inside a page of somebody else (WebAuthn Level 3, 7.2 step 11); our pages are never framed either. */
function notFramed(it: object): void {
  const { clientDataJSON } = ((it as { response?: unknown }).response ?? {}) as { clientDataJSON?: unknown }
  try {
    const said: unknown = JSON.parse(Buffer.from(String(clientDataJSON), 'base64url').toString())
    const { crossOrigin, topOrigin } = (said ?? {}) as Record<string, unknown>
    if (crossOrigin !== true && topOrigin === undefined) return
  } catch (cause) {
    throw refused(cause)
  }
  throw refused()
}

/** Where the device says whose passkey it used, it is the member whose passkey we know it as (7.2 step 6). */
function ofMember(it: object, member: string): void {
  const { userHandle } = ((it as { response?: unknown }).response ?? {}) as { userHandle?: unknown }
  if (userHandle === undefined || userHandle === null) return
  if (userHandle !== Buffer.from(member).toString('base64url')) throw refused()
}

/** A key that can sign, on its curve: nothing else of a passkey without attestation has looked at it, and it would lock out. */
function usableKey(bytes: Uint8Array<ArrayBuffer>): void {
  try {
    const key = decodeCredentialPublicKey(bytes)
    const part = (it: Uint8Array | undefined) => Buffer.from(it ?? []).toString('base64url')
    const { x, y, n, e } = cose.COSEKEYS
    if (cose.isCOSEPublicKeyEC2(key))
      importKey({ kty: 'EC', crv: 'P-256', x: part(key.get(x)), y: part(key.get(y)) })
    else if (cose.isCOSEPublicKeyOKP(key)) importKey({ kty: 'OKP', crv: 'Ed25519', x: part(key.get(x)) })
    else if (cose.isCOSEPublicKeyRSA(key)) importKey({ kty: 'RSA', n: part(key.get(n)), e: part(key.get(e)) })
    else throw refused()
  } catch (cause) {
    throw refused(cause)
  }
}

const importKey = (key: Record<string, string>) => createPublicKey({ key, format: 'jwk' })

interface Registrant {
  readonly memberId: string
  readonly email: string
  readonly network: string
  /** Passkeys they have: a device that holds one of them makes no second. */
  readonly has?: readonly string[]
}

/** For one more passkey of whoever is signed in. */
export async function moreOptions(c: Ask, network: string) {
  const { db, actor } = c.var
  const { email } = await db
    .selectFrom('member')
    .select('email')
    .where('id', '=', actor.member)
    .executeTakeFirstOrThrow()
  const own = await db
    .selectFrom('passkey')
    .select('credential_id')
    .where('member_id', '=', actor.member)
    .execute()
  const has = own.map(({ credential_id }) => credential_id)
  return registerOptions(c, { memberId: actor.member, email, network, has })
}

export async function registerOptions(c: Ask, person: Registrant) {
  const options = await generateRegistrationOptions({
    rpName: person.network,
    rpID: party(c).id,
    userName: person.email,
    userID: new TextEncoder().encode(person.memberId),
    attestationType: 'none',
    excludeCredentials: (person.has ?? []).map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const challengeId = await keepChallenge(c.var.db, {
    challenge: options.challenge,
    kind: 'register',
    subject: person.memberId,
  })
  return { challengeId, options: { ...options } as Record<string, unknown> }
}

/** Stores a new passkey of a member who was just made, or who is signed in. */
export async function registerPasskey(
  c: Ask,
  it: PasskeyAnswer & { readonly memberId: string; readonly name?: string },
): Promise<void> {
  const challenge = await spendChallenge(c.var.db, {
    id: it.challengeId,
    kind: 'register',
    subject: it.memberId,
  })
  const { id, origin } = party(c)
  notFramed(it.response)
  const result = await verifyRegistrationResponse({
    response: it.response as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  }).catch((error: unknown) => {
    throw refused(error)
  })
  if (!result.verified) throw refused()
  const { credential } = result.registrationInfo
  usableKey(credential.publicKey)
  await c.var.db
    .insertInto('passkey')
    .values({
      credential_id: credential.id,
      member_id: it.memberId,
      public_key: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      ...(it.name === undefined ? {} : { name: it.name }),
    })
    .execute()
}
