import assert from 'node:assert/strict'
import { hkdfSync } from 'node:crypto'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { HouseError } from '../core/errors.ts'
import { newMemberKey } from './member-key.ts'
import { newSalt } from './password.ts'
import { fromPrf, fromRecoveryCode, newRecoveryCode, unwrapIdentity, wrapIdentity } from './wrap.ts'

const key = crypto.getRandomValues(new Uint8Array(32))
const { identity } = await newMemberKey()

const isLocked = (error: unknown) =>
  error instanceof HouseError &&
  error.code === 'invalid' &&
  error.message === 'this key could not be unlocked: wrong password, passkey or code' &&
  error.cause === undefined

test('unwrap undoes wrap; two wraps of one key never look alike, and show nothing of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (secret, context) => {
      const wrapped = wrapIdentity(secret, key, context)
      assert.match(wrapped, /^fbw1\.[A-Za-z0-9_-]+$/)
      assert.equal(
        unwrapIdentity(wrapped, key, context),
        new TextDecoder().decode(new TextEncoder().encode(secret)),
      )
      assert.notEqual(wrapIdentity(secret, key, context), wrapped)
    }),
    { numRuns: 100 },
  )
})

test('a wrap moved to another member, opened with another key, or altered anywhere: one and the same refusal', () => {
  const wrapped = wrapIdentity(identity, key, 'm1/password')
  assert.throws(() => unwrapIdentity(wrapped, key, 'm2/password'), isLocked)
  assert.throws(() => unwrapIdentity(wrapped, key, 'm1/passkey'), isLocked)
  assert.throws(
    () => unwrapIdentity(wrapped, crypto.getRandomValues(new Uint8Array(32)), 'm1/password'),
    isLocked,
  )
  for (let i = 0; i < wrapped.length; i++) {
    const other = wrapped[i] === 'A' ? 'B' : 'A'
    const altered = wrapped.slice(0, i) + other + wrapped.slice(i + 1)
    assert.throws(() => unwrapIdentity(altered, key, 'm1/password'), isLocked, `position ${i}`)
    assert.throws(() => unwrapIdentity(wrapped.slice(0, i), key, 'm1/password'), isLocked, `cut at ${i}`)
  }
  for (const foreign of ['', 'fbw1.', 'fbw2.AAAA', `${wrapped}=`, `${wrapped} `, identity])
    assert.throws(() => unwrapIdentity(foreign, key, 'm1/password'), isLocked, foreign)
  assert.throws(() => unwrapIdentity(wrapped, new Uint8Array(5), 'm1/password'), isLocked)
})

test('a wrapping key of a wrong length is refused before anything is locked with it', () => {
  for (const length of [0, 16, 31, 33])
    assert.throws(() => wrapIdentity(identity, new Uint8Array(length), 'c'), {
      code: 'invalid',
      message: /32 bytes/,
    })
})

test('a passkey gives its key by HKDF; too little is refused', () => {
  const output = crypto.getRandomValues(new Uint8Array(32))
  const wanted = Buffer.from(hkdfSync('sha256', output, '', 'firebreak/v1/passkey/wrap', 32))
  assert.deepEqual(Buffer.from(fromPrf(output)), wanted)
  assert.throws(() => fromPrf(new Uint8Array(31)), { code: 'invalid', message: /passkey/ })
})

test('recovery codes: 24 digits in groups of four, every digit as likely as the others', () => {
  const counts = new Array<number>(10).fill(0)
  for (let i = 0; i < 15_000; i++) {
    const code = newRecoveryCode()
    assert.match(code, /^\d{4}( \d{4}){5}$/)
    for (const digit of code.replaceAll(' ', '')) counts[Number(digit)] = (counts[Number(digit)] ?? 0) + 1
  }
  // chi-squared with 9 degrees of freedom: above 40 once in 130,000 runs; a bare `byte % 10` gives about 140
  const chi = counts.reduce((sum, count) => sum + (count - 36_000) ** 2 / 36_000, 0)
  assert.ok(chi < 40, `${chi}: ${counts}`)
})

test('a recovery code opens however it is written', async () => {
  const salt = newSalt()
  const wanted = await fromRecoveryCode('1234 5678 9012 3456 7890 1234', salt)
  assert.equal(wanted.length, 32)
  for (const written of [
    '123456789012345678901234',
    ' 1234-5678-9012–3456\t7890\n1234 ',
    '１２３４ ๕๖๗๘ ၉၀၁၂ 3456 ७८९० ១២៣៤',
  ])
    assert.deepEqual(await fromRecoveryCode(written, salt), wanted, written)
  assert.notDeepEqual(await fromRecoveryCode('1234 5678 9012 3456 7890 1235', salt), wanted)
  assert.notDeepEqual(await fromRecoveryCode('1234 5678 9012 3456 7890 1234', newSalt()), wanted)
})

const codes: [string, RegExp][] = [
  ['', /has 24 digits; this one has 0/],
  ['1234 5678 9012 3456 7890 123', /has 24 digits; this one has 23/],
  ['1234 5678 9012 3456 7890 12345', /has 24 digits; this one has 25/],
  ['1234 5678 9012 3456 7890 123O', /digits alone/],
]
for (const [code, why] of codes)
  test(`refused as a recovery code: "${code}"`, async () => {
    await assert.rejects(fromRecoveryCode(code, newSalt()), { code: 'invalid', message: why })
  })

test('the ten digits of every script are read as themselves', async () => {
  const salt = newSalt()
  const wanted = await fromRecoveryCode('012345678901234567890123', salt)
  for (const zero of [0x0660, 0x09e6, 0x0e50, 0x0ed0, 0x1040, 0x1090, 0x17e0, 0x1d7ce, 0x1d7d8]) {
    const digits = Array.from('012345678901234567890123', (d) => String.fromCodePoint(zero + Number(d))).join(
      '',
    )
    assert.deepEqual(await fromRecoveryCode(digits, salt), wanted, digits)
  }
})
