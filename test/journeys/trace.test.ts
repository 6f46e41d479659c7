import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type TestHouse, testHouse } from '../house.ts'
import { fits, lookAt, type SIZES } from './browser.ts'
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

async function open(size: keyof typeof SIZES = 'desk'): Promise<{ page: Page; said: string[] }> {
  const window = await windows.open('arunee', '/trace', { size })
  await window.page.getByRole('heading', { name: 'Where is the money now?' }).waitFor()
  return window
}

async function follow(page: Page, file: string, amount: string): Promise<void> {
  await page.getByLabel('Ledger file').setInputFiles(file)
  await page.getByLabel('Account that it left').fill('PERSON-1')
  await page.getByLabel(/^Amount/).fill(amount)
  await page.getByRole('button', { name: 'Follow the money' }).click()
}

test('from a file to where the money is, by three rules, and nothing leaves the page', async () => {
  const { page, said } = await open()
  const sent: string[] = []
  page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await follow(page, SMALL, '1,000.00')
  await page
    .getByRole('heading', { name: 'SGD 600.00 of SGD 1,000.00 is still there, in 3 accounts' })
    .waitFor()
  const cells = await page
    .getByRole('row', { name: /^=MULE-2/ })
    .getByRole('cell')
    .allInnerTexts()
  assert.deepEqual(
    cells.slice(0, 3).map((it) => it.trim()),
    ['SGD 50.00', 'SGD 33.33', 'SGD 50.00'],
  )
  await page.getByText('one row that could not be read').waitFor()
  assert.equal(await page.getByRole('img', { name: /^SGD 1,000\.00 from PERSON-1/ }).count(), 1)
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
})

test('what is no ledger is refused by name where it is dropped, and another can be chosen', async () => {
  const { page } = await open()
  const dataTransfer = await page.evaluateHandle(() => {
    const held = new DataTransfer()
    held.items.add(new File(['a,b\n1,2\n'], 'x.csv', { type: 'text/csv' }))
    return held
  })
  await page.getByRole('heading', { level: 1 }).dispatchEvent('drop', { dataTransfer })
  await page
    .getByRole('alert')
    .getByText(/x\.csv was not read: .*missing/)
    .waitFor()
  await page.getByRole('button', { name: 'Choose a ledger file' }).waitFor()
})

for (const size of ['desk', 'phone'] as const)
  test(`axe finds nothing before a file is chosen nor in the answer, light and dark, which fits, with 500 accounts: ${size}`, async () => {
    const { page } = await open(size)
    await lookAt(page, `trace-empty-${size}`)
    await follow(page, SMALL, '1,000.00')
    await page.getByRole('heading', { name: /is still there, in 3 accounts$/ }).waitFor()
    await lookAt(page, `trace-${size}`)
    await follow(page, LARGE, '100000')
    await page.getByRole('heading', { name: /^THB 100,000\.00 of THB 100,000\.00 is still there/ }).waitFor()
    await fits(page, 'the answer')
  })
