import pg from 'pg'
import { HouseError } from '../core/errors.ts'

/** The roles of one deployment. Only `migrator` and `app` can sign in; nobody but the server's admin bypasses row security. */
export interface Roles {
  readonly owner: string
  readonly definer: string
  readonly migrator: string
  readonly app: string
}

export function rolesFor(prefix: string): Roles {
  return {
    owner: `${prefix}_owner`,
    definer: `${prefix}_definer`,
    migrator: `${prefix}_migrator`,
    app: `${prefix}_app`,
  }
}

interface Bootstrap {
  /** A connection string whose user may create roles. */
  readonly adminUrl: string
  readonly database: string
  readonly roles: Roles
  readonly migratorPassword: string
  readonly appPassword: string
}

const OLDEST = 150_000

/** Makes roles and database where they are missing and sets the passwords this data folder knows. Safe to repeat. */
export async function bootstrap(it: Bootstrap): Promise<void> {
  const admin = new pg.Client({ connectionString: it.adminUrl })
  await admin.connect()
  try {
    const { rows } = await admin.query<{ version: string }>(
      "select current_setting('server_version_num') as version",
    )
    if (Number(rows[0]?.version) < OLDEST) {
      throw new HouseError(
        'unavailable',
        `PostgreSQL 15 or newer is needed; this server is ${rows[0]?.version}`,
      )
    }
    await makeRoles(admin, it)
    await makeDatabase(admin, it)
  } finally {
    await admin.end()
  }
}

async function makeRoles(
  admin: pg.Client,
  { roles, migratorPassword, appPassword }: Bootstrap,
): Promise<void> {
  const id = (name: string) => admin.escapeIdentifier(name)
  const known = await admin.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1)',
    [Object.values(roles)],
  )
  const there = new Set(known.rows.map((row) => row.rolname))
  for (const name of [roles.owner, roles.definer]) {
    if (!there.has(name)) await admin.query(`create role ${id(name)} nologin nosuperuser nobypassrls`)
  }
  for (const [name, password] of [
    [roles.migrator, migratorPassword],
    [roles.app, appPassword],
  ] as const) {
    if (!there.has(name)) await admin.query(`create role ${id(name)} login nosuperuser nobypassrls`)
    await admin.query(`alter role ${id(name)} password ${admin.escapeLiteral(password)}`)
  }
  await admin.query(`grant ${id(roles.owner)}, ${id(roles.definer)} to ${id(roles.migrator)}`)
  await admin.query(`grant ${id(roles.definer)} to ${id(roles.owner)}`)
  await admin.query(`alter role ${id(roles.app)} set statement_timeout = '5s'`)
  await admin.query(`alter role ${id(roles.app)} set idle_in_transaction_session_timeout = '10s'`)
}

async function makeDatabase(admin: pg.Client, { database, roles }: Bootstrap): Promise<void> {
  const id = (name: string) => admin.escapeIdentifier(name)
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database])
  if (!rowCount) {
    // the creator must be able to act for the owner while it hands the database over
    await admin.query(`grant ${id(roles.owner)} to current_user`)
    await admin.query(
      `create database ${id(database)} owner ${id(roles.owner)} template template0 encoding 'UTF8'`,
    )
  }
  await admin.query(`revoke all on database ${id(database)} from public`)
  await admin.query(`grant connect on database ${id(database)} to ${id(roles.app)}, ${id(roles.migrator)}`)
  await admin.query(`grant create on database ${id(database)} to ${id(roles.owner)}`)
}
