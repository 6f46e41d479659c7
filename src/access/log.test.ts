import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { base64 } from '@scure/base'
import type { z } from 'zod'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type TestHouse, testHouse } from '../../test/house.ts'
import { contextOf } from '../../test/sharing.ts'
import { newId } from '../core/ids.ts'
import { signContext } from '../store/context.ts'
import { forget, record } from './audit.ts'
import type { LogState, Proof } from './audit-shapes.ts'
import { Frontier, isConsistent, isIncluded, leafHash } from './merkle.ts'
import {
  checkpointOf,
  cosignLine,
  publicKey,
  readNote,
  readVerifier,
  signedBy,
  verifierText,
} from './note.ts'

let house: TestHouse
before(async () => {
  house = await testHouse({ poolSize: 10 })
})
after(() => house.close())

const admin = <Row extends object>(sql: string, values: unknown[] = []) =>
  asAdmin(house.adminUrl, async (client) => (await client.query<Row>(sql, values)).rows)
const act = (n: number) => ({ act: 'test.done', objectKind: 'test', objectId: `thing ${n}` })

test('an act whose entry cannot be written does not happen: sealing, and what came before it in the same request', async () => {
  const { arunee } = house.people
  await admin('alter table firebreak.audit_entry add constraint full_disk check (false) not valid')
  try {
    const id = newId()
    const body = {
      id,
      kind: 'report',
      recipient: arunee.recipient,
      wraps: [{ memberId: arunee.member, wrapped: 'w' }],
    }
    const refused = await arunee.ask('POST', '/api/sealed', { body })
    assert.ok(refused.status >= 400)
    assert.deepEqual(await admin('select id from firebreak.sealed where id = $1', [id]), [])
    assert.deepEqual(await admin('select 1 from firebreak.sealed_wrap where sealed_id = $1', [id]), [])
    const opened = await arunee.ask<{ wrapped?: string }>('POST', `/api/sealed/${id}/openings`)
    assert.ok(opened.status >= 400 && opened.body.wrapped === undefined)
  } finally {
    await admin('alter table firebreak.audit_entry drop constraint full_disk')
  }
})

test('a place in the tree that cannot be queued undoes the act as well', async () => {
  await admin('alter table firebreak.audit_waiting add constraint full_disk check (false) not valid')
  try {
    await assert.rejects(
      house.store.as({ system: 'setup' }, async (db) => {
        await db.updateTable('org').set({ left_at: new Date() }).execute()
        await record(db, null, act(0))
      }),
    )
  } finally {
    await admin('alter table firebreak.audit_waiting drop constraint full_disk')
  }
  assert.deepEqual(await admin('select 1 from firebreak.org where left_at is not null'), [])
})

test('from many sessions at once: each entry one leaf, in one order, and the root is the root of RFC 9162', async () => {
  const rounds = Array.from({ length: 12 }, async (_, session) => {
    for (let i = 0; i < 20; i++)
      await house.store
        .as({ system: 'setup' }, async (db) => {
          await record(db, null, act(session * 100 + i))
          if (i % 5 === 4) throw new Error('undone')
        })
        .catch(() => undefined)
  })
  const turning = Array.from({ length: 8 }, () => house.built.keeper.turn())
  await Promise.all([...rounds, ...turning])
  const size = await house.built.keeper.turn(true)
  const rows = await admin<{ idx: string; seq: string; canonical: string; leaf: Buffer; object_id: string }>(
    `select p.idx, e.seq, e.canonical, e.leaf, e.object_id from firebreak.audit_entry e
     left join firebreak.audit_position p using (seq) order by p.idx`,
  )
  assert.equal(rows.length, size)
  assert.deepEqual(
    rows.map((row) => Number(row.idx)),
    rows.map((_, i) => i),
  )
  const mine = rows.map((row) => row.object_id).filter((id) => id.startsWith('thing'))
  assert.equal(mine.length, 12 * 16)
  for (let session = 0; session < 12; session++) {
    const own = mine.map((id) => Number(id.slice(6))).filter((n) => Math.floor(n / 100) === session)
    assert.deepEqual(
      own,
      [...own].sort((a, b) => a - b),
      'what one session did stays in its order',
    )
  }
  const frontier = new Frontier()
  for (const { canonical, leaf } of rows) {
    assert.deepEqual(new Uint8Array(leaf), leafHash(new TextEncoder().encode(canonical)))
    frontier.append(new Uint8Array(leaf))
  }
  const state = await ok<z.infer<typeof LogState>>(house.people.mei.ask('GET', '/api/audit/log'))
  assert.equal(state.size, size)
  assert.equal(state.waiting, 0)
  const checkpoint = checkpointOf(state.checkpoint?.note ?? '', readVerifier(state.logKey))
  assert.equal(checkpoint.size, size)
  assert.deepEqual(checkpoint.root, frontier.root())
})

