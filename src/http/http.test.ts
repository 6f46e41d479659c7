import assert from 'node:assert/strict'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { filedReport, freezeRequest, ok } from '../../test/fixtures.ts'
import { asker, type TestHouse, testHouse } from '../../test/house.ts'
import { newId } from '../core/ids.ts'
import type { RequestWhole } from '../freeze/shapes.ts'
import { webFiles } from './files.ts'
import { allowedHost } from './guards.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

const raw = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  house.built.app.request(path, { ...init, headers: { host: 'localhost:8080', ...init.headers } })

test('every answer carries the strict headers: pages, errors, refusals and files alike', async () => {
  const answers = [
    await raw('/'),
    await raw('/api/house'),
    await raw('/api/me'),
    await raw('/api/nothing'),
    await raw('/nothing.js'),
    await raw('/api/requests', { method: 'POST' }),
    await raw('/api/house', { headers: { host: 'evil.example' } }),
  ]
  for (const { headers, status } of answers) {
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.match(policy, /require-trusted-types-for 'script'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', String(status))
    assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.ok(headers.get('cache-control'))
    assert.equal(headers.get('server') ?? headers.get('x-powered-by'), null)
  }
})

test('an address that is no text is nothing that broke: nobody without an account fills the log', async (t) => {
  const logged = t.mock.method(console, 'error', () => undefined)
  for (const path of ['/%', '/%ff', '/%E0%A4%A.js', '/assets/%C0%AE.css'])
    assert.equal((await raw(path)).status, 404, path)
  assert.equal(logged.mock.callCount(), 0)
})

test('only the worker that derives keys may compile WebAssembly', async () => {
  const worker = await raw('/assets/kdf.worker-abc123.js')
  assert.match(worker.headers.get('content-security-policy') ?? '', /script-src 'self' 'wasm-unsafe-eval'/)
  for (const path of [
    '/assets/kdf.worker-a/../index.js',
    '/assets/index-kdf.worker-1.js',
    '/x/assets/kdf.worker-1.js',
  ]) {
    assert.doesNotMatch((await raw(path)).headers.get('content-security-policy') ?? '', /unsafe/, path)
  }
})

test('the workers that read books may connect to nothing that is on a network', async () => {
  const policyOf = async (path: string) => (await raw(path)).headers.get('content-security-policy') ?? ''
  assert.match(await policyOf('/assets/trace.worker-abc123.js'), /connect-src 'none'/)
  assert.match(await policyOf('/assets/screen.worker-abc123.js'), /connect-src blob:/)
  assert.match(await policyOf('/assets/x-trace.worker-abc123.js'), /connect-src 'self'/)
})

test('names this server answers to: loopback, *.localhost, and one public origin', () => {
  const origin = new URL('https://firebreak.example')
  for (const host of ['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:8080', 'arunee.localhost:8080']) {
    assert.ok(allowedHost(host, null), host)
  }
  assert.ok(allowedHost('firebreak.example', origin))
  for (const host of [
    '',
    'evil.example',
    'localhost.evil.example',
    'a.b.localhost',
    'firebreak.example:81',
    '127.0.0.2',
  ]) {
    assert.ok(!allowedHost(host, origin), host)
  }
})

test('no other site can cause an act', async () => {
  const { arunee } = house.people
  const cases: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:9999' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'multipart/form-data; boundary=x' },
  ]
  for (const headers of cases) {
    const answer = await arunee.ask('POST', '/api/signout', { headers })
    assert.ok(answer.status === 403 || answer.status === 422, `${JSON.stringify(headers)}: ${answer.status}`)
  }
  assert.equal((await arunee.ask('GET', '/api/me')).status, 200)
})

test('hostile bodies are refused before they cost anything', async () => {
  const { arunee } = house.people
  const send = (body: BodyInit, headers: Record<string, string> = {}) =>
    raw('/api/match/known', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': newId(),
        cookie: `firebreak-on-this-computer=${arunee.token}`,
        ...headers,
      },
    })
  const cases: [string, BodyInit, number][] = [
    ['nested 100,000 deep', '['.repeat(100_000), 422],
    ['not JSON', '{"tokens":', 422],
    ['empty', '', 422],
    ['half a character', '{"tokens":["\ud800"]}', 422],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 422],
    ['larger than the limit', JSON.stringify({ tokens: ['x'.repeat(1_000_001)] }), 413],
    ['an unknown field', '{"tokens":[],"role":"steward"}', 422],
    ['a prototype', '{"__proto__":{"tokens":[]}}', 422],
    ['a huge number', '{"tokens":1e400}', 422],
  ]
  for (const [what, body, status] of cases) {
    const answer = await send(body)
    const said = (await answer.json()) as { code: string; message: string }
    assert.equal(answer.status, status, `${what}: ${JSON.stringify(said)}`)
    assert.ok(said.message.length > 5 && !/stack|at \//.test(said.message), what)
  }
})

test('NUL in a text is refused in words, not stored and not an error of ours', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const body = { ...freezeRequest({ reportId: report.id, toOrg: weiling.org }), note: 'a\u0000b' }
  const answer = await arunee.ask<{ message: string }>('POST', '/api/requests', { body })
  assert.equal(answer.status, 422)
  assert.match(answer.body.message, /NUL/)
})

test('a POST without a key is told what is missing', async () => {
  const { arunee } = house.people
  const answer = await arunee.ask<{ message: string }>('POST', '/api/signout', {
    headers: { 'idempotency-key': '' },
  })
  assert.equal(answer.status, 422)
  assert.match(answer.body.message, /Idempotency-Key/)
})

