import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Page, Request } from 'playwright-core'
import { newId } from '../../src/core/ids.ts'
import { blind, evaluate, publicMatchKey } from '../../src/match/blind.ts'
import { MATCH_EPOCH, tokenInputs } from '../../src/match/token.ts'
import { TEST_SECRETS } from '../database.ts'
import { filedReport, freezeRequest, ok } from '../fixtures.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { axe, comesTo, fieldHolds, fits, SIZES, until } from './browser.ts'
import { findByCtrlK, type HouseWindows, windowsOf } from './house-window.ts'

// The frame and the pages that everybody has: network, ledger, know, log. As people use them, and as axe sees them.

let house: TestHouse
let windows: HouseWindows

before(async () => {
  house = await testHouse()
  windows = await windowsOf(house)
})
afterEach(() => windows?.shut())
after(async () => {
  await windows?.close()
  await house?.close()
})

const IBAN = 'GB33BUKB20201555555555'

test('the ledger fills by itself while one looks at it, and adds up', async () => {
  const { page, said } = await windows.open('arunee', '/ledger')
  await page.getByRole('heading', { name: 'No money is in your ledger yet' }).waitFor()
  const { request } = await freeze()
  await page
    .getByRole('heading', { name: 'SGD 48,200.00 still at risk, SGD 0.00 held or returned' })
    .waitFor()
  const { weiling, priya } = house.people
  await ok(weiling.ask('POST', `/api/requests/${request.id}/acknowledgement`))
  const [line] = request.lines
  const order = {
    id: newId(),
    lineId: line?.id,
    bankOrg: priya.org,
    reference: 'T-1',
    legalBasis: 'a law',
    expiresAt: null,
  }
  await ok(weiling.ask('POST', `/api/requests/${request.id}/orders`, { body: order }))
  const answer = { heldMinor: 3_100_000, goneMinor: 400_000, note: '' }
  await ok(priya.ask('POST', `/api/orders/${order.id}/answer`, { body: answer }))
  await page.getByRole('heading', { name: /13,200.00 still at risk, SGD 31,000.00 held/ }).waitFor()
  const cells = page.getByRole('row', { name: /^SGD/ }).getByRole('cell')
  await comesTo(
    async () => (await cells.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim()),
    ['SGD 48,200.00', 'SGD 13,200.00', 'SGD 31,000.00', 'SGD 4,000.00', 'SGD 0.00', '1'],
    'the line of the ledger',
  )
  assert.deepEqual(said, [])
})

test('Know: one is told that there is an open freeze, and the account itself never leaves', async () => {
  await freeze(await tokensOf(IBAN))
  const { page, said } = await windows.open('linh', '/know')
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.getByLabel(/^Accounts, wallets/).fill('please send to GB33 BUKB 2020 1555 5555 55, thank you')
  await page.getByText('Bank account (IBAN)', { exact: true }).first().waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Check it' }).click()
  await page.getByRole('heading', { name: 'Known: the network is acting on it now' }).waitFor()
  await page.getByText('Known to the network: one open freeze.').waitFor()
  const all = sent.join('\n')
  assert.ok(all.includes('/api/match/evaluations') && all.includes('/api/match/known'))
  for (const piece of [IBAN, 'BUKB', '55555555', 'thai (test)', 'police (test)'])
    assert.ok(!all.includes(piece), `${piece} left the page`)
  assert.doesNotMatch(await textOf(page), /thai|arunee/i)
  assert.deepEqual(said, [])
})

test('Network: filters say who can, the keys j and k move, what is left can be saved', async () => {
  const { page, said } = await windows.open('arunee', '/network')
  await page.getByRole('heading', { name: '8 of 8 organisations are on duty now' }).waitFor()
  await page.getByLabel('Can', { exact: true }).selectOption('freeze a suspect account')
  await page.getByText('1 of 8 shown').waitFor()
  await page.getByRole('row', { name: /police \(test\)/ }).waitFor()
  await page.getByLabel('Can', { exact: true }).selectOption('do anything')
  await page.getByText('8 of 8 shown').waitFor()
  await page.getByRole('heading').first().click()
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key)
  await page
    .locator(':focus')
    .filter({ hasText: /^bank \(test\)/ })
    .waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  assert.match((await saving).suggestedFilename(), /^network-\d{4}-\d\d-\d\d\.csv$/)
  assert.deepEqual(said, [])
})

test('the log: the steward reads sentences about everybody, others only their own, nobody what was sealed', async () => {
  const { request } = await freeze()
  const steward = await windows.open('mei', '/audit')
  await steward.page
    .getByText('arunee of thai (test) sent a freeze request to police (test)')
    .first()
    .waitFor()
  const text = await textOf(steward.page)
  assert.doesNotMatch(text, /an invented story|0012345678|did “/)
  const own = await windows.open('linh', '/audit')
  await own.page.getByRole('heading', { level: 1 }).waitFor()
  assert.doesNotMatch(await textOf(own.page), /arunee/)
  await steward.page.goto(`${windows.baseOf('mei')}/audit?object=${request.id}`)
  await steward.page.getByText(request.id).first().waitFor()
  const row = steward.page.getByRole('row', { name: /sent a freeze request/ })
  await row.first().waitFor()
  await until(async () => (await row.count()) === 1, 'one request alone')
  assert.deepEqual([...steward.said, ...own.said], [])
})