test('every member can prove that the log only grew, and that a leaf of theirs is in it', async () => {
  const { arunee, mei } = house.people
  const before = await house.built.keeper.turn(true)
  const old = await state(arunee)
  await filedReport(arunee)
  const size = await house.built.keeper.turn(true)
  assert.ok(size > before)
  const now = await state(arunee)
  const { proof } = await ok<z.infer<typeof Proof>>(
    arunee.ask('GET', `/api/audit/consistency?from=${before}&to=${size}`),
  )
  const log = readVerifier(now.logKey)
  const [from, to] = [old, now].map((it) => checkpointOf(it.checkpoint?.note ?? '', log))
  assert.ok(from && to)
  const roots = { from: from.size, fromRoot: from.root, to: to.size, toRoot: to.root }
  assert.ok(isConsistent({ ...roots, proof: proof.map((it) => base64.decode(it)) }))
  const own = await ok<{ entries: { leaf: string; index: number | null }[] }>(arunee.ask('GET', '/api/audit'))
  for (const { leaf, index } of own.entries.slice(0, 3)) {
    assert.ok(index !== null)
    const answer = await ok<z.infer<typeof Proof>>(
      arunee.ask('GET', `/api/audit/inclusion?index=${index}&size=${size}`),
    )
    const path = answer.proof.map((it) => base64.decode(it))
    const it = { leaf: Uint8Array.from(Buffer.from(leaf, 'hex')), index, size, proof: path, root: to.root }
    assert.ok(isIncluded(it))
  }
  for (const [bad, status] of [
    [`consistency?from=${size + 5}&to=${size + 9}`, 404],
    [`consistency?from=9&to=3`, 422],
    ['consistency?from=-1&to=3', 422],
    ['consistency?from=1.5&to=3', 422],
    ['consistency?from=1&to=99999999999999999999', 422],
    [`inclusion?index=${size}&size=${size}`, 422],
    [`inclusion?index=0&size=${size + 1000}`, 404],
    ['inclusion', 422],
  ] as const)
    assert.equal((await mei.ask('GET', `/api/audit/${bad}`)).status, status, bad)
})

test('an organisation countersigns with a key it named; nobody else’s line is taken', async () => {
  const { weiling, priya, mei } = house.people
  const secret = new Uint8Array(32).fill(11)
  const verifier = { name: 'police.example', kind: 4, key: publicKey(secret) } as const
  const id = newId()
  await ok(weiling.ask('POST', '/api/audit/witnesses', { body: { id, verifier: verifierText(verifier) } }))
  const again = { id: newId(), verifier: verifierText(verifier) }
  await ok(weiling.ask('POST', '/api/audit/witnesses', { body: again }))
  assert.equal((await priya.ask('POST', '/api/audit/witnesses', { body: again })).status, 409)
  const size = await house.built.keeper.turn(true)
  const { checkpoint } = await state(weiling)
  const { text } = readNote(checkpoint?.note ?? '')
  const line = cosignLine(text, { name: verifier.name, secret, at: new Date() })
  const forged = cosignLine(text, {
    name: verifier.name,
    secret: new Uint8Array(32).fill(12),
    at: new Date(),
  })
  const send = (who: typeof priya, it: object) => who.ask('POST', '/api/audit/cosignatures', { body: it })
  assert.equal((await send(priya, { size, line })).status, 422)
  assert.equal((await send(weiling, { size, line: forged })).status, 422)
  assert.equal((await send(weiling, { size, line: `${line}${line}` })).status, 422)
  assert.equal((await send(weiling, { size: size + 1, line })).status, 404)
  assert.equal((await send(weiling, { size, line: '— x y' })).status, 422)
  await ok(send(weiling, { size, line }))
  await ok(send(weiling, { size, line }))
  const now = await state(mei, size)
  assert.ok(signedBy(readNote(now.checkpoint?.note ?? ''), verifier))
  assert.deepEqual(
    now.witnesses.map((it) => [it.orgId, it.size]),
    [[weiling.org, size]],
  )
  assert.equal((await priya.ask('POST', `/api/audit/witnesses/${id}/end`)).status, 404)
  await ok(weiling.ask('POST', `/api/audit/witnesses/${id}/end`))
  assert.equal((await send(weiling, { size, line })).status, 422)
  assert.deepEqual((await state(mei)).witnesses, [])
})

