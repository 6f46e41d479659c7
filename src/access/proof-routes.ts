import { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask } from '../http/env.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { record } from './audit.ts'
import { passwordProves } from './codes.ts'
import { checkStepUp, stepUpOptions } from './passkeys.ts'
import { checkPassword } from './passwords.ts'
import { readProofKey } from './proof.ts'
import { actorIn, type Proof, replaceSession } from './session.ts'
import { PasskeyOptions, PasskeyProof, PasswordProof, Proven } from './shapes.ts'
import { PROOF_MINUTES } from './step-up-list.ts'

const Nothing = z.strictObject({})

/**
 * Showing anew that it is oneself. It stands beside the sign-in, before the session gate: the answer carries a new cookie,
 * and whoever repeats the request after a lost answer comes with the old one.
 */
export function proofRoutes(token: (c: Ask) => string, sessionKey: string) {
  const proven = async (c: Ask, actor: Actor, proof: Proof) => {
    await replaceSession(c, { actor, token: token(c), proof })
    await record(c.var.db, actor, {
      act: 'session.proven',
      objectKind: 'member',
      objectId: actor.member,
      detail: { by: proof.by },
    })
    return { provenUntil: new Date(Date.now() + PROOF_MINUTES * 60_000).toISOString() }
  }
  return rooms()
    .openapi(
      answers('post', '/signin/proof/options', {
        what: 'A challenge for one of my passkeys, good in this session alone',
        answer: PasskeyOptions,
        request: body(Nothing),
      }),
      async (c) => c.json(await stepUpOptions(c, await actorIn(c))),
    )
    .openapi(
      answers('post', '/signin/proof/passkey', {
        what: 'Show with a passkey that it is still me',
        answer: Proven,
        request: body(PasskeyProof),
      }),
      async (c) => {
        const { proofKey, ...answer } = c.req.valid('json')
        const actor = await actorIn(c)
        readProofKey(proofKey)
        await checkStepUp(c, actor, answer)
        return c.json(await proven(c, actor, { by: 'passkey', key: proofKey }))
      },
    )
    .openapi(
      answers('post', '/signin/proof/password', {
        what: 'Show with the password that it is still me, where my organisation allows it',
        answer: Proven,
        request: body(PasswordProof),
      }),
      async (c) => {
        const { proofKey, signIn, code } = c.req.valid('json')
        const actor = await actorIn(c)
        readProofKey(proofKey)
        const { email } = await c.var.db
          .selectFrom('member')
          .select('email')
          .where('id', '=', actor.member)
          .executeTakeFirstOrThrow()
        if ((await checkPassword(c.var.db, email, signIn)) !== actor.member)
          throw new HouseError('unauthenticated', 'this is not your password')
        const by = await passwordProves(c.var.db, { member: actor.member, email, sessionKey, code })
        return c.json(await proven(c, actor, { by, key: proofKey }))
      },
    )
}
