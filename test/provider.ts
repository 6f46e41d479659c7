import {
  createHash,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a provider can lie or fail. All off: an honest one. */
export interface Lies {
  /** In the address the browser is sent back with. */
  back?: 'no iss' | 'other iss' | 'other state' | 'error' | 'odd error' | 'code twice'
  /** In the ID token. */
  claims?: Record<string, unknown>
  without?: string[]
  /** How it is signed. */
  signed?: 'none' | 'HS256 with the public key' | 'HS256 with the secret' | 'by another key' | 'broken'
  /** In what it says of itself. */
  metadata?: Record<string, unknown>
  /** What its token endpoint does instead of answering. */
  token?: 'error' | 'no id_token' | 'redirect' | 'huge' | 'html' | 'code serves again'
  discovery?: 'redirect' | 'huge' | 'down'
  /** It answers nothing until this comes. */
  until?: Promise<unknown>
}

interface Granted {
  readonly challenge: string
  readonly redirectUri: string
  readonly nonce: string
  readonly maxAge: string | null
  readonly acr: string | null
  used: boolean
}

export interface TestProvider {
  readonly issuer: string
  readonly host: string
  /** Whose account is open there: the claims about them. */
  user: Record<string, unknown>
  lies: Lies
  readonly clientId: string
  secret: string
  /** The house's public key, where it shows itself by one (JWK). */
  publicKey: Record<string, unknown> | null
  readonly redirectUris: string[]
  /** Every address a browser was sent to, and every form the token endpoint was sent. */
  readonly asked: URL[]
  readonly exchanged: URLSearchParams[]
  /** How often it was asked to describe itself. */
  described: number
  rotate(): void
  close(): Promise<void>
}

const b64 = (it: unknown) => Buffer.from(JSON.stringify(it)).toString('base64url')

/** A small OpenID provider on this computer that keeps to the rules, and breaks each of them when it is told to. */
export async function testProvider(): Promise<TestProvider> {
  const key = { private: null as unknown as KeyObject, public: null as unknown as KeyObject, kid: '' }
  const rotate = () => {
    const made = generateKeyPairSync('rsa', { modulusLength: 2048 })
    Object.assign(key, {
      private: made.privateKey,
      public: made.publicKey,
      kid: randomBytes(4).toString('hex'),
    })
  }
  rotate()
  const codes = new Map<string, Granted>()
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const it: TestProvider = {
    ...{ issuer: `http://${host}`, host, lies: {}, clientId: 'firebreak', secret: 'a secret: with / signs' },
    user: { sub: 'user-1', email: 'ann@thai.example', email_verified: true, tid: 'tenant-1' },
    ...{ publicKey: null, redirectUris: [], asked: [], exchanged: [], described: 0, rotate },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', it.issuer)
    await it.lies.until
    if (url.pathname === '/.well-known/openid-configuration') return discovery(response)
    if (url.pathname === '/jwks') return json(response, { keys: [jwk()] })
    if (url.pathname === '/authorize') return authorize(url, response)
    if (url.pathname === '/token') return token(request, response)
    response.statusCode = 404
    response.end()
  }

  const jwk = () => ({ ...key.public.export({ format: 'jwk' }), kid: key.kid, use: 'sig', alg: 'RS256' })

  function json(response: ServerResponse, body: unknown, status = 200): void {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

  function discovery(response: ServerResponse): void {
    it.described++
    if (it.lies.discovery === 'down') response.destroy()
    else if (it.lies.discovery === 'huge') json(response, { padding: 'x'.repeat(300_000) })
    else if (it.lies.discovery === 'redirect') {
      response.writeHead(302, { location: 'http://127.0.0.1:1/elsewhere' })
      response.end()
    } else
      json(response, {
        ...{ issuer: it.issuer, authorization_endpoint: `${it.issuer}/authorize` },
        ...{ token_endpoint: `${it.issuer}/token`, jwks_uri: `${it.issuer}/jwks` },
        ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
        id_token_signing_alg_values_supported: ['RS256'],
        authorization_response_iss_parameter_supported: true,
        ...it.lies.metadata,
      })
  }

  /** The person has an account open here, and is sent back at once. */
  function authorize(url: URL, response: ServerResponse): void {
    it.asked.push(url)
    const asked = url.searchParams
    const redirectUri = asked.get('redirect_uri') ?? ''
    if (asked.get('client_id') !== it.clientId || !it.redirectUris.includes(redirectUri)) {
      response.statusCode = 400
      response.end('this is not an address that was registered')
      return
    }
    const back = new URL(redirectUri)
    const state = asked.get('state') ?? ''
    back.searchParams.set('state', it.lies.back === 'other state' ? state.replace(/./g, 'A') : state)
    if (it.lies.back !== 'no iss')
      back.searchParams.set('iss', it.lies.back === 'other iss' ? 'https://elsewhere.example' : it.issuer)
    const proper = asked.get('response_type') === 'code' && asked.get('code_challenge_method') === 'S256'
    if (it.lies.back?.endsWith('error') || !proper) {
      const odd = it.lies.back === 'odd error' ? 'constructor' : 'access_denied'
      back.searchParams.set('error', proper ? odd : 'invalid_request')
      back.searchParams.set('error_description', 'Your account was stolen. Call +65 0000 0000.')
    } else {
      const code = randomBytes(16).toString('base64url')
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        redirectUri,
        nonce: asked.get('nonce') ?? '',
        maxAge: asked.get('max_age'),
        acr: asked.get('acr_values'),
        used: false,
      })
      back.searchParams.set('code', code)
      if (it.lies.back === 'code twice') back.searchParams.append('code', 'another')
    }
    response.writeHead(302, { location: back.href })
    response.end()
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = ''
    for await (const chunk of request) text += chunk
    const form = new URLSearchParams(text)
    it.exchanged.push(form)
    if (it.lies.token === 'error') return json(response, { error: 'server_error' }, 400)
    if (it.lies.token === 'huge') return json(response, { padding: 'x'.repeat(300_000) })
    if (it.lies.token === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<p>Hello</p>')
      return
    }
    if (it.lies.token === 'redirect') {
      response.writeHead(307, { location: 'http://127.0.0.1:1/token' })
      response.end()
      return
    }
    if (!isClient(request, form)) return json(response, { error: 'invalid_client' }, 401)
    const code = codes.get(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const good = code && (!code.used || it.lies.token === 'code serves again') && challenge === code.challenge
    if (!good || form.get('redirect_uri') !== code.redirectUri)
      return json(response, { error: 'invalid_grant' }, 400)
    code.used = true
    const idToken = it.lies.token === 'no id_token' ? {} : { id_token: idTokenFor(code) }
    json(response, { access_token: 'at', token_type: 'Bearer', expires_in: 60, ...idToken })
  }

  function isClient(request: IncomingMessage, form: URLSearchParams): boolean {
    const [, basic = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? []
    if (it.publicKey !== null) return isSignedBy(it.publicKey, form)
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString().split(':')
    const plain = (part: string) => decodeURIComponent(part.replaceAll('+', ' '))
    return basic !== ''
      ? plain(id) === it.clientId && plain(secret) === it.secret
      : form.get('client_id') === it.clientId && form.get('client_secret') === it.secret
  }

  /** private_key_jwt (OpenID Connect Core, 9). */
  function isSignedBy(publicKey: Record<string, unknown>, form: URLSearchParams): boolean {
    const [header = '', body = '', signature = ''] = (form.get('client_assertion') ?? '').split('.')
    const said = JSON.parse(Buffer.from(body, 'base64url').toString() || '{}') as Record<string, unknown>
    const by = createPublicKey({ key: publicKey as never, format: 'jwk' })
    const right = verify(
      'sha256',
      Buffer.from(`${header}.${body}`),
      { key: by, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    )
    const audiences = [said.aud].flat()
    const forUs = audiences.includes(it.issuer) || audiences.includes(`${it.issuer}/token`)
    return right && forUs && said.sub === it.clientId && said.iss === it.clientId
  }

  function idTokenFor({ nonce, maxAge, acr }: Granted): string {
    const now = Math.floor(Date.now() / 1000)
    const claims: Record<string, unknown> = {
      ...{ iss: it.issuer, aud: it.clientId, iat: now, exp: now + 300, nonce, ...it.user },
      ...(maxAge === null ? {} : { auth_time: now - 5 }),
      ...(acr === null ? {} : { acr }),
      ...it.lies.claims,
    }
    for (const name of it.lies.without ?? []) delete claims[name]
    const { signed } = it.lies
    const alg = signed === 'none' ? 'none' : signed?.startsWith('HS256') ? 'HS256' : 'RS256'
    const words = `${b64({ alg, kid: key.kid, typ: 'JWT' })}.${b64(claims)}`
    return `${words}.${signature(words)}`
  }

  function signature(words: string): string {
    const { signed } = it.lies
    if (signed === 'none') return ''
    if (signed === 'HS256 with the secret')
      return createHmac('sha256', it.secret).update(words).digest('base64url')
    if (signed === 'HS256 with the public key')
      return createHmac('sha256', key.public.export({ type: 'spki', format: 'pem' }))
        .update(words)
        .digest('base64url')
    const by =
      signed === 'by another key'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
        : key.private
    const made = sign('sha256', Buffer.from(words), by)
    if (signed === 'broken') made[10] = (made[10] ?? 0) ^ 1
    return made.toString('base64url')
  }
  return it
}
