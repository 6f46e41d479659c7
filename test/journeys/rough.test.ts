import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page, Route } from 'playwright-core'
import { askPolice, beginReport, HARM, textBox, writeToPolice } from './asking.ts'
import { comesTo, holdBack, holdReadings, openBrowser, until, wordsOf } from './browser.ts'
import { type DemoServer, startDemo } from './demo-server.ts'
import { found, keepShot, type Person, signIn } from './witness.ts'

// What goes wrong at night: each has a clear answer in the browser, and nothing is lost.

let server: DemoServer
let browser: Browser
let arunee: Person

before(async () => {
  server = await startDemo()
  browser = await openBrowser()
  arunee = await signIn(browser, server, { host: 'arunee' })
})
after(async () => {
  await browser?.close()
  await server?.end()
})

test('a paste of 50 MB is refused with what to do instead; what was there stays, and the page goes on', async () => {
  const { page } = arunee
  await beginReport(arunee, 'She sent SGD 900.00 to account 0123456789. ')
  await page.getByRole('region', { name: 'Bank accounts' }).waitFor()
  await page.evaluate(() => navigator.clipboard.writeText('a chat line without end '.repeat(2_100_000)))
  await textBox(page).press('Control+V')
  const answer = page.getByRole('alert').filter({ hasText: '50 million letters' })
  await answer.getByText(/Nothing was changed\. Save the text as a \.txt file and drop it here/).waitFor()
  await keepShot(page, 'rough-50-mb', false)
  await until(async () => {
    const told = await answer.boundingBox()
    return told !== null && told.y < 900 - told.height
  }, 'the answer is in view')
  assert.equal(await textBox(page).inputValue(), 'She sent SGD 900.00 to account 0123456789. ')
  await page.keyboard.type('And 700 USD more.')
  await page.getByRole('region', { name: 'Amounts' }).getByText('USD 700.00').waitFor()
})

test('a paste of 5 MB becomes a sealed file: its facts stand there while the rest is still being read', async () => {
  const { page } = arunee
  const readings = await holdReadings(page)
  await beginReport(arunee, 'She wrote to me. ')
  await page.evaluate((quiet) => {
    // what the page shows in the same moment as the first fact, however fast or slow the machine is
    const seen = { begun: false, reading: false }
    const look = () => {
      const facts = document.querySelector('[aria-label="Bank accounts"]')?.textContent ?? ''
      if (seen.begun || !facts.includes('0123456789')) return
      seen.begun = true
      seen.reading = document.body.textContent.includes('Reading pasted text.txt on this device')
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true })
    Object.assign(globalThis, { seenFirst: seen })
    const text = `I paid 45,000 baht to account 012-3-45678-9 at Kasikorn Bank.\n${quiet.repeat(90_000)}The last was DE89370400440532013000.`
    return navigator.clipboard.writeText(text)
  }, 'Then we talked about the weather and her mother again.\n')
  await textBox(page).press('Control+V')
  await page.getByRole('status').filter({ hasText: 'more than the box holds' }).waitFor()
  await page.getByRole('region', { name: 'Bank accounts' }).getByText('0123456789').waitFor()
  await readings.letGo()
  await page.getByRole('region', { name: 'Bank accounts (IBAN)' }).waitFor()
  await page.getByText(/^Too long for the box/).waitFor()
  const seen = await page.evaluate(() => Reflect.get(globalThis, 'seenFirst'))
  assert.deepEqual(seen, { begun: true, reading: true })
  assert.equal(await textBox(page).inputValue(), 'She wrote to me. ')
  await keepShot(page, 'rough-5-mb', false)
})

test('a text of 480,000 letters is read by and by: stopped, it keeps what was found, and is read whole when asked for', async () => {
  const { page } = arunee
  const quiet = 'Then we talked about the weather and her mother again.\n'
  const readings = await holdReadings(page)
  await beginReport(
    arunee,
    `I paid 45,000 baht to account 012-3-45678-9 at Kasikorn Bank.\n${quiet.repeat(8_700)}The last was DE89370400440532013000.`,
  )
  const bar = page.getByRole('progressbar', { name: 'Reading the text' })
  await bar.waitFor()
  await page.getByRole('region', { name: 'Bank accounts' }).getByText('0123456789').waitFor()
  await until(async () => {
    const told = await bar.boundingBox()
    return told !== null && told.y + told.height <= 900
  }, 'how far it is read is in view')
  await page.getByRole('button', { name: 'Stop reading' }).click()
  const stopped = page.getByRole('status').filter({ hasText: /^The reading was stopped at \d+ %/ })
  await stopped.waitFor()
  await page.getByRole('region', { name: 'Bank accounts' }).getByText('0123456789').waitFor()
  assert.equal(await page.getByRole('region', { name: 'Bank accounts (IBAN)' }).count(), 0)
  await keepShot(page, 'rough-stopped', false)
  await readings.letGo()
  await page.getByRole('button', { name: 'Read all of it' }).click()
  await page.getByRole('region', { name: 'Bank accounts (IBAN)' }).waitFor()
  await stopped.waitFor({ state: 'detached' })
  await bar.waitFor({ state: 'detached' })
})

