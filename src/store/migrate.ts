import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { HouseError } from '../core/errors.ts'
import type { Roles } from './roles.ts'

const FOLDER = join(import.meta.dirname, 'migrations')

/** Applies the numbered `.sql` files that this database has not seen, each in its own transaction. Forward only. */
export async function migrate(url: string, roles: Roles): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`set role ${client.escapeIdentifier(roles.owner)}`)
    // two starts at once: the second waits here and finds the work done
    await client.query('select pg_advisory_lock(815001)')
    await client.query('create schema if not exists house')
    await client.query(
      'create table if not exists house.migration (name text primary key, hash text not null, at timestamptz not null default now())',
    )
    return await apply(client, roles)
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, roles: Roles): Promise<string[]> {
  const seen = await client.query<{ name: string; hash: string }>('select name, hash from house.migration')
  const known = new Map(seen.rows.map((row) => [row.name, row.hash]))
  const done: string[] = []
  for (const name of readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    const text = readFileSync(join(FOLDER, name), 'utf8')
    const hash = createHash('sha256').update(text).digest('hex')
    const before = known.get(name)
    if (before === hash) continue
    if (before)
      throw new HouseError(
        'unavailable',
        `migration ${name} changed after it was applied; migrations go forward only`,
      )
    const sql = text.replace(/\{\{(owner|definer|app)\}\}/g, (_, role: keyof Roles) =>
      client.escapeIdentifier(roles[role]),
    )
    await client.query('begin')
    try {
      await client.query(sql)
      await client.query('insert into house.migration (name, hash) values ($1, $2)', [name, hash])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new HouseError('unavailable', `migration ${name} failed: ${(error as Error).message}`, {
        cause: error,
      })
    }
    done.push(name)
  }
  return done
}

/** Stores the two pads of the context key (RFC 2104) where only the definer function reads them. */
export async function setContextKey(url: string, roles: Roles, keyHex: string): Promise<void> {
  const key = Buffer.alloc(64)
  Buffer.from(keyHex, 'hex').copy(key)
  const pad = (byte: number) => Buffer.from(key.map((value) => value ^ byte))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`set role ${client.escapeIdentifier(roles.owner)}`)
    await client.query(
      `insert into sec.context_key (id, inner_pad, outer_pad) values (1, $1, $2)
       on conflict (id) do update set inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad`,
      [pad(0x36), pad(0x5c)],
    )
  } finally {
    await client.end()
  }
}
