import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { POWER_KINDS } from '../core/power.ts'
import { Condition } from './condition.ts'
import { CONTENT, readPowerWords, readRails } from './rails-content.ts'
import { ACCOUNT_KINDS, CHANNELS, PARTIES } from './situation.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

/** A copy of the rails and code lists in a folder of its own. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rails-'))
  folders.push(folder)
  for (const part of ['rails', 'codelists'])
    cpSync(join(CONTENT, part), join(folder, part), { recursive: true })
  return folder
}

/** A copy in which one file was changed, and the number of the line on which `at` then stands. */
function changed(
  file: string,
  change: (text: string) => string,
  at: string,
): { folder: string; line: number } {
  const folder = copy()
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  const text = change(before)
  assert.notEqual(text, before, 'the change changed nothing')
  writeFileSync(path, text)
  const line = text.split('\n').findIndex((it) => it.includes(at)) + 1
  assert.ok(line > 0 || at === '', `“${at}” is not in the file`)
  return { folder, line: at === '' ? 1 : line }
}

test('the four rails are read, with their lists filled in', () => {
  const rails = readRails()
  const ids = rails.map(({ id }) => id)
  for (const id of ['fbi-ffkc', 'interpol-igrip', 'sending-bank-recall', 'sg-police-freeze'])
    assert.ok(ids.includes(id), id)
})

test('196 countries are members, the region among them, and no country twice', () => {
  const condition = readRails()
    .find(({ id }) => id === 'interpol-igrip')
    ?.conditions.find((it) => it.check === 'country_in')
  assert.ok(condition)
  assert.equal(new Set(condition.in).size, 196)
  assert.equal(condition.in.length, 196)
  for (const code of ['TH', 'KH', 'VN', 'MM', 'LA', 'MY', 'SG', 'PH', 'ID', 'IN', 'BD', 'CN', 'UG', 'TL'])
    assert.ok(condition.in.includes(code), code)
  for (const code of ['KP', 'TW', 'TV', 'XK', 'HK']) assert.ok(!condition.in.includes(code), code)
  for (const [territory, member] of Object.entries(condition.through)) {
    assert.ok(!condition.in.includes(territory), territory)
    assert.ok(condition.in.includes(member), member)
  }
})

test('every power has its words', () => {
  assert.deepEqual(
    readPowerWords().map(({ id }) => id),
    [...POWER_KINDS],
  )
})

test('a packet for Singapore carries both ends of the payment, the offence, the person, the evidence and who answers', () => {
  const fields = readRails().find(({ id }) => id === 'sg-police-freeze')?.fields ?? []
  const must = fields.filter(({ need }) => need === 'must').map(({ id }) => id)
  for (const id of [
    'payee-account',
    'payer-account',
    'amount',
    'paid-at',
    'offence',
    'victim',
    'consent',
    'evidence',
    'finder',
  ])
    assert.ok(must.includes(id), id)
})

test('whoever is behind the account, the victim and the finder are never in clear fields', () => {
  for (const { id: rail, fields } of readRails())
    for (const { id, tier } of fields)
      if (/victim|customer|finder|offence|summary|evidence|force/.test(id))
        assert.equal(tier, 'sealed', `${rail}.${id}`)
})

