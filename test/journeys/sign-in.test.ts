import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { invite } from '../../src/access/invites.ts'
import type { Role } from '../../src/core/role.ts'
import { redirectUri } from '../at-provider.ts'
import { asAdmin } from '../database.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { type TestProvider, testProvider } from '../provider.ts'
import {
  addPasskeyDevice,
  axe,
  comesTo,
  complaintsOf,
  fieldHolds,
  holdAnswers,
  holdBack,
  listen,
  openBrowser,
  openWindow,
  until,
} from './browser.ts'

// Joining and signing in, in a real browser, with passkeys that give a key (PRF) and passkeys that do not.

let house: TestHouse
let provider: TestProvider
let browser: Browser
let base: string
let stop: () => Promise<void>

before(async () => {
  provider = await testProvider()
  house = await testHouse({ providersInside: [provider.host] })
  const { port, close } = await listen(house.built)
  base = `http://localhost:${port}`
  stop = close
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await stop?.()
  await house?.close()
  await provider?.close()
})

type ProviderList = { readonly providers: { id: string; word: string; state: string }[] }
const PASSWORD = 'lantern quilt harbour mosaic'

test('joining with a passkey that gives a key; signing out forgets it; the passkey alone brings it back', async () => {
  const { page, sent, said } = await visitor()
  await addPasskeyDevice(page, true)
  const { code } = await fillInvite(page, { email: 'ann@thai.example', role: 'caseworker', name: 'Ann' })
  await page.getByRole('button', { name: 'Join the network' }).click()
  await atDesk(page)
  assert.deepEqual(await keptKeys(page), [{ type: 'private', extractable: false, algorithm: 'X25519' }])

  await signOut(page)
  assert.deepEqual(await keptKeys(page), [])
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await atDesk(page)
  await keyIsOpen(page)
  assert.equal((await keptKeys(page)).length, 1)

  const all = sent.join('\n')
  assert.ok(all.includes('signature'), 'what was sent was seen')
  for (const secret of ['AGE-SECRET-KEY', code, code.replaceAll(' ', ''), '"prf"'])
    assert.ok(!all.includes(secret), `the server was sent ${secret}`)
  assert.deepEqual(said, [])
})

test('a passkey without a key: joining asks for a password too, and the recovery code unlocks', async () => {
  const { page, sent, said } = await visitor()
  await addPasskeyDevice(page, false)
  const { code } = await fillInvite(page, { email: 'bea@thai.example', role: 'caseworker', name: 'Bea' })
  await page.getByRole('button', { name: 'Join the network' }).click()
  await page.getByText('it cannot unlock your key').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join the network' }).click()
  await atDesk(page)

  // a question under way when somebody signs out is dropped: no refusal is said, and nothing is asked afterwards
  const questions = await holdBack(page, /\/api\/audit\/log/)
  await page.reload()
  await questions.asked
  await signOut(page)
  questions.letGo()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await atDesk(page)
  await page.getByRole('button', { name: /Your key is locked/ }).click()
  const card = page.getByRole('region', { name: 'Unlock your key' })
  await card.getByRole('button', { name: 'Use the recovery code' }).click()
  await card.getByLabel('Recovery code').fill('0000 0000 0000 0000 0000 0001')
  await card.getByRole('button', { name: 'Unlock' }).click()
  await card.getByText('could not be unlocked').waitFor()
  // as somebody would type it from paper: with hyphens
  await card.getByLabel('Recovery code').fill(code.replaceAll(' ', '-'))
  await card.getByRole('button', { name: 'Unlock' }).click()
  await page.getByText('Your key is open in this browser').waitFor()

  const all = sent.join('\n')
  for (const secret of ['AGE-SECRET-KEY', code, PASSWORD])
    assert.ok(!all.includes(secret), 'a secret was sent')
  assert.deepEqual(said, [])
})

