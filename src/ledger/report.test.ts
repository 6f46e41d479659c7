import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { parse } from 'yaml'
import { signedIn } from './actions.ts'
import { withThresholds } from './backtest.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { decimal, goamlXml, type ReportedPayment } from './goaml.ts'
import { openBook } from './load.ts'
import { keepSigns } from './protection.ts'
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

interface Element {
  readonly name: string
  readonly inside: string[]
  text: string
}

/** Every element with the names of what stands in it, in order, and its own text. */
function elements(xml: string): Element[] {
  const found: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    open.at(-1)?.inside.push(name)
    open.push({ name, inside: [], text: '' })
  })
  parser.on('text', (text) => {
    const inner = open.at(-1)
    if (inner) inner.text += text
  })
  parser.on('closetag', () => {
    const done = open.pop()
    if (done) found.push(done)
  })
  parser.write(xml).close()
  return found
}

const { models, values, left } = parse(
  readFileSync(resolve('content/codelists/goaml-elements.yaml'), 'utf8'),
) as Record<'models' | 'values' | 'left', Record<string, string>>

/** `a b? c|d e+` as a regular expression over names, each with a blank behind it. */
const modelOf = (model: string) =>
  new RegExp(
    `^${model
      .split(' ')
      .map((it) => it.replace(/^([\w|]+)([?+]?)$/, '(?:(?:$1) )$2'))
      .join('')}$`,
  )

/** Elements that do not stand, or hold what they may not hold, by the public lists. */
function goamlFaults(xml: string): string[] {
  return elements(xml).flatMap(({ name, inside, text }) => {
    const model = models[name]
    if (model && !modelOf(model).test(inside.map((it) => `${it} `).join('')))
      return [`${name}: ${inside.join(' ')}`]
    if (!model && inside.length > 0) return [`${name}: nothing stands in it`]
    const value = values[name]
    return value && text !== left[name] && !new RegExp(`^(?:${value})$`, 'u').test(text)
      ? [`${name}: ${text}`]
      : []
  })
}

test('goAML: hostile text is text, and every report is as the public lists want it', async () => {
  const { goaml, narrative, terms } = await pack(['TX-K02', 'TX-T01'], collector)
  assert.ok(goaml)
  assert.deepEqual(goamlFaults(goaml), [])
  assert.equal(elements(goaml).filter(({ name }) => name === 'transaction').length, 9)
  assert.match(goaml, /<amount_local>900\.10<\/amount_local>/)
  assert.doesNotMatch(goaml, /<script>/)
  assert.match(narrative, /^DRAFT.*\nAccount mule: 1 finding over 9 payments, EUR 8,100\.90 together\./)
  assert.deepEqual(
    terms.map((it) => it.term),
    ['FIN-2023-PIGBUTCHERING', 'Pig Butchering'],
  )
  const broken: [RegExp, string][] = [
    [/<date_transaction>[^<]*<\/date_transaction>/, ''],
    [/(<t_from>.*?<\/t_from>)(<t_to_my_client>.*?<\/t_to_my_client>)/, '$2$1'],
    [/<\/t_from>/, '</t_from><t_from><from_funds_code>-</from_funds_code></t_from>'],
    [/<institution_code>-<\/institution_code>/, ''],
    [/900\.10/, '900,10'],
    [/<report_indicators>.*<\/report_indicators>/, ''],
  ]
  for (const [what, to] of broken) {
    const wrong = goaml.replace(what, to)
    assert.notEqual(wrong, goaml, String(what))
    assert.notDeepEqual(goamlFaults(wrong), [], String(what))
  }
})

test('goAML: what XML cannot hold makes no report unreadable, whoever wrote the text of a payment', () => {
  const hostile = 'rent \uffff\ufffe\ud800\u0000\u001b[2J\u0085 ]]> &#0; 😀'
  const payment = {
    ...{ id: hostile, at: new Date(0), minor: 1n, currency: 'EUR', payer: hostile, payee: hostile },
    ...{ payerBank: hostile, payeeBank: hostile, payerCountry: hostile, payeeCountry: hostile },
    ...{ payerName: hostile, payeeName: hostile, rail: hostile, purpose: hostile },
  }
  const xml = goamlXml({ account: hostile, narrative: hostile, indicators: [], payments: [payment] })
  const sent = new TextDecoder().decode(new TextEncoder().encode(xml))
  assert.equal(sent, xml, 'no half characters')
  const told = elements(xml).find(({ name }) => name === 'transaction_description')
  assert.equal(told?.text, 'rent      [2J  ]]> &#0; 😀')
})

test('goAML: names, banks and codes as they come, texts that are too long, accounts without a name', () => {
  const payment: ReportedPayment = {
    id: 'T1',
    at: new Date('2026-03-01T10:00:00Z'),
    minor: 1_000_000_000_000_007n,
    currency: 'USD',
    payer: null,
    payee: 'mule',
    payerBank: 'TESTQMXX',
    payeeBank: 'Bank of “Test” & Sons',
    payerCountry: null,
    payeeCountry: 'QM',
    payerName: 'ស្រី <b>',
    payeeName: 'ก'.repeat(300),
    rail: 'r'.repeat(80),
    purpose: '\u0000\u0007é'.repeat(3_000),
  }
  const of = (more: Partial<ReportedPayment>) =>
    goamlXml({
      account: 'mule',
      narrative: '😀'.repeat(5_000),
      indicators: ['-'],
      payments: [{ ...payment, ...more }],
    })
  for (const it of [
    {},
    { payerBank: null, payeeBank: null, rail: null, purpose: null, payeeName: null },
    { payer: 'mule', payee: null },
  ])
    assert.deepEqual(goamlFaults(of(it)), [])
  assert.match(of({}), /<swift>TESTQMXX<\/swift>/)
  assert.match(of({}), /<institution_code>Bank of “Test” &amp; Sons<\/institution_code>/)
  assert.match(of({}), /<t_to_my_client>/)
  assert.match(of({ payer: 'mule', payee: null }), /<t_from_my_client>.*<t_to>/)
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

test('protection found once stays: other lines, or a rule of one’s own, let no report leave without a second person', async () => {
  const path = join(folder, 'again.csv')
  const people = join(folder, 'again-people.csv')
  writeFileSync(path, HEAD + [...collector, ...driven].join('\n'))
  writeFileSync(people, 'account,holder_type\nmule,person\np2,person\np3,person\np4,person\n')
  const book = await openBook([path, people], { threads: 1 })
  const engine = await duckEngine(book)
  try {
    const rules = loadRules(['TX-K02', 'TX-T01'])
    const options = { ...book, excuses: loadExcuses() }
    const first = await screen(engine, { ...options, rules })
    const quiet = rules.map((it) =>
      it.id === 'TX-T01' ? withThresholds(it, { [it.measure.threshold]: 1_000 }) : it,
    )
    const found = await screen(engine, { ...options, rules: quiet })
    assert.deepEqual([...signedIn(found.alerts)], [], 'the sign is quiet')
    const kept = keepSigns(found, signedIn(first.alerts))
    assert.match(kept.alerts.find(({ account }) => account === 'mule')?.action ?? '', /protection first/)
    const ask = { account: 'mule', regulator: 'fincen', ran: ['TX-K02', 'TX-T01'] }
    const held = await reportPack(engine, kept, { ...book, ...ask })
    assert.deepEqual([held.protectFirst, held.goaml], [true, null])
    assert.match(held.narrative, /Protection comes first/)
  } finally {
    await engine.close()
  }
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
