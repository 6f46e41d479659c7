import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Locator, Page } from 'playwright-core'
import { type PersonName, type TestHouse, testHouse } from '../house.ts'
import { comesTo, fieldHolds, fits, holdUndo, lookAt, type SIZES } from './browser.ts'
import { type HouseWindows, windowsOf } from './house-window.ts'

// Following money through a ledger file in the browser: read on the device, three rules, a picture and tables to take away.

let house: TestHouse
let windows: HouseWindows
const folder = mkdtempSync(join(tmpdir(), 'firebreak-trace-'))

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

function ledger(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    `transaction_id,booked_at,amount,currency,payer_account,payee_account\n${lines.join('\n')}\n`,
  )
  return path
}

const SMALL = ledger('small.csv', [
  't1,2026-03-01T10:00:00Z,"1,000.00",SGD,PERSON-1,MULE-1',
  't2,2026-03-01T11:00:00Z,500.00,SGD,SHOP-1,MULE-1',
  't3,2026-03-01T12:00:00Z,900.00,SGD,MULE-1,=MULE-2',
  't4,2026-03-01T12:30:00Z,400.00,SGD,=MULE-2,',
  't5,2026-03-01T13:00:00Z,450.00,SGD,=MULE-2,0x52908400098527886E0F7030069857D2E4169EE7',
  'tx,soon,450.00,SGD,=MULE-2,SOMEBODY',
])

