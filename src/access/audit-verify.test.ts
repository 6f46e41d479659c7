import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base64 } from '@scure/base'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type TestHouse, testHouse } from '../../test/house.ts'
import { fc } from '../../test/property.ts'
import { newId } from '../core/ids.ts'
import { forget, record } from './audit.ts'
import { exportLines } from './audit-export.ts'
import { AuditProof, type Trust, type Verdict } from './audit-verify.ts'
import { type LogKey, logKey } from './checkpoints.ts'
import { Frontier, leafHash } from './merkle.ts'
import {
  checkpointText,
  cosignLine,
  publicKey,
  readCheckpoint,
  readNote,
  signLine,
  type Verifier,
  verifierText,
} from './note.ts'

const log = logKey('f'.repeat(64))
const secret = new Uint8Array(32).fill(5)
const bank: Verifier = { name: 'bank.example', kind: 4, key: publicKey(secret) }
const nobody: Trust = { checkpoints: [], witnesses: [] }

function verdictOn(lines: readonly string[], trust: Trust = nobody): Verdict {
  const proof = new AuditProof(trust)
  for (const line of lines) proof.read(line)
  return proof.verdict()
}
const kinds = (it: Verdict) => it.findings.map(({ kind }) => kind)

/** A whole export of these entries, honestly made: with this key, and with checkpoints of these sizes. */
function exported(entries: readonly string[], sizes: readonly number[], by: LogKey = log): string[] {
  const lines: unknown[] = [
    {
      format: 'firebreak-audit/1',
      network: 'Test',
      logKey: verifierText(by.verifier),
      size: entries.length,
      witnesses: [{ key: verifierText(bank), org: 'Harbour Bank' }],
      madeAt: '2026-11-22T00:00:00Z',
    },
  ]
  const tree = new Frontier()
  for (const [i, entry] of entries.entries()) {
    const leaf = leafHash(new TextEncoder().encode(entry))
    tree.append(leaf)
    lines.push({ i, entry, leaf: base64.encode(leaf) })
    if (sizes.includes(i + 1)) lines.push({ checkpoint: noteOf(tree, by) })
  }
  return [...lines, { end: entries.length }].map((line) => JSON.stringify(line))
}

function noteOf(tree: Frontier, by: LogKey): string {
  const { name } = by.verifier
  const text = checkpointText({ origin: name, size: tree.size, root: tree.root() })
  const at = new Date('2026-11-22T03:00:00Z')
  return `${text}\n${signLine(text, name, by.secret)}${cosignLine(text, { name: bank.name, secret, at })}`
}

const entries = (n: number) =>
  Array.from({ length: n }, (_, i) => JSON.stringify({ at: `2026-11-22T00:00:${10 + (i % 50)}Z`, n: i }))
const good = exported(entries(40), [10, 20, 30, 36])
const keptAt = (size: number, lines = good) => {
  const notes = lines.flatMap((line) => (JSON.parse(line) as { checkpoint?: string }).checkpoint ?? [])
  const found = notes.map((note) => readCheckpoint(readNote(note).text)).find((it) => it.size === size)
  assert.ok(found)
  return found
}

test('an honest export is proven, and says what nobody has signed yet and who countersigned', () => {
  const it = verdictOn(good, { checkpoints: [keptAt(20)], witnesses: [bank], logKey: log.verifier })
  assert.deepEqual(it.findings, [])
  assert.ok(it.proven && it.anchored)
  assert.deepEqual([it.entries, it.signed, it.checkpoints], [40, 36, 4])
  assert.deepEqual(
    it.witnesses.map(({ name, org, size, trusted }) => [name, org, size, trusted]),
    [['bank.example', 'Harbour Bank', 36, true]],
  )
  assert.equal(verdictOn(good).anchored, false)
})

test('an empty log, and one of a single entry', () => {
  assert.ok(verdictOn(exported([], [])).proven)
  assert.ok(verdictOn(exported(entries(1), [1])).proven)
})

