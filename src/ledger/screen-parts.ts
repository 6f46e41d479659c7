import { countWords } from '../web/parts/words.ts'
import type { Comparison } from './backtest.ts'
import type { Alert, Band, Case, Screening } from './screen.ts'

export const BAND_WORDS: Readonly<Record<Band, string>> = { now: 'now', soon: 'soon', look: 'to look at' }

/** The matter in one sentence: how many accounts, by when they are best looked at. */
export function headlineOf(cases: readonly Case[]): string {
  if (cases.length === 0) return 'No rule found anything in these books'
  const count = (band: Band) => cases.filter((it) => it.band === band).length
  const [now, soon, look] = [count('now'), count('soon'), count('look')]
  const parts = [
    ...(now > 0 ? [`${now} now`] : []),
    ...(soon > 0 ? [`${soon} soon`] : []),
    ...(look > 0 ? [`${look} when there is time`] : []),
  ]
  return `${cases.length === 1 ? 'One account' : `${cases.length} accounts`} to look at: ${parts.join(', ')}`
}

export interface Difference {
  readonly rule: string
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

/** What changed lines find that the house's do not, and the other way round, by rule. */
export function differences(before: Screening, after: Screening): Difference[] {
  const byRule = (alerts: readonly Alert[]) => Map.groupBy(alerts, (it) => it.rule)
  const [old, fresh] = [byRule(before.alerts), byRule(after.alerts)]
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((rule) => {
    const [was, is] = [old, fresh].map((it) => new Set((it.get(rule) ?? []).map(({ account }) => account)))
    const gained = [...(is ?? [])].filter((it) => !was?.has(it)).sort()
    const lost = [...(was ?? [])].filter((it) => !is?.has(it)).sort()
    return gained.length + lost.length > 0 ? [{ rule, gained, lost }] : []
  })
}

/** Names behind a count: the first five. */
export const fewNames = (names: readonly string[]) =>
  names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''})`

/** What two rules find on the same books, in one sentence that begins with how the first is called. */
export function comparisonWords(
  { before, after, gained, lost, ...all }: Comparison,
  [first, second]: readonly [string, string],
): string {
  const known = (it: Comparison['before']) => {
    const parts = [
      ...(it.labelled === null ? [] : [`${it.labelled} of the ${all.labelledInAll} confirmed`]),
      ...(it.dismissed === null ? [] : [`${it.dismissed} of the ${all.dismissedInAll} false alarms`]),
    ]
    return parts.length > 0 ? ` (${parts.join(', ')})` : ''
  }
  return `${first} ${countWords(before.accounts, 'account')}${known(before)}; ${second} ${countWords(after.accounts, 'account')}${known(after)}: ${gained.length} more${fewNames(gained)}, ${lost.length} fewer${fewNames(lost)}.`
}
