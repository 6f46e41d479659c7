import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { comesTo, fieldHolds, holdUndo, openBrowser, until, wordsOf } from './browser.ts'
import { type DemoServer, startDemo } from './demo-server.ts'
import { found, type Heard, keepShot, openPerson, type Person, paste, signIn, strangers } from './witness.ts'

// The founding night, from both sides, in real browsers against the server as `serve --demo` starts it: a caseworker in
// Thailand holds what the police in Singapore need; the money is still there for some hours. Everybody here is invented.

const DAY = 86_400_000
/** Yesterday in Bangkok, as WhatsApp writes it there, in words, and as ISO 8601 does. */
const BEFORE = new Date(Date.now() - DAY)
const inBangkok = (as: Intl.DateTimeFormatOptions = {}) =>
  BEFORE.toLocaleDateString('en-GB', { timeZone: 'Asia/Bangkok', ...as })
const YESTERDAY = inBangkok()
// until the twelfth of a month, digits alone could be another day
const IN_WORDS = inBangkok({ day: 'numeric', month: 'long', year: 'numeric' })
const ISO_DAY = YESTERDAY.split('/').reverse().join('-')
const VICTIM = 'Lim Su Ann'
const SECRETS = [VICTIM, 'lantern festival fund', 'cries every night', 'sister in Jurong', '+65 8000 4417']
const ACCOUNT = '0123456789'
const CHAT = `${YESTERDAY}, 21:04 - Nok: Please help. My friend ${VICTIM} in Singapore put her savings into a lantern festival fund.
${YESTERDAY}, 21:05 - Nok: At 20:40 on ${IN_WORDS} she sent S$48,200.00 to Harbour Bank Singapore account 012-345678-9, name BRIGHT TIDE TRADING
${YESTERDAY}, 21:06 - Nok: She cries every night. The man writes as @bright_tide_desk on Telegram
${YESTERDAY}, 21:09 - Nok: She is at her sister in Jurong now, you can ring her`

let server: DemoServer
let browser: Browser
let arunee: Person
let weiling: Person
let priya: Person
let linh: Person
let mei: Person
let requestUrl = ''
const people: Person[] = []

before(async () => {
  server = await startDemo()
  browser = await openBrowser()
})
after(async () => {
  await browser?.close()
  await server?.end()
})

let broken = false

/** One step of the night: when one fails, what follows it has nothing to stand on. */
function step(name: string, play: () => Promise<void>): void {
  test(name, async (t) => {
    if (broken) return t.skip('a step before it failed')
    broken = true
    try {
      await play()
      broken = false
    } finally {
      if (broken) for (const [i, { page }] of people.entries()) await keepShot(page, `night-failed-${i}`)
    }
  })
}

step('1: the sign-in page of the demo offers its people, each with a window of their own', async () => {
  const stranger = await openPerson(browser, server.at('arunee'))
  people.push(stranger)
  const { page, base } = stranger
  await page.goto(base)
  await page.waitForURL(/\/sign-in/)
  await page.getByRole('heading', { name: 'This is a demo: nobody here is real' }).waitFor()
  for (const name of ['Linh T.', 'Insp. Wei Ling', 'Priya N.', 'Helen O.', 'Daniel R.', 'Mei A.']) {
    const link = page.getByRole('link', { name: `Open a window of their own for ${name}` })
    assert.match((await link.getAttribute('href')) ?? '', /^http:\/\/\w+\.localhost:\d+\/sign-in$/)
  }
  // the browser itself logs the one answer that was meant: who is not signed in gets 401
  await until(async () => stranger.said.length > 0, 'the browser logs the refusal')
  assert.match(stranger.said.splice(0).join('\n'), /^[^\n]*status of 401[^\n]*$/)
  await keepShot(page, 'night-1-sign-in')
  ;[arunee, weiling, priya] = (await Promise.all(
    (['arunee', 'weiling', 'priya'] as const).map((host) =>
      signIn(browser, server, { host, timeZone: host === 'arunee' ? 'Asia/Bangkok' : 'Asia/Singapore' }),
    ),
  )) as [Person, Person, Person]
  people.push(arunee, weiling, priya)
  await weiling.page.getByRole('heading', { name: 'No request waits for you' }).waitFor()
  await priya.page.getByRole('heading', { name: 'No order waits for you' }).waitFor()
})