test('one entry edited: the very entry is named, and the others stay proven', () => {
  fc.assert(
    fc.property(fc.nat(35), (i) => {
      const at = good.findIndex((line) => line.startsWith(`{"i":${i},`))
      const it = verdictOn(good.with(at, (good[at] ?? '').replace('2026-11-22', '2025-01-01')))
      assert.deepEqual(
        it.findings.map(({ kind, entry, line }) => [kind, entry, line]),
        [['altered', i, at + 1]],
      )
    }),
    { numRuns: 36 },
  )
})

test('an entry edited and its hash made to fit: the stretch between two checkpoints is named', () => {
  for (const i of [0, 5, 9, 10, 25, 35]) {
    const changed = entries(40).with(i, '{"at":"2025-01-01T00:00:00Z"}')
    const forged = exported(changed, [10, 20, 30, 36]).map((line, at) =>
      (good[at] ?? '').startsWith('{"checkpoint"') ? (good[at] ?? '') : line,
    )
    const it = verdictOn(forged)
    assert.deepEqual(kinds(it), ['history'])
    const from = [0, 10, 20, 30].findLast((size) => size <= i)
    assert.equal(it.findings[0]?.entry, from)
    assert.match(it.findings[0]?.message ?? '', /changed, removed or put in/)
  }
})

const edits: [string, (lines: string[]) => string[], string][] = [
  ['a line removed', (it) => it.toSpliced(7, 1), 'missing'],
  ['many lines removed', (it) => it.toSpliced(7, 2), 'missing'],
  ['a line doubled', (it) => it.toSpliced(7, 0, it[7] ?? ''), 'order'],
  ['two lines swapped', (it) => it.with(7, it[8] ?? '').with(8, it[7] ?? ''), 'missing'],
  ['an old line put in later', (it) => it.toSpliced(30, 0, it[3] ?? ''), 'order'],
  ['the last line gone', (it) => it.slice(0, -1), 'cut'],
  ['the second half gone', (it) => it.slice(0, 20), 'cut'],
  ['cut in the middle of a line', (it) => [...it.slice(0, 20), (it[20] ?? '').slice(0, 30)], 'form'],
  ['something after the end', (it) => [...it, it[3] ?? ''], 'form'],
  ['a line of something else', (it) => it.toSpliced(9, 0, '{"a":1}'), 'form'],
  ['a checkpoint moved', (it) => it.toSpliced(25, 0, it[11] ?? ''), 'order'],
  [
    'a checkpoint with a changed root',
    (it) => it.map((line) => line.replace(/\\n10\\n./, '\\n10\\nz')),
    'signature',
  ],
]
for (const [what, edit, kind] of edits)
  test(`found: ${what}`, () => {
    const it = verdictOn(edit([...good]))
    assert.ok(kinds(it).includes(kind as never), JSON.stringify(it.findings))
    assert.equal(it.proven, false)
  })

test('any one character of an export changed: not proven, or not an export, or only what nobody signs', () => {
  const whole = good.join('\n')
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.constantFrom('0', 'a', '"', '9', ' '), (at, sign) => {
      if (whole[at] === sign) return
      const altered = (whole.slice(0, at) + sign + whole.slice(at + 1)).split('\n')
      const [head = ''] = altered
      if (head !== good[0]) return // name, time and the claims of the head are signed by nobody, and are not proven
      const it = verdictOn(altered)
      assert.equal(it.proven, false, `${altered.find((line, i) => line !== good[i])}`)
    }),
    { numRuns: 150 },
  )
})

test('the tail cut off and the end made to fit: found by a checkpoint that a member kept', () => {
  const shorter = exported(entries(30), [10, 20, 30])
  assert.ok(verdictOn(shorter).proven, 'nothing in it can show that')
  const it = verdictOn(shorter, { ...nobody, checkpoints: [keptAt(36)] })
  assert.deepEqual(kinds(it), ['cut'])
  assert.match(it.findings[0]?.message ?? '', /vouches for 36 entries; this export has 30: the last 6/)
})

