import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { newMemberKey } from './member-key.ts'
import { checkOfficers, passShare, recoverIdentity, shareIdentity } from './recovery.ts'

const { identity } = await newMemberKey()
const fresh = await newMemberKey()
const keys = await Promise.all(Array.from({ length: 5 }, newMemberKey))
const officers = keys.map(({ recipient }, i) => ({ memberId: `m${i}`, org: `org${i % 3}`, recipient }))
const shares = await shareIdentity(identity, officers, 3)
const passed = await Promise.all(
  shares.map(({ wrapped }, i) => passShare(wrapped, keys[i]?.identity ?? '', fresh.recipient)),
)

test('any three of five officers give the key back; two or fewer never do', async () => {
  for (let mask = 1; mask < 32; mask++) {
    const some = passed.filter((_, i) => mask & (1 << i))
    if (some.length >= 3) assert.equal(await recoverIdentity(some, fresh.identity), identity)
    else
      await assert.rejects(recoverIdentity(some, fresh.identity), {
        code: 'invalid',
        message: /too few of them/,
      })
  }
})

test('a share opens for its officer alone, and what is passed on for the member alone', async () => {
  const [one, two] = shares
  await assert.rejects(
    passShare(one?.wrapped ?? '', keys[1]?.identity ?? '', fresh.recipient),
    /not sealed to you/,
  )
  await assert.rejects(
    recoverIdentity([one?.wrapped ?? '', two?.wrapped ?? ''], fresh.identity),
    /not sealed/,
  )
  await assert.rejects(recoverIdentity(passed, keys[0]?.identity ?? ''), /not sealed to you/)
})

test('shares of two keys, or one share twice, give nothing', async () => {
  const others = await shareIdentity((await newMemberKey()).identity, officers, 3)
  const mixed = [
    ...passed.slice(0, 2),
    await passShare(others[2]?.wrapped ?? '', keys[2]?.identity ?? '', fresh.recipient),
  ]
  await assert.rejects(recoverIdentity(mixed, fresh.identity), { code: 'invalid' })
  const [one = '', two = ''] = passed
  await assert.rejects(recoverIdentity([one, two, one], fresh.identity), { code: 'invalid' })
})

test('no one organisation can ever recover alone, whoever is named', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 0, maxLength: 12 }),
      fc.integer({ min: -1, max: 13 }),
      (orgs, k) => {
        const named = orgs.map((org, i) => ({ memberId: `m${i}`, org: `o${org}` }))
        const most = Math.max(0, ...orgs.map((org) => orgs.filter((it) => it === org).length))
        const fine = named.length >= 2 && named.length <= 10 && k >= 2 && k <= named.length && most < k
        if (fine) checkOfficers(named, k)
        else assert.throws(() => checkOfficers(named, k), { code: 'invalid' })
      },
    ),
  )
  assert.throws(
    () =>
      checkOfficers(
        [
          { memberId: 'a', org: 'x' },
          { memberId: 'a', org: 'y' },
        ],
        2,
      ),
    /twice/,
  )
})
