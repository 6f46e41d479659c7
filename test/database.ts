import { createHash, randomBytes } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ADMIN, startCluster } from '../src/store/cluster.ts'
import { migrate, setContextKey } from '../src/store/migrate.ts'
import { connect, type Store, urlFor } from '../src/store/open.ts'
import { bootstrap, rolesFor } from '../src/store/roles.ts'
import type { Secrets } from '../src/store/secrets.ts'

/**
 * Tests run on the real database. One server is shared by all test files: the one in DATABASE_URL, else the one from npm
 * in a temporary folder. The schema is made once as a template, and each test file gets a copy of it in milliseconds.
 */
export const TEST_SECRETS: Secrets = {
  adminPassword: 'a'.repeat(64),
  migratorPassword: 'b'.repeat(64),
  appPassword: 'c'.repeat(64),
  contextKey: 'd'.repeat(64),
  sessionKey: 'e'.repeat(64),
  matchKey: `${'1'.repeat(62)}00`,
  auditKey: 'f'.repeat(64),
}
const ROLES = rolesFor('firebreak_test')
const LOCK = 815_002
/** What a member must not wait for, a test may: a computer that does much else at the time is no failure. */
const PATIENCE_MS = 120_000

export interface TestDatabase {
  readonly store: Store
  /** A connection string of the server's admin for this database: for looking behind row-level security. */
  readonly adminUrl: string
  readonly appUrl: string
  drop(): Promise<void>
}

/** The server's admin connection string; starts the shared server when it does not run yet. */
export async function testServer(): Promise<string> {
  const given = process.env.FIREBREAK_TEST_SERVER ?? process.env.DATABASE_URL
  if (given) return given
  const dataDir = join(tmpdir(), `firebreak-test-${userInfo().uid}`)
  const cluster = await startCluster({
    dataDir,
    adminPassword: TEST_SECRETS.adminPassword,
    say: () => {},
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '200' },
  })
  return `postgres://${ADMIN}:${TEST_SECRETS.adminPassword}@127.0.0.1:${cluster.port}/postgres`
}

/** A fresh database with the whole schema and nothing in it. */
export async function testDatabase(options: { poolSize?: number } = {}): Promise<TestDatabase> {
  const server = await testServer()
  const template = await makeTemplate(server)
  const database = `fbt_${randomBytes(6).toString('hex')}`
  await asAdmin(server, async (admin) => {
    await admin.query(`create database ${database} template ${template}`)
    // a copy brings no rights on the database itself
    await admin.query(`revoke all on database ${database} from public`)
    await admin.query(`grant connect on database ${database} to ${ROLES.app}, ${ROLES.migrator}`)
    for (const timeout of ['statement_timeout', 'idle_in_transaction_session_timeout'])
      await admin.query(`alter role ${ROLES.app} in database ${database} set ${timeout} = ${PATIENCE_MS}`)
  })
  const adminUrl = withDatabase(server, database)
  const appUrl = urlFor(server, ROLES.app, TEST_SECRETS.appPassword, database)
  const store = connect({
    appUrl,
    roles: ROLES,
    secrets: TEST_SECRETS,
    where: 'test',
    poolSize: options.poolSize ?? 5,
    cluster: null,
    patience: PATIENCE_MS,
  })
  return {
    store,
    adminUrl,
    appUrl,
    drop: async () => {
      await store.close()
      await asAdmin(server, (admin) => admin.query(`drop database if exists ${database} with (force)`))
    },
  }
}

/** Made once for each state of the migrations; other test files wait for it. */
async function makeTemplate(server: string): Promise<string> {
  const hash = createHash('sha256')
  const folder = join(import.meta.dirname, '../src/store/migrations')
  for (const file of globSync('*.sql', { cwd: folder }).sort()) hash.update(readFileSync(join(folder, file)))
  const name = `fbt_template_${hash.digest('hex').slice(0, 12)}`
  await asAdmin(server, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [LOCK])
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1 and datistemplate', [
      name,
    ])
    if (rowCount) return
    await admin.query(`drop database if exists ${name} with (force)`)
    const { migratorPassword, appPassword, contextKey } = TEST_SECRETS
    await bootstrap({ adminUrl: server, database: name, roles: ROLES, migratorPassword, appPassword })
    const migratorUrl = urlFor(server, ROLES.migrator, migratorPassword, name)
    await migrate(migratorUrl, ROLES)
    await setContextKey(migratorUrl, ROLES, contextKey)
    await admin.query(`alter database ${name} is_template true`)
  })
  return name
}

export async function asAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

export function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}
