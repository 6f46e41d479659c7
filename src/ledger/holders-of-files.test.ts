import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { compareRules, withThresholds } from './backtest.ts'
import { duckEngine } from './engine.ts'
import { loadExcuses } from './excuses.ts'
import { aboutHolder, holderNames } from './holder.ts'
import { openBook } from './load.ts'
import { paymentsOf } from './report.ts'
import { runningRules } from './rule.ts'
import { screen } from './screen.ts'
import { givenVerdicts } from './verdicts.ts'

// What a bank calls its columns and its customers is its own; that must not switch off the rules that protect people.

const folder = mkdtempSync(join(tmpdir(), 'firebreak-holders-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

const EXPORT = file('umsaetze.csv', [
  'Buchungsnr;Buchungsdatum;Betrag;WAHRUNG;Auftraggeber IBAN;Empfaenger IBAN;Verwendungszweck;Gerät',
  ...[1, 2, 3, 4].map((it) => `U${it};0${it}.03.2026 09:00;1.300,50;EUR;K-${it};K-BOSS;Unterkunft;D-1`),
])
const accounts = (name: string, word: string) =>
  file(name, [
    'Kontonummer;Kontoinhaber;Kundenart;Einkommen mtl.',
    ...[1, 2, 3, 4].map((it) => `K-${it};Person ${it};${word};1.650,00`),
  ])

async function found(people: string, map?: string) {
  const book = await openBook([EXPORT, people], map ? { map } : {})
  const engine = await duckEngine(book)
  try {
    const rules = runningRules().filter(({ id }) => id === 'TX-T01')
    const { alerts, missing } = await screen(engine, { ...book, rules, excuses: loadExcuses() })
    return { rows: book.rows, alerts, missing, notes: book.notes.join('\n') }
  } finally {
    await engine.close()
  }
}

test('an export with German names is read, and its people are judged as people', async () => {
  const { rows, alerts, notes } = await found(accounts('konten.csv', 'Privat'))
  assert.equal(rows, 4)
  assert.deepEqual(
    alerts.map((it) => it.account),
    ['K-1', 'K-2', 'K-3', 'K-4'],
  )
  assert.doesNotMatch(notes, /holder type/)
})

test('a word for a holder that is not known is told, the rule counts as not judged, and a mapping file says it', async () => {
  const people = accounts('konten-7.csv', 'Kategorie 7')
  const silent = await found(people)
  assert.deepEqual(silent.alerts, [])
  assert.deepEqual(
    silent.missing.map(({ rule, needs }) => [rule, needs]),
    [['TX-T01', ['accounts.holder_type']]],
  )
  assert.match(silent.notes, /konten-7\.csv: what “Kategorie 7” means .* those 4 accounts/)
  const map = file('map.yaml', ['accounts: { columns: {}, persons: [kategorie 7] }'])
  assert.equal((await found(people, map)).alerts.length, 4)
  const firms = file('firms.yaml', ['accounts: { columns: {}, businesses: [Privat] }'])
  const theirs = await found(accounts('konten-8.csv', 'Privat'), firms)
  assert.deepEqual([theirs.alerts, theirs.missing], [[], []])
})

test('who the holder is, what came and went, and who else names the account is told, each as the files have it', async () => {
  const book = await openBook([
    file('about.csv', [
      'transaction_id,booked_at,amount,currency,payer_account,payer_name,payee_account,rail',
      "a,2026-03-01T09:00:00Z,900.00,EUR,V-1,O'Hara,M-1,SCT INST",
      'b,2026-03-02T09:00:00Z,100.50,EUR,V-2,,M-1,SCT INST',
      'c,2026-03-02T10:00:00Z,400.00,EUR,M-1,,OUT,SCT INST',
      'd,2026-03-02T11:00:00Z,70.00,EUR,M-1,,M-1,SCT INST',
    ]),
    file('about-people.csv', [
      'account,holder_name,holder_type,age,bank',
      'M-1,Kim Probe,person,22,First Example Bank',
    ]),
    file('about-signals.csv', ['signal,abuse_type,source,report_date', 'M-1,mule,Partner Bank,2026-02-27']),
  ])
  const engine = await duckEngine(book)
  try {
    assert.deepEqual(await aboutHolder(engine, 'M-1', book), {
      account: 'M-1',
      name: 'Kim Probe',
      facts: [
        'Holder: Kim Probe, a person, aged 22, kept at First Example Bank.',
        'In these books EUR 1,000.50 came in 2 payments from 2 accounts, and EUR 400.00 went in 1 payment to 1 account, the last at 2026-03-02 10:00. EUR 600.50 more came than went.',
        'A shared list names this account (mule): Partner Bank, 2026-02-27.',
      ],
    })
    assert.deepEqual(await holderNames(engine, ['V-1', 'V-2', 'M-1', "no'one"]), {
      'V-1': "O'Hara",
      'M-1': 'Kim Probe',
    })
    const [first, , out] = await paymentsOf(engine, ['a', 'b', 'c'], book)
    assert.deepEqual(
      [first?.payerName, first?.payeeName, first?.payeeBank, first?.rail],
      ["O'Hara", 'Kim Probe', 'First Example Bank', 'SCT INST'],
    )
    assert.equal(out?.payeeName, null)
  } finally {
    await engine.close()
  }
})

test('a back-test counts what was confirmed and what was a false alarm, from a file or decided since', async () => {
  const labels = file('labels.csv', ['account,is_sar,typology', 'K-1,yes,admitted', 'K-2,no,a family'])
  const book = await openBook([EXPORT, accounts('konten-9.csv', 'Privat'), labels])
  const engine = await duckEngine(book)
  try {
    const [before] = runningRules().filter(({ id }) => id === 'TX-T01')
    assert.ok(before)
    const options = { ...book, excuses: loadExcuses() }
    const after = withThresholds(before, { people: 9 })
    const given = await compareRules(engine, { before, after, options })
    assert.deepEqual(
      [given.before.labelled, given.before.dismissed, given.after.labelled, given.after.dismissed],
      [1, 1, 0, 0],
    )
    const decided = { confirmed: ['K-2', 'K-3'], dismissed: ['K-1'] }
    const since = await compareRules(engine, { before, after, options, decided })
    assert.deepEqual([since.labelledInAll, since.dismissedInAll, since.before.labelled], [2, 1, 2])
    assert.deepEqual(await givenVerdicts(engine), {
      'K-1': { is: 'confirmed', why: 'admitted' },
      'K-2': { is: 'false alarm', why: 'a family' },
    })
  } finally {
    await engine.close()
  }
})

test('an account that is called like a part of the language has no holder whom nobody named', async () => {
  const book = await openBook([
    file('odd.csv', [
      'transaction_id,booked_at,amount,currency,payer_account,payee_account,payer_name',
      '1,2026-03-01,5.00,EUR,constructor,__proto__,',
      '2,2026-03-01,5.00,EUR,__proto__,toString,Ana Example',
    ]),
  ])
  const engine = await duckEngine(book)
  try {
    const about = async (account: string) => (await aboutHolder(engine, account, book)).name
    assert.deepEqual(
      [await about('constructor'), await about('toString'), await about('__proto__')],
      [null, null, 'Ana Example'],
    )
  } finally {
    await engine.close()
  }
})
