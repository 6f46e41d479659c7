import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { base64 } from '@scure/base'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { sameIdentifier } from '../../src/match/compare.ts'
import type { Identifier } from '../../src/match/identifier.ts'
import { tokenInputs } from '../../src/match/token.ts'
import { importMemberKey, newMemberKey } from '../../src/seal/member-key.ts'
import { fromPassword, newSalt } from '../../src/seal/password.ts'
import { openRecord, sealRecord } from '../../src/seal/record.ts'
import { wrapIdentity } from '../../src/seal/wrap.ts'
import { openBrowser, openWindow } from '../journeys/browser.ts'
import type { Bench } from './in-browser.ts'

// The rooms seal and match in a real browser, under the policy of the members' pages, against the same code in Node.

declare const bench: Bench // in the page

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'", // Argon2id is WebAssembly
  "require-trusted-types-for 'script'",
].join('; ')

let server: Server
let browser: Browser
let page: Page
const complaints: string[] = []

before(async () => {
  const script = await bundle()
  server = createServer((request, response) => {
    const isScript = request.url === '/bench.js'
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript
        ? script
        : '<!doctype html><title>bench</title><script type="module" src="/bench.js"></script>',
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await openBrowser()
  page = await (await openWindow(browser)).newPage()
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction(() => 'bench' in globalThis)
})

after(async () => {
  await browser?.close()
  server?.close()
})

test('all 143 age vectors', async () => {
  const { ran, problems } = await page.evaluate(() => bench.ageVectors())
  assert.equal(ran, 143)
  assert.deepEqual(problems, [])
})

test('the vectors of RFC 9497', async () => {
  const { ran, problems } = await page.evaluate(() => bench.oprfVectors())
  assert.equal(ran, 8)
  assert.deepEqual(problems, [])
})

test('inclusion and consistency proofs of RFC 9162', async () => {
  const lines = readFileSync(join(import.meta.dirname, 'vectors/rfc6962-merkle.jsonl'), 'utf8')
  const { ran, problems } = await page.evaluate((all) => bench.merkleVectors(all), lines)
  assert.equal(ran, 99)
  assert.deepEqual(problems, [])
})

test('what Node seals the browser opens, and the other way round', async () => {
  const { identity, recipient } = await newMemberKey()
  const text = 'ကျွန်ုပ်ကို ကူညီပါ — it is 3 a.m.'
  const sealed = await sealRecord(new TextEncoder().encode(text), [{ memberId: 'm', recipient }])
  const there = {
    ciphertext: base64.encode(sealed.ciphertext),
    wrapped: sealed.wraps[0]?.wrapped ?? '',
    identity,
  }
  assert.equal(await page.evaluate((it) => bench.open(it), there), text)

  const back = await page.evaluate((it) => bench.seal(it), { text, recipient })
  const opened = await openRecord(
    base64.decode(back.ciphertext),
    back.wrapped,
    await importMemberKey(identity),
  )
  assert.equal(new TextDecoder().decode(opened), text)
})

test('a password unlocks in the browser what it locked in Node', async () => {
  const { identity } = await newMemberKey()
  const salt = newSalt()
  const { wrapKey } = await fromPassword('zebra lantern oyster', salt)
  const wrapped = wrapIdentity(identity, wrapKey, 'm/password')
  const it = { password: 'zebra lantern oyster', salt, wrapped, context: 'm/password' }
  assert.equal(await page.evaluate((one) => bench.unlock(one), it), identity)
})

test('a kept key opens records and cannot be carried away', async () => {
  assert.deepEqual(await page.evaluate(() => bench.keep()), { opened: 'kept', carriedAway: [] })
})

test('an identifier is blinded from the same bytes in both, or two reports would never meet', async () => {
  const identifiers: Identifier[] = [
    { kind: 'phone', normal: '0812345678', country: 'TH' },
    { kind: 'email', normal: 'A.B+c@GMAIL.com' },
    { kind: 'email', normal: 'jürgen@bücher.example' },
    { kind: 'handle', normal: 'telegram:@ＡＤＭＩＮ_ไทย' },
    { kind: 'iban', normal: 'GB33BUKB20201555555555' },
    { kind: 'url', normal: 'https://www.ΠΑΡΆΔΕΙΓΜΑ.example/a?b=ü' },
    { kind: 'url', normal: 'https://t.me/Some_Name?utm_source=x' },
    { kind: 'domain', normal: 'ตัวอย่าง.example' },
    { kind: 'bank_account', normal: '20-20-15 55555555', country: 'GB' },
    { kind: 'payment_ref', normal: '0812345678', country: 'TH' },
  ]
  for (const it of identifiers) {
    const here = tokenInputs(it, 'e1').map((form) => ({ ...form, input: [...form.input] }))
    const there = await page.evaluate(
      (one) => bench.tokenInputs(one, 'e1').map((form) => ({ ...form, input: [...form.input] })),
      it,
    )
    assert.ok(here.length > 0)
    assert.deepEqual(there, here)
  }
  const [a, b] = [
    { kind: 'phone', normal: '+66812345678' },
    { kind: 'phone', normal: '0812345678' },
  ] as const
  assert.deepEqual(
    await page.evaluate(([x, y]) => bench.sameIdentifier(x, y), [a, b] as const),
    sameIdentifier(a, b),
  )
})

test('nothing of it offends the page policy', () => assert.deepEqual(complaints, []))

/** One script of everything under test, as Vite makes it for the pages. */
async function bundle(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: {
        entry: new URL('./in-browser.ts', import.meta.url).pathname,
        formats: ['es'],
        fileName: 'bench',
      },
    },
  })
  const [first] = [made].flat()
  if (first === undefined || !('output' in first)) throw new Error('nothing was bundled')
  return first.output[0].code
}
