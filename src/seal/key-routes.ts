import { z } from 'zod'
import { record } from '../access/audit.ts'
import { inviteAgain } from '../access/invites.ts'
import { keyNews } from '../access/key-news.ts'
import { lookUpPerson } from '../access/look-up.ts'
import { allow } from '../access/policy.ts'
import { HouseError } from '../core/errors.ts'
import { Done, Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { readStatement, SignedStatement } from './chain.ts'
import {
  AskNew,
  AuthorityAsk,
  HelpNew,
  KeyState,
  OfficerAsk,
  OfficerFound,
  OwnWraps,
  RecoverySet,
  RecoveryState,
  Reentry,
  ReentryNew,
  Rewraps,
  RootNew,
  Rotated,
  Rotation,
  SecretNew,
} from './key-shapes.ts'
import {
  askAuthority,
  asksFor,
  colleagues,
  currentStatement,
  giveSecret,
  passSecret,
  secretsOf,
  stateKey,
} from './key-store.ts'
import {
  askRecovery,
  helpRecovery,
  ownWraps,
  recoveryState,
  setRecovery,
  stageRewraps,
  takeBackAsk,
} from './recovery-store.ts'
import { rotate } from './rotation-store.ts'

const ById = z.object({ id: Id })
const done = { done: true as const }

/** Keys and who vouches for them. What is secret comes and goes sealed. */
export function keyRoutes() {
  return rooms()
    .openapi(
      answers('get', '/keys', { what: 'My keys, who vouches for them, and whose wait', answer: KeyState }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'key.use')
        return c.json({
          root: await currentStatement(db, 'root', 'root'),
          org: await currentStatement(db, 'org', actor.org),
          mine: await currentStatement(db, 'member', actor.member),
          secrets: await secretsOf(db, actor.member),
          colleagues: await colleagues(db, actor.org),
          asks: await asksFor(db),
          news: await keyNews(db),
        })
      },
    )
    .openapi(
      answers('post', '/keys/statements', {
        what: 'A statement about a key, signed in the browser; it becomes a leaf of the audit log',
        answer: Done,
        request: body(SignedStatement),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        await stateKey(c.var.db, c.var.actor, c.req.valid('json'))
        return c.json(done)
      },
    )
    .openapi(
      answers('post', '/keys/secrets', {
        what: 'Hand my organisation’s signing key, sealed to a colleague, to them',
        answer: Done,
        request: body(SecretNew),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'key.use')
        const { root, key, memberId, wrapped } = c.req.valid('json')
        const team = await colleagues(db, actor.org)
        if (!team.some(({ id }) => id === memberId))
          throw new HouseError('not_found', `no colleague ${memberId} of yours`)
        await passSecret(db, {
          of: root ? 'root' : actor.org,
          key,
          member: memberId,
          wrapped,
          by: actor.member,
        })
        await record(db, actor, {
          act: 'key.given',
          objectKind: 'member',
          objectId: memberId,
          detail: { key, root },
        })
        return c.json(done)
      },
    )
    .openapi(
      answers('get', '/keys/wraps', {
        what: 'The wraps of all records that I can open, for my device to make anew',
        answer: OwnWraps,
        request: { query: z.object({ after: Id.optional() }) },
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        return c.json(await ownWraps(c.var.db, c.var.actor, c.req.valid('query').after ?? ''))
      },
    )
    .openapi(
      answers('post', '/keys/rewraps', {
        what: 'Wraps for a key that is to be mine; nothing changes yet',
        answer: Done,
        request: body(Rewraps),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        await stageRewraps(c.var.db, c.var.actor, c.req.valid('json'))
        return c.json(done)
      },
    )
    .openapi(
      answers('post', '/keys/rotation', {
        what: 'The new key takes over, with every record',
        answer: Rotated,
        request: body(Rotation),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        return c.json(await rotate(c.var.db, c.var.actor, c.req.valid('json')))
      },
    )
}

/** The first keys of a network and of an organisation. */
export function authorityRoutes() {
  return rooms()
    .openapi(
      answers('post', '/keys/root', {
        what: 'The network’s root key, made and sealed on a steward’s device; once',
        answer: Done,
        request: body(RootNew),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'key.root')
        const { statement, wrapped } = c.req.valid('json')
        if (readStatement(statement).kind !== 'root')
          throw new HouseError('invalid', 'statement: this is not about the root')
        await stateKey(db, actor, statement)
        await giveSecret(db, {
          of: 'root',
          key: readStatement(statement).key,
          member: actor.member,
          wrapped,
          by: actor.member,
        })
        return c.json(done)
      },
    )
    .openapi(
      answers('post', '/keys/asks', {
        what: 'A signing key of my organisation, for the steward to compare and sign',
        answer: Done,
        request: body(AuthorityAsk),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        await askAuthority(c.var.db, c.var.actor, c.req.valid('json'))
        return c.json(done)
      },
    )
}

/** Recovery of a lost key by officers of at least two organisations. */
export function recoveryRoutes() {
  return rooms()
    .openapi(
      answers('get', '/recovery', { what: 'Who can help me, and whom I can help', answer: RecoveryState }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        return c.json(await recoveryState(c.var.db, c.var.actor))
      },
    )
    .openapi(
      answers('post', '/recovery/reentries', {
        what: 'A link by which a member who lost every way in comes back; a colleague of theirs has approved it',
        answer: Reentry,
        request: body(ReentryNew),
      }),
      async (c) => {
        allow(c.var.actor, 'member.reenter')
        const { memberId } = c.req.valid('json')
        const { token, expiresAt } = await inviteAgain(c.var.db, c.var.actor, memberId)
        return c.json({ token, expiresAt: expiresAt.toISOString() })
      },
    )
    .openapi(
      answers('post', '/recovery/officers', {
        what: 'The person with exactly this address, to keep a share; from the same budget as looking for somebody to share with',
        answer: OfficerFound,
        request: body(OfficerAsk),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        const found = await lookUpPerson(c, c.req.valid('json').email)
        return c.json({
          officer: found && { memberId: found.memberId, recipient: found.recipient, orgId: found.orgId },
        })
      },
    )
    .openapi(
      answers('post', '/recovery/asks/end', {
        what: 'Take my request back; what officers passed on is gone with it',
        answer: Done,
        request: body(z.strictObject({})),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        await takeBackAsk(c.var.db, c.var.actor)
        return c.json(done)
      },
    )
    .openapi(
      answers('post', '/recovery/shares', {
        what: 'Leave sealed shares of my key with officers; earlier ones go',
        answer: Done,
        request: body(RecoverySet),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        await setRecovery(c.var.db, c.var.actor, c.req.valid('json'))
        return c.json(done)
      },
    )
    .openapi(
      answers('post', '/recovery/asks', {
        what: 'Ask my officers for my old key',
        answer: Done,
        request: body(AskNew),
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        await askRecovery(c.var.db, c.var.actor, c.req.valid('json').id)
        return c.json(done)
      },
    )
    .openapi(
      answers('post', '/recovery/asks/{id}/help', {
        what: 'Pass my share on to the member who asks',
        answer: Done,
        request: { params: ById, ...body(HelpNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'key.use')
        const { id } = c.req.valid('param')
        await helpRecovery(c.var.db, c.var.actor, { ask: id, wrapped: c.req.valid('json').wrapped })
        return c.json(done)
      },
    )
}