step(
  '2: Arunee pastes the chat; its facts appear, marked and listed, and she confirms them by keyboard',
  async () => {
    const { page } = arunee
    await page.getByRole('button', { name: 'Write a report' }).click()
    const box = page.getByRole('textbox', { name: /^Chat, statement or advertisement/ })
    await box.click()
    await paste(page, CHAT)
    const accounts = page.getByRole('region', { name: 'Bank accounts' })
    await accounts.getByText(ACCOUNT).waitFor()
    // says why
    await accounts.getByText('an account number of 10 digits, named by "account"').waitFor()
    await page.getByRole('region', { name: 'Amounts' }).getByText('SGD 48,200.00').waitFor()
    for (const words of ['012-345678-9', 'S$48,200.00', '@bright_tide_desk'])
      await until(async () => (await marked(page, 'found')).includes(words), `${words} marked in the text`)
    await keepShot(page, 'night-2-facts')

    await page.keyboard.press('Escape')
    const all = page.getByRole('heading', { name: 'all confirmed' })
    for (let left = await toConfirm(page); left > 0; left = await toConfirm(page)) {
      await page.keyboard.press('c')
      await until(async () => (await toConfirm(page)) !== left, `fewer than ${left} to confirm`)
    }
    await all.waitFor()
    await accounts.getByRole('button', { name: / is confirmed$/ }).waitFor()
    const person = page.getByRole('region', { name: 'The person, sealed' })
    await person.getByLabel('Name, or how you call them').fill(VICTIM)
    await person.getByLabel('A safe way to reach them').fill('+65 8000 4417')
    await page.getByText('Draft saved, sealed to you alone').waitFor()
  },
)

step(
  '3: who can act: organisations with a power there, their hour, and why a way is open or not',
  async () => {
    const { page } = arunee
    await page.getByRole('button', { name: 'See who can act' }).click()
    const panel = page.getByRole('region', { name: 'Who can act' })
    const payment = panel.getByRole('group', { name: 'The payment' })
    await fieldHolds(payment.getByLabel('Money at risk'), '48,200.00')
    await fieldHolds(payment.getByLabel('Currency'), 'SGD')
    // the day beside the account
    await fieldHolds(payment.getByLabel('Paid on'), ISO_DAY)
    await payment.getByLabel('at, if known').fill('20:40')
    await payment.getByLabel('in the time of').selectOption({ label: 'Singapore' })
    await payment.getByLabel('The person is in').selectOption('SG')
    await payment.getByLabel('Paid from a bank in').selectOption('SG')
    await payment.getByLabel('Paid by').selectOption('instant')
    const police = panel
      .getByRole('listitem')
      .filter({ hasText: 'Anti-Scam Police Singapore (demo)' })
      .first()
    await police.getByText(/\d\d:\d\d there, on duty/).waitFor()
    await police.getByText(/Seizure of property under the criminal procedure law/).waitFor()
    await police.getByText('Singapore police freeze: open').waitFor()
    await panel.getByRole('listitem').filter({ hasText: 'Harbour Bank Singapore (demo)' }).first().waitFor()
    await panel.getByText(/^All \d+ rails: /).click()
    for (const rail of ['FBI', 'I-GRIP', 'Recall by the sending bank'])
      await until(async () => (await wordsOf(panel)).includes(rail), `${rail} is explained`)
    await keepShot(page, 'night-3-who-can-act')
  },
)