const PACS = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-01T10:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs></GrpHdr>
<CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId></PmtId><IntrBkSttlmAmt Ccy="EUR">12.50</IntrBkSttlmAmt>
<IntrBkSttlmDt>2026-03-01</IntrBkSttlmDt><DbtrAcct><Id><Othr><Id>PERSON-1</Id></Othr></Id></DbtrAcct>
<CdtrAcct><Id><Othr><Id>MULE-1</Id></Othr></Id></CdtrAcct></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`

/** 500 accounts: one pays 40, each of those about 11 more. */
const LARGE = ledger('large.csv', [
  'v,2026-03-01T08:00:00Z,100000.00,THB,PERSON-1,HUB',
  ...Array.from(
    { length: 40 },
    (_, i) => `a${i},2026-03-01T09:${String(i).padStart(2, '0')}:00Z,2500.00,THB,HUB,MULE-${i + 1}`,
  ),
  ...Array.from({ length: 458 }, (_, i) => {
    const hour = String(10 + (i % 12)).padStart(2, '0')
    return `b${i},2026-03-01T${hour}:${String(i % 60).padStart(2, '0')}:00Z,${150 + (i % 70)}.00,THB,MULE-${(i % 40) + 1},OUT-${i + 1}`
  }),
])

async function open(
  size: keyof typeof SIZES = 'desk',
  name: PersonName = 'arunee',
): Promise<{ page: Page; said: string[] }> {
  const window = await windows.open(name, '/trace', { size })
  await window.page.getByRole('heading', { name: 'Where is the money now?' }).waitFor()
  return window
}

async function follow(page: Page, file: string, amount: string): Promise<void> {
  await page.getByLabel('Ledger file').setInputFiles(file)
  await page.getByText(new RegExp(`^${basename(file)}: \\d+ transactions between`)).waitFor()
  await page.getByRole('combobox', { name: 'Account that it left' }).fill('PERSON-1')
  await page.getByLabel(/^Amount/).fill(amount)
  await page.getByRole('button', { name: 'Follow the money' }).click()
}

/** Nothing is asked about an account before the screen for victims was read. */
async function freeHolder(page: Page, account: string, ask: Locator): Promise<void> {
  await page.getByRole('button', { name: `Before a freeze: is the holder free? ${account}` }).click()
  const read = page.getByLabel(`I have read this for account ${account}`)
  await read.waitFor()
  assert.equal(await ask.count(), 0)
  await read.check()
}

test('from a file to where the money is, by three rules, and nothing leaves the page', async () => {
  const { page, said } = await open()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await follow(page, SMALL, '1,000.00')
  await page
    .getByRole('heading', { name: 'SGD 600.00 of SGD 1,000.00 is still there, in 3 accounts' })
    .waitFor()
  const cells = page.getByRole('row', { name: /^=MULE-2/ }).getByRole('cell')
  await comesTo(
    async () => (await cells.allTextContents()).slice(0, 3).map((it) => it.trim()),
    ['SGD 50.00', 'SGD 33.33', 'SGD 50.00'],
    'the three rules',
  )
  await page.getByText('one row that could not be read').waitFor()
  await page.getByRole('img', { name: /^SGD 1,000\.00 from PERSON-1/ }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV of accounts' }).click(),
  ])
  assert.match(readFileSync(await download.path(), 'utf8'), /\r\n'=MULE-2,50\.00,SGD,5000,/)
  for (const [name, start] of [
    ['SVG', '<svg '],
    ['JSON', '{'],
    ['PNG', '\u0089PNG'],
  ] as const) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ])
    assert.ok(readFileSync(await file.path(), 'latin1').startsWith(start), name)
  }
  assert.ok(!sent.some((it) => /MULE|PERSON/.test(it)))
  assert.deepEqual(said, [])
  const refused = await page
    .workers()
    .find((it) => /trace\.worker/.test(it.url()))
    ?.evaluate(async () => {
      const why = new Promise<string>((resolve) =>
        addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective)),
      )
      return fetch('/api/house').then(
        () => 'connected',
        () => why,
      )
    })
  assert.equal(refused, 'connect-src', 'what reads the files can reach nothing')
})

test('one click asks to freeze: account and payer confirmed, amount and time filled in; back, the trace is as it was', async () => {
  const { page, said } = await open()
  await follow(page, SMALL, '1,000.00')
  const ask = page.getByRole('link', {
    name: 'Ask to freeze SGD 450.00 on 0x52908400098527886E0F7030069857D2E4169EE7',
  })
  await freeHolder(page, '0x52908400098527886E0F7030069857D2E4169EE7', ask)
  await ask.click()
  const panel = page.getByRole('region', { name: 'Who can act' })
  await panel.getByText('0x52').first().waitFor()
  for (const [label, value] of [
    ['Money at risk', '450.00'],
    ['Currency', 'SGD'],
    ['Paid on', '2026-03-01'],
    ['at, if known', '13:00'],
    ['Paid by', 'crypto'],
  ] as const)
    await fieldHolds(panel.getByLabel(label), value)
  await page.getByText('the person’s own').waitFor()
  await page.goBack()
  await page.getByRole('heading', { name: /is still there, in 3 accounts$/ }).waitFor()
  // what was read is remembered; of the other accounts nothing was
  await ask.waitFor()
  assert.equal(await page.getByRole('link', { name: /^Ask to freeze/ }).count(), 1)
  await holdUndo(page)
  await page.getByRole('button', { name: 'Close small.csv' }).click()
  await page.getByRole('heading', { name: 'Where is the money now?' }).waitFor()
  await page.getByRole('button', { name: /^Undo/ }).click()
  await page.getByRole('heading', { name: /is still there, in 3 accounts$/ }).waitFor()
  assert.deepEqual(said, [])
})

test('who writes no reports takes the words of a request with them', async () => {
  const { page } = await open('desk', 'priya')
  await follow(page, SMALL, '1,000.00')
  await page.getByText('The holders of these accounts were not screened').waitFor()
  const copy = page.getByRole('button', {
    name: /^Copy the words of a request to freeze SGD 450\.00 on 0x52/,
  })
  await freeHolder(page, '0x52908400098527886E0F7030069857D2E4169EE7', copy)
  await copy.waitFor()
  assert.equal(await page.getByRole('link', { name: /^Ask to freeze/ }).count(), 0)
})

test('Parquet, an ISO 20022 message and columns of other names are read; a column is named in the page or by a mapping file', async () => {
  const { page, said } = await open()
  const input = page.getByLabel('Ledger file')
  await input.setInputFiles(await parquet())
  await page.getByText('small.parquet: 5 transactions between 5 accounts').waitFor()
  const account = page.getByRole('combobox', { name: 'Account that it left' })
  await account.fill('PERSON-1')
  await page.getByRole('button', { name: '1 Mar 10:00 SGD 1,000.00 to MULE-1' }).click()
  await fieldHolds(page.getByLabel(/^Amount/), '1000.00')
  await page.getByRole('button', { name: 'Follow the money' }).click()
  await page
    .getByRole('heading', { name: 'SGD 600.00 of SGD 1,000.00 is still there, in 3 accounts' })
    .waitFor()
  await page.getByRole('button', { name: 'Show the ways of =MULE-2 in the picture' }).click()
  await page.getByText('The ways of =MULE-2; the rest is pale.').waitFor()

  await input.setInputFiles({ name: 'day.xml', mimeType: 'application/xml', buffer: Buffer.from(PACS) })
  await page.getByText('day.xml: one transaction between 2 accounts').waitFor()

  const odd = 'when;how much;out of;into\n01/03/2026 10:00;1.000,00;PERSON-1;MULE-1\n'
  const ledger = { name: 'odd.csv', mimeType: 'text/csv', buffer: Buffer.from(odd) }
  await input.setInputFiles(ledger)
  await page.getByRole('heading', { name: 'Which column is which?' }).waitFor()
  await lookAt(page, 'trace-columns')
  for (const [ours, theirs] of [
    ['Booked at', 'when'],
    ['Amount', 'how much'],
    ['Payer account', 'out of'],
    ['Payee account', 'into'],
  ] as const)
    await page.getByLabel(ours, { exact: true }).selectOption(theirs)
  await page.getByRole('button', { name: 'Read it so' }).click()
  await page.getByText('odd.csv: one transaction between 2 accounts').waitFor()
  await page.getByRole('button', { name: 'Close odd.csv' }).click()

  const says =
    'transactions:\n  columns:\n    booked_at: when\n    amount: how much\n    payer_account: out of\n    payee_account: into\n'
  const mapping = { name: 'odd.yaml', mimeType: 'text/yaml', buffer: Buffer.from(says) }
  await input.setInputFiles([ledger, mapping])
  await page.getByText('odd.csv: one transaction between 2 accounts').waitFor()
  assert.deepEqual(said, [])
})

/** The small ledger as Parquet, packed with zstd, amounts as decimals. */
async function parquet(): Promise<string> {
  const path = join(folder, 'small.parquet')
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run(
    `copy (select * replace (booked_at::timestamp as booked_at, replace(amount, ',', '')::decimal(18, 2) as amount)
       from read_csv('${SMALL}', all_varchar = true) where booked_at <> 'soon')
     to '${path}' (format parquet, codec 'zstd')`,
  )
  duck.closeSync()
  return path
}

test('what is no ledger is refused by name where it is dropped, and another can be chosen', async () => {
  const { page } = await open()
  const dataTransfer = await page.evaluateHandle(() => {
    const held = new DataTransfer()
    held.items.add(new File(['PK\u0003\u0004'], 'x.csv', { type: 'text/csv' }))
    return held
  })
  await page.getByRole('heading', { level: 1 }).dispatchEvent('drop', { dataTransfer })
  await page
    .getByRole('alert')
    .getByText(/x\.csv was not read: x\.csv: .*workbook/i)
    .waitFor()
  await page.getByRole('button', { name: 'Choose a ledger file' }).waitFor()
})

for (const size of ['desk', 'phone'] as const)
  test(`axe finds nothing before a file is chosen nor in the answer, light and dark, which fits, with 500 accounts: ${size}`, async () => {
    const { page } = await open(size)
    await lookAt(page, `trace-empty-${size}`)
    await follow(page, SMALL, '1,000.00')
    await page.getByRole('heading', { name: /is still there, in 3 accounts$/ }).waitFor()
    await page.getByRole('button', { name: 'Before a freeze: is the holder free? MULE-1' }).click()
    await page.getByLabel('I have read this for account MULE-1').waitFor()
    await lookAt(page, `trace-${size}`)
    await follow(page, LARGE, '100000')
    await page.getByRole('heading', { name: /^THB 100,000\.00 of THB 100,000\.00 is still there/ }).waitFor()
    await fits(page, 'the answer')
    const names = page.getByRole('img', { name: /^THB 100,000\.00 from PERSON-1/ }).locator('text')
    await names.first().waitFor()
    await page.getByRole('button', { name: 'Whole picture' }).click()
    await page.getByText('Names are left out: they would be too small to read.').waitFor()
    await names.first().waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Readable size' }).click()
    await names.first().waitFor()
  })