test('Ctrl K finds pages and organisations; what nobody knows is handed to Know, not to the address', async () => {
  const { page } = await windows.open('arunee', '/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await findByCtrlK(page, 'otherb', /^otherbank/)
  await page.getByRole('heading', { level: 1, name: /^otherbank \(test\) is on duty/ }).waitFor()
  assert.match(new URL(page.url()).pathname, /^\/network\/orgs\/\w{26}$/)
  await findByCtrlK(page, IBAN, /^Does the network know/)
  await page.waitForURL('**/know')
  const field = page.getByLabel(/^Accounts, wallets/)
  await fieldHolds(field, IBAN)
  assert.ok(!page.url().includes(IBAN))
})

test('a mistyped address says that nothing is there, not what an id is', async () => {
  const { page } = await windows.open('arunee', '/requests/mistyped')
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await page.getByRole('link', { name: 'Go to your desk' }).waitFor()
})

test('offline is said, and unsaid', async () => {
  const { page } = await windows.open('arunee', '/network')
  await page.context().setOffline(true)
  await page.getByText('You are offline.').waitFor()
  await page.context().setOffline(false)
  await page.getByText('You are offline.').waitFor({ state: 'detached' })
})

test('a server that is away: it is said, the act is tried again with the same key, and has one effect', async () => {
  const { page } = await windows.open('linh', '/know')
  await settled(page)
  const keys: string[] = []
  const read = Promise.withResolvers<void>()
  await page.route('**/api/match/evaluations', async (route) => {
    keys.push((await route.request().headerValue('idempotency-key')) ?? '')
    // the first is lost on the way there, the second on the way back: the server has done it by then
    if (keys.length === 1) return route.abort('connectionrefused')
    if (keys.length === 2) {
      const body: unknown = route.request().postDataJSON()
      await ok(house.people.linh.ask('POST', '/api/match/evaluations', { body, key: keys[1] ?? '' }))
      return route.abort('connectionreset')
    }
    // the third is answered when the words about it were read
    await read.promise
    return route.continue()
  })
  const third = page.waitForResponse('**/api/match/evaluations')
  await page.getByLabel(/^Accounts, wallets/).fill('DE89370400440532013000')
  await page.getByRole('button', { name: 'Check it' }).click()
  await page.getByText(/^[^;]+\. Trying again; nothing you typed is lost\.$/).waitFor()
  read.resolve()
  await page.getByRole('heading', { name: 'The network has no open freeze on any of it' }).waitFor()
  await page.getByText(/Trying again/).waitFor({ state: 'detached' })
  assert.equal((await third).headers()['idempotency-replayed'], 'true', 'the server did it once')
  assert.equal(keys.length, 3)
  assert.equal(new Set(keys).size, 1, 'one act, one key')
  assert.match(keys[0] ?? '', /^[0-9a-z]{26}$/)
})

test('everything can be reached by keyboard, beginning with the way past the frame', async () => {
  const { page } = await windows.open('arunee', '/network')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.id === 'page')
  await page.getByRole('link', { name: 'Ledger' }).press('Enter')
  await page.waitForURL('**/ledger')
  await page.waitForFunction(() => document.activeElement?.id === 'page')
  await page.locator('a[aria-current="page"]').filter({ hasText: 'Ledger' }).waitFor()
  await page.getByRole('link', { name: 'Know' }).press('Enter')
  await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
})

/** Pages that anybody may open with nothing prepared. */
const PAGES = [
  '/network',
  '/network/admission',
  '/network/admission/new',
  '/network/groups',
  '/network/groups/seat',
  '/network/meetings',
  '/network/vouches',
  '/shared',
  '/ledger',
  '/know',
  '/audit',
  '/keys',
  '/sessions',
  '/sign-in',
]

for (const [size, scheme] of [
  ['desk', 'light'],
  ['phone', 'dark'],
] as const)
  test(`axe finds nothing, and nothing scrolls sideways, at 400 % neither: ${size}, ${scheme}`, async () => {
    const { page, said } = await windows.open('arunee', '/', { size, scheme })
    for (const path of [...PAGES, '/keys/new', '/keys/recovery', '/nowhere']) {
      await page.goto(windows.baseOf('arunee') + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      assert.deepEqual(await axe(page), [], path)
      await fits(page, path)
      if (size !== 'desk') continue
      // 1280 px at 400 %
      await page.setViewportSize({ width: 320, height: 256 })
      await fits(page, `${path} at 400 %`)
      await page.setViewportSize(SIZES.desk)
    }
    assert.deepEqual(said, [])
  })

/** Loads the page again, until nothing of it is under way whose answer would say that the server is well. */
async function settled(page: Page): Promise<void> {
  const underWay = new Set<Request>()
  page.on('request', (request) => underWay.add(request))
  page.on('requestfinished', (request) => underWay.delete(request))
  page.on('requestfailed', (request) => underWay.delete(request))
  // what is live never ends: it is well once it began
  page.on('response', (response) => underWay.delete(response.request()))
  await page.reload()
  await page.getByRole('heading', { level: 1 }).waitFor()
  let quiet = 0
  await until(async () => {
    quiet = underWay.size === 0 ? quiet + 1 : 0
    return quiet > 10
  }, 'nothing is under way')
}

const textOf = async (page: Page) => (await page.locator('main').textContent()) ?? ''

async function freeze(tokens: string[] = []) {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee, { tokens })
  const body = freezeRequest({ reportId: report.id, toOrg: weiling.org, tokens })
  const request = await ok<{ id: string; lines: { id: string }[] }>(
    arunee.ask('POST', '/api/requests', { body }),
  )
  return { request }
}

/** The tokens under which the house knows an IBAN. */
async function tokensOf(iban: string): Promise<string[]> {
  const question = blind(tokenInputs({ kind: 'iban', normal: iban }, MATCH_EPOCH).map(({ input }) => input))
  const evaluation = evaluate(TEST_SECRETS.matchKey, question.blinded)
  return question.finish(evaluation, publicMatchKey(TEST_SECRETS.matchKey))
}
