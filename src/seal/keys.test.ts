import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base64 } from '@scure/base'
import type { z } from 'zod'
import { asAdmin } from '../../test/database.ts'
import { filedReport, ok } from '../../test/fixtures.ts'
import { type Person, type TestHouse, testHouse } from '../../test/house.ts'
import { keysFor, makeShare } from '../../test/sharing.ts'
import { AuditProof } from '../access/audit-verify.ts'
import { checkpointOf, readNote, readVerifier, verifierText } from '../access/note.ts'
import { newId } from '../core/ids.ts'
import {
  cosignWith,
  handOn,
  keyOfSecret,
  makeAuthority,
  openSecret,
  sealSecret,
  stateWith,
} from './authority.ts'
import { type ClaimedHolders, checkHolders, newAuthority, type Statement, signStatement } from './chain.ts'
import type { KeyState, OwnWraps, RecoveryState } from './key-shapes.ts'
import { giveSecret } from './key-store.ts'
import { newMemberKey } from './member-key.ts'
import { addWraps, openJson } from './record.ts'
import { passShare, recoverIdentity, shareIdentity } from './recovery.ts'

let house: TestHouse
const since = '2026-11-22T00:00:00Z'
const root = newAuthority()
const police = newAuthority()

before(async () => {
  house = await testHouse()
})
after(() => house.close())

const state = (by: Person, it: Statement, secret: Uint8Array) =>
  by.ask<{ message: string }>('POST', '/api/keys/statements', { body: signStatement(it, secret) })
const rootOf = () => ({ v: 1, kind: 'root', key: root.key, since }) as const
const orgOf = (org: string, key = police.key) => ({ v: 1, kind: 'org', org, key, since }) as const
const memberOf = (it: Person, key = it.recipient) =>
  ({ v: 1, kind: 'member', org: it.org, member: it.member, key, since }) as const

/** What a browser does before it seals: asks, and checks against the root and the checkpoint it knows. */
async function checked(by: Person, org: string) {
  const claimed = await ok<ClaimedHolders>(by.ask('GET', `/api/orgs/${org}/key-holders`))
  const { logKey } = await ok<{ logKey: string }>(by.ask('GET', '/api/audit/log'))
  const checkpoint = checkpointOf(claimed.checkpoint ?? '', readVerifier(logKey))
  return checkHolders(claimed, { org, root: root.key, checkpoint })
}

test('the chain is built link by link; a link that does not hold is refused and leaves nothing', async () => {
  const { mei, weiling, farid, arunee } = house.people
  const org = weiling.org
  assert.equal((await state(weiling, orgOf(org), root.secret)).status, 422, 'there is no root yet')
  assert.ok((await state(weiling, rootOf(), root.secret)).status >= 400, 'only a steward makes the root')
  assert.equal((await state(mei, rootOf(), police.secret)).status, 422, 'the root signs itself')
  await ok(state(mei, rootOf(), root.secret))
  assert.equal((await state(mei, rootOf(), root.secret)).status, 409)
  assert.equal(
    (await state(weiling, orgOf(org), police.secret)).status,
    422,
    'an organisation is signed by the root',
  )
  await ok(state(mei, orgOf(org), root.secret))
  assert.equal(
    (await state(arunee, memberOf(weiling), police.secret)).status >= 400,
    true,
    'of another organisation',
  )
  const swapped = await state(weiling, memberOf(weiling, farid.recipient), police.secret)
  assert.equal(swapped.status, 422)
  assert.match(swapped.body.message, /not the key that the member has/)
  assert.equal((await state(weiling, memberOf(weiling), root.secret)).status, 422, 'signed by another key')
  await ok(state(weiling, memberOf(weiling), police.secret))
  await house.built.keeper.turn(true)
  const found = await checked(arunee, org)
  assert.equal(found.wrong, null)
  assert.deepEqual(
    found.readers.map(({ memberId }) => memberId),
    [weiling.member],
  )
  assert.deepEqual(found.waiting, [farid.member], 'nobody has signed his key')
})

