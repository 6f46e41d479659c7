import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { HouseError } from '../core/errors.ts'
import { clientFor } from './client.ts'
import { ADMIN, type Cluster, startCluster } from './cluster.ts'
import { type Context, signContext } from './context.ts'
import { migrate, setContextKey } from './migrate.ts'
import { bootstrap, type Roles, rolesFor } from './roles.ts'
import type { Database } from './schema.ts'
import { loadSecrets, type Secrets } from './secrets.ts'

// a day is a day: as a Date it would be midnight of whatever zone this program runs in
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)

/** A transaction under a signed context: the only way to reach members' rows. */
export type Db = Transaction<Database>

export interface Store {
  /** Runs `work` in one transaction as `context`; commits when it resolves, rolls back when it throws. */
  as<T>(context: Context, work: (db: Db) => Promise<T>): Promise<T>
  /** Calls back for each notification on the channel, and `onGap` when some may have been missed. */
  listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): Promise<void>
  /** Throws `unavailable` when the database does not answer. */
  ping(): Promise<void>
  readonly secrets: Secrets
  readonly roles: Roles
  readonly appUrl: string
  readonly where: string
  close(): Promise<void>
}

export interface StoreOptions {
  readonly dataDir: string
  /** A server of one's own; without it PostgreSQL from npm runs in the data folder. */
  readonly databaseUrl?: string | undefined
  readonly say: (line: string) => void
  readonly poolSize?: number
  /** The server of this data folder runs for somebody else: use it and leave it running. */
  readonly borrowed?: boolean
}

/** Starts what must run, makes what is missing, migrates, and opens the pool of the runtime role. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const secrets = loadSecrets(options.dataDir)
  const cluster = options.databaseUrl
    ? null
    : await startCluster({ dataDir: options.dataDir, adminPassword: secrets.adminPassword, say: options.say })
  try {
    const { adminUrl, database, where } = place(options.databaseUrl, cluster, secrets)
    const roles = rolesFor(database)
    await bootstrap({
      adminUrl,
      database,
      roles,
      migratorPassword: secrets.migratorPassword,
      appPassword: secrets.appPassword,
    })
    const migratorUrl = urlFor(adminUrl, roles.migrator, secrets.migratorPassword, database)
    await migrate(migratorUrl, roles)
    await setContextKey(migratorUrl, roles, secrets.contextKey)
    const appUrl = urlFor(adminUrl, roles.app, secrets.appPassword, database)
    return connect({
      appUrl,
      roles,
      secrets,
      where,
      poolSize: options.poolSize ?? 10,
      cluster,
      borrowed: options.borrowed ?? false,
    })
  } catch (error) {
    await cluster?.stop()
    throw error
  }
}

function place(databaseUrl: string | undefined, cluster: Cluster | null, secrets: Secrets) {
  if (cluster) {
    const adminUrl = `postgres://${ADMIN}:${secrets.adminPassword}@127.0.0.1:${cluster.port}/postgres`
    const where = `PostgreSQL from npm, ${cluster.how}, on 127.0.0.1:${cluster.port}${cluster.adopted ? ' (still running from before)' : ''}`
    return { adminUrl, database: 'firebreak', where }
  }
  const url = new URL(databaseUrl ?? '')
  const database = decodeURIComponent(url.pathname.slice(1))
  if (!database)
    throw new HouseError(
      'invalid',
      'DATABASE_URL: the database name is missing, e.g. postgres://user:password@host/firebreak',
    )
  return { adminUrl: url.href, database, where: `PostgreSQL at ${url.host}, database ${database}` }
}

/** The same server and options, another user and database. */
export function urlFor(adminUrl: string, user: string, password: string, database: string): string {
  const url = new URL(adminUrl)
  url.username = encodeURIComponent(user)
  url.password = encodeURIComponent(password)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

interface Connection {
  readonly appUrl: string
  readonly roles: Roles
  readonly secrets: Secrets
  readonly where: string
  readonly poolSize: number
  readonly cluster: Cluster | null
  readonly borrowed?: boolean
  /** ms in which a free connection must be found. */
  readonly patience?: number
}

/** Whoever waits longer for a connection is told that too much is asked at once. */
const PATIENCE_MS = 5_000

/** Opens the pool. Exported for tests and benches, which bring a database of their own. */
export function connect(it: Connection): Store {
  const currentUrl = () => {
    if (!it.cluster) return it.appUrl
    const url = new URL(it.appUrl)
    url.port = String(it.cluster.port) // after a restart the port may be another
    return url.href
  }
  const pool = new pg.Pool({
    max: it.poolSize,
    min: it.poolSize, // after a quiet night the first burst finds connections that know the tables
    connectionTimeoutMillis: it.patience ?? PATIENCE_MS,
    idleTimeoutMillis: 60_000,
    Client: clientFor(currentUrl),
  })
  pool.on('error', () => {}) // an idle connection that dies is replaced at the next use
  const key = Buffer.from(it.secrets.contextKey, 'hex')
  let listener: { stop(): Promise<void> } | null = null
  return {
    as: (context, work) =>
      transact(pool, `${BEGIN}; set local app.ctx = '${signContext(context, key, new Date())}'`, work),
    listen: async (channel, onMessage, onGap) => {
      listener = await listenForever(currentUrl, channel, { onMessage, onGap })
    },
    ping: async () => {
      const client = await acquire(pool)
      client.release()
    },
    secrets: it.secrets,
    roles: it.roles,
    appUrl: it.appUrl,
    where: it.where,
    close: async () => {
      await listener?.stop()
      await pool.end()
      if (it.borrowed) it.cluster?.leave()
      else await it.cluster?.stop()
    },
  }
}

async function acquire(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    if (!/timeout exceeded/.test((error as Error).message)) throw databaseAway(error)
    throw new HouseError(
      'unavailable',
      'too much is asked at once; nothing was changed; try again in a moment',
      {
        cause: error,
      },
    )
  }
}

