import { createHmac } from 'node:crypto'
import type * as Client from 'openid-client'
import { HouseError } from '../core/errors.ts'
import { checkedUrl, guardedFetch } from './outbound.ts'
import { refusal } from './refusals.ts'

/** Loaded with the first way to a provider: most houses never go one. */
const library = () => import('openid-client')

/**
 * Signatures that are taken: what only the provider can make. HMAC ones are made with the client secret, which others hold, and
 * a public key taken for such a secret would be no secret at all (RFC 8725, 2.1).
 */
const SIGNATURES = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ')
/** Seconds by which the provider's clock and ours may lie apart. */
const SKEW_S = 60
/** Seconds after which an ID token is no longer an answer to what was just asked. */
const FRESH_S = 600
const SECONDS = 8

/** What the house knows of a provider; `secret` in the clear, for as long as this takes. */
export interface Registered {
  readonly issuer: string
  readonly clientId: string
  readonly method: 'secret' | 'key'
  /** The client's secret in UTF-8, or its private key in PKCS #8. */
  readonly secret: Buffer
  readonly publicKey: Readonly<Record<string, string>> | null
  readonly emailDomains: readonly string[]
  readonly claim: { readonly name: string; readonly value: string } | null
  readonly acr: string | null
  readonly amr: string | null
  readonly maxAgeMinutes: number | null
}

/** One way there and back: what is derived from its state, and where the browser comes back to. */
export interface Trip {
  readonly state: string
  /** Exactly as the provider knows it. */
  readonly redirectUri: string
}

/** Asks a provider about itself. Throws HouseError when it is not reached, says something else than asked, or cannot do what is needed. */
export async function describeProvider(
  issuer: string,
  inside: readonly string[],
): Promise<Client.ServerMetadata> {
  const url = checkedUrl(issuer, inside)
  const client = await library()
  const found = await client
    .discovery(url, 'unknown', undefined, undefined, {
      [client.customFetch]: guardedFetch(inside),
      timeout: SECONDS,
      ...(url.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {}),
    })
    .catch((error: unknown) => {
      throw refusal(error)
    })
  const said = found.serverMetadata()
  // some providers describe every organisation they serve under one address: that would let all of them in
  if (new URL(said.issuer).href !== url.href)
    throw new HouseError(
      'invalid',
      `issuer: this provider calls itself ${said.issuer.slice(0, 200)}; register that`,
    )
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const endpoint = said[name]
    if (endpoint === undefined) throw new HouseError('invalid', `issuer: this provider names no ${name}`)
    checkedUrl(endpoint, inside)
  }
  const signatures = (said.id_token_signing_alg_values_supported ?? ['RS256']).filter((alg) =>
    SIGNATURES.includes(alg),
  )
  if (signatures.length === 0)
    throw new HouseError('invalid', 'issuer: this provider signs in no way that only it can sign')
  const { issuer: named, authorization_endpoint, token_endpoint, jwks_uri } = said
  return {
    ...{ issuer: named, authorization_endpoint, token_endpoint, jwks_uri },
    ...pick(said, 'token_endpoint_auth_methods_supported', 'authorization_response_iss_parameter_supported'),
    id_token_signing_alg_values_supported: signatures,
  } as Client.ServerMetadata
}

function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Partial<T> {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  ) as Partial<T>
}

/** Asked anew for each way there and back, so that keys may change there at any time. */
async function configured(it: Registered, inside: readonly string[]): Promise<Client.Configuration> {
  const server = await describeProvider(it.issuer, inside)
  const client = await library()
  if (server.issuer !== it.issuer)
    throw new HouseError(
      'conflict',
      'your organisation’s sign-in calls itself something else than it did; tell who looks after it',
    )
  const config = new client.Configuration(
    server,
    it.clientId,
    { [client.clockTolerance]: SKEW_S },
    await authentication(it, server),
  )
  config[client.customFetch] = guardedFetch(inside)
  config.timeout = SECONDS
  if (it.issuer.startsWith('http:')) client.allowInsecureRequests(config)
  // the signature counts even though the token came over TLS from the provider itself
  client.enableNonRepudiationChecks(config)
  return config
}

async function authentication(it: Registered, server: Client.ServerMetadata): Promise<Client.ClientAuth> {
  const client = await library()
  if (it.method === 'key') {
    const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
    const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(it.secret), curve, false, ['sign'])
    return client.PrivateKeyJwt({ key, kid: String(it.publicKey?.kid ?? '') })
  }
  const secret = it.secret.toString('utf8')
  const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return ways.includes('client_secret_basic')
    ? client.ClientSecretBasic(secret)
    : client.ClientSecretPost(secret)
}

