import { chmodSync, copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { HOPS, makeBook, type Question } from './books.ts'
import { answer } from './engine.ts'

// lbug (LadybugDB), which goes on from Kuzu: which accounts could the money have reached, as one path query a length. No amounts.

interface Result {
  getAll(): Promise<Record<string, unknown>[]>
}
interface Lbug {
  Database: new (path: string) => { close(): Promise<void> }
  Connection: new (database: object) => { query(cypher: string): Promise<Result> }
}

/** Its install script would put the binary of this machine and its JavaScript in place; scripts are off, so this does. */
function place(name: 'lbug' | 'kuzu'): Lbug {
  const home = join(import.meta.dirname, 'node_modules', name)
  if (!existsSync(join(home, 'index.js'))) {
    const source = join(home, `${name}-source/tools/nodejs_api/src_js`)
    for (const file of readdirSync(source).filter((it) => it.endsWith('.js')))
      copyFileSync(join(source, file), join(home, file))
    const binary = join(home, `${name}js.node`)
    copyFileSync(join(home, `prebuilt/${name}js-${process.platform}-${process.arch}.node`), binary)
    chmodSync(binary, 0o755)
  }
  return createRequire(import.meta.url)(home) as Lbug
}

/** lbug; or, where its binary does not load (it asks for glibc 2.38), Kuzu, which it goes on from. */
function open(): { readonly lbug: Lbug; readonly engine: string } {
  try {
    return { lbug: place('lbug'), engine: 'lbug 0.14.3' }
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return {
      lbug: place('kuzu'),
      engine: `kuzu 0.11.3, because lbug did not load: ${/version `(\S+)' not found/.exec(why)?.[0] ?? why}`,
    }
  }
}

const made = makeBook(Number(process.argv[2]))
const folder = mkdtempSync(join(tmpdir(), 'firebreak-lbug-'))
try {
  // the same columns as Parquet, which it reads fastest; writing them is not its time
  const duck = await (await DuckDBInstance.create(':memory:')).connect()
  await duck.run('create table tx (payer integer, payee integer, minor bigint, booked bigint)')
  const appender = await duck.createAppender('tx')
  for (let row = 0; row < made.rows; row++) {
    const payee = made.payee[row] as number
    if (payee === 0xffff_ffff) continue
    appender.appendInteger(made.payer[row] as number)
    appender.appendInteger(payee)
    appender.appendBigInt(BigInt(made.minor[row] as number))
    appender.appendBigInt(BigInt(made.at[row] as number))
    appender.endRow()
  }
  appender.closeSync()
  await duck.run(`copy tx to '${folder}/tx.parquet' (format parquet)`)
  await duck.run(
    `copy (select range::integer as id from range(${made.accounts})) to '${folder}/accounts.parquet' (format parquet)`,
  )
  duck.closeSync()
  const { lbug, engine } = open()
  const database = new lbug.Database(join(folder, 'db'))
  const graph = new lbug.Connection(database)
  const began = performance.now()
  await graph.query('create node table Account(id int32, primary key(id))')
  await graph.query('create rel table Pays(from Account to Account, minor int64, booked int64)')
  await graph.query(`copy Account from '${folder}/accounts.parquet'`)
  await graph.query(`copy Pays from '${folder}/tx.parquet'`)
  const loaded = performance.now() - began
  const reach = async ({ account, at }: Question) => {
    const all = new Set<unknown>()
    for (let length = 1; length <= HOPS; length++) {
      const hops = Array.from({ length }, (_, i) => `-[e${i}:Pays]->(n${i}:Account)`)
      const after = hops.map((_, i) => `e${i}.booked >= ${i === 0 ? at : `e${i - 1}.booked`}`)
      const result = await graph.query(
        `match (s:Account {id: ${account}})${hops.join('')} where ${after.join(' and ')} return distinct n${length - 1}.id as id`,
      )
      for (const { id } of await result.getAll()) all.add(id)
    }
    return { accounts: all.size }
  }
  await answer({ loaded, made, kinds: { reach }, engine })
  await database.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
