import { createHash } from 'node:crypto'
import { type Device, newDevice, signedBy, type Wrong } from './authenticator.ts'
import { ok } from './fixtures.ts'
import { asker, newProofKey, type Person, signsWith, type TestHouse } from './house.ts'

/** Gives somebody a passkey, as if they had joined with it. */
export async function givePasskey({ store }: TestHouse, member: string): Promise<Device> {
  const device = newDevice()
  await store.as({ system: 'signin' }, (db) =>
    db
      .insertInto('passkey')
      .values({ credential_id: device.credentialId, member_id: member, public_key: device.cose, counter: 0 })
      .execute(),
  )
  return device
}

export interface Challenge {
  readonly challengeId: string
  readonly options: { readonly challenge: string; readonly allowCredentials?: { readonly id: string }[] }
}

export const stepUpChallenge = (ask: Person['ask']) => ok<Challenge>(ask('POST', '/api/signin/proof/options'))

/** Shows anew who one is. Gives the answer, and an asker with the new cookie that signs as that browser would. */
export async function proveWithPasskey(
  house: TestHouse,
  ask: Person['ask'],
  it: { device: Device; challenge?: Challenge; wrong?: Wrong; key?: string },
) {
  const { challengeId, options } = it.challenge ?? (await stepUpChallenge(ask))
  const { key, proofKey } = newProofKey()
  const response = signedBy(it.device, options.challenge, it.wrong)
  const answer = await ask<{ provenUntil: string; message?: string }>('POST', '/api/signin/proof/passkey', {
    body: { challengeId, response, proofKey },
    ...(it.key ? { key: it.key } : {}),
  })
  return { answer, ...followed(house, answer.headers, key) }
}

/** Whoever follows the cookie of an answer. */
export function followed(house: TestHouse, headers: Headers, key: ReturnType<typeof newProofKey>['key']) {
  const token = /=([\w-]{43});/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
  if (token !== '') signsWith(token, key)
  return { token, ask: asker(house.built, token) }
}

export const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()
