import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asAdmin } from '../../test/database.ts'
import { asker, newProofKey, type TestHouse, testHouse } from '../../test/house.ts'
import { invite } from '../access/invites.ts'
import type { Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { newSalt } from '../seal/password.ts'
import { Resend } from './resend.ts'

let house: TestHouse
before(async () => {
  house = await testHouse()
})
after(() => house.close())

/** What the page makes for each try: ids, salt and proof key are new, the person and their key are the same. */
async function acceptance(token: string, name: string, who: { memberId: string; recipient: string }) {
  const wrap = (kind: string) => ({ id: newId(), kind, credentialId: null, wrapped: 'A'.repeat(120) })
  const password = { salt: newSalt(), signIn: 'C'.repeat(43) }
  return {
    ...{ token, ...who, name, wraps: [wrap('password'), wrap('recovery')], password, passkey: null },
    proofKey: newProofKey().proofKey,
  }
}

async function joining() {
  const email = `${newId()}@test.example`
  const { token } = await house.store.as({ system: 'setup' }, (db) =>
    invite(db, { orgId: house.people.arunee.org, email, role: 'caseworker' }),
  )
  const { recipient } = await newMemberKey()
  return { token, email, who: { memberId: newId(), recipient } }
}

type Body = Awaited<ReturnType<typeof acceptance>>
const nobody = () => asker(house.built, null)
/** As `api.inviteAccept`, over a line on which as many answers are lost, or questions before they arrive. */
function line(lost: { answers?: number; questions?: number }) {
  let { answers = 0, questions = 0 } = lost
  const gone = () => new HouseError('unavailable', 'the server cannot be reached; nothing you typed is lost')
  return async (body: Body, key: string): Promise<Me> => {
    if (questions-- > 0) throw gone()
    const answer = await nobody()<Me & { code: never; message: string }>('POST', '/api/invites/accept', {
      body,
      key,
    })
    if (answers-- > 0) throw gone()
    if (answer.status !== 200) throw new HouseError(answer.body.code, answer.body.message)
    return answer.body
  }
}

const count = (table: string, column: string, value: string) =>
  asAdmin(house.adminUrl, async (db) => {
    const { rows } = await db.query<{ n: number }>(
      `select count(*)::int as n from firebreak.${table} where ${column} = $1`,
      [value],
    )
    return rows[0]?.n
  })

test('Join, answer lost, Join again: the same member comes in, once, also when the name was changed meanwhile', async () => {
  for (const second of ['Nok', 'Nok S.']) {
    const { token, email, who } = await joining()
    const join = new Resend(line({ answers: 1 }))
    await assert.rejects(
      join.run(() => acceptance(token, 'Nok', who), newId()),
      /cannot be reached/,
    )
    assert.equal(join.owed, true)
    const me = await join.run(() => acceptance(token, second, who), newId())
    assert.deepEqual([me.member.id, me.member.name, join.owed], [who.memberId, 'Nok', false])
    assert.equal(await count('member', 'email', email), 1)
    assert.equal(await count('session', 'member_id', who.memberId), 1)
    assert.equal(await count('key_wrap', 'member_id', who.memberId), 2)
  }
})

test('a question that never arrived is sent again and joins; without remembering, the second press is refused', async () => {
  const first = await joining()
  const join = new Resend(line({ questions: 2 }))
  const press = () => join.run(() => acceptance(first.token, 'Nok', first.who), newId())
  await assert.rejects(press)
  await assert.rejects(press)
  assert.equal((await press()).member.id, first.who.memberId)

  const { token, who } = await joining()
  const lossy = line({ answers: 1 })
  const key = newId()
  await assert.rejects(lossy(await acceptance(token, 'Nok', who), key), /cannot be reached/)
  await assert.rejects(
    lossy(await acceptance(token, 'Nok', who), key),
    /this key was used for another request/,
  )
})

test('what was refused is made anew', async () => {
  const { token, who } = await joining()
  const join = new Resend(line({}))
  const wrong = async () => ({ ...(await acceptance(token, 'Nok', who)), token: 'A'.repeat(43) })
  await assert.rejects(join.run(wrong, newId()), /this invitation is not valid/)
  assert.equal(join.owed, false)
  assert.equal((await join.run(() => acceptance(token, 'Nok', who), newId())).member.id, who.memberId)
})
