import { createMiddleware } from 'hono/factory'
import type { z } from 'zod'
import { provenFor } from '../access/step-up.ts'
import { stepUpFor } from '../access/step-up-list.ts'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import type { Ask, Env } from '../http/env.ts'
import type { House } from '../http/house.ts'
import { sha256, wasAnswered } from '../http/transaction.ts'
import type { Context } from '../store/context.ts'
import type { Db } from '../store/open.ts'
import { accountOf, addressOf, describeProvider } from './oidc.ts'
import { Back, LinkBegin, ProviderNew, SignInBegin, SignInReturn } from './shapes.ts'
import { type Found, findProvider } from './store.ts'
import { browserOf, comeBack, keepBrowser, newState, redirectUriOf, setOut, stateIn } from './trips.ts'
import { takeWay } from './ways-budget.ts'

/** What was asked of a provider before the transaction of a request began: no connection to the database waits for it. */
export type Outside =
  | { readonly is: 'away'; readonly url: string }
  | { readonly is: 'account'; readonly providerId: string; readonly subject: Buffer }
  | { readonly is: 'described'; readonly issuer: string }

/** Milliseconds for which a request that is repeated gets what its first try got from the provider: a code serves once. */
const KEEP_MS = 5 * 60_000
const MOST = 1_000

/** Everything that asks an identity provider. */
export class Outsides {
  private readonly house: House
  private readonly inside: readonly string[]
  private readonly underWay = new Map<string, { readonly answer: Promise<Outside>; readonly until: number }>()

  constructor(house: House) {
    this.house = house
    this.inside = house.providersInside ?? []
  }

  private get key(): string {
    return this.house.store.secrets.sessionKey
  }

  signInBegin() {
    return this.before(SignInBegin, (c, { word }) => this.away(c, { word }, null))
  }

  signInReturn() {
    return this.before(SignInReturn, (c, it) => this.account(c, it, null))
  }

  linkBegin() {
    return this.before(LinkBegin, (c, it) =>
      this.away(c, { id: it.providerId, org: c.var.actor.org }, c.var.actor.member),
    )
  }

  linkReturn() {
    return this.before(Back, (c, it) => this.account(c, it, c.var.actor.member))
  }

  asking() {
    return this.before(ProviderNew, async (c, { issuer, orgId }) => {
      const { org, role } = c.var.actor
      if (orgId !== org && role !== 'steward') throw new HouseError('not_found', `no organisation ${orgId}`)
      return { is: 'described', issuer: (await describeProvider(issuer, this.inside)).issuer }
    })
  }

  /** Sets the cookie of the browser that sets out, also when its first answer was lost. */
  keepsBrowser() {
    return createMiddleware<Env>(async (c, next) => {
      await next()
      if (c.res.status === 200) keepBrowser(c, this.key)
    })
  }

  /** Runs `work` once for a request however often it is repeated, before the transaction, and where a proof is needed behind it. */
  private before<T>(shape: z.ZodType<T>, work: (c: Ask, it: T) => Promise<Outside>) {
    return createMiddleware<Env>(async (c, next) => {
      const key = c.req.header('idempotency-key') ?? ''
      const needed = stepUpFor(c.req.method, c.req.path)
      if (c.req.method !== 'POST' || (needed && !provenFor(c, needed.it))) return next()
      const it = check(shape, await c.req.json().catch(() => null))
      const actor = c.get('actor')?.member ?? ''
      const context: Context = c.get('actor') ?? { system: 'signin' }
      if (key !== '' && !(await this.house.store.as(context, (db) => wasAnswered(db, actor, key))))
        c.set('outside', await this.once(`${actor} ${key} ${JSON.stringify(it)}`, () => work(c, it)))
      await next()
    })
  }

  private once(said: string, work: () => Promise<Outside>): Promise<Outside> {
    const name = sha256(said).toString('base64')
    const now = Date.now()
    for (const [other, { until }] of this.underWay)
      if (until < now || this.underWay.size > MOST) this.underWay.delete(other)
      else break
    const before = this.underWay.get(name)
    if (before) return before.answer
    const answer = work()
    this.underWay.set(name, { answer, until: now + KEEP_MS })
    // what failed is tried again when it is asked again; a way back that was taken says so then
    answer.catch(() => this.underWay.delete(name))
    return answer
  }

  private async away(
    c: Ask,
    by: { word: string } | { id: string; org: string },
    member: string | null,
  ): Promise<Outside> {
    const found = await this.find(by)
    // counted, and that committed, before the provider is asked; a member who connects an account has just proven who they are
    const spent = 'word' in by ? await this.store((db) => takeWay(db, found.id)) : null
    if (spent) throw spent
    const state = newState()
    const trip = { state, redirectUri: redirectUriOf(c, found.id) }
    // an account that is connected for good is one that was opened for it, not one that somebody had left open there
    const anew = member !== null
    const url = await addressOf(found, trip, { key: this.key, inside: this.inside, anew })
    const browser = browserOf(c, this.key)
    await this.store((db) => setOut(db, { state, browser, providerId: found.id, member }))
    return { is: 'away', url }
  }

  private find(by: { word: string } | { id: string; org: string }): Promise<Found> {
    return this.store((db) => findProvider(db, by, this.key))
  }

  /** Committed by itself, before any provider is asked. */
  private store<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.house.store.as({ system: 'signin' }, work)
  }

  /** The way back is taken, and that is on disk, before the provider is asked anything: whatever then fails, it serves no second time. */
  private async account(
    c: Ask,
    { providerId, query }: z.infer<typeof Back>,
    member: string | null,
  ): Promise<Outside> {
    const state = stateIn(query)
    const browser = browserOf(c, this.key)
    const found = await this.store(async (db) => {
      await comeBack(db, { state, browser, providerId, member })
      return findProvider(db, { id: providerId }, this.key)
    })
    const trip = { state, query, redirectUri: redirectUriOf(c, providerId) }
    const subject = await accountOf(found, trip, { key: this.key, inside: this.inside })
    return { is: 'account', providerId, subject }
  }
}

/** What was asked before. Throws `conflict` where it is missing: the request was not whole. */
export function outsideOf<K extends Outside['is']>(c: Ask, is: K): Extract<Outside, { is: K }> {
  const found = c.var.outside
  if (found?.is !== is) throw new HouseError('conflict', 'this has to be begun anew')
  return found as Extract<Outside, { is: K }>
}
