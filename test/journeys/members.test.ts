import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { asAdmin } from '../database.ts'
import { filedReport, ok } from '../fixtures.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { addPasskeyDevice, comesTo, fieldHolds } from './browser.ts'
import { findByCtrlK, givePassword, type HouseWindows, windowsOf } from './house-window.ts'
import { keepShot } from './witness.ts'

// How somebody comes into the network, sits in a group and meets, as people do it in their windows.

const PASSWORD = 'lantern quilt harbour mosaic'

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

const heading = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()

test('from a proposal to a member: proposed, read, left open to objection, admitted, joined', async () => {
  const { page, said } = await windows.open('arunee', '/network/admission/new')
  await page.getByLabel('Name of the organisation').fill('Lotus Bridge (test)')
  await page.getByLabel('E-mail of its first person').fill('dara@lotus.example')
  await page.getByLabel('Country').selectOption({ label: 'Cambodia' })
  await page.getByLabel(/^Languages spoken/).fill('Khmer, English')
  await page.getByLabel('Why the network needs them').fill('They answer at night, near the border.')
  await page.getByLabel('What could speak against it').fill('none known')
  // a tab that was loaded again still has what was written
  await page.reload()
  await fieldHolds(page.getByLabel('Name of the organisation'), 'Lotus Bridge (test)')
  await fieldHolds(page.getByLabel('Why the network needs them'), 'They answer at night, near the border.')
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
  const police = await windows.open('weiling', '/network/groups', { unlocked: true })
  await takeSeat(police.page, await offered(page))
  await heading(police.page, /^Mekong desk: one seat$/)
  await police.page.getByRole('button', { name: 'Make the key' }).click()
  await police.page.getByText('Everybody who sits here holds version 1.').waitFor()
  const linh = await windows.open('linh', '/network/groups', { unlocked: true })
  await takeSeat(linh.page, await offered(police.page))
  await heading(linh.page, /^Mekong desk: 2 seats that you can see$/)
  // nobody loads the page again: a seat that is taken shows in the steward's window by itself
  await police.page.getByText(/^The key waits for you to give it to linh:/).waitFor()
  const helen = await windows.open('helen', '/network/groups', { unlocked: true })
  const behind = await offered(police.page, 'hidden')
  // the network's steward reads the whole log: the page says why this seat is not for her
  await openSeat(page, behind)
  await page.getByText(/^A steward of the network takes a steward’s seat of a group or none/).waitFor()
  await page.getByRole('button', { name: 'Take the seat', disabled: true }).waitFor()
  await keepShot(page, 'seat-refused')
  await takeSeat(helen.page, behind)
  await heading(helen.page, /^Mekong desk: 3 seats that you can see$/)
  await police.page.getByText(/^The key waits for you to give it to helen, linh:/).waitFor()
  await police.page.getByRole('button', { name: 'Give them the key' }).click()
  await police.page.getByText('Everybody who sits here holds version 1.').waitFor()
  await sharedInGroup(linh.page, helen.page)
  await police.page.getByRole('link', { name: 'Call a meeting of this group' }).click()
  await police.page.getByLabel('What it is about').fill('Month of November')
  await police.page.getByLabel('Where').fill('The usual room')
  await police.page.getByRole('button', { name: 'Call the meeting' }).click()
  await heading(police.page, /^Month of November: /)
  await linh.page.goto(new URL('/network/groups', linh.page.url()).href)
  await linh.page.getByRole('navigation', { name: 'Network' }).getByRole('link', { name: 'Meetings' }).click()
  await heading(linh.page, /^One meeting waits for your answer$/)
  await linh.page.getByRole('link', { name: 'Month of November' }).click()
  await linh.page.getByRole('button', { name: 'I come' }).click()
  await linh.page.getByRole('heading', { name: 'Your answer' }).waitFor()
  await police.page.getByRole('listitem').filter({ hasText: 'linh' }).getByText('comes').waitFor()
  await police.page.getByRole('link', { name: 'Call the next one, four weeks on' }).click()
  const next = police.page.getByRole('form', { name: 'Call a meeting' })
  await fieldHolds(next.getByLabel('What it is about'), 'Month of November')
  await next.getByLabel('What it is about').fill('Month of December')
  await next.getByRole('button', { name: 'Call the meeting' }).click()
  await heading(police.page, /^Month of December: /)
  // whoever leaves carries the group's key away: its steward finds on the desk that a new one is due
  await linh.page.goto(new URL('/network/groups', linh.page.url()).href)
  await linh.page.getByRole('link', { name: 'Mekong desk' }).waitFor()
  const { groups } = await ok<{ groups: { id: string }[] }>(house.people.linh.ask('GET', '/api/groups'))
  const left = { body: { memberId: house.people.linh.member } }
  await ok(house.people.linh.ask('POST', `/api/groups/${groups[0]?.id}/seat-ends`, left))
  await heading(linh.page, /^You sit in no group$/)
  await police.page.goto(new URL('/', police.page.url()).href)
  await police.page.getByRole('link', { name: 'One group’s key to make or to give' }).click()
  await police.page.getByText('somebody left with its key; make a new one').waitFor()
  await keepShot(police.page, 'group-key-due')
  await police.page.getByRole('link', { name: 'Mekong desk' }).click()
  await police.page.getByText('A new key is due: linh left and holds this one.', { exact: false }).waitFor()
  await police.page.getByRole('button', { name: 'Make a new key' }).click()
  await police.page.getByText('Everybody who sits here holds version 2.').waitFor()
  assert.deepEqual([...police.said, ...linh.said, ...helen.said], [])
})

