import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { record } from '../../src/access/audit.ts'
import { checkpointText, signLine, verifierText } from '../../src/access/note.ts'
import { type TestHouse, testHouse } from '../house.ts'
import { axe, holdBack, WAIT_MS } from './browser.ts'
import { type HouseWindows, windowsOf } from './house-window.ts'

// What a browser remembers of the audit log, and what its pages do when the log is another one.

let house: TestHouse
let windows: HouseWindows

before(async () => {
  house = await testHouse()
  await grow('first')
  windows = await windowsOf(house)
})
afterEach(() => windows?.shut())
after(async () => {
  await windows?.close()
  await house?.close()
})

test('a browser remembers the newest checkpoint, and goes on as the log grows', async () => {
  const { page, said } = await windows.open('arunee', '/')
  const before = await remembered(page, () => true)
  const size = await grow('second')
  await page.reload()
  const after = await remembered(page, (note) => Number(note.split('\n')[1]) >= size)
  assert.notEqual(after, before)
  assert.equal(await page.getByText('read-only').count(), 0)
  assert.deepEqual(said, [])
})

test('the log is another one than the browser saw: said plainly, nothing is done, and a person decides', async () => {
  const { page } = await windows.open('linh', '/know')
  await remembered(page, () => true)
  // what the key of this log once signed for this browser, and what the server now knows nothing of
  const { log } = house.built.keeper
  const text = checkpointText({ origin: log.verifier.name, size: 2, root: new Uint8Array(32).fill(1) })
  const note = `${text}\n${signLine(text, log.verifier.name, log.secret)}`
  const memory = { seen: { logKey: verifierText(log.verifier), note }, root: null, trouble: null }
  await page.evaluate((it) => localStorage.setItem('firebreak-log', it), JSON.stringify(memory))
  await page.reload()
  const alert = page.getByRole('alert').filter({ hasText: 'These pages are read-only' })
  await alert.getByText(/the first 2 entries of the audit log are not the ones/).waitFor()
  assert.deepEqual(await axe(page), [])

  const asked: string[] = []
  page.on('request', (request) => {
    if (request.method() !== 'GET') asked.push(request.url())
  })
  await page.getByLabel(/^Accounts, wallets/).fill('DE89370400440532013000')
  await page
    .getByText(/read-only: the first 2 entries/)
    .last()
    .waitFor()
  await page.waitForTimeout(1_000)
  assert.deepEqual(asked, [], 'nothing was sent')
  await page.reload()
  await alert.waitFor()

  await alert.getByRole('button', { name: 'Go on all the same…' }).click()
  await alert.getByRole('button', { name: 'I know what happened: trust the log as it is now' }).click()
  await alert.waitFor({ state: 'detached' })
  await page.reload()
  await remembered(page, (now) => now !== note)
  await alert.waitFor({ state: 'detached' })
})

test('what was found wrong meanwhile is not forgotten by a page that asked before', async () => {
  const { page } = await windows.open('somchai', '/know')
  const kept = JSON.parse(await remembered(page, () => true, 'whole')) as object
  const questions = await holdBack(page, /\/api\/audit\/log/)
  await page.reload()
  await questions.asked
  const memory = { ...kept, trouble: { why: 'found out in another page', now: null } }
  await page.evaluate((it) => localStorage.setItem('firebreak-log', it), JSON.stringify(memory))
  questions.letGo()
  await page
    .getByRole('alert')
    .getByText(/found out in another page/)
    .waitFor()
  const now = await remembered(page, () => true, 'whole')
  assert.deepEqual(JSON.parse(now), memory)
})

test('the audit page shows how long the log is, what is signed, and lets the steward take it', async () => {
  const { page } = await windows.open('mei', '/audit')
  const proof = page.getByRole('region', { name: 'Proof of this log' })
  await proof.getByText(/entr(y|ies) in the log/).waitFor()
  await proof.getByText('No organisation countersigns yet').waitFor()
  const saving = page.waitForEvent('download')
  await proof.getByRole('button', { name: 'Take the whole log as a file' }).click()
  assert.equal((await saving).suggestedFilename(), 'firebreak-audit.jsonl')
  assert.deepEqual(await axe(page), [])
})

test('the keys page says whose keys wait, on a desk and on a telephone', async () => {
  for (const size of ['desk', 'phone'] as const) {
    const { page, said } = await windows.open('weiling', '/keys', { size })
    await page.getByRole('heading', { name: 'Every key of police (test) is signed' }).waitFor()
    assert.deepEqual(await axe(page), [])
    assert.deepEqual(said, [])
  }
})

async function grow(what: string): Promise<number> {
  await house.store.as({ system: 'setup' }, (db) =>
    record(db, null, { act: 'test.done', objectKind: 'test', objectId: what }),
  )
  return house.built.keeper.turn(true)
}

/** The note that this browser keeps, or all it keeps, once it keeps one that fits. */
async function remembered(
  page: Page,
  fits: (note: string) => boolean,
  part: 'note' | 'whole' = 'note',
): Promise<string> {
  for (const end = performance.now() + WAIT_MS; performance.now() < end; ) {
    const text = await page.evaluate(() => localStorage.getItem('firebreak-log') ?? 'null')
    const note = (JSON.parse(text) as { seen?: { note: string } } | null)?.seen?.note ?? ''
    if (note !== '' && fits(note)) return part === 'note' ? note : text
    await page.waitForTimeout(100)
  }
  throw new Error('the browser keeps no such checkpoint')
}
