import { HouseError } from '../core/errors.ts'
import { importMemberKey, newMemberKey, recipientOf } from '../seal/member-key.ts'
import { fromPassword } from '../seal/password.ts'
import { recoverIdentity, shareIdentity } from '../seal/recovery.ts'
import { fromPrf, fromRecoveryCode, newRecoveryCode, unwrapIdentity, wrapIdentity } from '../seal/wrap.ts'
import type { LocksmithWork } from './locksmith-words.ts'
import { answerCalls } from './worker-calls.ts'
import { recoverySalt, wrapContext } from './wrapping.ts'

/**
 * The one place where a member's secret key exists in readable form: it comes in wrapped and goes out wrapped, or as a
 * CryptoKey that cannot be exported. The worker lives for one sign-in and is then ended.
 */
let wrapKey: Uint8Array | null = null
let identity: string | null = null

answerCalls<LocksmithWork>(
  {
    async password({ password, salt }) {
      const halves = await fromPassword(password, salt)
      wrapKey = halves.wrapKey
      return { signIn: halves.signIn }
    },
    code: () => ({ code: newRecoveryCode() }),
    async recovery({ code, memberId }) {
      wrapKey = await fromRecoveryCode(code, recoverySalt(memberId))
      return {}
    },
    passkey({ prf }) {
      wrapKey = fromPrf(prf)
      return {}
    },
    async unlock({ memberId, kind, wrapped }) {
      return {
        key: await importMemberKey(unwrapIdentity(wrapped, need(wrapKey), wrapContext(memberId, kind))),
      }
    },
    async open({ memberId, kind, wrapped }) {
      identity = unwrapIdentity(wrapped, need(wrapKey), wrapContext(memberId, kind))
      return { recipient: await recipientOf(identity) }
    },
    split: ({ officers, threshold }) => shareIdentity(need(identity), officers, threshold),
    async combine({ passed, key }) {
      const old = await recoverIdentity(passed, key)
      return { key: await importMemberKey(old), recipient: await recipientOf(old) }
    },
    async make() {
      const made = await newMemberKey()
      identity = made.identity
      return { recipient: made.recipient }
    },
    lock({ memberId, kind }) {
      return { wrapped: wrapIdentity(need(identity), need(wrapKey), wrapContext(memberId, kind)) }
    },
    async key() {
      return { key: await importMemberKey(need(identity)) }
    },
  },
  'this browser could not work with the key; update it or use another',
)

function need<T>(it: T | null): T {
  if (it === null) throw new HouseError('invalid', 'nothing to work with yet')
  return it
}
