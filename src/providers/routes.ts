import { z } from 'zod'
import { entrance } from '../access/entrance.ts'
import { allow } from '../access/policy.ts'
import { Me } from '../access/shapes.ts'
import { Id } from '../core/shapes.ts'
import type { House } from '../http/house.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { inTransaction } from '../http/transaction.ts'
import { linkAccount, memberBy, unlinkAccount, waysIn } from './links.ts'
import { newClientKey } from './oidc.ts'
import { type Outsides, outsideOf } from './outside.ts'
import {
  Away,
  Back,
  LinkBegin,
  ProviderList,
  ProviderNew,
  SecretNew,
  SignInBegin,
  SignInReturn,
  WaysIn,
} from './shapes.ts'
import { askProvider, confirmProvider, endProvider, listProviders, replaceSecret } from './store.ts'

const ById = z.object({ id: Id })
const Nothing = z.strictObject({})

/** Signing in at one's own organisation's provider. Stands before the session gate, like every sign-in. */
export function providerSignInRoutes(house: House, outsides: Outsides) {
  const { enter, cookieAgain } = entrance(house)
  const app = rooms()
  const inSignIn = inTransaction(house.store, () => ({ system: 'signin' }))
  app.use('/signin/organisation/begin', outsides.keepsBrowser(), outsides.signInBegin(), inSignIn)
  app.use('/signin/organisation/return', cookieAgain, outsides.signInReturn(), inSignIn)
  return app
    .openapi(
      answers('post', '/signin/organisation/begin', {
        what: 'Where to sign in, for whoever has their organisation’s word',
        answer: Away,
        request: body(SignInBegin),
      }),
      (c) => c.json({ url: outsideOf(c, 'away').url }),
    )
    .openapi(
      answers('post', '/signin/organisation/return', {
        what: 'Sign in with what one’s organisation’s provider answered',
        answer: Me,
        request: body(SignInReturn),
      }),
      async (c) => {
        const { member, link } = await memberBy(c.var.db, outsideOf(c, 'account'))
        // a provider's word is no proof of the person: what needs one asks for the passkey
        return c.json(await enter(c, member, { via: 'provider', by: null, link }))
      },
    )
}

/** One's own connection to the provider of one's organisation: made and ended by oneself, while signed in. */
export function waysInRoutes() {
  return rooms()
    .openapi(
      answers('get', '/ways-in', {
        what: 'My organisation’s own sign-in, and my connection to it',
        answer: WaysIn,
      }),
      async (c) => c.json(await waysIn(c.var.db, c.var.actor)),
    )
    .openapi(
      answers('post', '/ways-in/begin', {
        what: 'Where to sign in, to connect my account there',
        answer: Away,
        request: body(LinkBegin),
      }),
      (c) => c.json({ url: outsideOf(c, 'away').url }),
    )
    .openapi(
      answers('post', '/ways-in/return', {
        what: 'Connect the account with which I came back',
        answer: WaysIn,
        request: body(Back),
      }),
      async (c) => {
        await linkAccount(c.var.db, c.var.actor, outsideOf(c, 'account'))
        return c.json(await waysIn(c.var.db, c.var.actor))
      },
    )
    .openapi(
      answers('post', '/ways-in/{id}/removal', {
        what: 'End my connection, and every session that began by it',
        answer: WaysIn,
        request: { params: ById, ...body(Nothing) },
      }),
      async (c) => {
        await unlinkAccount(c.var.db, c.var.actor, c.req.valid('param').id)
        return c.json(await waysIn(c.var.db, c.var.actor))
      },
    )
}

/** An organisation's own sign-in: asked for by one person, confirmed by another, ended by anybody of it. */
export function providerRoutes({ store }: House) {
  const { sessionKey } = store.secrets
  return rooms()
    .openapi(
      answers('get', '/identity-providers', {
        what: 'My organisation’s own sign-in; a steward sees everybody’s',
        answer: ProviderList,
      }),
      async (c) => c.json({ providers: await listProviders(c.var.db, c.var.actor) }),
    )
    .openapi(
      answers('post', '/identity-providers', {
        what: 'Ask for a provider; it counts once a second person has confirmed it',
        answer: ProviderList,
        request: body(ProviderNew),
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'provider.rule')
        const { issuer } = outsideOf(c, 'described')
        const it = c.req.valid('json')
        const shown =
          it.secret === null ? await newClientKey() : { secret: Buffer.from(it.secret), publicKey: null }
        await askProvider(db, actor, { it, issuer, sessionKey, ...shown })
        return c.json({ providers: await listProviders(db, actor) })
      },
    )
    .openapi(
      answers('post', '/identity-providers/{id}/confirmation', {
        what: 'Confirm a provider as the second person',
        answer: ProviderList,
        request: { params: ById, ...body(Nothing) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'provider.rule')
        await confirmProvider(db, actor, c.req.valid('param').id)
        return c.json({ providers: await listProviders(db, actor) })
      },
    )
    .openapi(
      answers('post', '/identity-providers/{id}/secret', {
        what: 'Replace the secret that the house shows my organisation’s provider',
        answer: ProviderList,
        request: { params: ById, ...body(SecretNew) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'provider.rule')
        const { id } = c.req.valid('param')
        await replaceSecret(db, actor, { id, secret: c.req.valid('json').secret, sessionKey })
        return c.json({ providers: await listProviders(db, actor) })
      },
    )
    .openapi(
      answers('post', '/identity-providers/{id}/end', {
        what: 'End a provider for good; every session that began there ends at once',
        answer: ProviderList,
        request: { params: ById, ...body(Nothing) },
      }),
      async (c) => {
        const { db, actor } = c.var
        allow(actor, 'provider.rule')
        await endProvider(db, actor, c.req.valid('param').id)
        return c.json({ providers: await listProviders(db, actor) })
      },
    )
}
