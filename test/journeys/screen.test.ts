import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { duckEngine } from '../../src/ledger/engine.ts'
import { loadExcuses } from '../../src/ledger/excuses.ts'
import { nativeHost } from '../../src/ledger/host-native.ts'
import { openBook } from '../../src/ledger/load.ts'
import { runningRules } from '../../src/ledger/rule.ts'
import { TYPOLOGIES } from '../../src/ledger/rule-files.ts'
import { screen } from '../../src/ledger/screen.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { comesTo, fieldHolds, lookAt, SIZES } from './browser.ts'
import { type HouseWindows, windowsOf } from './house-window.ts'

// A bank screens its own books in the browser: DuckDB runs there, the network is cut, and nothing of the files leaves.

let house: TestHouse
let windows: HouseWindows
const folder = mkdtempSync(join(tmpdir(), 'firebreak-screen-'))

before(async () => {
  house = await testHouse()
  windows = await windowsOf(house)
})
afterEach(() => windows?.shut())
after(async () => {
  await windows?.close()
  await house?.close()
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** A mule collects from nine, and somebody drives four holders from one device. The amount's column has a name nobody knows. */
const BOOK = file('book.csv', [
  'transaction_id,booked_at,Wert,currency,payer_account,payee_account,device_id',
  ...[...Array(9).keys()].map((i) => `V${i},2026-03-01T0${i}:00:00Z,900.00,EUR,VICTIM-${i},MULE-1,`),
  ...['MULE-1', 'P-2', 'P-3', 'P-4'].map(
    (it, i) => `D${i},2026-03-02T0${i}:00:00Z,2000.00,EUR,${it},BOSS,DEV1`,
  ),
  'X,soon,1.00,EUR,VICTIM-1,MULE-1,',
])
const PEOPLE = file('people.csv', [
  'account,holder_type',
  ...['MULE-1', 'P-2', 'P-3', 'P-4'].map((it) => `${it},person`),
])
const MAP = file('map.yaml', ['transactions: { columns: { amount: Wert } }'])

/** The same rows as Parquet, packed as most programs pack it. */
async function asParquet(csv: string): Promise<string> {
  const path = csv.replace('.csv', '.parquet')
  const duck = await nativeHost().openDuck({})
  await duck.run(`copy (select * from read_csv('${csv}')) to '${path}' (format parquet, compression zstd)`)
  duck.close()
  return path
}

async function open() {
  const window = await windows.open('priya', '/screen')
  await window.page.getByText('you may cut the network now').waitFor()
  return window
}

test('a book is screened with the network cut, as the command line would, and nothing of it is sent', async () => {
  const { page, said } = await open()
  await look(page, 'empty')
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await page.context().setOffline(true)
  await page.getByLabel('Ledger files').setInputFiles([BOOK, await asParquet(PEOPLE)])
  await page.getByText(/an amount is missing/i).waitFor()
  await page
    .getByRole('region', { name: 'book.csv' })
    .getByLabel('Amount', { exact: true })
    .selectOption('Wert')
  await page.getByRole('button', { name: 'Screen these books' }).waitFor()
  await look(page, 'mapping')
  await page.getByRole('button', { name: 'Screen these books' }).click()
  await page.getByRole('heading', { name: /accounts? to look at/ }).waitFor()

  const book = await openBook([BOOK, PEOPLE], { map: MAP, threads: 1 })
  const engine = await duckEngine(book)
  const here = await screen(engine, { ...book, rules: runningRules(), excuses: loadExcuses() })
  await engine.close()
  assert.ok(here.alerts.some((it) => it.rule === 'TX-K02'))
  const summaries = page.locator('ol > li > details > summary')
  await comesTo(
    () => summaries.locator('code').allTextContents(),
    here.cases.map((it) => it.account),
    'the cases of the command line',
  )
  assert.equal(await summaries.count(), here.cases.length)
  const at = here.cases.findIndex((it) => it.account === 'MULE-1')
  await summaries.nth(at).click()
  for (const it of here.alerts.filter((one) => one.account === 'MULE-1'))
    await page.getByText(it.reason, { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Show 9 payments' }).first().click()
  await page
    .getByRole('row', { name: /^V0 .*EUR 900\.00/ })
    .first()
    .waitFor()

  // who the holder is; the money is followed from the alert with the files that are here, and the way back is as it was
  await page.getByText('Holder: holder not named, a person.').waitFor()
  await page.getByLabel('What was it?').selectOption('false alarm')
  await page.getByLabel('Why', { exact: true }).fill('A savings club')
  await page.getByRole('button', { name: 'Follow this money: Many unlinked payers in a week' }).click()
  await page.getByRole('heading', { name: 'EUR 8,100.00 of EUR 8,100.00 is still there' }).waitFor()
  await fieldHolds(page.getByRole('combobox', { name: 'Account that it left' }), 'MULE-1')
  // what was found about protection goes along: the words of a freeze stand behind the screen and a second person
  await page.getByRole('row', { name: /^MULE-1 protection first/ }).waitFor()
  await page.getByText(/^Protection first: signs .* stand on one of these accounts/).waitFor()
  await page.getByRole('button', { name: 'Before a freeze: is the holder free? MULE-1' }).click()
  const words = page.getByRole('button', { name: /^Copy the words of a request to freeze .* on MULE-1$/ })
  await page.getByLabel('I have read this for account MULE-1').check()
  assert.equal(await words.count(), 0)
  await page.getByLabel('Second person who has read the case').fill('Somchai')
  await words.waitFor()
  await page.goBack()
  await page.getByLabel('Find an account, a holder or a rule').fill('mule-1')
  await page.getByText(`1 of ${here.cases.length} accounts`).waitFor()
  await summaries.filter({ hasText: 'false alarm' }).click()
  const [labels] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save what you decided' }).click(),
  ])
  assert.match(readFileSync(await labels.path(), 'utf8'), /MULE-1,no,A savings club/)

  // nothing is prepared before the screen for victims was read, and by a second person
  assert.equal(await page.getByRole('button', { name: 'Save the draft report' }).count(), 0)
  await page.getByLabel('I have read this for account MULE-1').check()
  assert.equal(await page.getByRole('button', { name: 'Save the draft report' }).count(), 0)
  await look(page, 'found')
  await page.getByLabel('Second person who has read the case').fill('Somchai')
  const [xml] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save goAML' }).click(),
  ])
  const report = readFileSync(await xml.path(), 'utf8')
  assert.match(report, /<report_code>STR<\/report_code>/)
  assert.match(report, /Read as the second person by Somchai/)
  const [rejects] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the rows that could not be read' }).click(),
  ])
  assert.match(readFileSync(await rejects.path(), 'utf8'), /book\.csv,15,the time “soon” is not understood/)

  await page.getByText(/^Other lines/).click()
  await page.getByLabel('Rule', { exact: true }).selectOption('TX-K02')
  await page.getByLabel(/^payers/).fill('30')
  await page.getByRole('button', { name: 'What would have fired?' }).click()
  await page.getByText(/yours no accounts \(0 of the 1 false alarms\).*1 fewer \(MULE-1\)/).waitFor()
  await page.getByRole('button', { name: 'Screen again with these lines' }).click()
  await page.getByText('TX-K02: no accounts more, one account fewer (MULE-1)').waitFor()
  await page.getByRole('button', { name: "Back to the house's own rules and lines" }).click()

  // a version of the rule that somebody wrote, first half-written, then whole, then instead of the house's
  const house = readFileSync(join(TYPOLOGIES, 'TX-K02.yaml'), 'utf8')
  await page.getByText('Other lines: what would have fired', { exact: true }).click()
  const bring = async (text: string) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Compare with a rule file' }).click()
    const file = { name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) }
    await (await chooser).setFiles(file)
  }
  await bring(house.replace(/^version: \d+$/m, 'version: soon'))
  await page.getByText(/mine\.yaml:2: version: /).waitFor()
  await bring(house.replace(/^version: \d+$/m, 'version: 99').replace(/(payers:\s*\{ value: )\d+/, '$130'))
  await page
    .getByText(
      /^The house's TX-K02, version \d+, finds one account .*TX-K02, version 99, of mine\.yaml no accounts.*1 fewer \(MULE-1\)/,
    )
    .waitFor()
  await page.getByRole('button', { name: 'Screen again with TX-K02, version 99' }).click()
  await page.getByText('TX-K02: no accounts more, one account fewer (MULE-1)').waitFor()

  assert.deepEqual(
    sent.filter((it) => /MULE|VICTIM|BOSS|900\.00|Somchai/.test(it)),
    [],
  )
  // without a network the page asks in vain whether there is news; nothing else may be amiss
  assert.deepEqual(
    said.filter((it) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(it)),
    [],
  )
  await page.context().setOffline(false)
  await walled(page)
})