test('a leaf names nobody, tells nobody apart, and a person who is erased is in no leaf any more; the tree stays', async () => {
  const { ploy, mei } = house.people
  await filedReport(ploy)
  const entries = () =>
    admin<{ canonical: string; nonce: string; leaf: Buffer; whole: string }>(
      `select canonical, nonce, leaf, e::text as whole from firebreak.audit_entry e where $1 = any (subjects) order by seq`,
      [ploy.member],
    )
  const before = await entries()
  assert.ok(before.length >= 2)
  for (const { canonical } of before) assert.ok(!canonical.includes(ploy.member), canonical)
  const [salt] = await admin<{ salt: Buffer }>(
    `select decode(string_agg(lpad(to_hex(get_byte(inner_pad, i) # 54), 2, '0'), '' order by i), 'hex') as salt
     from firebreak.audit_salt, generate_series(0, 31) i where subject = $1`,
    [ploy.member],
  )
  const names = before.map(({ nonce }) =>
    createHmac('sha256', salt?.salt ?? '')
      .update(nonce + ploy.member)
      .digest('hex'),
  )
  for (const [i, name] of names.entries()) assert.ok(before[i]?.canonical.includes(`"~${name}"`))
  assert.equal(new Set(names).size, names.length, 'two leaves about one person look unlike')

  const size = await house.built.keeper.turn(true)
  const root = (await state(mei)).checkpoint?.note
  assert.equal((await house.people.arunee.ask('GET', '/api/me')).status, 200)
  await assert.rejects(
    house.store.as({ ...actorOf(house.people.arunee) }, (db) =>
      forget(db, actorOf(house.people.arunee), { kind: 'member', id: ploy.member }),
    ),
  )
  const concerned = await house.store.as({ system: 'setup' }, (db) =>
    forget(db, null, { kind: 'member', id: ploy.member }),
  )
  assert.equal(concerned, before.length)
  assert.deepEqual(await entries(), [])
  for (const table of ['audit_entry', 'audit_salt', 'audit_waiting', 'audit_position', 'audit_node'])
    assert.deepEqual(
      await admin(`select 1 from firebreak.${table} t where position($1 in t::text) > 0`, [ploy.member]),
      [],
      table,
    )
  assert.equal((await state(mei, size)).checkpoint?.note, root)
  const { entries: page } = await ok<{ entries: { actorName: string | null }[] }>(
    mei.ask('GET', '/api/audit'),
  )
  assert.ok(page.some(({ actorName }) => actorName === 'Somebody who was erased'))
})

test('erasing looks an id up: in a long log it reads the entries about that id alone', async () => {
  const { helen } = house.people
  const id = newId()
  const looked = await asAdmin(house.adminUrl, async (client) => {
    await client.query('begin')
    await client.query('set local session_replication_role = replica')
    await client.query(
      `insert into firebreak.audit_entry (at, act, object_kind, object_id, detail, canonical, leaf, nonce, subjects)
       select now(), 'test.done', 'test', 'x', '{}', '{}', sha256(n::text::bytea), repeat('0', 32),
         array[case when n % 10000 = 7 then $1 else 'thing ' || n end]
       from generate_series(1, 30000) n`,
      [id],
    )
    await client.query('set local session_replication_role = origin')
    await client.query('analyze firebreak.audit_entry')
    const key = Buffer.from(house.store.secrets.contextKey, 'hex')
    await client.query(`select set_config('app.ctx', $1, true)`, [
      signContext(contextOf({ ...helen, role: 'steward' }), key, new Date()),
    ])
    const scans = async () => {
      const { rows } = await client.query<{ whole: string; read: string }>(
        `select seq_scan as whole, seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables
         where relname = 'audit_entry'`,
      )
      return { whole: Number(rows[0]?.whole), read: Number(rows[0]?.read) }
    }
    const before = await scans()
    const { rows } = await client.query<{ n: string }>('select firebreak.audit_forget($1) as n', [id])
    const after = await scans()
    await client.query('rollback')
    return { found: Number(rows[0]?.n), whole: after.whole - before.whole, read: after.read - before.read }
  })
  assert.deepEqual(looked, { found: 3, whole: 0, read: 3 })
})