test('joining with a password: weak ones are refused with a reason, the password brings the key back', async () => {
  const { page, said } = await visitor()
  const { link } = await fillInvite(page, {
    email: 'cho@police.example',
    role: 'officer',
    name: 'Cho',
    org: 'police',
  })
  await page.getByRole('radio', { name: 'With a password' }).check()
  await page.getByLabel('Password', { exact: true }).fill('Password1234567')
  await page.getByRole('button', { name: 'Join the network' }).click()
  await page.getByText('made of common words').waitFor()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join the network' }).click()
  await atDesk(page)
  await signOut(page)

  await page.getByLabel('E-mail address').fill('CHO@police.example')
  await page.getByLabel('Password', { exact: true }).fill('not the password at all')
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByText('do not belong together').waitFor()
  assert.deepEqual(await keptKeys(page), [])
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await atDesk(page)
  await keyIsOpen(page)

  // a passkey is added later, on this device; from then on it alone signs in and opens the key
  await addPasskeyDevice(page, true)
  await page.goto(`${base}/sessions`)
  await page.getByRole('heading', { name: 'You have no passkey yet' }).waitFor()
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  const add = page.getByRole('form', { name: 'Add a passkey' })
  await add.getByLabel('What you call it').fill('Office laptop')
  await add.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await add.getByRole('button', { name: 'Make the passkey' }).click()
  await page.getByRole('heading', { name: 'You have one passkey' }).waitFor()
  const row = page.getByRole('row', { name: /Office laptop.*opens it/ })
  await row.waitFor()
  assert.deepEqual(await axe(page), [])
  await row.getByRole('button', { name: 'Rename Office laptop' }).click()
  await page.getByLabel('Name of this passkey').fill('Laptop')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await page.getByRole('row', { name: /^Laptop/ }).waitFor()
  await signOut(page)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await atDesk(page)
  await keyIsOpen(page)

  await page.goto('about:blank')
  await page.goto(link)
  await page.getByText('It was used, or its time is over.').waitFor()
  // the browser itself logs the two answers that were meant: 401 for the wrong password, 404 for the used link
  assert.deepEqual(
    said.filter((line) => !/status of (401|404)/.test(line)),
    [],
  )
})

test('an ended session keeps the page: sign in again where you are, and the key is asked for anew', async () => {
  const { page } = await visitor()
  await joinWithPassword(page, 'dao@thai.example')
  await page.getByRole('link', { name: 'Know' }).click()
  const field = page.getByLabel(/^Accounts, wallets/)
  await field.fill('GB33BUKB20201555555555')
  const check = page.getByRole('button', { name: 'Check it', disabled: false })
  await check.waitFor()
  await page.context().clearCookies()
  // the first question to be refused says so: this one, or one that was under way, which hides the page before the press
  await page.locator('button', { hasText: 'Check it' }).dispatchEvent('click')
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor()
  await until(async () => (await keptKeys(page)).length === 0, 'the key is forgotten')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ state: 'detached' })
  await fieldHolds(field, 'GB33BUKB20201555555555')
  await comesTo(async () => (await keptKeys(page)).length, 1, 'the key is here again')
  await page.getByRole('button', { name: 'Check it' }).click()
  await page.getByRole('heading', { name: 'The network has no open freeze on any of it' }).waitFor()

  // what was asked before the session ended is refused only when another has begun: that ends nothing
  const late = await holdAnswers(page, /\/api\/ledger$/, () => page.context().clearCookies())
  const asked = page.waitForRequest('**/api/ledger')
  await page.getByRole('link', { name: 'Ledger' }).click()
  await asked
  await until(async () => (await page.context().cookies()).length === 0, 'the session is lost')
  // again this question, or one that was under way and hides the page before the press
  await page.getByRole('link', { name: 'Report', exact: true, includeHidden: true }).dispatchEvent('click')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByRole('heading', { name: 'Your session has ended' }).waitFor({ state: 'detached' })
  await late.letGo()
  await page.getByRole('link', { name: 'Ledger' }).click()
  await page.getByRole('heading', { name: 'No money is in your ledger yet' }).waitFor()
  assert.equal((await keptKeys(page)).length, 1)
})

test('after the sign-in one is where one was going, and never elsewhere', async () => {
  const { page } = await visitor()
  await joinWithPassword(page, 'eve@thai.example')
  for (const [asked, reached] of [
    ['/network', '/network'],
    ['//elsewhere.example/', '/'],
    ['/\\elsewhere.example/', '/'],
    ['https://elsewhere.example/', '/'],
  ] as const) {
    await signOut(page)
    await page.goto(`${base}/sign-in?next=${encodeURIComponent(asked)}`)
    await page.getByLabel('E-mail address').fill('eve@thai.example')
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in with the password' }).click()
    await page.waitForURL(`${base}${reached}`)
  }
  await signOut(page)
  await page.goto(`${base}/ledger`)
  await page.waitForURL(`${base}/sign-in?next=%2Fledger`)
})

