import { OpenAPIHono } from '@hono/zod-openapi'
import { AuditKeeper } from './access/audit-keeper.ts'
import { auditRoutes } from './access/audit-routes.ts'
import { codeRoutes } from './access/code-routes.ts'
import { logRoutes } from './access/log-routes.ts'
import { passkeyRoutes } from './access/passkey-routes.ts'
import { sessionRoutes, signInRoutes } from './access/routes.ts'
import { Sessions } from './access/session.ts'
import { stepUp } from './access/step-up.ts'
import { HouseError } from './core/errors.ts'
import { entityRoutes } from './entities/routes.ts'
import { readRails } from './freeze/rails-content.ts'
import { freezeRoutes, orderRoutes, wordRoutes } from './freeze/routes.ts'
import { approvalRoutes, consentRoutes, markingRoutes, recipientRoutes } from './grants/routes.ts'
import { glassRoutes, shareRoutes } from './grants/share-routes.ts'
import type { Env } from './http/env.ts'
import { present } from './http/errors.ts'
import { webFiles } from './http/files.ts'
import { boundedJson, hostGuard, sameOriginOnly } from './http/guards.ts'
import { secureHeaders } from './http/headers.ts'
import type { House } from './http/house.ts'
import { Live } from './http/live.ts'
import { inTransaction } from './http/transaction.ts'
import { booksRuleRoutes } from './ledger/books-rule-routes.ts'
import { screeningRoutes } from './ledger/routes.ts'
import { admissionRoutes, proposalRoutes } from './members/admission-routes.ts'
import { groupRoutes, seatRoutes } from './members/group-routes.ts'
import { invitationRoutes, meetingRoutes, minutesRoutes } from './members/meeting-routes.ts'
import { removalRoutes } from './members/removal-routes.ts'
import { cardRoutes, memberRoutes } from './members/routes.ts'
import { Outsides } from './providers/outside.ts'
import { providerRoutes, providerSignInRoutes, waysInRoutes } from './providers/routes.ts'
import { Evaluator } from './reports/evaluator.ts'
import { evaluateFirst, matchRoutes } from './reports/match-routes.ts'
import { reportRoutes } from './reports/routes.ts'
import { authorityRoutes, keyRoutes, recoveryRoutes } from './seal/key-routes.ts'
import { draftRoutes, sealRoutes } from './seal/routes.ts'

interface Parts {
  readonly sessions: Sessions
  readonly live: Live
  readonly evaluator: Evaluator
  readonly keeper: AuditKeeper
}

/** What the members' rooms answer. A new room's routes are one more line here. */
function memberRooms(house: House, { sessions, evaluator, keeper }: Parts) {
  return [
    sessionRoutes(house, sessions),
    passkeyRoutes(house.network),
    codeRoutes(),
    waysInRoutes(),
    providerRoutes(house),
    memberRoutes(),
    cardRoutes(),
    admissionRoutes(),
    proposalRoutes(),
    removalRoutes(),
    groupRoutes(),
    seatRoutes(),
    meetingRoutes(),
    minutesRoutes(),
    invitationRoutes(house.origin),
    sealRoutes(),
    keyRoutes(),
    authorityRoutes(),
    recoveryRoutes(),
    draftRoutes(),
    reportRoutes(),
    matchRoutes(evaluator),
    freezeRoutes(readRails()),
    wordRoutes(),
    orderRoutes(),
    shareRoutes(),
    glassRoutes(),
    markingRoutes(),
    consentRoutes(),
    approvalRoutes(),
    recipientRoutes(),
    entityRoutes(),
    auditRoutes(),
    booksRuleRoutes(),
    logRoutes(house.store, keeper.log, house.network),
  ] as const
}

/** Puts the rooms together. What a visitor may ask stands before the session gate, everything else behind it. */
function api(house: House, parts: Parts): OpenAPIHono<Env> {
  const { sessions, live, evaluator } = parts
  const stream = new OpenAPIHono<Env>()
  stream.get('/live', sessions.gate(), (c) => live.stream(c, () => sessions.alive(c.var.actor.session)))
  // a book is streamed and judged for minutes: no transaction stays open for it
  const books = new OpenAPIHono<Env>()
  books.use('/ledger/*', sessions.gate())
  books.route('/', screeningRoutes(house))
  const outsides = new Outsides(house)
  const members = new OpenAPIHono<Env>()
  members.use('*', sessions.gate())
  members.use('/ways-in/begin', outsides.keepsBrowser(), outsides.linkBegin())
  members.use('/ways-in/return', outsides.linkReturn())
  members.use('/identity-providers', outsides.asking())
  members.use('/match/evaluations', evaluateFirst(house.store, evaluator))
  members.use(
    '*',
    inTransaction(house.store, (c) => c.var.actor),
    stepUp,
  )
  for (const room of memberRooms(house, parts)) members.route('/', room as OpenAPIHono<Env>)
  const all = new OpenAPIHono<Env>()
  // the sign-in at a provider stands first: it asks outside before the transaction that every other sign-in begins with
  const atProvider = providerSignInRoutes(house, outsides) as OpenAPIHono<Env>
  for (const part of [atProvider, signInRoutes(house) as OpenAPIHono<Env>, stream, books, members])
    all.route('/api', part)
  return all
}

/** The typed client's view of the API, room by room: one type of them all takes the compiler ten times as long. */
export type Api = readonly [
  ReturnType<typeof signInRoutes>,
  ReturnType<typeof providerSignInRoutes>,
  ...ReturnType<typeof memberRooms>,
]

export interface BuiltHouse {
  readonly app: OpenAPIHono<Env>
  readonly live: Live
  /** Gives audit entries their places and signs checkpoints while the house stands. */
  readonly keeper: AuditKeeper
  close(): Promise<void>
}

/** Builds the whole server as one app that can be asked without a port: `app.request('/api/house')`. */
export async function buildHouse(house: House): Promise<BuiltHouse> {
  const live = new Live()
  const evaluator = new Evaluator(house.store.secrets.matchKey)
  const keeper = new AuditKeeper(house.store, house.say)
  await live.start(house.store)
  keeper.start()
  const app = new OpenAPIHono<Env>()
  app.onError(present)
  app.notFound((c) => present(new HouseError('not_found', 'there is nothing at this address'), c))
  app.use('*', secureHeaders, hostGuard(house.origin))
  app.use('/api/*', sameOriginOnly, boundedJson)
  const routes = api(house, { sessions: new Sessions(house.store), live, evaluator, keeper })
  const document = routes.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Firebreak',
      version: '0.1.0',
      description: 'The members’ API. Every POST carries an Idempotency-Key.',
    },
  })
  app.get('/api/openapi.json', (c) => c.json(document))
  app.route('/', routes)
  app.get('*', webFiles())
  return {
    app,
    live,
    keeper,
    close: async () => {
      live.close()
      await keeper.stop()
      await evaluator.stop()
    },
  }
}