test('the server swaps a recipient in its own database: the next browser that would seal to it refuses', async () => {
  const { weiling, arunee } = house.people
  const evil = await newMemberKey()
  const set = (recipient: string) =>
    asAdmin(house.adminUrl, (admin) =>
      admin.query('update firebreak.member set recipient = $1 where id = $2', [recipient, weiling.member]),
    )
  await set(evil.recipient)
  const swapped = await checked(arunee, weiling.org)
  assert.match(swapped.wrong ?? '', /not the one that their organisation signed/)
  assert.deepEqual(swapped.readers, [])
  // and with a statement by a key of its own, put into table and log behind the house's back
  const mallory = newAuthority()
  const signed = signStatement(memberOf(weiling, evil.recipient), mallory.secret)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(
      `insert into firebreak.key_statement (hash, kind, subject, org_id, statement, signer, signature) values ($1, 'member', $2, $3, $4, $5, $6)`,
      ['0'.repeat(64), weiling.member, weiling.org, signed.statement, signed.signer, signed.signature],
    ),
  )
  assert.match((await checked(arunee, weiling.org)).wrong ?? '', /not signed by their organisation/)
  await asAdmin(house.adminUrl, (admin) =>
    admin.query(`delete from firebreak.key_statement where hash = repeat('0', 64)`),
  )
  await set(weiling.recipient)
  assert.equal((await checked(arunee, weiling.org)).wrong, null)
})

test('a colleague gets the signing key, sealed, and signs the next member; a stranger gets nothing', async () => {
  const { weiling, farid, priya, arunee } = house.people
  const give = async (to: Person) => ({
    key: police.key,
    memberId: to.member,
    wrapped: await sealSecret(police.secret, to.recipient),
  })
  assert.equal((await weiling.ask('POST', '/api/keys/secrets', { body: await give(farid) })).status, 404)
  const { wrapped } = await give(weiling)
  await house.store.as({ system: 'setup' }, (db) =>
    giveSecret(db, { of: weiling.org, key: police.key, member: weiling.member, wrapped, by: null }),
  )
  assert.equal((await weiling.ask('POST', '/api/keys/secrets', { body: await give(priya) })).status, 404)
  await ok(weiling.ask('POST', '/api/keys/secrets', { body: await give(farid) }))
  const keys = await ok<z.infer<typeof KeyState>>(farid.ask('GET', '/api/keys'))
  const [secret] = keys.secrets
  assert.deepEqual(await openSecret(secret?.wrapped ?? '', farid.identity), police.secret)
  await assert.rejects(openSecret(secret?.wrapped ?? '', priya.identity), /not sealed to you/)
  assert.deepEqual(
    keys.colleagues.map(({ id, signed }) => [id, signed]).sort(),
    [
      [weiling.member, true],
      [farid.member, false],
    ].sort(),
  )
  const signed = await stateWith(memberOf(farid), secret?.wrapped ?? '', farid.identity)
  await ok(farid.ask('POST', '/api/keys/statements', { body: signed }))
  assert.deepEqual((await checked(arunee, farid.org)).waiting, [farid.member], 'not in a checkpoint yet')
  await house.built.keeper.turn(true)
  assert.equal((await checked(arunee, farid.org)).readers.length, 2)
  assert.deepEqual((await ok<z.infer<typeof KeyState>>(priya.ask('GET', '/api/keys'))).secrets, [])
})