/** A key of the house's own for one provider: the private half in PKCS #8, the public one as a JWK. */
export async function newClientKey(): Promise<{ secret: Buffer; publicKey: Record<string, string> }> {
  const made = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', made.publicKey)
  const [crv, kty] = ['P-256', 'EC']
  const thumb = await crypto.subtle.digest('SHA-256', Buffer.from(JSON.stringify({ crv, kty, x, y })))
  const kid = Buffer.from(thumb).toString('base64url')
  const secret = Buffer.from(await crypto.subtle.exportKey('pkcs8', made.privateKey))
  return { secret, publicKey: { kty, crv, x, y, kid, use: 'sig', alg: 'ES256' } }
}

/** Derived, so that what lies in the database cannot finish anybody's sign-in. 43 letters, as PKCE wants them (RFC 7636). */
const derived = (use: 'nonce' | 'verifier', state: string, key: string): string =>
  createHmac('sha256', Buffer.from(key, 'hex')).update(`provider ${use}|${state}`).digest('base64url')

/** Google knows no `login`, and lets the person choose the account instead. */
const promptOf = (issuer: string) => (issuer === 'https://accounts.google.com' ? 'select_account' : 'login')

/** Where the browser goes: authorization code, PKCE with S256, state and nonce (RFC 9700). @param anew  they sign in there once more */
export async function addressOf(
  it: Registered,
  trip: Trip,
  { key, inside, anew }: { key: string; inside: readonly string[]; anew: boolean },
): Promise<string> {
  const client = await library()
  const config = await configured(it, inside)
  const challenge = await client.calculatePKCECodeChallenge(derived('verifier', trip.state, key))
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: trip.redirectUri,
    scope: 'openid email',
    state: trip.state,
    nonce: derived('nonce', trip.state, key),
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(it.acr === null ? {} : { acr_values: it.acr }),
    ...(it.maxAgeMinutes === null ? {} : { max_age: String(it.maxAgeMinutes * 60) }),
    ...(anew ? { prompt: promptOf(it.issuer) } : {}),
  })
  return url.href
}

/**
 * Whose account it is there: the HMAC of issuer and subject. Throws HouseError, in words for the person, for every answer that
 * does not hold.
 * @param query  what the browser came back with, as it was
 */
export async function accountOf(
  it: Registered,
  trip: Trip & { readonly query: string },
  { key, inside }: { key: string; inside: readonly string[] },
): Promise<Buffer> {
  const client = await library()
  const config = await configured(it, inside)
  const back = new URL(trip.redirectUri)
  back.search = trip.query
  try {
    const answer = await client.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: derived('verifier', trip.state, key),
      expectedState: trip.state,
      expectedNonce: derived('nonce', trip.state, key),
      idTokenExpected: true,
      ...(it.maxAgeMinutes === null ? {} : { maxAge: it.maxAgeMinutes * 60 }),
    })
    const claims = answer.claims()
    if (!claims)
      throw new HouseError('conflict', 'your organisation’s sign-in said nothing about who you are')
    judge(it, claims)
    return subjectOf(it.issuer, claims.sub, key)
  } catch (error) {
    throw refusal(error)
  }
}

export function subjectOf(issuer: string, sub: string, key: string): Buffer {
  return createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`provider subject|${JSON.stringify([issuer, sub])}`)
    .digest()
}

const refused = (why: string) =>
  new HouseError('forbidden', `your organisation’s sign-in let you in, but ${why}; tell who looks after it`)

/** What the library leaves to us: that the token is of now, and what the organisation asks of its own people. */
function judge(it: Registered, claims: Client.IDToken): void {
  const now = Date.now() / 1000
  if (claims.iat > now + SKEW_S || claims.iat < now - FRESH_S) throw refused('its clock and ours lie apart')
  if (claims.auth_time !== undefined && claims.auth_time > now + SKEW_S)
    throw refused('its clock and ours lie apart')
  if (it.acr !== null && !it.acr.split(/\s+/).includes(String(claims.acr)))
    throw refused('not in the way that is asked of you there (acr)')
  if (it.amr !== null && !(Array.isArray(claims.amr) && claims.amr.includes(it.amr)))
    throw refused(`not by ${it.amr}, which is asked of you there (amr)`)
  if (it.claim !== null && !holds(claims[it.claim.name], it.claim.value))
    throw refused(`does not say that you are of the organisation (${it.claim.name})`)
  if (it.emailDomains.length > 0 && !ofDomain(claims, it.emailDomains))
    throw refused('with an address that is not of the organisation’s domains')
}

const holds = (said: unknown, wanted: string) =>
  said === wanted || (Array.isArray(said) && said.includes(wanted))

/** The address is a fence and nothing else: nobody is found by it. One that the provider itself doubts does not count. */
function ofDomain({ email, email_verified }: Client.IDToken, domains: readonly string[]): boolean {
  if (typeof email !== 'string' || email_verified === false) return false
  return domains.includes(email.slice(email.lastIndexOf('@') + 1).toLowerCase())
}
