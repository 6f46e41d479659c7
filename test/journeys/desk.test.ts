import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, afterEach, before, test } from 'node:test'
import type { RequestWhole } from '../../src/freeze/shapes.ts'
import { filedReport, freezeRequest, ok } from '../fixtures.ts'
import { type PersonName, type TestHouse, testHouse } from '../house.ts'
import { axe, comesTo, fieldHolds, holdBack, holdUndo, until } from './browser.ts'
import { type HouseWindows, windowsOf } from './house-window.ts'

// A full desk: to find, to select, to take away; and acts that are held back, or asked twice.

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

test('the desk is filtered, the filter stays, and what it hides of what waits for me is said', async () => {
  const first = await ask('arunee')
  const second = await ask('linh')
  const { page, said } = await windows.open('weiling', '/')
  const tools = page.getByRole('search', { name: 'Filter' })
  await tools.getByText('2 of 2 shown').waitFor()
  await tools.getByLabel('With').selectOption('viet (test)')
  await tools.getByText('1 of 2 shown').waitFor()
  await page.getByText('One row that waits for you is hidden by the filter.').waitFor()
  assert.equal(await page.getByText(first.ref).count(), 0)
  await page.getByRole('button', { name: 'Keep this filter' }).click()
  await page.reload()
  await tools.getByText('1 of 2 shown').waitFor()
  await page.getByRole('button', { name: 'viet (test)', pressed: true }).click()
  await tools.getByText('2 of 2 shown').waitFor()
  await tools.getByLabel('Reference, amount or name').fill(second.ref.toLowerCase())
  await tools.getByText('1 of 2 shown').waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(said, [])
})

test('j, k and x select rows; what is selected is exported alone, and taken on together once that was said', async () => {
  const { page, said } = await windows.open('weiling', '/')
  await page.getByText('2 of 2 shown').waitFor()
  await page.getByRole('heading', { level: 1 }).click()
  for (const key of ['j', 'x', 'j', 'x', 'x', 'k']) await page.keyboard.press(key)
  await page.getByText('one row selected').waitFor()
  const name = await page
    .getByRole('checkbox', { checked: true, name: /^Select / })
    .getAttribute('aria-label')
  const ref = name?.replace('Select ', '') ?? ''
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export CSV' }).click()
  const download = await saving
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  assert.equal(lines.length, 2, 'the head and the one that is selected')
  assert.ok(lines[1]?.startsWith(`${ref},TLP:AMBER,`), lines[1])
  assert.ok(lines[1]?.includes(',SGD,48200.00,'), lines[1])

  await page.getByRole('checkbox', { name: /^Select /, checked: false }).check()
  await page.getByRole('button', { name: 'Take on 2' }).click()
  await page.getByText('This cannot be taken back.').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Yes, take on 2' }).click()
  await page.getByRole('region', { name: 'Waits for you' }).getByRole('listitem').nth(1).waitFor()
  await page.getByRole('region', { name: 'Not yet taken on' }).waitFor({ state: 'detached' })
  assert.deepEqual(said, [])
})

test('a message is held back for ten seconds: undo brings it back to the hand, and leaving sends it', async () => {
  const request = await ask('arunee')
  const { page } = await windows.open('arunee', `/requests/${request.id}`)
  const box = page.getByLabel(/^Write to /)
  await box.waitFor()
  await holdUndo(page)
  await box.fill('Please call the bank')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('Your message goes to police (test).').waitFor()
  const isFixed = () => box.evaluate((it) => it instanceof HTMLTextAreaElement && it.readOnly)
  await comesTo(isFixed, true, 'what is held back does not change')
  await page.getByRole('button', { name: /^Undo \(/ }).click()
  await comesTo(isFixed, false, 'it can be written in again')
  await fieldHolds(box, 'Please call the bank')
  assert.deepEqual(await messagesOf(request.id), [], 'nothing was sent')

  await box.fill('Please call the bank now')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('link', { name: 'Network' }).click()
  await page.getByRole('heading', { name: /organisations are on duty/ }).waitFor()
  await until(async () => (await messagesOf(request.id)).length > 0, 'a message')
  assert.deepEqual(await messagesOf(request.id), ['Please call the bank now'])
})

test('where an account stands in my own requests: in its menu, and in Know, which says that this one is not blind', async () => {
  const [one, two] = [await ask('arunee'), await ask('arunee')]
  const { page, said } = await windows.open('arunee', `/requests/${one.id}`)
  await page.getByRole('button', { name: 'More for this bank account' }).click()
  await page.getByRole('menuitem', { name: two.ref }).waitFor()
  assert.equal(await page.getByRole('menuitem', { name: one.ref }).count(), 0, 'this page is not elsewhere')
  await page.getByRole('menuitem', { name: two.ref }).click()
  await page.waitForURL(`**/requests/${two.id}`)

  await page.getByRole('article').getByText(two.ref).first().waitFor()
  await page.getByRole('searchbox', { name: 'Search for anything' }).fill('0012 345')
  await page.getByRole('option', { name: /in my own requests/ }).click()
  await page.waitForURL('**/know')
  const found = page.getByRole('region', { name: 'In my own requests' })
  await found.getByRole('link', { name: new RegExp(one.ref) }).waitFor()
  await page.getByText('This one is not blind').waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByLabel(/^Accounts, wallets/).fill('nobody@example.org')
  await page.getByRole('button', { name: 'Find it in my own requests' }).click()
  await page.getByRole('heading', { name: 'It stands in no request of yours' }).waitFor()
  assert.deepEqual(said, [])
})

test('what arrives while the desk opens is on it, although the stream of news opens later', async () => {
  const { page, said } = await windows.open('weiling', '/network')
  const stream = await holdBack(page, /\/api\/live/)
  await page.goto(`${windows.baseOf('weiling')}/`)
  await page.getByRole('search', { name: 'Filter' }).waitFor()
  await stream.asked
  const { ref } = await ask('arunee')
  stream.letGo()
  await page.getByText(ref).first().waitFor()
  assert.deepEqual(said, [])
})

async function ask(name: PersonName): Promise<RequestWhole> {
  const person = house.people[name]
  const report = await filedReport(person)
  const body = freezeRequest({ reportId: report.id, toOrg: house.people.weiling.org })
  return ok<RequestWhole>(person.ask('POST', '/api/requests', { body }))
}

async function messagesOf(id: string): Promise<unknown[]> {
  const whole = await ok<RequestWhole>(house.people.weiling.ask('GET', `/api/requests/${id}`))
  return whole.events.filter(({ kind }) => kind === 'said').map(({ body }) => body.text)
}
