import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../src/core/ids.ts'
import { type BuiltHouse, buildHouse } from '../src/house.ts'
import { placeForNobody } from '../src/store/launcher.ts'
import { openStore, type Store } from '../src/store/open.ts'
import { bytesBelow } from './disk.ts'
import { filedReport, freezeRequest, ok } from './fixtures.ts'
import { type Person, type PersonName, people } from './house.ts'

/** A database that was killed looks through its files before it answers; a slow disk takes its time. */
const RECOVERY_MS = 300_000

/** The whole house on the embedded database as `serve` opens it, with the disk awaited. */
let dataDir: string
let store: Store
let built: BuiltHouse
let who: Record<PersonName, Person>

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'firebreak-durability-'))
  store = await openStore({ dataDir, say: () => {} })
  built = await buildHouse({ store, network: 'Test', origin: null, demo: null, say: () => {} })
  who = await people(store, built)
})
after(async () => {
  await built.close()
  await store.close()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20 })
})

const postmaster = () => Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

test('the database stops in the middle: said clearly, nothing acknowledged is lost, nothing is done twice', async () => {
  const { arunee, weiling } = who
  const report = await filedReport(arunee)
  const acknowledged: string[] = []
  const refused = new Set<string>()
  const bodies = Array.from({ length: 40 }, () => freezeRequest({ reportId: report.id, toOrg: weiling.org }))
  for (const [i, body] of bodies.entries()) {
    if (i === 10 || i === 25) process.kill(postmaster(), 'SIGKILL')
    const key = newId()
    for (const end = performance.now() + RECOVERY_MS; ; ) {
      assert.ok(performance.now() < end, 'did not recover')
      const answer = await arunee.ask<{ code: string; message: string }>('POST', '/api/requests', {
        body,
        key,
      })
      if (answer.status === 200) break
      assert.equal(answer.status, 503, JSON.stringify(answer.body))
      assert.match(
        answer.body.message,
        /nothing was changed; try again|being stored; try again: it is done once/,
      )
      assert.equal(answer.headers.get('retry-after'), '1')
      refused.add(body.id)
      await sleep(100)
    }
    acknowledged.push(body.id)
  }
  assert.ok(refused.size > 0, 'the outage was felt')
  const list = await ok<{ requests: { id: string }[] }>(arunee.ask('GET', '/api/requests'))
  assert.deepEqual(list.requests.map((it) => it.id).sort(), acknowledged.sort())
})

/** T5: what a thief of the disk finds. Canaries go through every sealed field; the needles are looked for in every writing. */
test('seizure: no sealed word is in the database files, the write-ahead log, logs or secrets', async () => {
  const { arunee, weiling } = who
  const canaries = Array.from({ length: 50 }, (_, i) => `canary-${newId()}-${i}`)
  for (const canary of canaries) {
    const report = await filedReport(arunee, { text: `She was held by ${canary} and her name is ${canary}` })
    const octets = new TextEncoder().encode('x')
    await ok(arunee.ask('PUT', `/api/drafts/${newId()}/content`, { octets }))
    await arunee.ask('POST', `/api/sealed/${report.sealedId}/openings`)
    // a statement that fails with the words in it must not put them into a log
    await arunee.ask('POST', '/api/requests', {
      body: freezeRequest({ reportId: report.id, toOrg: weiling.org }),
    })
  }
  const clear = `in-the-clear-${newId()}`
  const report = await filedReport(arunee)
  await ok(
    arunee.ask('POST', '/api/requests', {
      body: { ...freezeRequest({ reportId: report.id, toOrg: weiling.org }), note: clear },
    }),
  )
  const everything = readAll(dataDir)
  assert.ok(everything.includes(clear), 'the scan would find a word that is stored in the clear')
  for (const canary of canaries) {
    for (const needle of writings(canary)) assert.ok(!everything.includes(needle), `found ${canary}`)
  }
  for (const identity of Object.values(who).map((person) => person.identity)) {
    assert.ok(!everything.includes(identity), 'found a private key')
  }
})

/** Every file below a folder and, where another user had to run the database, below its place too. */
const readAll = (folder: string): Buffer =>
  Buffer.concat([bytesBelow(folder), bytesBelow(placeForNobody(join(folder, 'postgres')))])

/** A word as it stands, in UTF-16, in hex, and in base64 at each of the three offsets. */
function writings(word: string): (string | Buffer)[] {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from(`${'x'.repeat(shift)}${word}`).toString('base64')
    return text.slice(shift === 0 ? 0 : 4, -4)
  })
  const bytes = Buffer.from(word)
  return [
    word,
    Buffer.from(word, 'utf16le'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64,
  ]
}
