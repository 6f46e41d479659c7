import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-trace-'))
const bin = resolve('bin/firebreak.mjs')

function firebreak(args: string[], input = '') {
  const done = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: folder, input })
  return { code: done.status, out: done.stdout, said: done.stderr }
}

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const LEDGER = file(
  'ledger.csv',
  `transaction_id,booked_at,amount,currency,payer_account,payee_account
t3,2026-03-01T12:00:00Z,900.00,SGD,MULE-1,=MULE-2
t1,2026-03-01T10:00:00Z,"1,000.00",SGD,PERSON-1,MULE-1
t2,2026-03-01T11:00:00Z,500.00,SGD,SHOP-1,MULE-1
t4,2026-03-01T12:30:00Z,400.00,SGD,=MULE-2,
t5,2026-03-01T13:00:00Z,450.00,SGD,=MULE-2,EXCHANGE-1
t6,2026-03-01T13:05:00Z,330.000000,USDT,EXCHANGE-1,=MULE-2
`,
)
const ASK = [LEDGER, '--from', 'PERSON-1', '--amount', '1000.00', '--at', '2026-03-01T10:00:00Z']

test('what a ledger calls its accounts can neither steer the terminal nor pass for another account', () => {
  const [red, turned] = ['A\u001b[31m\u001b]0;x\u0007', '\u202etxt.exe']
  const odd = file(
    'odd.csv',
    `transaction_id,booked_at,amount,currency,payer_account,payee_account
1,2026-03-01T10:00:00Z,10.00,SGD,P,${red}
2,2026-03-01T11:00:00Z,5.00,SGD,${red},${turned}
3,2026-03-01T12:00:00Z,2.00,SGD,${turned},MULE  1
4,2026-03-01T13:00:00Z,1.00,SGD,MULE  1,MULE
`,
  )
  const { code, out, said } = firebreak(['trace', odd, '--from', 'P', '--amount', '10', '--at', '2026-03-01'])
  assert.equal(code, 0)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  assert.doesNotMatch(out + said, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  assert.match(out, /^ {2}MULE {2}1 /m)
  assert.match(out, /^ {2}MULE {4,}/m)
  const missing = firebreak([
    'trace',
    `${odd}\u001b[2J`,
    '--from',
    'P',
    '--amount',
    '10',
    '--at',
    '2026-03-01',
  ])
  assert.equal(missing.code, 2)
  assert.ok(!missing.said.includes('\u001b'))
})

test('trace --json keeps its contract: held, hops and lost, in whole minor units, first in first out', () => {
  const { code, out } = firebreak(['trace', ...ASK, '--json', '--now', '2026-03-02T00:00:00Z'])
  assert.equal(code, 0)
  const found = JSON.parse(out)
  const held = found.held.map((it: Record<string, unknown>) => [it.account, it.minor, it.currency])
  assert.deepEqual(held, [
    ['EXCHANGE-1', 45_000, 'SGD'],
    ['MULE-1', 10_000, 'SGD'],
    ['=MULE-2', 5_000, 'SGD'],
  ])
  assert.equal(found.lost, 40_000)
  assert.deepEqual(
    found.hops.map((it: { transaction: string }) => it.transaction),
    ['t1', 't3', 't4', 't5'],
  )
  assert.equal(found.held[0].hours, 11)
  assert.ok(found.held[0].rails.some((it: { standing: string }) => it.standing === 'open'))
  assert.match(found.notes.join(' '), /The file ends at 2026-03-01 13:05 UTC/)
  assert.match(found.notes.join(' '), /paid the payer back in another currency/)
})

test('a ledger on standard input is traced like the file it came from, and an empty one is refused by name', () => {
  const piped = firebreak(
    ['trace', '-', ...ASK.slice(1), '--json', '--now', '2026-03-02T00:00:00Z'],
    readFileSync(LEDGER, 'utf8'),
  )
  assert.equal(piped.code, 0, piped.said)
  const named = firebreak(['trace', ...ASK, '--json', '--now', '2026-03-02T00:00:00Z'])
  assert.deepEqual(JSON.parse(piped.out).held, JSON.parse(named.out).held)
  const empty = firebreak(['trace', '-', ...ASK.slice(1)])
  assert.equal(empty.code, 2)
  assert.match(empty.said, /^standard input: the file is empty/)
})

test('haircut divides, poison takes all, and an exchange that a person vouches for is followed', () => {
  const held = (...more: string[]) => {
    const found = JSON.parse(firebreak(['trace', ...ASK, '--json', ...more]).out)
    return Object.fromEntries(
      found.held.map((it: { account: string; minor: number; currency: string }) => [
        `${it.account} ${it.currency}`,
        it.minor,
      ]),
    )
  }
  assert.deepEqual(held('--method', 'haircut'), {
    'MULE-1 SGD': 40_000,
    'EXCHANGE-1 SGD': 30_000,
    '=MULE-2 SGD': 3_333,
  })
  assert.deepEqual(held('--method', 'poison'), {
    'MULE-1 SGD': 60_000,
    'EXCHANGE-1 SGD': 45_000,
    '=MULE-2 SGD': 5_000,
  })
  assert.deepEqual(held('--exchange-within', '24'), {
    'MULE-1 SGD': 10_000,
    '=MULE-2 SGD': 5_000,
    '=MULE-2 USDT': 330_000_000,
  })
})

test('for people the three rules stand side by side', () => {
  const { out } = firebreak(['trace', ...ASK])
  assert.match(out, /first in, first out +haircut +poison/)
  assert.match(out, /EXCHANGE-1 +SGD 450\.00 +SGD 300\.00 +SGD 450\.00/)
})

test('files: the picture is one SVG without a script, and no cell of the tables is a formula', () => {
  const [svg, csv, hops] = ['flow.svg', 'held.csv', 'hops.csv'].map((name) => join(folder, name))
  const { code } = firebreak([
    'trace',
    ...ASK,
    '--svg',
    svg ?? '',
    '--csv',
    csv ?? '',
    '--hops-csv',
    hops ?? '',
  ])
  assert.equal(code, 0)
  const picture = readFileSync(svg ?? '', 'utf8')
  assert.match(picture, /^<svg [\s\S]*SGD 450\.00 is there now[\s\S]*<\/svg>\n$/)
  assert.doesNotMatch(picture, /<script|href=/)
  assert.match(readFileSync(csv ?? '', 'utf8'), /\r\n'=MULE-2,50\.00,SGD,5000,/)
  assert.match(readFileSync(hops ?? '', 'utf8'), /\r\nt3,2026-03-01T12:00:00\.000Z,MULE-1,'=MULE-2,900\.00/)
})

test('before what can be stopped it says what was asked about the holders, or that nobody asked', () => {
  const plain = firebreak(['trace', ...ASK])
  assert.match(plain.out, /Protection was not asked: no accounts file says which holders are people/)
  assert.match(plain.out, /must not be punished[\s\S]*Where every clock ran out, or no way is known/)
  assert.doesNotMatch(plain.out, /What can still be stopped/)
  const inTime = firebreak(['trace', ...ASK, '--now', '2026-03-02T00:00:00Z'])
  assert.match(inTime.out, /must not be punished[\s\S]*What can still be stopped/)
  assert.equal(JSON.parse(firebreak(['trace', ...ASK, '--json']).out).protection, null)
  const driven = file(
    'driven.csv',
    `transaction_id,booked_at,amount,currency,payer_account,payee_account,device_id
v,2026-03-01T10:00:00Z,1000.00,SGD,PERSON-1,M-1,
${['M-1', 'M-2', 'M-3', 'M-4'].map((it, i) => `d${i},2026-03-02T0${i}:00:00Z,300.00,SGD,${it},BOSS,DEV1`).join('\n')}
`,
  )
  const people = file(
    'people.csv',
    `account,holder_type\n${['M-1', 'M-2', 'M-3', 'M-4'].map((it) => `${it},person`).join('\n')}\n`,
  )
  const ask = ['trace', driven, people, ...ASK.slice(1)]
  const { out, said } = firebreak(ask)
  assert.match(
    out,
    /Protection first: signs that the holder may be a trafficked person stand on one of these accounts\./,
    said,
  )
  assert.match(out, /M-1: Several people's accounts driven by one device/)
  assert.match(out, /could not be judged on these files, and their silence means nothing/)
  const { protection, held } = JSON.parse(firebreak([...ask, '--json']).out)
  assert.deepEqual(Object.keys(protection.signs), ['M-1'])
  assert.ok(protection.judged > 0 && protection.unjudged > 0)
  assert.equal(held.find((it: { account: string }) => it.account === 'M-1').minor, 70_000)
})

test('what cannot be asked is named in one line, with exit code 2', () => {
  const said = (args: string[]) => {
    const { code, out, said } = firebreak(['trace', ...args, '--json'])
    assert.equal(code, 2, args.join(' '))
    assert.equal(out, '')
    return said.trim().split('\n').at(-1) ?? ''
  }
  const at = ['--amount', '1000', '--at', '2026-03-01']
  assert.match(
    said([LEDGER, '--from', 'PERSON-2', ...at]),
    /“PERSON-2” is not in the file; the nearest are “PERSON-1”/,
  )
  assert.match(
    said([LEDGER, '--from', 'PERSON-1', '--amount', '1000,5', '--at', '2026-03-01']),
    /amount “1000,5”/,
  )
  assert.match(said([LEDGER, '--from', 'PERSON-1', '--amount', '10', '--at', 'noon']), /time “noon”/)
  assert.match(
    said([LEDGER, '--from', 'PERSON-1', '--amount', '10', '--at', '01/03/2026']),
    /can be two days: write 2026-03-01 or 2026-01-03/,
  )
  assert.equal(
    firebreak(['trace', LEDGER, '--from', 'PERSON-1', '--amount', '10', '--at', '28.02.2026 10:00']).code,
    0,
  )
  assert.match(said([LEDGER, '--from', 'PERSON-1', ...at, '--currency', 'THB']), /no row in THB, only in SGD/)
  assert.match(said([join(folder, 'none.csv'), '--from', 'a', ...at]), /none\.csv/)
  assert.equal(firebreak(['trace', LEDGER, ...at]).code, 2)
  assert.equal(firebreak(['trace', '--help']).code, 0)
})