test('two memberships of one person: said by the steward, found by Ctrl K, taken back', async () => {
  const { page, said } = await windows.open('mei', '/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (const [typed, title, found] of PLACES) {
    await findByCtrlK(page, typed, new RegExp(`^${title}`))
    await heading(page, found)
  }
  const form = page.getByRole('form', { name: 'One person, two memberships' })
  await form.getByLabel('This membership').selectOption({ label: 'farid, police (test)' })
  await form.getByLabel('and this one').selectOption({ label: 'helen, fiu (test)' })
  await form.getByRole('button', { name: 'They are one person' }).click()
  const linked = page.getByRole('listitem').filter({ hasText: /^(farid|helen), .* is (farid|helen), / })
  await linked.getByRole('button', { name: 'They are two people' }).click()
  await linked.waitFor({ state: 'detached' })
  const acts = async () => {
    const { entries } = await ok<{ entries: { act: string }[] }>(house.people.mei.ask('GET', '/api/audit'))
    return entries.filter(({ act }) => /^member\.(un)?linked$/.test(act)).map(({ act }) => act)
  }
  await comesTo(acts, ['member.unlinked', 'member.linked'], 'both acts are recorded')
  assert.deepEqual(said, [])
})

/** What is typed, what is offered first, and the page it leads to. The last one is where the journey goes on. */
const PLACES: readonly (readonly [string, string, RegExp])[] = [
  ['admiss', 'Admission', /^Nothing about admission|candidate|matter/],
  ['propose', 'Propose a candidate', /^Propose a candidate$/],
  ['working groups', 'Groups', /^You sit in /],
  ['meetings', 'Meetings', /^No meeting|^Next: |wait/],
  ['police (t', 'police \\(test\\)', /^police \(test\) is on duty/],
  ['recovery of', 'Recovery of my key', /^Choose who could give your key back$/],
  ['where i am', 'Sessions', /^You are signed in here/],
  ['vouch', 'Vouches', /each with who answers for them$/],
]

