import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { pledgeWords, protectionWords, signsOn } from '../core/protection.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { openBook } from './load.ts'
import { protectionOf } from './protection.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'

// What Screen finds about protection must not be lost on the way to a freeze.

const folder = mkdtempSync(join(tmpdir(), 'firebreak-protection-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const IDS = ['TX-K02', 'TX-T01', 'TX-T08']

/** Four people's accounts are driven from one device; one of them is written with blanks. */
async function screened(lines: Readonly<Record<string, number>> = {}) {
  const book = join(folder, 'book.csv')
  const people = join(folder, 'people.csv')
  const names = ['DE44 5001 0517', 'p2', 'p3', 'p4']
  const rows = names.map((it, i) => `D${i},2026-03-02T0${i}:00:00Z,2000.00,EUR,${it},boss,DEV1`)
  writeFileSync(
    book,
    ['transaction_id,booked_at,amount,currency,payer_account,payee_account,device_id', ...rows].join('\n'),
  )
  writeFileSync(people, ['account,holder_type', ...names.map((it) => `${it},person`)].join('\n'))
  const opened = await openBook([book, people], { threads: 1 })
  const engine = await duckEngine(opened)
  try {
    const rules = loadRules(IDS).map((rule) => ({
      ...rule,
      thresholds: Object.fromEntries(
        Object.entries(rule.thresholds).map(([name, it]) => [
          name,
          { ...it, value: lines[name] ?? it.value },
        ]),
      ),
    }))
    return await screen(engine, { ...opened, rules, excuses: loadExcuses() })
  } finally {
    await engine.close()
  }
}

test('signs go along with the account however it is written, and other lines do not take them away', async () => {
  const house = await screened()
  const quiet = await screened({ people: 50 })
  assert.deepEqual(quiet.alerts, [])
  const found = protectionOf([house, quiet], IDS)
  assert.deepEqual(signsOn(found, 'DE4450010517'), ["Several people's accounts driven by one device"])
  assert.deepEqual(signsOn(found, 'boss'), [])
  assert.deepEqual(signsOn(null, 'p2'), [])
  // the places that TX-T08 needs are not in these files
  assert.deepEqual([found.judged, found.unjudged], [1, 1])
})

test('the words say what was asked; silence is never an all-clear, and nobody is to be punished', async () => {
  const found = protectionOf([await screened()], IDS)
  const told = protectionWords(found, ['p2', 'p3', 'boss'])
  assert.match(told, /^Protection first: signs .* may be a trafficked person stand on 2 of these accounts\./)
  assert.match(
    told,
    /1 of 2 of these rules could not be judged on these files, and their silence means nothing\./,
  )
  assert.match(protectionWords(found, ['boss']), /no sign on this account; that proves nothing\./)
  assert.match(protectionWords(null, ['boss', 'p2']), /^The holders of these accounts were not screened/)
  assert.match(
    protectionWords({ signs: new Map(), judged: 0, unjudged: 9 }, ['p2']),
    /^The holder of this account was not screened/,
  )
  for (const words of [
    pledgeWords(['a sign'], true, 'Somchai'),
    pledgeWords([], true, ''),
    pledgeWords([], false, ''),
  ])
    assert.match(words, /made to do this must not be punished for it: please hold this amount only/)
})