test('T40: whatever one does, in whatever order, leaves exactly its leaves', async () => {
  const { helen } = house.people
  const report = async (tlp: string) => {
    const it = await filedReport(helen, { tlp })
    assert.equal(it.tlp, tlp)
    return it
  }
  const made = {
    RED: await report('RED'),
    AMBER: await report('AMBER'),
    strict: await report('AMBER+STRICT'),
  }
  const own = () =>
    admin<{ act: string; leaves: string }>(
      'select act, count(p.idx) as leaves from firebreak.audit_entry left join firebreak.audit_position p using (seq) where actor_id = $1 group by act',
      [helen.member],
    )
  await house.built.keeper.turn()
  const before = new Map((await own()).map(({ act, leaves }) => [act, Number(leaves)]))
  const acts: [string, () => Promise<unknown>, string[]][] = [
    ['read RED', () => ok(helen.ask('GET', `/api/reports/${made.RED.id}`)), ['report.read']],
    ['read AMBER+STRICT', () => ok(helen.ask('GET', `/api/reports/${made.strict.id}`)), ['report.read']],
    ['read AMBER', () => ok(helen.ask('GET', `/api/reports/${made.AMBER.id}`)), []],
    ['open', () => ok(helen.ask('POST', `/api/sealed/${made.AMBER.sealedId}/openings`)), ['sealed.opened']],
    ['file', () => report('RED'), ['sealed.granted', 'report.filed']],
    ['be refused', () => helen.ask('GET', `/api/reports/${newId()}`), []],
    ['be refused a key', () => helen.ask('POST', `/api/sealed/${newId()}/openings`), []],
    [
      'match',
      () => ok(helen.ask('POST', '/api/match/known', { body: { tokens: ['0'.repeat(64)] } })),
      ['match.looked'],
    ],
  ]
  const wanted = new Map(before)
  let seed = 20261122
  for (let i = 0; i < 60; i++) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    const [, run, leaves] = acts[(seed >> 8) % acts.length] as (typeof acts)[0]
    await run()
    for (const act of leaves) wanted.set(act, (wanted.get(act) ?? 0) + 1)
  }
  await house.built.keeper.turn()
  const after = new Map((await own()).map(({ act, leaves }) => [act, Number(leaves)]))
  assert.deepEqual([...after].sort(), [...wanted].sort())
})

test('the log takes no change, not even from its owner, while its trigger stands', async () => {
  for (const sql of [
    "update firebreak.audit_entry set canonical = '{}'",
    "update firebreak.audit_entry set act = 'x.y'",
    'delete from firebreak.audit_entry',
    'truncate firebreak.audit_entry cascade',
  ])
    await assert.rejects(admin(sql), /only grows/, sql)
})

test('the export is the steward’s alone, and taking it is recorded', async () => {
  const { mei, arunee } = house.people
  assert.equal((await arunee.ask('GET', '/api/audit/export')).status, 403)
  const taken = await mei.ask<Uint8Array>('GET', '/api/audit/export')
  assert.equal(taken.status, 200)
  const lines = new TextDecoder().decode(taken.body).trim().split('\n')
  const head = JSON.parse(lines[0] ?? '') as { format: string; size: number }
  assert.equal(head.format, 'firebreak-audit/1')
  assert.deepEqual(JSON.parse(lines.at(-1) ?? ''), { end: head.size })
  const { entries } = await ok<{ entries: { act: string }[] }>(mei.ask('GET', '/api/audit'))
  assert.equal(entries[0]?.act, 'audit.exported')
})

function actorOf(it: TestHouse['people']['mei']) {
  return { member: it.member, org: it.org, role: it.role, session: 'test' }
}

async function state(who: TestHouse['people']['mei'], size?: number) {
  const query = size === undefined ? '' : `?size=${size}`
  return ok<z.infer<typeof LogState>>(who.ask('GET', `/api/audit/log${query}`))
}
