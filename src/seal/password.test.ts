import assert from 'node:assert/strict'
import { argon2Sync, hkdfSync } from 'node:crypto'
import { test } from 'node:test'
import { staysLinear } from '../../test/linear.ts'
import { HouseError } from '../core/errors.ts'
import { fromPassword, newSalt, passwordProblem } from './password.ts'

/** The same derivation by Node's own OpenSSL: another implementation, straight from RFC 9106 and RFC 5869. */
function byOpenssl(password: string, salt: string, purpose: string): Buffer {
  const secret = argon2Sync('argon2id', {
    message: Buffer.from(password, 'utf8'),
    nonce: Buffer.from(salt, 'base64url'),
    memory: 65_536,
    passes: 3,
    parallelism: 1,
    tagLength: 32,
  })
  return Buffer.from(hkdfSync('sha256', secret, '', `firebreak/v1/${purpose}`, 32))
}

test('both halves are what RFC 9106 and RFC 5869 say, and neither is the other', async () => {
  const salt = newSalt()
  const { signIn, wrapKey } = await fromPassword('zebra lantern oyster', salt)
  assert.equal(signIn, byOpenssl('zebra lantern oyster', salt, 'password/sign-in').toString('base64url'))
  assert.deepEqual(Buffer.from(wrapKey), byOpenssl('zebra lantern oyster', salt, 'password/wrap'))
  assert.notEqual(signIn, Buffer.from(wrapKey).toString('base64url'))
})

test('an accent typed in two ways is one password; another salt is another key', async () => {
  const salt = newSalt()
  const composed = await fromPassword('caf\u00e9 zebra lantern', salt)
  const apart = await fromPassword('cafe\u0301 zebra lantern', salt)
  assert.deepEqual(apart, composed)
  assert.notEqual((await fromPassword('caf\u00e9 zebra lantern', newSalt())).signIn, composed.signIn)
})

for (const salt of ['', 'short', 'not base64url!!!!!!!!!', newSalt().slice(0, -2), `${newSalt()}AA`])
  test(`refused as a salt: "${salt}"`, async () => {
    await assert.rejects(fromPassword('zebra lantern oyster', salt), (error) => {
      return error instanceof HouseError && error.code === 'invalid' && /salt/.test(error.message)
    })
  })

const passwords: [string, RegExp | null][] = [
  ['', /at least 12 characters; this one has 0/],
  ['elevenchars', /at least 12 characters; this one has 11/],
  ['password1234', /common words/],
  ['P@ssw0rd2024!!', /common words/],
  ['qwertyuiop12', /common words/],
  ['qwertyuiopasdfgh', /common words/],
  ['iloveyou1234', /common words/],
  ['123456789012', /common words/],
  ['aaaaaaaaaaaaaa', /common words/],
  ['abcabcabcabc', /common words/],
  ['Welcome2026!!', /common words/],
  ['firebreak-singapore-2026', /common words/],
  ['Admin_Admin_Admin', /common words/],
  ['letmeinletmein', /common words/],
  ['x'.repeat(1_001), /at most 1000 characters/],
  ['zebra lantern oyster', null],
  ['kR7!vq2#Lm9z', null],
  ['correct horse battery staple', null],
  ['ကျွန်တော်ကျောင်းသွားတယ်', null],
  ['ฉันชอบกินข้าวผัดมาก', null],
  ['三更半夜的月光照进窗户来', null],
]
for (const [password, problem] of passwords)
  test(`password "${password.slice(0, 30)}" ${problem === null ? 'is taken' : 'is refused'}`, () => {
    const said = passwordProblem(password)
    if (problem === null) assert.equal(said, null)
    else assert.match(said ?? '', problem)
  })

test('the length is counted in characters, not in UTF-16 units', () => {
  assert.match(passwordProblem('🦓🏮🦪🐙🎻🧭'.repeat(1)) ?? '', /this one has 6/)
})

test('a long hostile password is judged no slower, for its length, than a short one', () => {
  for (const letter of ['a', 'ab', '1', '@', 'password', '\u0e01']) staysLinear(passwordProblem, letter, 250)
})