test('whoever holds the signing key countersigns with it, and an export shows it', async () => {
  const { farid, mei } = house.people
  const { secrets } = await ok<z.infer<typeof KeyState>>(farid.ask('GET', '/api/keys'))
  const witness = { name: `firebreak/org/${farid.org}`, kind: 4, key: base64.decode(police.key) } as const
  const verifier = verifierText(witness)
  await ok(farid.ask('POST', '/api/audit/witnesses', { body: { id: newId(), verifier } }))
  const size = await house.built.keeper.turn(true)
  const { checkpoint } = await ok<{ checkpoint: { note: string } }>(farid.ask('GET', '/api/audit/log'))
  const { text } = readNote(checkpoint.note)
  const by = { wrapped: secrets[0]?.wrapped ?? '', identity: farid.identity }
  const line = await cosignWith(text, { name: witness.name, at: new Date() }, by)
  await ok(farid.ask('POST', '/api/audit/cosignatures', { body: { size, line } }))
  const file = await ok<Uint8Array>(mei.ask('GET', '/api/audit/export'))
  const proof = new AuditProof({ checkpoints: [], witnesses: [witness] })
  for (const one of new TextDecoder().decode(file).trimEnd().split('\n')) proof.read(one)
  const { proven, witnesses } = proof.verdict()
  assert.ok(proven)
  assert.deepEqual(
    witnesses.map((it) => [it.name, it.size, it.trusted]),
    [[witness.name, size, true]],
  )
})

test('a new key takes over with every record, or not at all', async () => {
  const { arunee } = house.people
  const reports = [await filedReport(arunee, { text: 'one' }), await filedReport(arunee, { text: 'two' })]
  const next = await newMemberKey()
  const rotation = {
    recipient: next.recipient,
    wraps: [wrap('password'), wrap('recovery')],
    secrets: [],
  }
  const early = await arunee.ask<{ message: string }>('POST', '/api/keys/rotation', { body: rotation })
  assert.equal(early.status, 409)
  assert.match(early.body.message, /2 records are not wrapped/)
  await moveRecords(arunee, arunee.identity, next.recipient)
  await ok(arunee.ask('PUT', `/api/drafts/${newId()}/content`, { octets: Uint8Array.of(1) }))
  assert.match(
    (await arunee.ask<{ message: string }>('POST', '/api/keys/rotation', { body: rotation })).body.message,
    /1 drafts/,
  )
  const { drafts } = await ok<{ drafts: { id: string }[] }>(arunee.ask('GET', '/api/drafts'))
  await ok(arunee.ask('DELETE', `/api/drafts/${drafts[0]?.id}`))
  const noCode = { ...rotation, wraps: [wrap('password'), wrap('password')] }
  assert.equal((await arunee.ask('POST', '/api/keys/rotation', { body: noCode })).status, 422)
  assert.deepEqual(await ok(arunee.ask('POST', '/api/keys/rotation', { body: rotation })), {
    records: 2,
    closed: 0,
  })
  for (const [i, report] of reports.entries()) {
    const sealedId = (report as unknown as { sealedId: string }).sealedId
    const { wrapped } = await ok<{ wrapped: string }>(arunee.ask('POST', `/api/sealed/${sealedId}/openings`))
    const content = await ok<Uint8Array>(arunee.ask('GET', `/api/sealed/${sealedId}/content`))
    const opened = (await openJson(content, wrapped, next.identity)) as { text: string }
    assert.equal(opened.text, ['one', 'two'][i])
    await assert.rejects(openJson(content, wrapped, arunee.identity))
  }
  const me = await ok<{ member: { recipient: string }; wraps: { wrapped: string }[] }>(
    arunee.ask('GET', '/api/me'),
  )
  assert.equal(me.member.recipient, next.recipient)
  assert.deepEqual(
    me.wraps.map(({ wrapped }) => wrapped).sort(),
    ['new password', 'new recovery'],
    'the old key is wrapped nowhere any more',
  )
})

test('what was shared and is closed now does not wait for the old key: a new key says how many went', async () => {
  const { ploy, helen } = house.people
  const report = await filedReport(ploy)
  const wraps = await keysFor(ploy, report.sealedId, [helen])
  const share = await makeShare(ploy, { itemId: report.id, to: [{ org: helen.org }], wraps })
  await ok(ploy.ask('POST', `/api/shares/${share.id}/recall`, { body: { note: 'sent to the wrong people' } }))
  const { recipient } = await newMemberKey()
  const body = { recipient, wraps: [wrap('password'), wrap('recovery')], secrets: [] }
  assert.deepEqual(await ok(helen.ask('POST', '/api/keys/rotation', { body })), { records: 0, closed: 1 })
  const left = await asAdmin(house.adminUrl, (admin) =>
    admin.query('select 1 from firebreak.sealed_wrap where member_id = $1', [helen.member]),
  )
  assert.equal(left.rowCount, 0)
})