/** The worker may connect to nothing, and only it may compile. */
async function walled(page: Page): Promise<void> {
  const worker = page.workers().find((it) => /screen\.worker/.test(it.url()))
  assert.ok(worker)
  const tried = await worker.evaluate(async () => {
    const refused = new Promise<string>((resolve) =>
      addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
    )
    return fetch('/api/house').then(
      () => 'connected',
      () => refused,
    )
  })
  assert.equal(tried, 'connect-src', 'the policy refuses it, not the want of a network')
  const compiled = await page.evaluate(() =>
    WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])).then(
      () => 'compiled',
      (error: Error) => error.name,
    ),
  )
  assert.equal(compiled, 'CompileError')
}

test('books that are too large for her computer go to her own server, once she says that it is hers', async () => {
  const { page, said } = await open()
  await page.getByLabel('Ledger files').setInputFiles([BOOK, PEOPLE])
  await page
    .getByRole('region', { name: 'book.csv' })
    .getByLabel('Amount', { exact: true })
    .selectOption('Wert')
  await page.getByRole('button', { name: 'Screen these books' }).waitFor()
  await page.getByLabel(/^On the server priya\.localhost/).check()
  await page.getByText(/written to its disk while they are judged and removed before the answer/).waitFor()
  const go = page.getByRole('button', { name: 'Send them and screen' })
  await page.getByRole('button', { name: 'Send them and screen', disabled: true }).waitFor()
  await look(page, 'server')
  await page.getByLabel(/^My organisation runs priya\.localhost/).check()
  await go.click()
  await page.getByRole('heading', { name: /accounts? to look at/ }).waitFor()
  await page.getByText('13 transactions').waitFor()
  const mule = page.locator('ol > li > details > summary').filter({ hasText: 'MULE-1' })
  await mule.click()
  await page.getByText('9 payments: V0, V1,').first().waitFor()
  await page.getByLabel('I have read this for account MULE-1').check()
  await page.getByLabel('Second person who has read the case').fill('Somchai')
  await page.getByText('npx firebreak screen FILES --pack MULE-1').waitFor()
  const [rejects] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the rows that could not be read' }).click(),
  ])
  assert.match(readFileSync(await rejects.path(), 'utf8'), /book\.csv,15,the time “soon” is not understood/)
  await page.getByRole('button', { name: 'Close these books' }).click()
  await page.getByRole('button', { name: /^Rule that books of .* never leave the device$/ }).click()
  await page.getByRole('heading', { name: /^Books of .* never leave its people’s devices$/ }).waitFor()
  await look(page, 'ruled')
  await page.getByLabel('Ledger files').setInputFiles([BOOK, PEOPLE])
  await page.getByRole('region', { name: 'book.csv' }).waitFor()
  assert.equal(await page.getByLabel(/^On the server/).count(), 0)
  assert.deepEqual(said, [])
})

/** The page as it stands, small and large, light and dark. */
async function look(page: Page, name: string): Promise<void> {
  for (const size of ['phone', 'desk'] as const) {
    await page.setViewportSize(SIZES[size])
    await lookAt(page, `screen-${name}-${size}`)
  }
}