test('a proof that is too old: the act waits, the person confirms with their passkey, and nothing typed is lost', async () => {
  const { page, said } = await visitor()
  await addPasskeyDevice(page, true)
  await fillInvite(page, { email: 'ila@network.example', role: 'steward', name: 'Ila', org: 'network' })
  await page.getByRole('button', { name: 'Join the network' }).click()
  await atDesk(page)
  await page.goto(`${base}/network/admission`)
  await page.getByRole('button', { name: 'Change what was agreed' }).click()
  const form = page.getByRole('form', { name: 'Change what was agreed' })
  const days = form.getByLabel('Days to object')
  await days.fill('9')
  // every proof of hers is older than a quarter of an hour, and the server has forgotten what it remembered for a second
  await ageProofs('ila@network.example')
  await form.getByRole('button', { name: 'Save the days' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByText('Changing the network’s rules needs a fresh proof').waitFor()
  await dialog.getByRole('button', { name: 'Not now', exact: true }).last().click()
  await form.getByText('confirm that it is you').waitFor()
  await fieldHolds(days, '9')
  await form.getByRole('button', { name: 'Save the days' }).click()
  await dialog.getByRole('button', { name: 'Use my passkey' }).click()
  await form.waitFor({ state: 'detached' })
  await page.getByText('agreed on 9 days to object').waitFor()
  assert.deepEqual(
    said.filter((line) => !/status of 403/.test(line)),
    [],
  )
})

test('an organisation’s own sign-in: connected while signed in, it lets in, and the key waits for the passkey', async () => {
  const { page, sent, said } = await visitor({ size: 'phone', scheme: 'dark' })
  await addPasskeyDevice(page, true)
  await fillInvite(page, { email: 'gai@thai.example', role: 'caseworker', name: 'Gai' })
  await page.getByRole('button', { name: 'Join the network' }).click()
  await atDesk(page)

  // she asks for it on her organisation's card; the steward confirms
  await page.goto(`${base}/network/orgs/${house.people.arunee.org}`)
  await page.getByRole('button', { name: 'Register a sign-in of our own' }).click()
  const form = page.getByRole('form', { name: 'Register a sign-in' })
  await form.getByLabel('What your people call it').fill('Saphan sign-in')
  await form.getByLabel('Issuer').fill(provider.issuer)
  await form.getByLabel('Client ID').fill(provider.clientId)
  await form.getByLabel('Client secret').fill(provider.secret)
  await form.getByLabel('Domains of their addresses').fill('thai.example')
  assert.deepEqual(await axe(page), [])
  await form.getByRole('button', { name: 'Ask for it' }).click()
  await page.getByRole('heading', { name: 'A sign-in of its own waits to be confirmed' }).waitFor()
  const { id, word } = await confirmedProvider()
  // who waits for it sees it come, without loading anything again
  await page.getByRole('heading', { name: 'Signs in with its own identity provider, too' }).waitFor()
  provider.redirectUris.push(redirectUri(id, new URL(base).host))

  await page.goto(`${base}/sessions`)
  const connect = page.getByRole('button', { name: 'Connect my account at Saphan sign-in' })
  await connect.waitFor()
  // what the page asked before it connected the account is answered after it: that answer is an old one
  const before = await holdAnswers(page, /\/api\/ways-in$/)
  const connected = page.getByRole('heading', { name: 'You can sign in with your organisation' })
  await connect.click()
  await connected.waitFor()
  await before.letGo()
  await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => setTimeout(seen, 100))))
  assert.equal(await connected.count(), 1)
  assert.deepEqual(await axe(page), [])
  await signOut(page)

  await page.getByRole('button', { name: 'Sign in with your organisation' }).click()
  const entry = page.getByRole('form', { name: 'With your organisation' })
  await entry.getByLabel('Your organisation’s sign-in word').fill('0000-0000-0000-0000')
  await entry.getByRole('button', { name: 'Go to your organisation’s sign-in' }).click()
  await entry.getByText('nobody signs in by this', { exact: false }).waitFor()
  await entry.getByLabel('Your organisation’s sign-in word').fill(word)
  await entry.getByRole('button', { name: 'Go to your organisation’s sign-in' }).click()
  await page.getByRole('heading', { name: 'You are signed in, Gai' }).waitFor()
  await until(async () => new URL(page.url()).search === '', 'the answer does not stay in the address')
  assert.deepEqual(await keptKeys(page), [])
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Unlock with the passkey' }).click()
  await atDesk(page)
  await comesTo(async () => (await keptKeys(page)).length, 1, 'the key is here')

  assert.ok(!sent.join('\n').includes('"prf"'))
  assert.deepEqual(
    said.filter((line) => !/status of 404/.test(line)),
    [],
  )
})

/** The provider that waits is confirmed by the steward. */
async function confirmedProvider(): Promise<{ id: string; word: string }> {
  const { mei } = house.people
  const { body } = await mei.ask<ProviderList>('GET', '/api/identity-providers')
  const [found] = body.providers.filter(({ state }) => state === 'asked')
  assert.ok(found, 'one waits')
  const { status } = await mei.ask('POST', `/api/identity-providers/${found.id}/confirmation`)
  assert.equal(status, 200)
  return found
}

