import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { HOPS, makeBook, type Question } from './books.ts'
import { answer } from './engine.ts'

// A recursive query: which accounts could the money have reached, each payment after the one before. No amounts.

const made = makeBook(Number(process.argv[2]))
const instance = await DuckDBInstance.create(':memory:', { memory_limit: '8GB', threads: '2' })
const duck = await instance.connect()
const began = performance.now()
await duck.run('create table tx (payer integer, payee integer, minor bigint, booked bigint)')
const appender = await duck.createAppender('tx')
for (let row = 0; row < made.rows; row++) {
  appender.appendInteger(made.payer[row] as number)
  const payee = made.payee[row] as number
  if (payee === 0xffff_ffff) appender.appendNull()
  else appender.appendInteger(payee)
  appender.appendBigInt(BigInt(made.minor[row] as number))
  appender.appendBigInt(BigInt(made.at[row] as number))
  appender.endRow()
}
appender.closeSync()
const loaded = performance.now() - began

async function reach({ account, at }: Question) {
  const rows = await duck.runAndReadAll(`
    with recursive reach(account, since, hop) as (
      select ${account}, ${at}::bigint, 0
      union all
      select tx.payee, min(tx.booked), max(reach.hop) + 1 from reach join tx on tx.payer = reach.account and tx.booked >= reach.since
      where reach.hop < ${HOPS} and tx.payee is not null group by tx.payee)
    select count(distinct account) as n from reach where hop > 0`)
  return { accounts: Number(rows.getRows()[0]?.[0] ?? 0) }
}

await answer({ loaded, made, kinds: { reach } })