test('a lost key: officers are named, every way in is lost, two people let her back in, two officers give the key back', async () => {
  await givePassword(house, 'arunee', PASSWORD)
  const report = await filedReport(house.people.arunee, { text: 'It is not lost.', payload: WHOLE })
  const { page, said } = await windows.open('arunee', '/keys', { unlocked: true })
  await page.getByRole('link', { name: 'Choose who could give it back' }).click()
  for (const officer of ['weiling@test.example', 'helen@test.example']) {
    await page.getByLabel('An officer, by exact e-mail address').fill(officer)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('listitem').filter({ hasText: officer }).waitFor()
  }
  await page.getByRole('radio', { name: 'my password' }).check()
  await page.getByLabel('Your password').fill(PASSWORD)
  await keepShot(page, 'keys-officers')
  await page.getByRole('button', { name: 'Leave a share with each of them' }).click()
  await page.getByText(/any 2 of these give it back: helen \(fiu \(test\)\), weiling/).waitFor()

  const steward = await windows.open('mei', '/keys', { unlocked: true })
  await steward.page.getByLabel('Who', { exact: true }).selectOption({ label: 'arunee, thai (test)' })
  await steward.page.getByLabel('How you know that it is them').fill('I know her voice')
  await keepShot(steward.page, 'keys-steward')
  await steward.page.getByRole('button', { name: 'Ask a colleague of theirs' }).click()
  await steward.page.getByText('waits for a colleague of theirs').waitFor()
  const colleague = await windows.open('ploy', '/')
  await colleague.page.getByText('Is it really arunee who lost every way in', { exact: false }).waitFor()
  await keepShot(colleague.page, 'keys-colleague')
  await colleague.page.getByRole('button', { name: 'Approve' }).click()
  await steward.page.getByRole('button', { name: 'Make the link' }).click()
  const link = (await steward.page.getByText(/\/invite#/).textContent()) ?? ''

  await page.goto(new URL(new URL(link).pathname + new URL(link).hash, page.url()).href)
  await heading(page, /^A new key and a new way in$/)
  await enter(page)
  await page.getByRole('button', { name: 'Come back in' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goto(new URL('/keys', page.url()).href)
  await page.getByRole('button', { name: 'Ask them for it' }).click()
  await page.getByText(/2 officers have still to pass a share on/).waitFor()
  const mark = (await page.getByText('When a colleague asks you').locator('strong').textContent()) ?? ''
  for (const officer of ['weiling', 'helen'] as const) {
    const theirs = await windows.open(officer, '/keys', { unlocked: true })
    await theirs.page.getByRole('heading', { name: 'One person asks you for their key' }).waitFor()
    await theirs.page.getByText(mark, { exact: true }).first().waitFor()
    await keepShot(theirs.page, `keys-officer-${officer}`)
    await theirs.page.getByRole('button', { name: /pass my share on$/ }).click()
    await theirs.page
      .getByRole('heading', { name: 'One person asks you for their key' })
      .waitFor({ state: 'detached' })
    assert.deepEqual(theirs.said, [])
    await theirs.page.context().close()
  }
  await page.reload()
  await page.getByText('Enough shares are here.', { exact: false }).waitFor()
  await keepShot(page, 'keys-back')
  await page.getByRole('button', { name: 'Take everything back' }).click()
  await page
    .getByText('One record came back and opens with the key you have now. Nothing stayed behind.')
    .waitFor()
  await page.getByRole('link', { name: 'Choose who could give it back' }).waitFor()
  await opensStory(page, report.id)

  await page.goto(new URL('/keys/new', page.url()).href)
  await typeCode(page)
  await page.getByLabel('Your password').fill(PASSWORD)
  await keepShot(page, 'keys-new')
  await page.getByRole('button', { name: 'Let the new key take over' }).click()
  await page
    .getByRole('heading', { level: 1, name: /^You have a new key; one record went with it$/ })
    .waitFor()
  await opensStory(page, report.id)
  assert.deepEqual([...steward.said, ...colleague.said], [])
  // the pages asked before they knew that the session had ended: that is what a browser says of it
  assert.deepEqual(
    said.filter((line) => !line.includes('401')),
    [],
  )
})

async function opensStory(page: Page, id: string): Promise<void> {
  await page.goto(new URL(`/reports/${id}`, page.url()).href)
  await page.getByRole('button', { name: /^Open \(is recorded\)/ }).click()
  await page.getByText('It is not lost.').waitFor()
}

const WHOLE = { identity: { name: '', contact: '', notes: '' }, facts: [], files: [] }

/** A report goes to the group: its hidden member opens the story, and the sharer learns nothing of her. */
async function sharedInGroup(page: Page, hidden: Page): Promise<void> {
  const report = await filedReport(house.people.linh, { text: 'He is held near the river.', payload: WHOLE })
  await page.goto(new URL(`/reports/${report.id}`, page.url()).href)
  await page.getByRole('button', { name: 'Share it' }).click()
  await page
    .getByLabel('An organisation or a group of yours')
    .selectOption({ label: 'Mekong desk (up to TLP:AMBER)' })
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await page.getByText(/Whoever holds the group’s key opens the story, hidden members too/).waitFor()
  await page.getByRole('radio', { name: 'Life or safety, and nobody can be asked' }).check()
  await page.getByLabel('Say which, and why').fill('he is held there now')
  await keepShot(page, 'group-share')
  const form = page.getByRole('form', { name: /^Share R-/ })
  await form.getByRole('button', { name: 'Share it' }).click()
  await page.getByRole('heading', { name: 'Shared once' }).waitFor()
  await hidden.goto(new URL('/shared', hidden.url()).href)
  await hidden.getByRole('link', { name: report.ref }).click()
  await hidden.getByRole('button', { name: /^Open/ }).click()
  await hidden.getByText('He is held near the river.').waitFor()
  await keepShot(hidden, 'group-opened')
  await page.getByRole('button', { name: 'Who read it' }).click()
  await page.getByText('Nobody whom you may know of has read it yet.', { exact: false }).waitFor()
}

/** Offers a seat in the group that the page shows; answers the link, which is shown once. */
async function offered(page: Page, hidden?: 'hidden'): Promise<string> {
  await page.getByRole('button', { name: 'Offer a seat' }).click()
  if (hidden) await page.getByLabel(/^hidden:/).check()
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = (await page.getByText(/\/network\/groups\/seat#/).textContent()) ?? ''
  await page.getByRole('button', { name: 'I have it' }).click()
  return link
}

async function openSeat(page: Page, link: string): Promise<void> {
  const { pathname, hash } = new URL(link)
  await page.goto(new URL(pathname + hash, page.url()).href)
}

async function takeSeat(page: Page, link: string): Promise<void> {
  await openSeat(page, link)
  await page.getByRole('button', { name: 'Take the seat' }).click()
}

/** Joins with the invitation in the same window, as whoever got the link; a new organisation has passkeys alone. */
async function join(page: Page, link: string): Promise<void> {
  await addPasskeyDevice(page, true)
  await page.goto(link)
  await page.getByLabel('As others in the network see it').fill('Dara (test)')
  await typeCode(page)
  await page.getByRole('button', { name: 'Join the network' }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** The new recovery code, typed back, and a password. */
async function enter(page: Page): Promise<void> {
  await typeCode(page)
  await page.getByRole('radio', { name: 'With a password' }).check()
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
}

async function typeCode(page: Page): Promise<void> {
  const shown = page.getByText(/^Recovery code: (\d{4} ?){6}$/)
  await shown.waitFor()
  const groups = ((await shown.textContent()) ?? '').replace('Recovery code: ', '').trim().split(' ')
  await page
    .getByLabel(/^Type the \w+ group/)
    .first()
    .waitFor()
  for (const [i, name] of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].entries()) {
    const field = page.getByLabel(`Type the ${name} group`)
    if ((await field.count()) > 0) await field.fill(groups[i] ?? '')
  }
}