test('where the organisation wants a code: set up at the first sign-in with the password, asked for at each', async () => {
  const { page } = await visitor()
  await joinWithPassword(page, 'fai@viet.example', 'viet')
  await house.store.as({ system: 'setup' }, (db) =>
    db
      .updateTable('org')
      .set({ password_rule: 'with_code' })
      .where('id', '=', house.people.linh.org)
      .execute(),
  )
  await signOut(page)
  await page.getByLabel('E-mail address').fill('fai@viet.example')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  const setUp = page.getByRole('region', { name: 'Set up your code app' })
  const shown = setUp.getByText(/^([A-Z2-7]{4} ?){8}$/)
  await shown.waitFor()
  assert.deepEqual(await axe(page), [])
  const totp = new TOTP({
    secret: Secret.fromBase32(((await shown.textContent()) ?? '').replaceAll(' ', '')),
  })
  const code = page.getByLabel('Code of your code app')
  await code.fill('000000')
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByText('This code does not fit').waitFor()
  // of a telephone that is half a minute ahead: it serves for a minute at least, however slow this computer is
  await code.fill(totp.generate({ timestamp: Date.now() + 30_000 }))
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await atDesk(page)
  await keyIsOpen(page)
  await page.goto(`${base}/sessions`)
  await page.getByRole('heading', { name: 'Your organisation allows a password with a code' }).waitFor()
  await page.getByRole('button', { name: 'Remove my code app' }).waitFor()
  assert.deepEqual(await axe(page), [])
})

async function ageProofs(email: string): Promise<void> {
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `update firebreak.session set proven_at = now() - interval '16 minutes'
       where member_id = (select id from firebreak.member where email = $1)`,
      [email],
    ),
  )
  await new Promise((done) => setTimeout(done, 1_100))
}

interface Visitor {
  readonly page: Page
  /** Bodies of everything the page sent. */
  readonly sent: string[]
  readonly said: string[]
}

async function visitor(options: Parameters<typeof openWindow>[1] = {}): Promise<Visitor> {
  const window = await openWindow(browser, options)
  const page = await window.newPage()
  const said = complaintsOf(page)
  const sent: string[] = []
  page.on('request', (request) => {
    const { host } = new URL(request.url())
    // a person goes to their provider; a page of ours asks nobody else
    const there = request.isNavigationRequest() && host === provider.host
    assert.ok(there || host === new URL(base).host, `a request to somebody else: ${host}`)
    sent.push(request.postData() ?? '')
  })
  return { page, sent, said }
}

interface Invited {
  readonly email: string
  readonly role: Role
  readonly name: string
  readonly org?: 'thai' | 'viet' | 'police' | 'network'
}

/** Opens an invitation and fills it in, up to the last step. */
async function fillInvite(page: Page, it: Invited): Promise<{ code: string; link: string }> {
  const { weiling, mei, arunee, linh } = house.people
  const orgId = { police: weiling, network: mei, thai: arunee, viet: linh }[it.org ?? 'thai'].org
  const { token } = await house.store.as({ system: 'setup' }, (db) =>
    invite(db, { orgId, email: it.email, role: it.role }),
  )
  const link = `${base}/invite#${token}`
  await page.goto(link)
  await page.getByLabel('As others in the network see it').fill(it.name)
  const shown = page.getByText(/^Recovery code: (\d{4} ?){6}$/)
  await shown.waitFor()
  const code = ((await shown.textContent()) ?? '').replace('Recovery code: ', '').trim()
  const groups = code.split(' ')
  assert.equal(groups.length, 6, code)
  await page
    .getByLabel(/^Type the \w+ group/)
    .first()
    .waitFor()
  for (const [i, name] of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].entries()) {
    const field = page.getByLabel(`Type the ${name} group`)
    if ((await field.count()) > 0) await field.fill(groups[i] ?? '')
  }
  return { code, link }
}

async function joinWithPassword(page: Page, email: string, org: 'thai' | 'viet' = 'thai'): Promise<void> {
  await fillInvite(page, { email, role: 'caseworker', name: 'Somebody', org })
  await page.getByRole('radio', { name: 'With a password' }).check()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Join the network' }).click()
  await atDesk(page)
}

async function atDesk(page: Page): Promise<void> {
  await page.waitForURL(`${base}/`)
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /your key, colours, sign out/ }).click()
  await page.getByRole('button', { name: 'Sign out and forget the key' }).click()
  await page.waitForURL(`${base}/sign-in`)
}

async function keyIsOpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: /your key, colours, sign out$/ }).click()
  await page.getByText('Your key is open in this browser').waitFor()
  await page.keyboard.press('Escape')
}

/** What this browser keeps of keys, as the browser itself describes them. */
function keptKeys(page: Page): Promise<{ type: string; extractable: boolean; algorithm: string }[]> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('firebreak')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const db = opening.result
          if (!db.objectStoreNames.contains('keys')) return resolve([])
          const all = db.transaction('keys').objectStore('keys').getAll()
          all.onsuccess = () => {
            db.close()
            resolve(
              (all.result as CryptoKey[]).map(({ type, extractable, algorithm }) => ({
                type,
                extractable,
                algorithm: algorithm.name,
              })),
            )
          }
        }
      }),
  )
}
