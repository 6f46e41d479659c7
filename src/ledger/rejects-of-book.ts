import { count } from './book.ts'
import type { Loading } from './load-book.ts'
import { linesOf, type Reject } from './rejects.ts'

interface BrokenRow {
  readonly record: bigint | null
  readonly line: bigint | null
  readonly ends_at: bigint | null
  readonly reason: string
}

/** Rows that cannot be read and are told one by one, per file: a column of a kind that nobody knows spoils every row. */
const MOST_REJECTS = 100_000

/** The rows of the files read now that could not be read: by file and line, as far as they are told. */
export async function collectRejects(
  loading: Loading,
): Promise<{ readonly told: readonly Reject[]; readonly more: number }> {
  const told: Reject[] = []
  let more = 0
  for (const [number, { mapping }] of loading.files.entries()) {
    if (mapping?.kind !== 'transactions' || number < loading.firstNew) continue
    const its = await rejectsOf(number, loading)
    for (const it of its.told) told.push(it)
    more += its.more
  }
  return { told, more }
}

/** The rejected rows of one file, by line, as far as they are told. */
async function rejectsOf(number: number, { duck, host, files }: Loading) {
  const { file = '', sniffed } = files[number] ?? {}
  const isCsv = sniffed?.format === 'csv'
  const [start] = await duck.all<{ n: bigint | null; bad: bigint }>(
    `select min(rowid) as n, count(why) as bad from stage where file = ${number}`,
  )
  const bad = await duck.all<{ nth: bigint; line: bigint | null; why: string }>(
    `select rowid - ${start?.n ?? 0} as nth, line, why from stage where file = ${number} and why is not null order by rowid limit ${MOST_REJECTS}`,
  )
  const ofFile = `from broken_rows where file = ${number}`
  const broken = isCsv
    ? await duck.all<BrokenRow>(
        `select record, line, ends_at, reason ${ofFile} order by record, line limit ${MOST_REJECTS}`,
      )
    : []
  const all = Number(start?.bad ?? 0) + (isCsv ? await count(duck, `select count(*) as n ${ofFile}`) : 0)
  // beyond the last broken row that is known, which record a row is cannot be said
  const known = broken.length < MOST_REJECTS ? Number.POSITIVE_INFINITY : Number(broken.at(-1)?.record ?? 0)
  const record = recordOf(broken.flatMap((it) => (it.record === null ? [] : [Number(it.record)])))
  const found = [
    ...bad.map(({ nth, line, why }) => ({ record: record(Number(nth)), line, why })),
    ...broken.map((it) => ({ record: Number(it.record ?? 0), line: it.line, why: it.reason })),
  ].filter((it) => it.record <= known)
  const open = found.flatMap((it) => (it.line === null ? [it.record] : [])).sort((a, b) => a - b)
  const restarts = broken.flatMap((it) => (it.ends_at === null ? [] : [Number(it.ends_at)]))
  const lines =
    isCsv && open.length > 0 ? await linesOf(host.pieces(file, sniffed.gzip), open, restarts) : null
  const lineOf = (at: number) => lines?.get(at) ?? at - (sniffed?.format === 'parquet' ? 1 : 0)
  const told = found
    .map(({ record, line, why }) => ({
      file,
      line: line === null ? lineOf(record) : Number(line),
      reason: why,
    }))
    .sort((a, b) => a.line - b.line)
    .slice(0, MOST_REJECTS)
  return { told, more: all - told.length }
}

/** The record number (header 1) of the nth row that was read, knowing which records were not. */
function recordOf(broken: readonly number[]): (nth: number) => number {
  let passed = 0
  return (nth) => {
    while (passed < broken.length && (broken[passed] ?? 0) <= nth + 2 + passed) passed++
    return nth + 2 + passed
  }
}
