import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-screen-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const main = resolve('src/main.ts')

function firebreak(args: string[], input = '') {
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    encoding: 'utf8',
    cwd: folder,
    input,
  })
  return { code: done.status, out: done.stdout, said: done.stderr }
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

const HEAD = 'transaction_id,booked_at,amount,currency,payer_account,payee_account,purpose\n'
const victims = [...Array(9).keys()].map(
  (i) => `V${i},2026-03-0${1 + (i % 5)}T09:0${i}:00Z,900.00,EUR,victim${i},mule,"=HYPERLINK(""x"")"`,
)
const BOOK = `${HEAD}${victims.join('\n')}\nX1,2026-03-06T10:00:00Z,nine,EUR,a,b,\n`

test('screen --json keeps its contract, names what it could not read, and ends with 1 when there are alerts', () => {
  const { code, out, said } = firebreak(['screen', file('book.csv', BOOK), '--rules', 'TX-K02', '--json'])
  assert.equal(code, 1)
  const found = JSON.parse(out)
  assert.equal(found.rows, 9)
  assert.deepEqual(
    found.rejected.map(({ line, reason }: { line: number; reason: string }) => [line, reason]),
    [[11, 'the amount “nine” is not a number']],
  )
  const [alert] = found.alerts
  assert.deepEqual([alert.rule, alert.version, alert.account, alert.score], ['TX-K02', 2, 'mule', 0.5])
  assert.equal(alert.transactions.length, 9)
  assert.match(alert.reason, /9 payers .* paid EUR 8,100\.00 .*The line \([^)]+\) is 8; here it is 9/)
  assert.match(alert.quietIf, /fewer than 8 new payers/)
  assert.match(alert.action, /T rules and the trafficking screen/)
  assert.match(said, /amount <- amount/)
  assert.match(readFileSync(join(folder, 'rejects.csv'), 'utf8'), /^file,line,reason\n.*book\.csv,11,/)
})

test('standard input, accounts beside it, and a book that is quiet end with 0', () => {
  const accounts = file('accounts.csv', 'account,holder_type,licence\nmule,business,MSB-1\n')
  const { code, out } = firebreak(['screen', '-', accounts, '--rules', 'TX-K02', '--json'], BOOK)
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out).alerts, [])
})

test('the view for people says who, what, how far beyond, and what was not judged', () => {
  const { out } = firebreak(['screen', file('people.csv', BOOK), '--rules', 'TX-K02,TX-V12'])
  assert.match(out, /mule/)
  assert.match(out, /Many unlinked payers in a week/)
  assert.match(out, /Not judged, because the files do not say:/)
})

test('wrong use ends with 2 and one line: no file, an unknown rule, engine or column', () => {
  for (const [args, what] of [
    [['screen', 'nowhere.csv'], /nowhere\.csv: there is no such file/],
    [['screen', file('b.csv', BOOK), '--engine', 'oracle'], /oracle/],
    [['screen', file('odd.csv', 'a,b\n1,2\n')], /odd\.csv:1: the columns/],
  ] as const) {
    const { code, said } = firebreak([...args])
    assert.equal(code, 2)
    assert.match(said, what)
  }
})

test('a state: the next file alone answers for both, a broken state is named, and the folder is its owner’s', () => {
  const state = join(folder, 'kept')
  const rows = (from: number, to: number) =>
    [...Array(to - from).keys()].map(
      (i) => `K${from + i},2026-03-01T0${from + i}:00:00Z,900.00,EUR,victim${from + i},mule,\n`,
    )
  const [one, two] = [
    file('day1.csv', HEAD + rows(0, 5).join('')),
    file('day2.csv', HEAD + rows(5, 9).join('')),
  ]
  const options = ['--rules', 'TX-K02,TX-T10', '--json']
  assert.equal(firebreak(['screen', one, '--state', state, ...options]).code, 0)
  const kept = firebreak(['screen', two, '--state', state, ...options])
  const whole = firebreak(['screen', one, two, ...options])
  assert.equal(kept.code, 1)
  assert.deepEqual(JSON.parse(kept.out), JSON.parse(whole.out))
  assert.equal(statSync(state).mode & 0o077, 0)
  // the same file again changes nothing
  assert.deepEqual(JSON.parse(firebreak(['screen', two, '--state', state, ...options]).out).rows, 9)
  writeFileSync(join(state, 'state.json'), '{')
  const broken = firebreak(['screen', two, '--state', state, ...options])
  assert.equal(broken.code, 2)
  assert.match(broken.said, /state\.json: this state cannot be read/)
})

test('a header alone is a book of nothing', () => {
  const { code, out } = firebreak(['screen', file('head.csv', HEAD), '--rules', 'TX-K01', '--json'])
  assert.equal(code, 0)
  assert.equal(JSON.parse(out).rows, 0)
})

test('rules check names the line, and ends with 1 for a wrong rule and 2 for a file of another shape', () => {
  const good = readFileSync(resolve('content/typologies/TX-K05.yaml'), 'utf8')
  const wrong = file('example.yaml', good.replace('ana > mule 4000.00', 'ana > mule 40.00'))
  const { code, out } = firebreak(['rules', 'check', wrong])
  assert.equal(code, 1)
  assert.match(out, /example\.yaml:\d+.*must fire, and stays quiet/)
  const shape = file('shape.yaml', good.replace('version: 1', 'version: one'))
  const all = firebreak(['rules', 'check', shape, 'nowhere.yaml', wrong])
  assert.equal(all.code, 2)
  assert.match(all.out, /shape\.yaml:2 +version/)
  assert.match(all.out, /nowhere\.yaml:1 +there is no such file/)
  assert.match(all.out, /example\.yaml:\d+ .*must fire/)
})