test('a member loses every device: officers of two organisations give the key back, and the records move to a new one', async () => {
  const { linh, weiling, helen, farid, priya, ploy } = house.people
  await filedReport(linh, { text: 'not lost' })
  const officers = [weiling, farid, helen].map(({ member: memberId, org, recipient }) => ({
    memberId,
    org,
    recipient,
  }))
  const made = await shareIdentity(linh.identity, [...officers.slice(0, 1), officers[2] as never], 2)
  const set = (shares: { officerId: string; org: string; wrapped: string }[], threshold = 2) =>
    linh.ask<{ message: string }>('POST', '/api/recovery/shares', { body: { threshold, shares } })
  const orgIn = (id: string) => [weiling, farid, helen].find((it) => it.member === id)?.org ?? ''
  const shares = made.map((it) => ({ ...it, org: orgIn(it.officerId) }))
  const alone = [weiling, farid].map((it) => ({ officerId: it.member, org: it.org, wrapped: 'w' }))
  assert.match((await set(alone)).body.message, /one organisation alone/)
  const lied = alone.map((it, i) => (i === 0 ? it : { ...it, org: helen.org }))
  assert.equal(
    (await set(lied)).status,
    404,
    'an officer is of the organisation that is named, or is not there',
  )
  await ok(set(shares))

  // the device is gone: another key, made at a reset, is what the member has now
  const fresh = await newMemberKey()
  await asAdmin(house.adminUrl, (admin) =>
    admin.query('update firebreak.member set recipient = $1 where id = $2', [fresh.recipient, linh.member]),
  )
  const ask = newId()
  await ok(linh.ask('POST', '/api/recovery/asks', { body: { id: ask } }))
  for (const who of [weiling, helen]) {
    const { asksMe } = await ok<z.infer<typeof RecoveryState>>(who.ask('GET', '/api/recovery'))
    const [one] = asksMe
    const { mine } = await ok<z.infer<typeof RecoveryState>>(linh.ask('GET', '/api/recovery'))
    assert.deepEqual(
      mine?.officers.map(({ name, helped }) => [name, helped]),
      [
        ['helen', false],
        ['weiling', who === helen],
      ],
      'she sees whom to call, and who has passed theirs on',
    )
    assert.deepEqual([one?.name, one?.orgId, one?.recipient], ['linh', linh.org, fresh.recipient])
    const wrapped = await passShare(one?.share ?? '', who.identity, one?.recipient ?? '')
    await ok(who.ask('POST', `/api/recovery/asks/${ask}/help`, { body: { wrapped } }))
    assert.ok(
      (await who.ask('POST', `/api/recovery/asks/${ask}/help`, { body: { wrapped } })).status >= 400,
      'once',
    )
  }
  for (const who of [priya, ploy, linh])
    assert.equal(
      (await who.ask('POST', `/api/recovery/asks/${ask}/help`, { body: { wrapped: 'w' } })).status,
      404,
    )
  const { asked } = await ok<z.infer<typeof RecoveryState>>(linh.ask('GET', '/api/recovery'))
  const old = await recoverIdentity(asked?.passed ?? [], fresh.identity)
  assert.equal(old, linh.identity)
  await moveRecords(linh, old, fresh.recipient)
  const rotation = { recipient: fresh.recipient, wraps: [], secrets: [] }
  const withWays = { ...rotation, wraps: [wrap('password'), wrap('recovery')] }
  assert.equal(
    (await linh.ask('POST', '/api/keys/rotation', { body: withWays })).status,
    422,
    'the key she has now stays, with its ways in',
  )
  assert.deepEqual(await ok(linh.ask('POST', '/api/keys/rotation', { body: rotation })), {
    records: 1,
    closed: 0,
  })
  const { mine } = await ok<z.infer<typeof RecoveryState>>(linh.ask('GET', '/api/recovery'))
  assert.equal(mine, null, 'shares of the old key are worth nothing, and are gone')
})

