import { z } from 'zod'
import type { Actor, ProvenBy } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask } from '../http/env.ts'
import { answers, body, rooms } from '../http/shape.ts'
import type { Db } from '../store/open.ts'
import { record } from './audit.ts'
import { checkStepUp, stepUpOptions } from './passkeys.ts'
import { checkPassword } from './passwords.ts'
import { readProofKey } from './proof.ts'
import { actorIn, type Proof, replaceSession, type Via } from './session.ts'
import { PasskeyOptions, PasskeyProof, PasswordProof, Proven } from './shapes.ts'
import { PROOF_MINUTES } from './step-up-list.ts'

const Nothing = z.strictObject({})

/**
 * Showing anew that it is oneself. It stands beside the sign-in, before the session gate: the answer carries a new cookie,
 * and whoever repeats the request after a lost answer comes with the old one.
 */
export function proofRoutes(token: (c: Ask) => string) {
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
        const { proofKey, signIn } = c.req.valid('json')
        const actor = await actorIn(c)
        readProofKey(proofKey)
        const { email } = await c.var.db
          .selectFrom('member')
          .select('email')
          .where('id', '=', actor.member)
          .executeTakeFirstOrThrow()
        if ((await checkPassword(c.var.db, email, signIn)) !== actor.member)
          throw new HouseError('unauthenticated', 'this is not your password')
        const proof = await proofBy(c.var.db, actor.member, { via: 'password', proofKey })
        if (!proof)
          throw new HouseError('forbidden', 'your organisation wants a passkey for this; add one first')
        return c.json(await proven(c, actor, proof))
      },
    )
}

/** What a sign-in proves beyond itself: nothing without a key to sign with, or by a password that has no second factor. */
export async function proofBy(
  db: Db,
  member: string,
  it: { via: Via; proofKey?: string | undefined },
): Promise<Proof | null> {
  if (it.proofKey === undefined) return null
  readProofKey(it.proofKey)
  const by = it.via === 'passkey' ? 'passkey' : await passwordProves(db, member)
  return by && { by, key: it.proofKey }
}

async function passwordProves(db: Db, member: string): Promise<ProvenBy | null> {
  const { password_rule } = await db
    .selectFrom('member')
    .innerJoin('org', 'org.id', 'member.org_id')
    .select('org.password_rule')
    .where('member.id', '=', member)
    .executeTakeFirstOrThrow()
  return password_rule === 'alone' ? 'demo' : null
}