test('words that could not be fetched: facts wait or stand alone, which is said, and all is read when the line is back', async () => {
  const { page } = arunee
  let asked = 0
  const cut = (route: Route) => {
    asked++
    return route.abort()
  }
  const [words, signs] = [/\/assets\/words_Thai-/, /\/assets\/th-/]
  await page.route(words, cut)
  await page.route(signs, cut)
  await beginReport(arunee, 'น้องอายุ 15 ปี ผมโอน 45,000 บาท ที่ปอยเปต')
  const notRead = page
    .getByRole('alert')
    .filter({ hasText: 'the words of this language could not be fetched' })
  await notRead.waitFor()
  assert.ok(asked > 0)
  await page.unroute(words, cut)
  await notRead.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('region', { name: 'Amounts' }).getByText('THB 45,000.00').waitFor()
  const noSigns = page.getByRole('alert').filter({ hasText: 'Signs were not looked for' })
  await noSigns.waitFor()
  await keepShot(page, 'rough-no-signs', false)
  await page.unroute(signs, cut)
  await noSigns.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('alert', { name: 'Safeguarding' }).waitFor()
  await noSigns.waitFor({ state: 'detached' })
})

test('an empty file, and a binary that calls itself .txt: what is wrong with each is said, nothing breaks', async () => {
  const { page } = arunee
  await beginReport(arunee, 'A first line.')
  const files = page.getByRole('region', { name: 'Files, sealed' })
  await choose(page, { name: 'chat.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) })
  await files.getByRole('alert').getByText('chat.txt is empty: there is nothing in it to keep.').waitFor()
  const bytes = Buffer.from(Array.from({ length: 9_000 }, (_, i) => (i * 7919 + (i >> 3)) % 256))
  await choose(page, { name: 'export.txt', mimeType: 'text/plain', buffer: bytes })
  await files.getByText('sealed', { exact: true }).waitFor()
  await files
    .getByText(/^export\.txt: this is not a text, whatever its name says;.* It is kept as evidence/)
    .waitFor()
  assert.equal(await textBox(page).inputValue(), 'A first line.')
  await keepShot(page, 'rough-binary')
  await files.getByRole('button', { name: 'Take export.txt out' }).click()
  await files.getByText('export.txt').waitFor({ state: 'detached' })
})

test('two chats dropped together: one stands in the box, the other is read by itself, its words under its own names', async () => {
  const { page, base } = arunee
  await page.goto(`${base}/reports/new`)
  await textBox(page).waitFor()
  const chat = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await page
    .locator('input[type="file"]')
    .setInputFiles([
      chat('first.txt', '[21/11/2026, 21:05:40] Nok: She sent SGD 900.00 to account 0123456789'),
      chat('second.txt', '[20/11/2026, 09:15:00] Mai: She sent SGD 70.00 to account 9876543210'),
    ])
  const files = page.getByRole('region', { name: 'Files, sealed' })
  await files.getByText('Its text stands in the box.').waitFor()
  await files.getByText(/^A chat of its own/).waitFor()
  const accounts = page.getByRole('region', { name: 'Bank accounts' })
  await accounts.getByText('0123456789').waitFor()
  await accounts.getByText('9876543210').waitFor()
  const held = await textBox(page).inputValue()
  assert.equal(held.includes('Nok:'), !held.includes('Mai:'), 'one of the two')
})

test('a chat in Burmese with right-to-left marks is read: the account is the account, the marks hide nothing', async () => {
  const { page } = arunee
  const chat =
    '21/11/2026, 21:04 - \u200fမမ\u200e: ကျွန်မ ညီမ ပိုက်ဆံ လွှဲလိုက်တယ်\n' +
    '21/11/2026, 21:05 - \u200fမမ\u200e: SGD 48,200.00 ကို account \u202b0123456789\u202c ဆီ \u2067လွှဲခဲ့တယ်\u2069'
  await beginReport(arunee, chat)
  await page.getByRole('region', { name: 'Bank accounts' }).getByText('0123456789').waitFor()
  await page.getByRole('region', { name: 'Amounts' }).getByText('SGD 48,200.00').waitFor()
  assert.equal(await textBox(page).inputValue(), chat, 'the text stands as it was pasted')
  await page.waitForFunction(() =>
    [...(CSS.highlights.get('fact-found') ?? [])].some(
      ({ startContainer, startOffset, endOffset }) =>
        startContainer.textContent?.slice(startOffset, endOffset) === '0123456789',
    ),
  )
  const turned = await textBox(page).evaluate((box) => getComputedStyle(box).unicodeBidi)
  assert.equal(turned, 'normal', 'marks alone turn no line around')
  await textBox(page).fill(`${chat} السلام`)
  await page.waitForFunction(() =>
    [...document.querySelectorAll('textarea')].some((it) => getComputedStyle(it).unicodeBidi === 'plaintext'),
  )
  await keepShot(page, 'rough-burmese')
})

test('an IBAN with one wrong character is no fact: it is shown with why, and can be put right', async () => {
  const { page } = arunee
  await beginReport(arunee, 'Pay to IBAN GB33 BUKB 2020 1555 5555 56 today.')
  await page.getByText('GB33 BUKB 2020 1555 5555 56').and(page.locator('bdi')).waitFor()
  const list = page.getByRole('button', { name: 'Correct it' })
  await keepShot(page, 'rough-iban', false)
  assert.equal(await page.getByRole('region', { name: 'Bank accounts (IBAN)' }).count(), 0)
  await list.click()
  const form = page.getByRole('form')
  await form.getByRole('textbox').fill('GB33 BUKB 2020 1555 5555 57')
  await form.getByRole('button', { name: /^Take it/ }).click()
  await form.getByText(/check/i).waitFor()
  await form.getByRole('textbox').fill('GB33 BUKB 2020 1555 5555 55')
  await form.getByRole('button', { name: /^Take it/ }).click()
  await page.getByText('1 fact, all confirmed').waitFor()
})

test('an amount without a currency is asked about, and cannot be sent without one', async () => {
  const { page } = arunee
  await beginReport(
    arunee,
    'A fee of SGD 30.00 came first. Then she transferred 48,200 to account 0123456789.',
  )
  const amounts = page.getByRole('region', { name: 'Amounts' })
  await page
    .getByRole('region', { name: 'Bank accounts' })
    .getByRole('button', { name: /^Confirm / })
    .click()
  assert.doesNotMatch(await wordsOf(amounts), /48,200/, 'a bare number is not taken for money')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const form = page.getByRole('form')
  await form.getByRole('combobox').first().selectOption('amount')
  await form.getByLabel('Amount', { exact: true }).fill('48,200')
  await form.getByRole('button', { name: /^Take it/ }).click()
  await amounts.getByText('Which currency?').waitFor()
  const panel = page.getByRole('region', { name: 'Who can act' })
  await panel.getByLabel('Money at risk').fill('48,200.00')
  await panel.getByText('which one?').waitFor()
  await panel.getByRole('button', { name: 'Ask them this way' }).first().click()
  await panel.getByText('Choose the currency: an amount without one cannot be sent.').waitFor()
  await panel.getByRole('button', { name: /send to Anti-Scam Police/, disabled: true }).waitFor()
  await keepShot(page, 'rough-no-currency')
})

test('a browser closed half-way: the draft comes back in another one, and was sealed all the time', async () => {
  const words = 'He hid the telephone under the rice sacks'
  const first = await signIn(browser, server, { host: 'linh', timeZone: 'Asia/Ho_Chi_Minh' })
  // what the network answers about the account comes when the draft has been left
  await holdBack(first.page, /\/api\/match\/evaluations$/)
  await beginReport(first, `${words}. Account 0123456789.`)
  await first.page.getByRole('button', { name: /^Confirm bank account/ }).click()
  await first.page.getByText('Draft saved, sealed to you alone').waitFor()
  await first.window.close()

  const second = await signIn(browser, server, { host: 'linh', timeZone: 'Asia/Ho_Chi_Minh' })
  const { page } = second
  const network = await holdBack(page, /\/api\/match\/evaluations$/)
  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await page.getByRole('heading', { name: '1 draft to go on with' }).waitFor()
  await keepShot(page, 'rough-draft', false)
  await page.getByRole('link', { name: new RegExp(words.slice(0, 12)) }).click()
  await textBox(page).waitFor()
  assert.equal(await textBox(page).inputValue(), `${words}. Account 0123456789.`)
  await page.getByRole('button', { name: /is confirmed$/ }).waitFor()
  await network.asked

  // left and come back to before the last words were kept: they are kept first, and there
  const kept = await holdBack(page, /\/api\/drafts\/\w+\/content\?/)
  await textBox(page).fill(`${words} again. Account 0123456789.`)
  await page.getByRole('link', { name: 'Network', exact: true }).click()
  await kept.asked
  await page.waitForURL(/\/network$/)
  const again = await holdBack(page, /\/api\/match\/evaluations$/)
  await page.goBack()
  await page.getByText('Opening the draft').waitFor()
  kept.letGo()
  await textBox(page).waitFor()
  assert.equal(await textBox(page).inputValue(), `${words} again. Account 0123456789.`)
  // what comes to the editor that was left does not overtake the one that is open
  const answered = page.waitForResponse('**/api/match/known')
  network.letGo()
  await answered
  await page.waitForTimeout(1_500)
  again.letGo()
  await page.getByText('Draft saved, sealed to you alone').waitFor()

  // signed out before the last words were kept: they are there after the next sign-in
  await textBox(page).fill(`${words} at last. Account 0123456789.`)
  await page.getByRole('button', { name: /your key, colours, sign out/ }).click()
  await page.getByRole('button', { name: 'Sign out and forget the key' }).click()
  await page.waitForURL(/\/sign-in$/)
  await page.getByRole('button', { name: 'Sign in with the password' }).click()
  await page.getByRole('link', { name: 'Report', exact: true }).click()
  await page.getByRole('link', { name: new RegExp(words.slice(0, 12)) }).click()
  await textBox(page).waitFor()
  assert.equal(await textBox(page).inputValue(), `${words} at last. Account 0123456789.`)
  const sent = Buffer.concat([...first.sent, ...second.sent].map(({ whole }) => whole))
  assert.ok(sent.includes('/api/drafts/'), 'the draft was seen on its way')
  assert.deepEqual(found(sent, [words]), [])
  assert.deepEqual(found(server.disk(), [words]), [])
  assert.deepEqual([...first.said, ...second.said], [])
})

test('a draft open on two devices: neither overwrites the other, and what was written on both is there', async () => {
  const it = { host: 'linh', timeZone: 'Asia/Ho_Chi_Minh' }
  const [laptop, phone] = [await signIn(browser, server, it), await signIn(browser, server, it)]
  const begun = 'The van came at dusk.'
  await beginReport(laptop, begun)
  await laptop.page.getByText('Draft saved, sealed to you alone').waitFor()
  await phone.page.getByRole('link', { name: 'Report', exact: true }).click()
  await phone.page.getByRole('link', { name: /The van came/ }).click()
  await textBox(phone.page).fill(`${begun} Written on the phone.`)
  await phone.page.getByText('Draft saved, sealed to you alone').waitFor()
  await textBox(laptop.page).fill(`${begun} Written on the laptop.`)
  const told = laptop.page.getByRole('alert').filter({ hasText: 'changed in another window' })
  await told.waitFor()
  await keepShot(laptop.page, 'rough-two-devices', false)
  await told.getByRole('button', { name: /^Keep both/ }).click()
  await told.waitFor({ state: 'detached' })
  await textBox(laptop.page).waitFor()
  assert.equal(await textBox(laptop.page).inputValue(), `${begun} Written on the laptop.`)
  await phone.page.reload()
  await textBox(phone.page).waitFor()
  assert.equal(await textBox(phone.page).inputValue(), `${begun} Written on the phone.`)
  // left without a choice: what was written is a draft of its own all the same
  await phone.page.goto(
    `${laptop.base}${new URL(laptop.page.url()).pathname}${new URL(laptop.page.url()).search}`,
  )
  await textBox(phone.page).fill(`${begun} The phone once more.`)
  await phone.page.getByText('Draft saved, sealed to you alone').waitFor()
  await textBox(laptop.page).fill(`${begun} The laptop once more.`)
  await told.waitFor()
  await laptop.page.getByRole('link', { name: 'Report', exact: true }).click()
  for (const words of ['Written on the phone', 'The phone once more', 'The laptop once more'])
    await laptop.page.getByRole('link', { name: new RegExp(words) }).waitFor()
  assert.deepEqual([...laptop.said.filter((line) => !/ 409 /.test(line)), ...phone.said], [])
})

test('two officers take the same request on at once: one has it, the other is told who, in plain words', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const [path, ...officers] = await Promise.all([
    askPolice(
      arunee,
      `On ${yesterday} she sent SGD 48,200.00 to account 0123456789 at Harbour Bank Singapore.`,
    ),
    signIn(browser, server, { host: 'weiling', timeZone: 'Asia/Singapore' }),
    signIn(browser, server, { host: 'farid', timeZone: 'Asia/Singapore' }),
  ])
  const held: Route[] = []
  const both = Promise.withResolvers<void>()
  for (const { page, base } of officers) {
    // both presses are on their way before either arrives
    await page.route('**/acknowledgement', (route) => {
      held.push(route)
      if (held.length === officers.length) both.resolve()
    })
    await page.goto(base + path)
  }
  await Promise.all(officers.map(({ page }) => page.getByRole('button', { name: 'Take it on' }).click()))
  await both.promise
  await Promise.all(held.map((route) => route.continue()))
  const told = officers.map(({ page }) =>
    page.getByRole('alert').filter({ hasText: 'was first and took it on' }),
  )
  await Promise.race(told.map((note) => note.waitFor()))
  await Promise.all(
    officers.map(({ page }) => page.getByRole('button', { name: 'Record the order' }).waitFor()),
  )
  const counts = await Promise.all(told.map((note) => note.count()))
  assert.deepEqual(counts.toSorted(), [0, 1], 'one of the two was told')
  const late = told[counts.indexOf(1)]
  assert.match(
    late ? await wordsOf(late) : '',
    /A colleague of yours at Anti-Scam Police Singapore \(demo\) was first and took it on, .*You did not take it on/s,
  )
  const slow = officers[counts.indexOf(1)]
  if (slow) await keepShot(slow.page, 'rough-two-officers', false)
  const history = officers[0]?.page.getByRole('complementary', { name: 'History and conversation' })
  await comesTo(async () => history?.getByText('took it on').count(), 1, 'it was taken on once')
  if (!slow) return
  // the chat gave the day alone: no clock of either side is shown for it
  await slow.page.getByText(/^\d+ \w+ \d{4}, hour not known$/).waitFor()
  await orderAfterAll(slow.page)
})

/** Who was too late with one act goes on with the next: what they do themselves is not laid at a colleague's door. */
async function orderAfterAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Record the order' }).click()
  const order = page.getByRole('form', { name: 'Record the order' })
  await order.getByLabel('Bank').selectOption({ label: 'Harbour Bank Singapore (demo)' })
  await order.getByLabel('Reference of the order').fill('ASC/2026/1143')
  await order.getByRole('button', { name: 'Record the order' }).click()
  await page.getByText('Harbour Bank Singapore (demo) has it').waitFor()
  await page.getByRole('alert').filter({ hasText: 'was first' }).waitFor({ state: 'detached' })
}

