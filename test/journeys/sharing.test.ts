import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { newId } from '../../src/core/ids.ts'
import type { ShareWhole } from '../../src/grants/shapes.ts'
import { filedReport, freezeRequest, ok } from '../fixtures.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { group, makeShare } from '../sharing.ts'
import { axe, fits, turn, wordsOf } from './browser.ts'
import { type HouseWindows, windowsOf } from './house-window.ts'
import { keepShot } from './witness.ts'

// Who else may see a report, as people do it: marking, consent, sharing with a preview, tombstones, the second person.

let house: TestHouse
let windows: HouseWindows
before(async () => {
  house = await testHouse({ poolSize: 10 })
  windows = await windowsOf(house)
})
afterEach(() => windows?.shut())
after(async () => {
  await windows?.close()
  await house?.close()
})

const MARKED = { tlp: 'AMBER', pap: 'AMBER', handling: [], possibleVictim: true, expiresAt: null }

test('shared with an organisation and a person: the preview says who sees what; the other side has it at once', async () => {
  const { arunee, linh, weiling } = house.people
  await group(house, { members: [arunee, linh] })
  const report = await filedReport(arunee)
  const theirs = await windows.open('linh', '/shared')
  await theirs.page.getByRole('heading', { name: 'Nothing was shared with you' }).waitFor()
  const { page, said } = await windows.open('arunee', `/reports/${report.id}`)
  await page.getByRole('heading', { name: 'Your organisation alone may see it' }).waitFor()
  await page.getByRole('button', { name: 'Record a consent' }).click()
  await page.getByLabel('To which use').selectOption('support')
  await page.getByLabel('How, and in which language').fill('by voice, in Burmese')
  await page.getByRole('button', { name: 'Record it' }).click()
  await page.getByRole('heading', { name: 'The person consents to one use' }).waitFor()

  await page.getByRole('button', { name: 'Share it' }).click()
  await page.getByText('Add a recipient, and who will see what').waitFor()
  await page.getByLabel('An organisation or a group of yours').selectOption(linh.org)
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await page.getByLabel('One person, by exact e-mail address').fill('nobody@test.example')
  await page.keyboard.press('Enter')
  await page.getByText('nobody in the network has exactly the address', { exact: false }).waitFor()
  await page.getByLabel('One person, by exact e-mail address').fill('weiling@test.example')
  await page.keyboard.press('Enter')
  const preview = page.getByRole('region', { name: 'Who will see what' })
  await preview.getByText('viet (test)').first().waitFor()
  await preview.getByText('weiling@test.example').first().waitFor()
  await preview.getByText('None of them learns of the others.', { exact: false }).waitFor()
  await page.getByLabel('To what the person agreed, and when').fill('agreed this morning to be helped')
  await keepShot(page, 'share-form')
  assert.deepEqual(await axe(page), [])
  await page
    .getByRole('form', { name: /^Share R-/ })
    .getByRole('button', { name: 'Share it' })
    .click()
  await page.getByRole('heading', { name: 'Shared once' }).waitFor()

  await theirs.page.getByRole('heading', { name: 'One item shared with you is open' }).waitFor()
  await theirs.page.getByRole('link', { name: report.ref }).click()
  await theirs.page.getByRole('heading', { name: 'thai (test) shared a report with you' }).waitFor()
  await keepShot(theirs.page, 'shared-open')
  assert.doesNotMatch(await wordsOf(theirs.page.locator('main')), /weiling|police/i)
  assert.deepEqual(await axe(theirs.page), [])

  // the person withdraws: the page of the other side closes while it is looked at
  await page.getByRole('button', { name: 'Withdrawn', exact: true }).click()
  await page.getByRole('button', { name: 'It is withdrawn' }).click()
  await page.getByRole('heading', { name: 'No consent of the person stands' }).waitFor()
  await theirs.page.getByText('has withdrawn or limited their consent', { exact: false }).waitFor()
  await keepShot(theirs.page, 'shared-tombstone')
  await theirs.page.getByRole('button', { name: 'Somebody’s life or safety cannot wait' }).click()
  await theirs.page
    .getByLabel('What cannot wait, and for whom')
    .fill('she called from the compound an hour ago')
  await theirs.page.getByRole('button', { name: 'Break the glass' }).click()
  await theirs.page.getByRole('heading', { name: /is open through broken glass/ }).waitFor()
  await keepShot(theirs.page, 'glass-broken')
  assert.deepEqual(await axe(theirs.page), [])

  await page.getByRole('button', { name: 'Who read it' }).click()
  await page.getByText('Somebody of viet (test) looked at it', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Take it back' }).first().click()
  await page.getByLabel('Why (they read this)').fill('the person is safe with us now')
  await keepShot(page, 'share-recall')
  await page.getByRole('button', { name: 'Take it back' }).last().click()
  await theirs.page.getByText('the person is safe with us now', { exact: false }).waitFor()
  // a request is shared from its own page, for information
  const body = freezeRequest({ reportId: report.id, toOrg: weiling.org })
  const request = await ok<{ ref: string }>(arunee.ask('POST', '/api/requests', { body }))
  await page.goto(`${windows.baseOf('arunee')}/requests/${body.id}`)
  await page.getByRole('heading', { name: 'Nobody but those who take part sees it' }).waitFor()
  await page.getByRole('button', { name: 'Share it' }).click()
  await page.getByLabel('An organisation or a group of yours').selectOption(linh.org)
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await page.getByText(/Everybody there sees/).waitFor()
  await page.getByRole('radio', { name: 'The public interest outweighs' }).check()
  await page.getByLabel('Say which, and why').fill('they watch the same accounts')
  await keepShot(page, 'request-share')
  const form = page.getByRole('form', { name: `Share ${request.ref}` })
  await form.getByRole('button', { name: 'Share it' }).click()
  await page.getByRole('heading', { name: 'Shared once' }).waitFor()
  await theirs.page.goto(`${windows.baseOf('linh')}/shared`)
  await theirs.page.getByRole('link', { name: request.ref }).waitFor()

  assert.equal((await ok<{ shares: unknown[] }>(weiling.ask('GET', '/api/shares?box=in'))).shares.length, 1)
  for (const window of [page, theirs.page]) await window.context().close()
  assert.deepEqual([...said, ...theirs.said], [])
})

test('a possible victim: police cannot receive it until a colleague has decided; both see why', async () => {
  const { arunee, weiling } = house.people
  const report = await filedReport(arunee)
  const { page, said } = await windows.open('arunee', `/reports/${report.id}`)
  await page.getByRole('button', { name: 'Mark it anew' }).click()
  await page.getByLabel('A person in it may be a victim of trafficking').check()
  await page.getByLabel('Somebody may be forced').check()
  await keepShot(page, 'marking-form')
  await page.getByRole('button', { name: 'Mark it so' }).click()
  await page.getByText('possible victim', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Share it' }).click()
  await page.getByLabel('An organisation or a group of yours').selectOption(weiling.org)
  await page.getByRole('button', { name: 'Add', exact: true }).first().click()
  await page.getByText(/Cannot receive it: it is about a possible victim/).waitFor()
  const ask = page.getByRole('group', { name: 'police (test) needs a second person' })
  await ask.getByLabel('On what it rests').fill('vital interest')
  await ask.getByLabel('What for').fill('the police can reach her tonight')
  await keepShot(page, 'share-firewall')
  await ask.getByRole('button', { name: 'Ask a colleague' }).click()
  await page.getByText('It stands on their desk.', { exact: false }).waitFor()

  const colleague = await windows.open('ploy', '/')
  await colleague.page.getByText('which is about a possible victim?', { exact: false }).waitFor()
  await keepShot(colleague.page, 'second-person')
  assert.deepEqual(await axe(colleague.page), [])
  await colleague.page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText(/Everybody there sees/).waitFor()
  await page.getByRole('radio', { name: 'Life or safety, and nobody can be asked' }).check()
  await page.getByLabel('Say which, and why').fill('she is still inside')
  await page
    .getByRole('form', { name: /^Share R-/ })
    .getByRole('button', { name: 'Share it' })
    .click()
  await page.getByRole('heading', { name: 'Shared once' }).waitFor()
  const police = await windows.open('weiling', '/shared')
  await police.page.getByRole('link', { name: report.ref }).click()
  await police.page.getByText('should not be detained, charged or prosecuted', { exact: false }).waitFor()
  await keepShot(police.page, 'shared-notice')

  // it was about somebody else: another report takes its place, and who had read the old one stands beside it
  const right = await filedReport(arunee)
  await page.getByRole('button', { name: 'Put it right' }).click()
  const correct = page.getByRole('form', { name: `Put ${report.ref} right` })
  await correct.getByLabel('The corrected report').selectOption({ label: `${right.ref}, by arunee` })
  await correct.getByLabel('What was wrong (they read this)').fill('two people were taken for one')
  await keepShot(page, 'share-correct')
  await correct.getByRole('button', { name: 'Put it in its place' }).click()
  await police.page.getByText('two people were taken for one', { exact: false }).waitFor()
  await keepShot(police.page, 'shared-corrected')
  await police.page.getByRole('link', { name: 'The corrected one' }).click()
  await police.page.getByText(right.ref).first().waitFor()
  await page.getByRole('button', { name: 'Who read it' }).click()
  await page.getByText('Somebody of police (test) looked at it', { exact: false }).waitFor()

  // and the mark was wrong: two people take it away
  await page.getByRole('button', { name: 'Mark it anew' }).click()
  await page.getByLabel('A person in it may be a victim of trafficking').uncheck()
  const unmark = page.getByRole('group', { name: 'Taking the mark away needs a second person' })
  await unmark.getByLabel('On what it rests').fill('decision of the competent authority')
  await unmark.getByLabel('Why the mark is wrong').fill('she was a witness')
  await keepShot(page, 'marking-unmark')
  assert.deepEqual(await axe(page), [])
  await unmark.getByRole('button', { name: 'Ask a colleague' }).click()
  await colleague.page
    .getByText('May the mark of a possible victim be taken away', { exact: false })
    .waitFor()
  await colleague.page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('ploy agreed that the mark may go', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'Mark it so' }).click()
  await page.getByText('possible victim', { exact: true }).waitFor({ state: 'detached' })
  for (const window of [page, colleague.page, police.page]) await window.context().close()
  assert.deepEqual([...said, ...colleague.said, ...police.said], [])
})

test('the same pages on a phone and in the dark: nothing is cut off, axe finds nothing', async () => {
  const { arunee, linh } = house.people
  const report = await filedReport(arunee)
  const share = await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }] })
  await ok<ShareWhole>(
    arunee.ask(
      'POST',
      `/api/shares/${(await makeShare(arunee, { itemId: report.id, to: [{ org: linh.org }] })).id}/recall`,
      { body: { note: '' } },
    ),
  )
  await ok(
    arunee.ask('POST', `/api/reports/${report.id}/marking`, {
      body: { ...MARKED, handling: ['duress-risk', 'victim-identity'] },
    }),
  )
  const approval = {
    id: newId(),
    kind: 'victim_disclosure',
    objectKind: 'report',
    objectId: report.id,
    toOrg: house.people.weiling.org,
    byOrg: null,
    reason: 'the police can reach her tonight',
    basis: 'vital interest',
    days: 3,
  }
  await ok(arunee.ask('POST', '/api/approvals', { body: approval }))
  for (const look of [
    { size: 'phone', scheme: 'light' },
    { size: 'desk', scheme: 'dark' },
  ] as const) {
    const name = `${look.size}-${look.scheme}`
    for (const [who, path, heading] of [
      ['arunee', `/reports/${report.id}`, 'Marking'],
      ['ploy', '/', 'Waits for you as the second person'],
      ['linh', '/shared', /shared with you/],
      ['linh', `/shares/${share.id}`, /shared a report with you/],
    ] as const) {
      const { page, said } = await windows.open(who, path, look)
      await page.getByRole('heading', { name: heading }).first().waitFor()
      if (path.startsWith('/reports')) {
        await page.getByRole('button', { name: 'Share it' }).click()
        await page.getByRole('heading', { name: `Share ${report.ref}` }).waitFor()
      }
      await keepShot(page, `sharing-${name}-${who}${path.startsWith('/shares') ? '-share' : ''}`)
      await fits(page, `${path} on a ${look.size}`)
      assert.deepEqual(await axe(page), [], `${path} ${name}`)
      if (look.size === 'phone') {
        await turn(page, 'dark')
        await keepShot(page, `sharing-phone-dark-${who}${path.startsWith('/shares') ? '-share' : ''}`)
        assert.deepEqual(await axe(page, 'colours'), [], `${path} on a phone in the dark`)
      }
      assert.deepEqual(said, [])
      await page.context().close()
    }
  }
})
