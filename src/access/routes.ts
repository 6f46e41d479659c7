import { z } from 'zod'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { Done, Id } from '../core/shapes.ts'
import type { House } from '../http/house.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { inTransaction } from '../http/transaction.ts'
import type { Db } from '../store/open.ts'
import { record } from './audit.ts'
import { aloneProves, codeAppOf, passwordProves } from './codes.ts'
import { entrance } from './entrance.ts'
import { acceptInvite, findInvite } from './invites.ts'
import { me } from './me.ts'
import { checkPasskey, registerOptions, signInOptions } from './passkeys.ts'
import { checkPassword, saltFor } from './passwords.ts'
import { proofRoutes } from './proof-routes.ts'
import { listSessions, type Sessions } from './session.ts'
import {
  CodeApp,
  CodeAppAsk,
  HouseInfo,
  InviteAccept,
  InviteInfo,
  InviteToken,
  Me,
  PasskeyOptions,
  PasskeySignIn,
  PasswordSignIn,
  Salt,
  SaltAsk,
  SessionId,
  SessionList,
} from './shapes.ts'

const Nothing = z.strictObject({})
const InvitePasskey = InviteToken.extend({ memberId: Id })

/** What anybody may ask before they are known. Runs in the `signin` system context: no member's row is readable in it. */
export function signInRoutes(house: House) {
  const { store, network } = house
  const { sessionKey } = store.secrets
  const { token, enter, cookieAgain } = entrance(house)
  const app = rooms()
  // only these paths: what is behind the session gate must never run in this context
  for (const path of ['/house', '/signin/*', '/invites/*']) {
    app.use(
      path,
      cookieAgain,
      inTransaction(store, () => ({ system: 'signin' })),
    )
  }
  return app
    .openapi(
      answers('get', '/house', { what: 'What a visitor may know before signing in', answer: HouseInfo }),
      (c) => c.json({ network, demo: demoFor(house), secure: c.var.secure }),
    )
    .openapi(
      answers('post', '/signin/password/salt', {
        what: 'The salt a browser needs to derive its keys',
        answer: Salt,
        request: body(SaltAsk),
      }),
      async (c) =>
        c.json({ salt: await saltFor(c.var.db, c.req.valid('json').email, store.secrets.sessionKey) }),
    )
    .openapi(
      answers('post', '/signin/password', {
        what: 'Sign in with the sign-in half of a password',
        answer: Me,
        request: body(PasswordSignIn),
      }),
      async (c) => {
        const { email, signIn, code, proofKey } = c.req.valid('json')
        const member = await checkPassword(c.var.db, email, signIn)
        const by = await passwordProves(c.var.db, { member, email, sessionKey, code })
        return c.json(await enter(c, member, { via: 'password', by, proofKey }))
      },
    )
    .openapi(
      answers('post', '/signin/password/code', {
        what: 'What to set up in a code app, for whoever has shown their password; nothing once a code came',
        answer: CodeApp,
        request: body(CodeAppAsk),
      }),
      async (c) => {
        const { email, signIn } = c.req.valid('json')
        const member = await checkPassword(c.var.db, email, signIn)
        return c.json({ app: await codeAppOf(c.var.db, { member, email, sessionKey, network }) })
      },
    )
    .openapi(
      answers('post', '/signin/passkey/options', {
        what: 'A challenge for a passkey',
        answer: PasskeyOptions,
        request: body(Nothing),
      }),
      async (c) => c.json(await signInOptions(c)),
    )
    .openapi(
      answers('post', '/signin/passkey', {
        what: 'Sign in with a passkey',
        answer: Me,
        request: body(PasskeySignIn),
      }),
      async (c) => {
        const { proofKey, ...answer } = c.req.valid('json')
        return c.json(
          await enter(c, await checkPasskey(c, answer), { via: 'passkey', by: 'passkey', proofKey }),
        )
      },
    )
    .openapi(
      answers('post', '/invites/look', {
        what: 'Who invites whom to what',
        answer: InviteInfo,
        request: body(InviteToken),
      }),
      async (c) => {
        const found = await findInvite(c.var.db, c.req.valid('json').token)
        const { email, role, name: orgName, expires_at, member_id: memberId } = found
        const passwords = found.password_rule !== 'none'
        const expiresAt = expires_at.toISOString()
        return c.json({ email, role, orgName, network, expiresAt, memberId, passwords })
      },
    )
    .openapi(
      answers('post', '/invites/passkey/options', {
        what: 'A challenge to make a passkey with',
        answer: PasskeyOptions,
        request: body(InvitePasskey),
      }),
      async (c) => {
        const { token: invitation, memberId } = c.req.valid('json')
        const { email } = await findInvite(c.var.db, invitation)
        return c.json(await registerOptions(c, { memberId, email, network }))
      },
    )
    .openapi(
      answers('post', '/invites/accept', {
        what: 'Join with keys made in the browser',
        answer: Me,
        request: body(InviteAccept),
      }),
      async (c) => {
        const it = c.req.valid('json')
        await acceptInvite(c, it)
        const via = it.passkey ? 'passkey' : 'password'
        // a link that was handed over is no proof of a person; a passkey made this moment is, and so is a demo's password
        const by = it.passkey ? 'passkey' : await aloneProves(c.var.db, it.memberId)
        return c.json(await enter(c, it.memberId, { via, by, proofKey: it.proofKey }))
      },
    )
    .route('/', proofRoutes(token, sessionKey))
}

