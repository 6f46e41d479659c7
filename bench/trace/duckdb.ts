import { performance } from 'node:perf_hooks'
import { DuckDBInstance } from '@duckdb/node-api'
import { HOPS, makeBook, questions } from './books.ts'
import { asked, finish, warm } from './engine.ts'

// A recursive query: which accounts could the money have reached, each payment after the one before. No amounts.

const made = makeBook(Number(process.argv[2]))
const asks = [...warm(made), ...questions(made, asked)]
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
const times: Record<string, number[]> = { reach: [] }
let reached = 0
for (const { account, at } of asks) {
  const start = performance.now()
  const rows = await duck.runAndReadAll(`
    with recursive reach(account, since, hop) as (
      select ${account}, ${at}::bigint, 0
      union all
      select tx.payee, min(tx.booked), max(reach.hop) + 1 from reach join tx on tx.payer = reach.account and tx.booked >= reach.since
      where reach.hop < ${HOPS} and tx.payee is not null group by tx.payee)
    select count(distinct account) as n from reach where hop > 0`)
  times.reach?.push(performance.now() - start)
  if (times.reach && times.reach.length > asks.length - asked) reached += Number(rows.getRows()[0]?.[0] ?? 0)
}
times.reach?.splice(0, asks.length - asked)
finish({ loaded, times, reached: { reach: reached } })
