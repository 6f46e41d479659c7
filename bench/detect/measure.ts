import { duckEngine } from '../../src/ledger/engine.ts'
import { loadExcuses } from '../../src/ledger/excuses.ts'
import { openBook } from '../../src/ledger/load.ts'
import { loadRules } from '../../src/ledger/rule-files.ts'
import { screen } from '../../src/ledger/screen.ts'

export interface Quality {
  readonly flagged: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly byTypology: Readonly<Record<string, number>>
}

/** Accounts of each labelled typology. */
export type Truth = ReadonlyMap<string, ReadonlySet<string>>

/** Account-level quality of a set of flagged accounts; recall by typology. */
export function quality(flagged: ReadonlySet<string>, truth: Truth): Quality {
  const all = new Set([...truth.values()].flatMap((it) => [...it]))
  const right = [...flagged].filter((it) => all.has(it)).length
  const precision = flagged.size === 0 ? 0 : right / flagged.size
  const recall = all.size === 0 ? 0 : right / all.size
  const byTypology = Object.fromEntries(
    [...truth].map(([name, accounts]) => [
      name,
      round([...accounts].filter((it) => flagged.has(it)).length / accounts.size),
    ]),
  )
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return {
    flagged: flagged.size,
    precision: round(precision),
    recall: round(recall),
    f1: round(f1),
    byTypology,
  }
}

const round = (value: number) => Math.round(value * 1000) / 1000

export interface Measured {
  readonly rules: Readonly<Record<string, Quality>>
  readonly baselines: Readonly<Record<string, Quality>>
  readonly perRule: Readonly<Record<string, { flagged: number; precision: number }>>
  /** Of the accounts at the heart of innocent habits, the share that is flagged all the same. */
  readonly innocent?: Readonly<Record<string, number>>
}

/** Look-alikes that are flagged although they belong to no labelled pattern, by habit. */
function wronged(flagged: ReadonlySet<string>, truth: Truth, innocent: Truth): Record<string, number> {
  const all = new Set([...truth.values()].flatMap((it) => [...it]))
  return Object.fromEntries(
    [...innocent].map(([habit, accounts]) => {
      const alike = [...accounts].filter((it) => !all.has(it))
      return [habit, round(alike.filter((it) => flagged.has(it)).length / Math.max(1, alike.length))]
    }),
  )
}

/** The whole pack on one book, and simple baselines that flag as many accounts. */
export async function measure(file: string, truth: Truth, innocent?: Truth): Promise<Measured> {
  const book = await openBook([file])
  const engine = await duckEngine(book)
  try {
    const { cases, alerts } = await screen(engine, { ...book, rules: loadRules(), excuses: loadExcuses() })
    const rules: Record<string, Quality> = {}
    for (const from of [0, 0.3, 0.5])
      rules[`score from ${from}`] = quality(
        new Set(cases.filter((it) => it.score >= from).map((it) => it.account)),
        truth,
      )
    const baselines: Record<string, Quality> = {}
    for (const [name, sql] of Object.entries(BASELINES)) {
      const rows = await engine.rows(`${sql} limit ${cases.length}`)
      baselines[name] = quality(new Set(rows.map((it) => book.accountName(Number(it.account)))), truth)
    }
    const perRule = Object.fromEntries(
      [...Map.groupBy(alerts, (it) => it.rule)].map(([rule, its]) => {
        const { flagged, precision } = quality(new Set(its.map((it) => it.account)), truth)
        return [rule, { flagged, precision }]
      }),
    )
    if (!innocent) return { rules, baselines, perRule }
    const flagged = new Set(cases.map((it) => it.account))
    return { rules, baselines, perRule, innocent: wronged(flagged, truth, innocent) }
  } finally {
    await engine.close()
  }
}

/** Each orders accounts by one number and flags as many as the rules do. */
const BASELINES: Record<string, string> = {
  'most counterparties': 'select account from profiles order by payers + payees desc, account',
  'most money in': 'select account from profiles order by in_cents desc, account',
  'passes on most of what comes':
    'select account from profiles where in_cents > 0 and out_cents > 0 order by abs(ln(cast(in_cents as double) / out_cents)), account',
  'most payments': 'select account from profiles order by in_n + out_n desc, account',
}