/** Gone while the commit was under way: it may have happened. Who repeats the act under its key has one effect either way. */
function commitUnsure(cause: unknown): HouseError {
  return new HouseError(
    'unavailable',
    'the database stopped answering while this was being stored; try again: it is done once',
    { cause },
  )
}

function databaseAway(cause: unknown): HouseError {
  return new HouseError(
    'unavailable',
    'the database is not answering; nothing was changed; try again in a moment',
    { cause },
  )
}

/** Connection gone, shutting down, starting up, too many clients: SQLSTATE classes 08 and 57P, 53300, or the socket's own words. */
function isAway(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (/^(08|57P0)/.test(code) || code === '53300') return true
  return /E(CONNRESET|CONNREFUSED|PIPE)|Connection (terminated|ended)|not queryable/.test(
    `${code} ${message}`,
  )
}

/**
 * PostgreSQL lets one transaction that notifies commit at a time, and would hold the next one back while the disk is awaited: in a
 * burst each waits for the disk of all before it. So the commit itself does not wait, and then whoever wrote waits until the
 * log is on disk up to here, together with all others. Nothing is acknowledged before.
 */
const BEGIN = 'begin; set local synchronous_commit = off'
const COMMIT = 'select pg_current_xact_id_if_assigned() is not null as wrote; commit'
const FLUSH = "select pg_logical_emit_message(true, 'firebreak', '')"

interface Flushes {
  running: Promise<unknown>
  next: Promise<unknown> | null
}
const flushes = new WeakMap<pg.Pool, Flushes>()

/**
 * Waits until the log is on disk up to here. Who comes while a flush runs waits for one that begins after it, together with all who
 * came meanwhile: a flush reaches everything that was committed before it began, on whichever connection, so one does for
 * all of them. When it fails, none of them is told that it is stored.
 */
function flushed(pool: pg.Pool, client: pg.PoolClient): Promise<unknown> {
  const all = flushes.get(pool) ?? { running: Promise.resolve(), next: null }
  flushes.set(pool, all)
  all.next ??= all.running
    .catch(() => undefined)
    .then(() => {
      all.running = client.query(FLUSH)
      all.next = null
      return all.running
    })
  return all.next
}

/** Begin and context travel together: one round trip. */
async function transact<T>(pool: pg.Pool, begin: string, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await acquire(pool)
  let broken: Error | undefined
  let committing = false
  try {
    // not awaited: the first query follows in the same packet; without a context it would see nothing at all
    const begun = client.query(begin)
    const [result] = await Promise.all([work(kyselyOn(client)), begun])
    committing = true
    // two statements in one message answer with two results
    const [wrote] = (await client.query(COMMIT)) as unknown as [pg.QueryResult<{ wrote: boolean }>]
    if (wrote.rows[0]?.wrote) await flushed(pool, client)
    return result
  } catch (error) {
    // a connection that cannot even roll back is gone, whatever words the failed query came back with
    broken = isAway(error)
      ? (error as Error)
      : await client.query('rollback').then(
          () => undefined,
          (failed: Error) => failed,
        )
    if (broken && !(error instanceof HouseError)) throw committing ? commitUnsure(error) : databaseAway(error)
    throw error
  } finally {
    client.release(broken)
  }
}

const opened = new WeakMap<pg.PoolClient, Db>()

/** Kysely over a transaction that is already open: it may query, but neither begin nor end. One for each connection. */
function kyselyOn(client: pg.PoolClient): Db {
  const before = opened.get(client)
  if (before) return before
  const query = (text: string, values: unknown[]) => client.query({ ...named(text), text, values })
  const dialect = new PostgresDialect({
    pool: { connect: async () => ({ query, release: () => {} }) as never, end: async () => {} },
  })
  const db = new Kysely<Database>({ dialect }).withSchema('firebreak') as unknown as Db
  opened.set(client, db)
  return db
}

const MOST_NAMES = 400
const names = new Map<string, string>()

/**
 * A name under which each connection keeps the parsed and planned statement: with nested policies, planning costs more
 * than running. Our statements are few; beyond the limit (lists of changing length) they run unnamed.
 */
function named(text: string): { name?: string } {
  const known = names.get(text)
  if (known) return { name: known }
  if (names.size >= MOST_NAMES) return {}
  const name = `s${names.size}`
  names.set(text, name)
  return { name }
}

/** One listening connection at a time; when it ends, another is opened, a quarter of a second apart, until it stands. */
async function listenForever(
  url: () => string,
  channel: string,
  heard: { onMessage: (payload: string) => void; onGap: () => void },
) {
  let client = await listening(url(), channel, heard.onMessage)
  let stopped = false
  const keep = async () => {
    while (!stopped) {
      await client.ended
      while (!stopped) {
        await sleep(250, undefined, { ref: false })
        const next = await listening(url(), channel, heard.onMessage).catch(() => null)
        if (!next) continue
        client = next
        heard.onGap()
        break
      }
    }
  }
  void keep()
  return {
    async stop() {
      stopped = true
      await client.end().catch(() => {})
    },
  }
}

async function listening(connectionString: string, channel: string, onMessage: (payload: string) => void) {
  const client = new pg.Client({ connectionString, keepAlive: true, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // its end is what counts, and that is waited for
  client.on('notification', ({ payload }) => onMessage(payload ?? ''))
  const ended = new Promise<void>((done) => client.once('end', () => done()))
  try {
    await client.connect()
    await client.query(`listen ${channel}`)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  return { ended, end: () => client.end() }
}

export { sql }