test('every step with keys is in the audit log, and no leaf names a person', async () => {
  const { rows } = await asAdmin(house.adminUrl, (admin) =>
    admin.query<{ act: string; canonical: string }>(
      `select act, canonical from firebreak.audit_entry where act ~ '^(key|recovery)' order by seq`,
    ),
  )
  const acts = rows.map(({ act }) => act)
  const wanted = [
    'key.stated',
    'key.given',
    'key.rotated',
    'recovery.set',
    'recovery.asked',
    'recovery.helped',
  ]
  for (const act of wanted) assert.ok(acts.includes(act), act)
  assert.equal(acts.filter((act) => act === 'recovery.helped').length, 2)
  for (const person of Object.values(house.people))
    for (const { canonical } of rows) assert.ok(!canonical.includes(person.member), canonical)
})

function wrap(kind: 'password' | 'recovery') {
  return { id: newId(), kind, credentialId: null, wrapped: `new ${kind}` }
}

/** What the member's own device does: opens each record's key with the old key and seals it to the new one. */
async function moveRecords(by: Person, old: string, recipient: string): Promise<void> {
  for (let after: string | null = ''; after !== null; ) {
    const query: string = after === '' ? '' : `?after=${after}`
    const page: z.infer<typeof OwnWraps> = await ok(by.ask('GET', `/api/keys/wraps${query}`))
    const wraps = await Promise.all(
      page.wraps.map(async ({ sealedId, wrapped }) => {
        const [made] = await addWraps(wrapped, old, [{ memberId: by.member, recipient }])
        return { sealedId, wrapped: made?.wrapped ?? '' }
      }),
    )
    if (wraps.length > 0) await ok(by.ask('POST', '/api/keys/rewraps', { body: { recipient, wraps } }))
    after = page.next
  }
}