test('a request to an organisation that has left in the meantime: who has left is said, and nothing is lost', async () => {
  const { page, base } = arunee
  const POLICE = 'Anti-Scam Police Singapore (demo)'
  const send = await writeToPolice(arunee)
  const set = (at: Date | null) =>
    server.change((db) => db.updateTable('org').set({ left_at: at }).where('name', '=', POLICE).execute())
  // she presses before the news of it reaches her page
  const news = await holdBack(page, /\/api\/network$/)
  await set(new Date(Date.now() - 3_600_000))
  try {
    await send.click()
    news.letGo()
    await page.getByRole('alert').getByText(`${POLICE} has left the network`).waitFor()
    const form = page.getByRole('region', { name: `Request to ${POLICE}` })
    await form.getByText(`${POLICE} has left the network: choose somebody else.`).waitFor()
    await keepShot(page, 'rough-left')
    assert.equal(await form.getByLabel(/^What harm it prevents/).inputValue(), HARM)
    await form.getByRole('button', { name: /^Send to Anti-Scam Police/, disabled: true }).waitFor()
    await page.getByRole('button', { name: 'Choose somebody else' }).click()
    const panel = page.getByRole('region', { name: 'Who can act' })
    await panel.getByRole('listitem').filter({ hasText: 'Harbour Bank Singapore' }).first().waitFor()
    await panel.getByText(POLICE).first().waitFor({ state: 'detached' })
    await page.goto(`${base}/reports`)
    await page.getByText('report saved, request not sent').waitFor()
  } finally {
    await set(null)
  }
})

/** Hands a file to the page as the file chooser does. */
async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose files' }).click()
  await (await choosing).setFiles(file)
}
