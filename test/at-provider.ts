import assert from 'node:assert/strict'
import { newId } from '../src/core/ids.ts'
import type { ProviderList, WaysIn } from '../src/providers/shapes.ts'
import { ok } from './fixtures.ts'
import { type Answer, asker, type Person, type TestHouse } from './house.ts'
import type { TestProvider } from './provider.ts'

export const HOST = 'localhost:8080'
export const redirectUri = (providerId: string, host = HOST) => `http://${host}/signed-in/${providerId}`
type Providers = (typeof ProviderList)['_output']

/** What is sent to ask for a provider; `it` changes any of it. */
export function providerNew(provider: TestProvider, it: Record<string, unknown> & { orgId: string }) {
  return {
    ...{ id: newId(), name: 'Thai sign-in', issuer: provider.issuer, clientId: provider.clientId },
    ...{ method: 'secret', secret: it.method === 'key' ? null : provider.secret },
    ...{ emailDomains: ['thai.example'], claim: null, acr: null, amr: null, maxAgeMinutes: null },
    ...it,
  }
}

/** A provider that one of the organisation asked for and the steward confirmed. */
export async function registered(
  house: TestHouse,
  provider: TestProvider,
  it: { by?: Person } & Record<string, unknown> = {},
): Promise<{ id: string; word: string }> {
  const { by = house.people.arunee, ...rest } = it
  const body = providerNew(provider, { orgId: by.org, ...rest })
  await ok(by.ask('POST', '/api/identity-providers', { body }))
  const list = await ok<Providers>(
    house.people.mei.ask('POST', `/api/identity-providers/${body.id}/confirmation`),
  )
  const found = list.providers.find(({ id }) => id === body.id)
  assert.equal(found?.state, 'live')
  provider.redirectUris.push(redirectUri(body.id))
  if (found?.publicKey) provider.publicKey = found.publicKey
  return { id: body.id, word: found?.word ?? '' }
}

/** A browser with cookies of its own, asking as whoever it is signed in as. */
export interface Visitor {
  readonly cookies: Map<string, string>
  ask<T>(path: string, body: unknown, key?: string): Promise<Answer<T>>
}

export function visitor(house: TestHouse, cookies = new Map<string, string>()): Visitor {
  const ask = asker(house.built, null)
  return {
    cookies,
    ask: async <T>(path: string, body: unknown, key = newId()) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await ask<T>('POST', path, { body, key, headers: { cookie } })
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        if (value === '') cookies.delete(name)
        else cookies.set(name, value)
      }
      return answer
    },
  }
}

/** Goes where the house says, has an account open there, and is sent back: what stands behind the question mark. */
export async function throughProvider(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' })
  const location = answer.headers.get('location')
  assert.ok(location, `the provider did not send back: ${answer.status} ${await answer.text()}`)
  return new URL(location).search
}

export async function begin(by: Visitor, word: string): Promise<string> {
  const answer = await by.ask<{ url: string }>('/api/signin/organisation/begin', { word })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.url
}

export function comeIn(by: Visitor, providerId: string, query: string, key?: string) {
  return by.ask<{ code?: string; message?: string; member?: { id: string } }>(
    '/api/signin/organisation/return',
    { providerId, query },
    key,
  )
}

/** There and back: the answer of the house. */
export async function signInAt(house: TestHouse, it: { id: string; word: string }, by = visitor(house)) {
  return comeIn(by, it.id, await throughProvider(await begin(by, it.word)))
}

/** Connects the account that is open at the provider to somebody who is signed in. */
export async function connect(person: Person, providerId: string) {
  const away = await person.ask<{ url: string }>('POST', '/api/ways-in/begin', { body: { providerId } })
  if (away.status !== 200) return away as unknown as Answer<WaysIn & { message?: string }>
  const cookie = `firebreak-on-this-computer=${person.token}; ${away.headers.getSetCookie()[0]?.split(';')[0]}`
  const query = await throughProvider(away.body.url)
  return person.ask<WaysIn & { message?: string }>('POST', '/api/ways-in/return', {
    body: { providerId, query },
    headers: { cookie },
  })
}