test('another’s id and an id of nobody get the same answer on every route that takes one', async () => {
  const { arunee, linh, weiling, priya } = house.people
  const report = await filedReport(arunee)
  const request = await ok<RequestWhole>(
    arunee.ask('POST', '/api/requests', { body: freezeRequest({ reportId: report.id, toOrg: weiling.org }) }),
  )
  await ok(weiling.ask('POST', `/api/requests/${request.id}/acknowledgement`))
  const ordered = await ok<RequestWhole>(
    weiling.ask('POST', `/api/requests/${request.id}/orders`, {
      body: {
        id: newId(),
        lineId: request.lines[0]?.id,
        bankOrg: priya.org,
        reference: 'T4',
        legalBasis: 'seizure',
        expiresAt: null,
      },
    }),
  )
  const draft = newId()
  await ok(arunee.ask('PUT', `/api/drafts/${draft}/content`, { octets: new Uint8Array([1]) }))
  const words = { text: 'x' }
  const routes: [string, string, string, unknown?][] = [
    ['GET', '/api/reports/:id', report.id],
    ['GET', '/api/requests/:id', request.id],
    ['GET', '/api/sealed/:id/content', report.sealedId],
    ['POST', '/api/sealed/:id/openings', report.sealedId],
    ['POST', '/api/sealed/:id/wraps', report.sealedId, { wraps: [{ memberId: linh.member, wrapped: 'x' }] }],
    ['GET', '/api/drafts/:id/content', draft],
    ['POST', '/api/requests/:id/messages', request.id, words],
    ['POST', '/api/requests/:id/thanks', request.id, words],
    ['POST', '/api/requests/:id/recall', request.id, words],
  ]
  const asBank: typeof routes = [['GET', '/api/orders/:id', ordered.orders[0]?.id ?? '']]
  const blur = (value: unknown, id: string) => JSON.stringify(value).replaceAll(id, 'ID')
  for (const [person, list] of [[linh, routes] as const, [house.people.somchai, asBank] as const]) {
    for (const [method, path, id, body] of list) {
      const random = newId()
      const theirs = await person.ask(method, path.replace(':id', id), { body })
      const none = await person.ask(method, path.replace(':id', random), { body })
      assert.equal(theirs.status, 404, path)
      assert.equal(none.status, 404, path)
      assert.equal(blur(theirs.body, id), blur(none.body, random), path)
    }
  }
})

test('routes that are served are documented, and the pages ask for nothing else', async () => {
  const document = (await (await raw('/api/openapi.json')).json()) as { paths: Record<string, object> }
  const documented = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '*'))
  const served = house.built.app.routes
    .filter(
      (route) =>
        route.method !== 'ALL' && route.path.startsWith('/api/') && route.path !== '/api/openapi.json',
    )
    .map((route) => route.path.replace(/:\w+/g, '*'))
  for (const path of served)
    assert.ok(documented.includes(path) || path === '/api/live', `${path} is not documented`)
  // the typed client takes its paths from the server's own routes; sealed content goes beside it, by name
  const asked = [...readFileSync('src/web/api.ts', 'utf8').matchAll(/['`](\/api\/[^'`?]*)/g)].map(
    ([, path = '']) => path.replace(/\$\{\w+\}/g, '*'),
  )
  assert.ok(asked.length > 0)
  for (const path of asked) assert.ok(documented.includes(path), `the pages ask for ${path}`)
})

test('no page or worker names another host', () => {
  for (const file of globSync('src/**/*.{tsx,css,html}')
    .concat(globSync('src/web/**/*.ts'))
    .filter((name) => !name.includes('.test.'))) {
    const found =
      readFileSync(file, 'utf8').match(/(?:https?:)?\/\/(?!www\.w3\.org)[a-z0-9-]+\.[a-z]{2,}/gi) ?? []
    assert.deepEqual(found, [], file)
  }
})

test('files are served from their folder alone', async () => {
  const { Hono } = await import('hono')
  const app = new Hono<import('./env.ts').Env>()
  app.get('*', webFiles('/nonexistent'))
  for (const path of ['/..%2f..%2fetc%2fpasswd.js', '/%2e%2e/secrets.json', '/assets/../../package.json']) {
    assert.equal((await app.request(path)).status, 404, path)
  }
})

test('a file is served compressed to browsers that read it so, and as it is to others', async () => {
  const { Hono } = await import('hono')
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-files-'))
  try {
    const code = 'export const words = "two words"\n'
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets/a.js'), code)
    writeFileSync(join(folder, 'assets/a.js.br'), brotliCompressSync(code))
    const app = new Hono<import('./env.ts').Env>()
    app.get('*', webFiles(folder))
    const ask = (headers: Record<string, string>) => app.request('/assets/a.js', { headers })
    const small = await ask({ 'Accept-Encoding': 'gzip, deflate, br' })
    assert.equal(small.headers.get('content-encoding'), 'br')
    assert.match(small.headers.get('content-type') ?? '', /^text\/javascript/)
    assert.equal(brotliDecompressSync(Buffer.from(await small.arrayBuffer())).toString(), code)
    for (const headers of [{}, { 'Accept-Encoding': 'gzip' }]) {
      const plain = await ask(headers)
      assert.equal(plain.headers.get('content-encoding'), null)
      assert.equal(plain.headers.get('vary'), 'Accept-Encoding')
      assert.equal(await plain.text(), code)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('the live stream is for members alone', async () => {
  assert.equal((await asker(house.built, null)('GET', '/api/live')).status, 401)
})
