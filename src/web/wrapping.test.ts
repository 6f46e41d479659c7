import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base64urlnopad } from '@scure/base'
import { newId } from '../core/ids.ts'
import { newMemberKey } from '../seal/member-key.ts'
import { fromRecoveryCode, newRecoveryCode, unwrapIdentity, wrapIdentity } from '../seal/wrap.ts'
import { recoverySalt, wrapContext } from './wrapping.ts'

test('the salt of a recovery code is 16 bytes, the same for a member, another for another', () => {
  const [one, other] = [newId(), newId()]
  assert.equal(base64urlnopad.decode(recoverySalt(one)).length, 16)
  assert.equal(recoverySalt(one), recoverySalt(one))
  assert.notEqual(recoverySalt(one), recoverySalt(other))
})

test('what a recovery code locked for one member opens for nobody else and as nothing else', async () => {
  const memberId = newId()
  const { identity } = await newMemberKey()
  const code = newRecoveryCode()
  const key = await fromRecoveryCode(code, recoverySalt(memberId))
  const wrapped = wrapIdentity(identity, key, wrapContext(memberId, 'recovery'))
  assert.equal(unwrapIdentity(wrapped, key, wrapContext(memberId, 'recovery')), identity)
  for (const context of [wrapContext(newId(), 'recovery'), wrapContext(memberId, 'password')])
    assert.throws(() => unwrapIdentity(wrapped, key, context), { code: 'invalid' })
  const foreign = await fromRecoveryCode(code, recoverySalt(newId()))
  assert.throws(() => unwrapIdentity(wrapped, foreign, wrapContext(memberId, 'recovery')), {
    code: 'invalid',
  })
})
