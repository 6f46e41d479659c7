import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { parse } from 'yaml'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { decimal } from './goaml.ts'
import { openBook } from './load.ts'
import { type PackOptions, type ReportPack, reportPack, termsFor } from './report.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-report-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const HEAD = 'transaction_id,booked_at,amount,currency,payer_account,payee_account,device_id,purpose\n'
const collector = [...Array(9).keys()].map(
  (i) => `V${i},2026-03-01T0${i}:00:00Z,900.10,EUR,victim${i},mule,,<script>&"x"`,
)
const driven = ['mule', 'p2', 'p3', 'p4'].map(
  (it, i) => `D${i},2026-03-02T0${i}:00:00Z,2000.00,EUR,${it},boss,DEV1,`,
)

async function pack(
  ids: string[],
  rows: readonly string[],
  more: Partial<PackOptions> = {},
): Promise<ReportPack> {
  const path = join(folder, 'book.csv')
  const people = join(folder, 'people.csv')
  writeFileSync(path, HEAD + rows.join('\n'))
  writeFileSync(people, 'account,holder_type\nmule,person\np2,person\np3,person\np4,person\n')
  const book = await openBook([path, people], { threads: 1 })
  const engine = await duckEngine(book)
  try {
    const found = await screen(engine, { ...book, rules: loadRules(ids), excuses: loadExcuses() })
    return await reportPack(engine, found, {
      accountName: book.accountName,
      formatTime: book.formatTime,
      account: 'mule',
      regulator: 'fincen',
      ran: ids,
      ...more,
    })
  } finally {
    await engine.close()
  }
}

/** The children of every element, in order, by the element's name. */
function children(xml: string): [string, string[]][] {
  const found: [string, string[]][] = []
  const open: [string, string[]][] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    open.at(-1)?.[1].push(name)
    open.push([name, []])
  })
  parser.on('closetag', () => {
    const done = open.pop()
    if (done) found.push(done)
  })
  parser.write(xml).close()
  return found
}

test('goAML: well formed, hostile text is text, elements are known and in the order of the list', async () => {
  const { goaml, narrative, terms } = await pack(['TX-K02', 'TX-T01'], collector)
  assert.ok(goaml)
  const lists = parse(readFileSync(resolve('content/codelists/goaml-elements.yaml'), 'utf8'))
  const listOf: Record<string, string[]> = {
    ...lists,
    t_from_my_client: lists.t_from,
    t_to_my_client: lists.t_to,
    from_account: lists.account,
    to_account: lists.account,
  }
  for (const [name, inside] of children(goaml)) {
    if (inside.length === 0) continue
    for (const it of lists.required[name] ?? []) assert.ok(inside.includes(it), `${name} without ${it}`)
    const places = inside.map((it) => listOf[name]?.indexOf(it) ?? -1)
    assert.ok(
      places.every((it) => it >= 0),
      `${name}: ${inside}`,
    )
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
      name,
    )
  }
  assert.equal(children(goaml).filter(([name]) => name === 'transaction').length, 9)
  assert.match(goaml, /<amount_local>900\.10<\/amount_local>/)
  assert.doesNotMatch(goaml, /<script>/)
  assert.match(narrative, /^DRAFT.*\nAccount mule: 1 finding over 9 payments, EUR 8,100\.90 together\./)
  assert.deepEqual(
    terms.map((it) => it.term),
    ['FIN-2023-PIGBUTCHERING', 'Pig Butchering'],
  )
})

test('protection first: no report without the T rules, and none leaves before a second person has read it', async () => {
  await assert.rejects(pack(['TX-K02'], collector), /T rules were not run/)
  const held = await pack(['TX-K02', 'TX-T01'], [...collector, ...driven])
  assert.equal(held.protectFirst, true)
  assert.equal(held.goaml, null)
  assert.match(held.narrative, /Protection comes first/)
  const read = await pack(['TX-K02', 'TX-T01'], [...collector, ...driven], { reviewedBy: 'a second person' })
  assert.match(read.goaml ?? '', /Read as the second person by a second person/)
  await assert.rejects(pack(['TX-K02', 'TX-T01'], collector, { account: 'nobody' }), /no alert on it/)
})

test('key terms follow the regulator and what the alerts are about; amounts are exact', () => {
  assert.deepEqual(
    termsFor('fintrac', [{ rule: 'TX-T02' }]).map((it) => it.term),
    ['Project PROTECT, #PROJECTPROTECT'],
  )
  assert.throws(() => termsFor('nobody', []), /there are fincen, fintrac, ukfiu, goaml/)
  assert.equal(decimal(1_000_000_000_000_007n, 'USD'), '10000000000000.07')
  assert.equal(decimal(5n, 'KWD'), '0.005')
  assert.equal(decimal(5n, 'JPY'), '5')
})