step(
  '4a: she sees exactly what leaves, and sends; Wei Ling’s open desk shows it without a reload',
  async () => {
    const { page } = arunee
    const panel = page.getByRole('region', { name: 'Who can act' })
    const police = panel
      .getByRole('listitem')
      .filter({ hasText: 'Anti-Scam Police Singapore (demo)' })
      .first()
    const way = police.getByRole('listitem').filter({ hasText: 'Singapore police freeze' }).last()
    await way.getByRole('button', { name: 'Ask them this way' }).click()
    const form = page.getByRole('region', { name: 'Request to Anti-Scam Police Singapore (demo)' })
    const send = form.getByRole('button', { name: /send to Anti-Scam Police/ })
    // not before it is said why it may be shared
    await form.getByRole('button', { name: /send to Anti-Scam Police/, disabled: true }).waitFor()
    await form.getByRole('radio', { name: 'Consent of the person' }).check()
    await form
      .getByLabel('Who agreed, when, and to what')
      .fill('She agreed by telephone at 22:10, for the police alone')
    await form
      .getByLabel('Note to them, in the clear')
      .fill('Paid under deception; a second payment is asked for tomorrow.')
    await form.getByRole('checkbox', { name: 'The person: name, contact and notes' }).check()
    await form.getByRole('checkbox', { name: 'The whole text' }).check()
    const leaves = form.getByRole('region', { name: 'What leaves to Anti-Scam Police Singapore (demo)' })
    await leaves.getByText(/^all of it, /).waitFor()
    const preview = await wordsOf(leaves)
    assert.match(preview, /In the clear, to .{0,40}Anti-Scam Police/)
    assert.match(preview, /Sealed, for /)
    const clear = preview.slice(0, preview.indexOf('Sealed, for '))
    assert.match(clear, /0123 ?4567 ?89/)
    assert.match(clear, /SGD 48,200\.00/)
    assert.match(clear, /an instant payment/)
    for (const secret of SECRETS)
      assert.ok(!clear.includes(secret), `${secret} in the clear part of the preview`)
    await keepShot(page, 'night-4-send')

    const desk = weiling.page
    await desk.evaluate(() => Object.assign(window, { sameDocument: true }))
    await send.click()
    const row = desk.getByRole('link', { name: /SGD 48,200\.00 at risk, \d+ hours left/ })
    await row.waitFor()
    assert.equal(await desk.evaluate(() => 'sameDocument' in window), true, 'the desk was not loaded again')
    await keepShot(desk, 'night-4-desk')
    await page.waitForURL(/\/requests\//)
    requestUrl = new URL(page.url()).pathname
    await row.click()
    await desk.waitForURL((url) => url.pathname === requestUrl)
    await desk.getByText('an instant payment', { exact: true }).waitFor()
  },
)

step(
  '4b: Wei Ling takes it on, opens the sealed briefing, records the order; Priya answers; every ledger adds up',
  async () => {
    const officer = weiling.page
    await officer.getByRole('button', { name: 'Take it on' }).click()
    await arunee.page.getByText('Anti-Scam Police Singapore (demo) has it').waitFor()
    await officer.getByRole('button', { name: 'Open (is recorded)' }).click()
    const briefing = officer.getByRole('region', { name: 'Who the person is, opened' })
    await briefing.getByText(VICTIM, { exact: true }).waitFor()
    await briefing.getByText('+65 8000 4417').waitFor()
    await briefing.getByRole('region', { name: 'What was told' }).getByText('cries every night').waitFor()
    await keepShot(officer, 'night-5-opened')

    await officer.getByRole('button', { name: 'Record the order' }).click()
    const order = officer.getByRole('form', { name: 'Record the order' })
    await order.getByLabel('Bank').selectOption({ label: 'Harbour Bank Singapore (demo)' })
    await order.getByLabel('Reference of the order').fill('ASC/2026/1142')
    await officer.reload()
    await officer.getByRole('button', { name: 'Record the order' }).click()
    await order.getByLabel('Reference of the order').waitFor()
    // typed, kept
    await fieldHolds(order.getByLabel('Reference of the order'), 'ASC/2026/1142')
    assert.notEqual(await order.getByLabel('Legal basis').inputValue(), '', 'a legal basis stands there')
    await keepShot(officer, 'night-5-order')
    await order.getByRole('button', { name: 'Record the order' }).click()

    const bank = priya.page
    await bank.getByRole('link', { name: /Hold SGD 48,200\.00/ }).click()
    const answer = bank.getByRole('form', { name: 'Your answer' })
    await answer.getByLabel(/^Held/).fill('40,000.00')
    await answer.getByLabel(/^Already gone/).fill('8,000.00')
    await bank.reload()
    await answer.getByText(/SGD\s*200\.00 of SGD\s*48,200\.00 stays at risk/).waitFor()
    await keepShot(bank, 'night-6-answer')
    await answer.getByRole('button', { name: 'Record the answer' }).click()
    await bank.getByRole('heading', { name: /Answered: SGD 40,000\.00 held/ }).waitFor()
    const bankHeard = told(await priya.heard())
    assert.ok(bankHeard.includes('ASC/2026/1142'), 'what the bank was told was heard')
    const others = ['Saphan', 'Saphan Foundation', 'Arunee', 'Arunee S.', 'second payment']
    assert.deepEqual(found(Buffer.from(bankHeard), [...SECRETS, ...others]), [])

    for (const page of [officer, arunee.page]) {
      await page.getByText(/held SGD 40,000\.00; SGD 8,000\.00 had already gone/).waitFor()
      await equals(page.getByRole('region', { name: 'Accounts and money' }), MONEY)
    }
    for (const person of [arunee, weiling]) {
      const page = await person.window.newPage()
      await page.goto(`${person.base}/ledger`)
      const line = page.getByRole('row', { name: /^SGD/ })
      await line.waitFor()
      const cells = async () => (await line.getByRole('cell').allTextContents()).map(minor)
      await comesTo(async () => (await cells()).slice(0, 5), MONEY, 'the line of the ledger')
      await page.close()
    }
  },
)

step('4c: the officer’s outcome and thanks reach Arunee’s open page, and hers reach him', async () => {
  await arunee.page.evaluate(() => Object.assign(window, { sameDocument: true }))
  await weiling.page.getByRole('button', { name: /Thank the finder|Say thank you/ }).click()
  const thanks = weiling.page.getByRole('form', { name: /^Thank / })
  await thanks.getByLabel('What you want to say').fill('SGD 40,000.00 is safe because you wrote tonight.')
  await holdUndo(weiling.page)
  await thanks.getByRole('button', { name: 'Say thank you' }).click()
  await weiling.page.getByRole('button', { name: /^Undo/ }).waitFor()
  await weiling.page.getByRole('button', { name: 'Send now' }).click()
  const outcome = arunee.page.getByRole('region', { name: 'What became of it' })
  await outcome.getByText('is safe because you wrote tonight').waitFor()
  await outcome.getByText('SGD 40,000.00 held', { exact: false }).first().waitFor()
  assert.equal(
    await arunee.page.evaluate(() => 'sameDocument' in window),
    true,
    'her page was not loaded again',
  )
  await keepShot(arunee.page, 'night-7-outcome')
})

step(
  '5: Linh’s report holds the same account: she learns of one open freeze, and of nobody; both sides agree to join',
  async () => {
    linh = await signIn(browser, server, { host: 'linh', timeZone: 'Asia/Ho_Chi_Minh' })
    people.push(linh)
    const { page } = linh
    await page.getByRole('button', { name: 'Write a report' }).click()
    await page.getByRole('textbox', { name: /^Chat, statement/ }).click()
    await paste(
      page,
      'A mother in Da Nang was told to pay 9,000 SGD for her son to account 0123456789, Harbour Bank Singapore.',
    )
    await page
      .getByRole('region', { name: 'Bank accounts' })
      .getByRole('button', { name: /^Confirm / })
      .click()
    const note = page.getByText('Known to the network: one open freeze.')
    await note.waitFor()
    await keepShot(page, 'night-8-known')
    const before = linh.sent.filter(({ method }) => method !== 'GET').map(({ url }) => new URL(url).pathname)
    const acts = before.filter((path) => !/^\/api\/(?:signin|drafts|match|audit)\b/.test(path))
    assert.deepEqual(
      acts,
      [],
      'nothing but the blind question, the sealed draft and a countersignature has left',
    )
    const [known] = (await linh.heard()).filter(({ path }) => path === '/api/match/known')
    assert.deepEqual(Object.keys(JSON.parse(known?.text ?? '').known[0]).sort(), ['openRequests', 'token'])
    assert.doesNotMatch(await wordsOf(page.locator('main')), /Saphan|Arunee|ASC\/2026/)

    await page.getByRole('button', { name: 'Save report' }).click()
    await page.getByRole('button', { name: 'Seal and save' }).click()
    await page.waitForURL(/\/reports\/(?!new)\w+$/)
    await page.getByRole('button', { name: 'Offer to join' }).click()
    await page.getByText('You offered to join.').waitFor()
    await keepShot(page, 'night-8-offered')

    const finder = arunee.page
    const offer = finder.getByText('Another member holds a report with the same bank account')
    await offer.waitFor()
    assert.doesNotMatch(await wordsOf(finder.getByRole('article')), /Cầu Sáng|Linh/)
    assert.doesNotMatch(
      told(await arunee.heard()),
      /Cầu Sáng|Linh/,
      'who offers is not told before both agree',
    )
    await keepShot(finder, 'night-8-offer')
    await finder.getByRole('button', { name: 'Agree', exact: true }).click()
    await finder.getByText('This cannot be taken back').waitFor()
    await finder.getByRole('button', { name: 'Yes, agree' }).click()
    await finder.getByText(/Cầu Sáng Centre \(demo\) joined/).waitFor()
    await page.getByRole('link', { name: 'Open the request' }).click()
    await page.waitForURL((url) => url.pathname === requestUrl)
    await page.getByText('You joined this request').waitFor()
    await page.getByRole('article').getByText('Saphan Foundation (demo)').first().waitFor()
    await equals(page.getByRole('region', { name: 'Accounts and money' }), MONEY)
    assert.equal(
      await page.getByRole('button', { name: 'Open (is recorded)' }).count(),
      0,
      'the briefing stays sealed to her',
    )
    await keepShot(page, 'night-8-joined')
  },
)

step('6: Mei reads every act in a sentence, and no word of the case', async () => {
  mei = await signIn(browser, server, { host: 'mei', timeZone: 'Asia/Singapore' })
  people.push(mei)
  const { page } = mei
  await page.goto(`${mei.base}/audit`)
  const rows = page.getByRole('row')
  for (const sentence of [
    'Arunee S. of Saphan Foundation (demo) filed a report',
    'Arunee S. of Saphan Foundation (demo) sent a freeze request to Anti-Scam Police Singapore (demo)',
    'Insp. Wei Ling of Anti-Scam Police Singapore (demo) took a request on',
    'Insp. Wei Ling of Anti-Scam Police Singapore (demo) opened a sealed record',
    'Insp. Wei Ling of Anti-Scam Police Singapore (demo) recorded an order to Harbour Bank Singapore (demo)',
    'Priya N. of Harbour Bank Singapore (demo) answered an order: money is held',
    'Insp. Wei Ling of Anti-Scam Police Singapore (demo) thanked the other side',
    'Linh T. of Cầu Sáng Centre (demo) asked blind about one identifier',
    'Linh T. of Cầu Sáng Centre (demo) offered to join',
    'Arunee S. of Saphan Foundation (demo) agreed that another report joins',
  ])
    await rows.filter({ hasText: sentence }).first().waitFor()
  await keepShot(page, 'night-9-audit')
  const heard = Buffer.from((await mei.heard()).map(({ text }) => text).join('\n'))
  assert.ok(heard.includes('request.acknowledged'), 'what she was told was heard')
  const wanted = [...SECRETS, ACCOUNT, '48,200', '4820000', 'second payment']
  assert.deepEqual(found(heard, wanted), [], 'words of the case in an answer to her')
  const other = await mei.window.newPage()
  const [answer] = await Promise.all([
    other.waitForResponse((response) => new URL(response.url()).pathname === `/api${requestUrl}`),
    other.goto(`${mei.base}${requestUrl}`),
  ])
  assert.ok([403, 404].includes(answer.status()), `the request itself: ${answer.status()}`)
  await other.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
  await keepShot(other, 'night-9-not-hers')
  await other.close()
})

step(
  'through the whole night: nothing sealed left a browser, nobody else was asked, no page complained, the disk holds none of it',
  async () => {
    const everything = Buffer.concat(people.flatMap(({ sent }) => sent.map(({ whole }) => whole)))
    assert.ok(everything.includes('ASC/2026/1142'), 'what was sent was seen')
    assert.deepEqual(found(everything, SECRETS), [], 'left a browser in the clear')
    assert.deepEqual(people.flatMap(strangers), [], 'somebody else was asked')
    assert.deepEqual(
      people.flatMap(({ said }) => said),
      [],
      'errors and violations in the consoles',
    )
    await server.stop()
    const disk = server.disk()
    assert.ok(disk.includes('ASC/2026/1142'), 'what is stored in the clear is found on the disk')
    assert.deepEqual(found(disk, SECRETS), [], 'on the disk in the clear')
    assert.deepEqual(found(Buffer.from(server.said()), [...SECRETS, ACCOUNT]), [], 'in what the server said')
  },
)

/** Minor units: reported, at risk, held, lost, returned. */
const MONEY = [4_820_000, 20_000, 4_000_000, 800_000, 0]

/** The equation of the one line on a page comes to this. */
const equals = (region: Locator, money: readonly number[]): Promise<void> =>
  comesTo<readonly number[]>(
    async () => (await region.getByRole('definition').allTextContents()).map(minor),
    money,
    'the equation',
  )

/** `= SGD 200.00` in minor units. */
function minor(text: string): number {
  return Number(text.replace(/[^\d]/g, ''))
}

/** What somebody was told of others' acts: every answer but the list of the network's members. */
function told(answers: readonly Heard[]): string {
  const lists = ['/api/network', '/api/house']
  return answers
    .filter(({ path }) => !lists.includes(path))
    .map(({ text }) => text)
    .join('\n')
}

/** What is painted in the text under a look, as the browser itself knows it. */
function marked(page: Page, look: string): Promise<string[]> {
  return page.evaluate((name) => {
    const all = [...(CSS.highlights.get(`fact-${name}`) ?? [])]
    return all.map((range) => {
      const real = document.createRange()
      real.setStart(range.startContainer, range.startOffset)
      real.setEnd(range.endContainer, range.endOffset)
      return real.toString()
    })
  }, look)
}

/** How many facts wait for her yet. */
async function toConfirm(page: Page): Promise<number> {
  const text = await wordsOf(page.getByRole('heading', { name: / facts, (\d+ to|all) confirm/ }))
  return Number(/(\d+) to confirm/.exec(text)?.[1] ?? 0)
}
