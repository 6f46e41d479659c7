import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { asAdmin } from '../database.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { type HouseWindows, windowsOf } from './house-window.ts'

// How somebody comes into the network, sits in a group and meets, as people do it in their windows.

let house: TestHouse
let windows: HouseWindows
before(async () => {
  house = await testHouse()
  windows = await windowsOf(house)
})
after(async () => {
  await windows?.close()
  await house?.close()
})

const heading = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

test('from a proposal to a member: proposed, read, left open to objection, admitted, joined', async () => {
  const { page, said } = await windows.open('arunee', '/network/admission/new')
  await page.getByLabel('Name of the organisation').fill('Lotus Bridge (test)')
  await page.getByLabel('E-mail of its first person').fill('dara@lotus.example')
  await page.getByLabel('Country').selectOption({ label: 'Cambodia' })
  await page.getByLabel(/^Languages spoken/).fill('Khmer, English')
  await page.getByLabel('Why the network needs them').fill('They answer at night, near the border.')
  await page.getByLabel('What could speak against it').fill('none known')
  await page.getByRole('button', { name: 'Propose', exact: true }).click()
  await heading(page, /^Lotus Bridge \(test\): waits for a second reader$/)
  const reader = await windows.open('linh', '/network/admission')
  await heading(reader.page, /^One matter waits for you$/)
  await reader.page.getByRole('link', { name: 'Lotus Bridge (test)' }).click()
  await reader.page.getByRole('button', { name: 'Read it as second reader' }).click()
  await reader.page.getByLabel(/^What you know of them/).fill('I visited them.')
  await reader.page.getByRole('button', { name: 'Support it' }).click()
  await heading(reader.page, /open to objection for 6 days 23 h more$/)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`update firebreak.proposal set window_ends = now() - interval '1 second'`),
  )
  const steward = await windows.open('mei', '/network/admission')
  await steward.page.getByRole('link', { name: 'Lotus Bridge (test)' }).click()
  await steward.page.getByRole('button', { name: 'Admit' }).click()
  await steward.page.getByLabel('Why', { exact: true }).fill('Agreed.')
  await steward.page.getByRole('button', { name: 'Admit' }).click()
  const link = (await steward.page.getByText(/\/invite#/).textContent()) ?? ''
  await join(steward.page, link)
  await steward.page.getByRole('link', { name: 'Network' }).click()
  await steward.page.getByRole('link', { name: 'Lotus Bridge (test)' }).waitFor()
  assert.deepEqual([...said, ...reader.said, ...steward.said], [])
})

test('a group: its first steward by a link, its key made in the browser; a meeting called and answered', async () => {
  const { page } = await windows.open('mei', '/network/groups')
  await page.getByRole('button', { name: 'Open a group' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Mekong desk')
  await page.getByLabel('What it is for').fill('Freezes across the river')
  await page.getByRole('button', { name: 'Open the group' }).click()
  await heading(page, /^Mekong desk: you do not sit in it$/)
  const police = await windows.open('weiling', '/network/groups')
  await takeSeat(police.page, await offered(page))
  await heading(police.page, /^Mekong desk: one seat$/)
  await police.page.getByRole('button', { name: 'Make the key' }).click()
  await police.page.getByText('Everybody who sits here holds version 1.').waitFor()
  const linh = await windows.open('linh', '/network/groups')
  await takeSeat(linh.page, await offered(police.page))
  await heading(linh.page, /^Mekong desk: 2 seats that you can see$/)
  await police.page.reload()
  await police.page.getByText(/^linh took a seat after the key was made/).waitFor()
  await police.page.getByRole('link', { name: 'Call a meeting of this group' }).click()
  await police.page.getByLabel('What it is about').fill('Month of November')
  await police.page.getByLabel('Where').fill('The usual room')
  await police.page.getByRole('button', { name: 'Call the meeting' }).click()
  await heading(police.page, /^Month of November: /)
  await linh.page.getByRole('navigation', { name: 'Network' }).getByRole('link', { name: 'Meetings' }).click()
  await heading(linh.page, /^One meeting waits for your answer$/)
  await linh.page.getByRole('link', { name: 'Month of November' }).click()
  await linh.page.getByRole('button', { name: 'I come' }).click()
  await linh.page.getByRole('heading', { name: 'Your answer' }).waitFor()
  await police.page.reload()
  await police.page.getByRole('listitem').filter({ hasText: 'linh' }).getByText('comes').waitFor()
  assert.deepEqual([...police.said, ...linh.said], [])
})

/** Offers a seat in the group that the page shows; answers the link, which is shown once. */
async function offered(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Offer a seat' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  return (await page.getByText(/\/network\/groups\/seat#/).textContent()) ?? ''
}

async function takeSeat(page: Page, link: string): Promise<void> {
  const { pathname, hash } = new URL(link)
  await page.goto(new URL(pathname + hash, page.url()).href)
  await page.getByRole('button', { name: 'Take the seat' }).click()
}

/** Joins with the invitation in the same window, as whoever got the link. */
async function join(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('As others in the network see it').fill('Dara (test)')
  const shown = page.getByText(/^Recovery code: (\d{4} ?){6}$/)
  await shown.waitFor({ timeout: 20_000 })
  const groups = ((await shown.textContent()) ?? '').replace('Recovery code: ', '').trim().split(' ')
  for (const [i, name] of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].entries()) {
    const field = page.getByLabel(`Type the ${name} group`)
    if ((await field.count()) > 0) await field.fill(groups[i] ?? '')
  }
  await page.getByRole('radio', { name: 'With a password' }).check()
  await page.getByLabel('Password', { exact: true }).fill('lantern quilt harbour mosaic')
  await page.getByRole('button', { name: 'Join the network' }).click()
  await page.waitForURL((url) => url.pathname === '/', { timeout: 20_000 })
}