function demoFor(house: House) {
  if (!house.demo) return null
  return { password: house.demo.password, people: [...house.demo.people] }
}

/** What a signed-in person may ask about themselves. */
export function sessionRoutes(house: House, sessions: Sessions) {
  const { network } = house
  return rooms()
    .openapi(answers('get', '/me', { what: 'Who is signed in', answer: Me }), async (c) => {
      const { db, actor } = c.var
      const row = await db
        .selectFrom('session')
        .select('expires_at')
        .where('token_hash', '=', Buffer.from(actor.session, 'hex'))
        .executeTakeFirst()
      return c.json(await me(db, { member: actor.member, network, endsAt: row?.expires_at ?? new Date() }))
    })
    .openapi(
      answers('post', '/signout', { what: 'End this session', answer: Done, request: body(Nothing) }),
      async (c) => {
        await sessions.end(c)
        await record(c.var.db, c.var.actor, {
          act: 'session.ended',
          objectKind: 'member',
          objectId: c.var.actor.member,
        })
        return c.json({ done: true as const })
      },
    )
    .openapi(
      answers('get', '/sessions', { what: 'Where one is signed in now', answer: SessionList }),
      async (c) => c.json(await listOf(c.var.db, c.var.actor)),
    )
    .openapi(
      answers('post', '/sessions/{session}/end', {
        what: 'End one of one’s own sessions, wherever it is',
        answer: SessionList,
        request: { params: z.object({ session: SessionId }), ...body(Nothing) },
      }),
      async (c) => {
        const { actor, db } = c.var
        const { session } = c.req.valid('param')
        if (session === actor.session)
          throw new HouseError('conflict', 'this is the session you are in; sign out instead')
        if (!(await sessions.endOne(db, actor.member, session)))
          throw new HouseError('not_found', 'this session has ended already, or is not yours')
        await record(db, actor, { act: 'session.ended', objectKind: 'member', objectId: actor.member })
        return c.json(await listOf(db, actor))
      },
    )
}

async function listOf(db: Db, { member, session }: Actor): Promise<z.infer<typeof SessionList>> {
  const all = await listSessions(db, member)
  return {
    sessions: all.map((it) => ({
      id: it.id,
      via: it.via,
      begunAt: it.begun.toISOString(),
      seenAt: it.seen.toISOString(),
      endsAt: it.ends.toISOString(),
      here: it.id === session,
    })),
  }
}