test('a log rewritten and signed again by its own key: found by one kept checkpoint, or by a witness', () => {
  const other = exported(entries(40).with(3, '{"at":"2025-01-01T00:00:00Z"}'), [10, 20, 30, 36])
  assert.ok(verdictOn(other).proven, 'the key of the log alone cannot show that')
  for (const size of [10, 20, 30, 36])
    assert.deepEqual(kinds(verdictOn(other, { ...nobody, checkpoints: [keptAt(size)] })), ['fork'])
  const mallory = { ...bank, key: publicKey(new Uint8Array(32).fill(6)) }
  assert.deepEqual(kinds(verdictOn(other, { ...nobody, witnesses: [mallory] })), ['signature'])
})

test('two members are shown two histories: each is proven alone, together they are not', () => {
  const shared = entries(20)
  const [one, two] = ['a', 'b'].map((who) => exported([...shared, `{"at":"x","to":"${who}"}`], [10, 20, 21]))
  assert.ok(one && two && verdictOn(one).proven && verdictOn(two).proven)
  const it = verdictOn(one, { ...nobody, checkpoints: [keptAt(20, two), keptAt(21, two)] })
  assert.deepEqual(kinds(it), ['fork'])
})

test('another key than the one that is trusted, and a checkpoint of another log', () => {
  const other = exported(entries(40), [40], logKey('a'.repeat(64)))
  assert.deepEqual(kinds(verdictOn(other, { ...nobody, logKey: log.verifier })), ['key'])
  assert.deepEqual(kinds(verdictOn(other, { ...nobody, checkpoints: [keptAt(10)] })), ['key'])
})

test('no checkpoint at all proves nothing', () => {
  assert.deepEqual(kinds(verdictOn(exported(entries(5), []))), ['signature'])
})

for (const head of ['', '{}', 'x', '[]', '{"format":"firebreak-audit/2"}', (good[1] ?? '').slice(0, 40)])
  test(`not an export: ${head}`, () => {
    assert.throws(() => verdictOn([head]), { code: 'invalid', message: /line 1/ })
  })
test('not an export: nothing', () => {
  assert.throws(() => verdictOn([]), { code: 'invalid', message: /empty/ })
})

// On the database itself: what its owner can do behind the back of the house.

let house: TestHouse
before(async () => {
  house = await testHouse()
  await filedReport(house.people.arunee)
  await house.built.keeper.turn(true)
  await filedReport(house.people.ploy)
  for (let i = 0; i < 30; i++)
    await house.store.as({ system: 'setup' }, (db) =>
      record(db, null, { act: 'test.done', objectKind: 'test', objectId: `thing ${i}` }),
    )
  await house.built.keeper.turn(true)
})
after(() => house.close())

async function taken(reveal = false): Promise<string[]> {
  let text = ''
  const it = { log: house.built.keeper.log, network: 'Test', reveal }
  for await (const lines of exportLines(house.store, { system: 'setup' }, it)) text += lines
  return text.trimEnd().split('\n')
}

test('the export of a running house is proven', async () => {
  const it = verdictOn(await taken())
  assert.deepEqual(it.findings, [])
  assert.equal(it.signed, it.entries)
})