const FFKC = 'rails/fbi-ffkc.yaml'
const IGRIP = 'rails/interpol-igrip.yaml'
const broken: [string, string, (text: string) => string, string, RegExp][] = [
  [
    'a misspelt word',
    FFKC,
    (t) => t.replace('actsOn:', 'actOn:'),
    'actOn:',
    /actOn: is not a word this file knows/,
  ],
  ['a missing part', FFKC, (t) => t.replace(/^ifNotOpen[\s\S]*/m, ''), '', /ifNotOpen: is missing/],
  [
    'a check nobody knows',
    FFKC,
    (t) => t.replace('check: cross_border', 'check: crosses_border'),
    'crosses_border',
    /conditions\.1\.check/,
  ],
  [
    'text for a number',
    FFKC,
    (t) => t.replace('hours: 72', 'hours: three days'),
    'three days',
    /conditions\.5\.hours: .*number/,
  ],
  [
    'an unknown currency',
    FFKC,
    (t) => t.replace('currency: USD', 'currency: US$'),
    'US$',
    /not a currency code/,
  ],
  [
    'an unknown power',
    FFKC,
    (t) => t.replace('[start_ffkc]', '[start_ffck]'),
    'start_ffck',
    /startedBy\.powers\.0/,
  ],
  [
    'a lower-case country',
    FFKC,
    (t) => t.replace('in: [US]', 'in: [us]'),
    'in: [us]',
    /two-letter country code/,
  ],
  [
    'no provenance',
    FFKC,
    (t) => t.replace('source: "[F: abais.com: stolen', 'source: "(abais.com: stolen'),
    '(abais.com',
    /provenance mark/,
  ],
  [
    'a list that is not there',
    IGRIP,
    (t) => t.replace('list: interpol-members', 'list: members'),
    'list: members',
    /no content\/codelists\/members\.yaml/,
  ],
  [
    'a list outside its folder',
    IGRIP,
    (t) => t.replace('list: interpol-members', 'list: ../rails/fbi-ffkc'),
    '../rails',
    /must be the id of a file/,
  ],
  [
    'a list and countries',
    IGRIP,
    (t) => t.replace('list: interpol-members', 'in: [SG]\n    list: interpol-members'),
    'list:',
    /not both/,
  ],
  [
    'another id than its file',
    IGRIP,
    (t) => t.replace('id: interpol-igrip', 'id: i-grip'),
    'id: i-grip',
    /must be the name of the file/,
  ],
  [
    'the same key twice',
    IGRIP,
    (t) => t.replace('version: 1', 'version: 1\nname: Twice'),
    'name: Police',
    /unique/,
  ],
  [
    'a tab for blanks',
    IGRIP,
    (t) => t.replace('  words: Almost', '\twords: Almost'),
    'words: Almost',
    /tab/i,
  ],
  ['nothing at all', IGRIP, () => '', '', /expected object/],
  ['a list of its own', IGRIP, () => '- one\n- two\n', '', /expected object/],
  [
    'a broken code list',
    'codelists/interpol-members.yaml',
    (t) => t.replace('KW, KG', 'KW, KGZ'),
    'KGZ',
    /two-letter country code/,
  ],
]
for (const [name, file, change, at, says] of broken)
  test(`${name} is named with its file and line`, () => {
    const { folder, line } = changed(file, change, at)
    assert.throws(
      () => readRails(folder),
      (error: unknown) => {
        assert.ok(error instanceof HouseError && error.code === 'invalid', String(error))
        const found = error.message.split('\n').find((it) => says.test(it))
        assert.ok(found, error.message)
        if (at !== '') assert.ok(found.startsWith(`content/${file}:${line}: `), `line ${line}, but: ${found}`)
        return true
      },
    )
  })

test('everything wrong is told at once, in every file', () => {
  const { folder } = changed(FFKC, (t) => t.replace('actsOn:', 'actOn:'), 'actOn:')
  writeFileSync(join(folder, 'rails/notes.txt'), 'remember')
  assert.throws(
    () => readRails(folder),
    /fbi-ffkc\.yaml:2: actsOn: is missing\n.*yaml:\d+: actOn: [\s\S]*notes\.txt:1: a rail file must end in \.yaml/,
  )
})

test('a power without its words is named', () => {
  const { folder, line } = changed(
    'codelists/powers.yaml',
    (t) => t.replace('- id: hold_payment', '- id: recall_payment'),
    'powers:',
  )
  assert.throws(
    () => readPowerWords(folder),
    /powers\.yaml:\d+: powers: “recall_payment” must stand here exactly once\n.*“hold_payment”/,
  )
  assert.ok(line > 0)
})

const guide = readFileSync(join(CONTENT, '../docs/guide/add-a-rail.md'), 'utf8')

test('the example of the guide is a rail that is read', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? []
  const folder = copy()
  writeFileSync(join(folder, 'rails/qm-bank-hold.yaml'), example)
  assert.equal(readRails(folder).filter(({ id }) => id === 'qm-bank-hold').length, 1)
})

test('the guide names every check and every word a check takes', () => {
  const checks = Condition.options.map((option) => option.shape.check.value)
  for (const word of [...checks, ...PARTIES, ...CHANNELS, ...ACCOUNT_KINDS, 'recall_sent', 'report_filed'])
    assert.ok(guide.includes(`\`${word}\``), word)
})