test('a network that begins: the steward makes the root, an organisation its key, the steward signs it, they sign each other', async () => {
  const fresh = await testHouse()
  try {
    const { mei, arunee, ploy, linh } = fresh.people
    const state = (by: Person) => ok<KeyState>(by.ask('GET', '/api/keys'))
    const early = await makeAuthority(arunee.recipient, false)
    const root = await makeAuthority(mei.recipient, true)
    const makeRoot = (by: Person) =>
      by.ask('POST', '/api/keys/root', { body: { statement: root.statement, wrapped: root.wrapped } })
    assert.equal((await makeRoot(arunee)).status, 403, 'the root is a steward’s to make')
    await ok(makeRoot(mei))
    assert.equal((await makeRoot(mei)).status, 409, 'and once')
    const ask = { key: early.key, wrapped: early.wrapped }
    await ok(arunee.ask('POST', '/api/keys/asks', { body: ask }))
    assert.deepEqual((await state(linh)).asks, [], 'others do not see it')
    const [waiting] = (await state(mei)).asks
    assert.deepEqual([waiting?.org, waiting?.key], [arunee.org, early.key])
    assert.deepEqual(waiting?.by, { memberId: arunee.member, name: 'arunee' }, 'the steward sees who made it')
    assert.deepEqual((await state(ploy)).asks[0]?.by, waiting?.by, 'and so do their colleagues')
    // a colleague who sees it wait does not become its holder by asking for it, too, nor by giving what they do not hold
    assert.equal((await ploy.ask('POST', '/api/keys/asks', { body: ask })).status, 409)
    const made = { key: early.key, memberId: arunee.member, wrapped: early.wrapped }
    assert.equal((await ploy.ask('POST', '/api/keys/secrets', { body: made })).status, 404)
    assert.deepEqual((await state(ploy)).secrets, [])
    const [held] = (await state(mei)).secrets
    const since = new Date().toISOString()
    const sign = async (by: Person, wrapped: string, statement: Statement) =>
      by.ask('POST', '/api/keys/statements', { body: await stateWith(statement, wrapped, by.identity) })
    const orgStatement: Statement = { v: 1, kind: 'org', org: arunee.org, key: early.key, since }
    assert.equal((await sign(arunee, early.wrapped, orgStatement)).status, 422, 'not signed by the root')
    await ok(sign(mei, held?.wrapped ?? '', orgStatement))
    assert.deepEqual((await state(mei)).asks, [])
    assert.equal((await arunee.ask('POST', '/api/keys/asks', { body: ask })).status, 409, 'it stands')
    for (const it of [arunee, ploy])
      await ok(
        sign(arunee, early.wrapped, {
          ...{ v: 1, kind: 'member', org: it.org, member: it.member, key: it.recipient, since },
        } as Statement),
      )
    const wrapped = await handOn(early.wrapped, arunee.identity, ploy.recipient)
    await ok(
      arunee.ask('POST', '/api/keys/secrets', { body: { key: early.key, memberId: ploy.member, wrapped } }),
    )
    const mine = (await state(ploy)).secrets.find(({ of }) => of === ploy.org)
    assert.equal(await keyOfSecret(mine?.wrapped ?? '', ploy.identity), early.key)
    const asRoot = { root: true, key: root.key, memberId: ploy.member, wrapped }
    assert.equal((await arunee.ask('POST', '/api/keys/secrets', { body: asRoot })).status, 404)

    // arunee, who held the signing key, is removed: ploy holds it too, and makes another
    const due = async (by: Person) =>
      (await ok<z.infer<typeof RecoveryState>>(by.ask('GET', '/api/recovery'))).signingKeyDue
    const signedOf = async (by: Person) =>
      (await state(by)).colleagues.map(({ name, signed }) => [name, signed] as const)
    assert.equal(await due(ploy), false)
    assert.deepEqual(await signedOf(ploy), [
      ['arunee', true],
      ['ploy', true],
    ])
    const removal = {
      id: newId(),
      kind: 'member',
      subjectId: arunee.member,
      reason: 'She sold it (invented).',
    }
    await ok(mei.ask('POST', '/api/removals', { body: removal }))
    await ok(linh.ask('POST', `/api/removals/${removal.id}/confirmation`))
    assert.deepEqual([await due(ploy), await due(linh)], [true, false])
    const next = await makeAuthority(ploy.recipient, false)
    await ok(ploy.ask('POST', '/api/keys/asks', { body: { key: next.key, wrapped: next.wrapped } }))
    assert.deepEqual(await signedOf(ploy), [['ploy', true]], 'nothing changes until it is signed')
    assert.deepEqual(
      (await state(mei)).asks.map(({ key }) => key),
      [next.key],
    )
    await ok(
      sign(mei, held?.wrapped ?? '', { ...orgStatement, key: next.key, since: new Date().toISOString() }),
    )
    assert.deepEqual((await state(mei)).asks, [])
    assert.deepEqual([await due(ploy), await signedOf(ploy)], [false, [['ploy', false]]])
    const holders = async () => {
      const path = `/api/orgs/${ploy.org}/key-holders`
      return ok<ClaimedHolders>(linh.ask('GET', path))
    }
    const claimed = await holders()
    assert.deepEqual(
      claimed.holders.map(({ memberId, statement }) => [memberId, statement]),
      [[ploy.member, null]],
      'waits, and is not taken for a lie of the server',
    )
    const own: Statement = {
      ...{ v: 1, kind: 'member', org: ploy.org, member: ploy.member, key: ploy.recipient, since },
    } as Statement
    assert.equal((await sign(ploy, mine?.wrapped ?? '', own)).status, 422, 'the old key signs nothing more')
    // nor does it come back: not as a wish for a new key, and not by the root's own words of before
    assert.equal((await ploy.ask('POST', '/api/keys/asks', { body: ask })).status, 409)
    const before = await stateWith(orgStatement, held?.wrapped ?? '', mei.identity)
    assert.equal((await ploy.ask('POST', '/api/keys/statements', { body: before })).status, 409)
    await ok(sign(ploy, next.wrapped, own))
    assert.deepEqual(await signedOf(ploy), [['ploy', true]])
    assert.ok((await holders()).holders[0]?.statement)
  } finally {
    await fresh.close()
  }
})