const tampers: [string, string, string][] = [
  [
    'an entry changed',
    "update firebreak.audit_entry set canonical = replace(canonical, 'thing 7', 'thing 8')",
    'altered',
  ],
  [
    'an entry changed with its leaf',
    `update firebreak.audit_entry set canonical = '{"v":2}', leaf = sha256('\\x00'::bytea || convert_to('{"v":2}', 'UTF8')) where canonical like '%thing 7"%'`,
    'history',
  ],
  [
    'an entry and its place deleted',
    `with gone as (delete from firebreak.audit_position where seq in (select seq from firebreak.audit_entry where canonical like '%thing 7"%') returning seq)
     delete from firebreak.audit_entry where seq in (select seq from gone)`,
    'missing',
  ],
  [
    'the last entries deleted',
    'delete from firebreak.audit_position where idx > (select max(idx) - 5 from firebreak.audit_position)',
    'cut',
  ],
  [
    'two entries changed places',
    'update firebreak.audit_position set seq = case idx when 5 then (select seq from firebreak.audit_position where idx = 6) else (select seq from firebreak.audit_position where idx = 5) end where idx in (5, 6)',
    'history',
  ],
  [
    'an entry put in',
    `update firebreak.audit_position set idx = -idx - 1000 where idx >= 20;
     with made as (insert into firebreak.audit_entry (act, object_kind, object_id, canonical, leaf) values ('a.b', 'x', 'y', '{}', sha256('\\x007b7d'::bytea)) returning seq)
     insert into firebreak.audit_position select 20, seq from made;
     update firebreak.audit_position set idx = -idx - 999 where idx <= -1000`,
    'history',
  ],
]
for (const [what, sql, kind] of tampers)
  test(`behind the back of the house: ${what}`, async () => {
    const kept = keptAt(verdictOn(await taken()).signed, await taken())
    const it = await asAdmin(house.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = 'replica'")
      const undo = ['audit_entry', 'audit_position']
      for (const table of undo)
        await admin.query(`create table public.undo_${table} as table firebreak.${table}`)
      try {
        await admin
          .query(
            'alter table firebreak.audit_position drop constraint audit_position_idx_check, drop constraint audit_position_seq_key, drop constraint audit_position_seq_fkey',
          )
          .catch(() => undefined)
        await admin.query(sql)
        return verdictOn(await taken(), { ...nobody, checkpoints: [kept] })
      } finally {
        for (const table of undo) {
          await admin.query(`delete from firebreak.${table}`)
          await admin.query(
            `insert into firebreak.${table} overriding system value table public.undo_${table}`,
          )
          await admin.query(`drop table public.undo_${table}`)
        }
      }
    })
    assert.ok(kinds(it).includes(kind as never), JSON.stringify(it.findings))
  })

test('an old backup put back: found by the checkpoint that anybody kept', async () => {
  const old = await taken()
  await house.store.as({ system: 'setup' }, (db) =>
    record(db, null, { act: 'test.done', objectKind: 'test', objectId: 'later' }),
  )
  const size = await house.built.keeper.turn(true)
  const kept = keptAt(size, await taken())
  const it = verdictOn(old, { ...nobody, checkpoints: [kept] })
  assert.deepEqual(kinds(it), ['cut'])
})

test('revealed, an export says whom an entry is about and proves it; a lie about that is found; erased, it says no more', async () => {
  const { arunee } = house.people
  const lines = await taken(true)
  const about = lines.find((line) => line.includes(`"about":{"${arunee.member}"`)) ?? ''
  assert.ok(about, 'somebody is named')
  assert.ok(verdictOn(lines).proven)
  const lie = lines.map((line) => line.replaceAll(arunee.member, newId()))
  assert.ok(kinds(verdictOn(lie)).includes('name'))
  const hidden = await taken(false)
  assert.ok(!hidden.join('').includes(arunee.member))
  await house.store.as({ system: 'setup' }, (db) => forget(db, null, { kind: 'member', id: arunee.member }))
  await house.built.keeper.turn(true)
  const later = await taken(true)
  assert.ok(!later.join('').includes(arunee.member))
  assert.ok(verdictOn(later).proven)
})

test('the file that the steward takes from the page is the same proof', async () => {
  const file = await ok<Uint8Array>(house.people.mei.ask('GET', '/api/audit/export?reveal=yes'))
  assert.ok(verdictOn(new TextDecoder().decode(file).trimEnd().split('\n')).proven)
})
