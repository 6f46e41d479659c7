import type { Protection } from '../core/protection.ts'
import type { Trace } from '../trace/outcome.ts'
import { METHOD_WORDS, timeWords } from '../trace/picture.ts'
import type { Stoppable, Way } from '../trace/rank.ts'
import { money } from '../trace/trace.ts'
import { onStdout as pc } from './colour.ts'
import { printable } from './printable.ts'
import { protectionLines } from './trace-protection.ts'

const MOST_LINES = 25

/** The answer for people: each rule beside the others, then what can still be stopped by the first of them. */
export function forPeople(
  traces: readonly Trace[],
  stoppable: readonly Stoppable[],
  protection: Protection | null,
): string {
  const [first] = traces
  if (!first) return ''
  const { stolen, from, direction } = first
  const whole = money(stolen.minor, stolen.currency)
  const lines = [
    pc.bold(
      direction === 'forward'
        ? `${whole} from ${printable(from)}: where it is now`
        : `${whole} that reached ${printable(from)}: whose it was`,
    ),
    '',
    ...sideBySide(traces),
    '',
    ...protectionLines(protection, first),
    '',
    ...(direction === 'forward' ? stopLines(stoppable, first) : []),
    ...new Set(traces.flatMap(({ notes }) => notes.map(printable))),
  ]
  return `${lines.join('\n')}\n`
}

function sideBySide(traces: readonly Trace[]): string[] {
  const rows = new Map<string, { account: string; minors: (number | null)[]; currency: string }>()
  for (const [i, { held }] of traces.entries())
    for (const { account, minor, currency } of held) {
      const key = `${account}  ${currency}`
      const row = rows.get(key) ?? { account: printable(account), minors: traces.map(() => null), currency }
      row.minors[i] = minor
      rows.set(key, row)
    }
  const names = [...rows.values()].map(({ account }) => account)
  const width = Math.min(40, Math.max(24, ...names.slice(0, MOST_LINES).map((name) => name.length)))
  const line = (name: string, cells: readonly string[]) =>
    `  ${(name.length > width ? `${name.slice(0, width - 1)}…` : name).padEnd(width)} ${cells.map((it) => it.padStart(24)).join('')}`
  const shown = [...rows.values()].slice(0, MOST_LINES).map(({ account, minors, currency }) =>
    line(
      account,
      minors.map((minor) => (minor === null ? '–' : money(minor, currency))),
    ),
  )
  const more =
    rows.size > MOST_LINES
      ? [`  and ${rows.size - MOST_LINES} more accounts (--json or --csv has them all)`]
      : []
  const ends = (['lost', 'returned'] as const)
    .filter((end) => traces.some((it) => it[end] > 0))
    .map((end) =>
      line(
        end,
        traces.map((it) => money(it[end], it.stolen.currency)),
      ),
    )
  const changed = traces.some((it) => it.changed.length > 0)
    ? [
        line(
          'changed its currency',
          traces.map((it) =>
            money(
              it.totals.find(({ currency }) => currency === it.stolen.currency)?.changed ?? 0,
              it.stolen.currency,
            ),
          ),
        ),
      ]
    : []
  return [
    pc.dim(
      line(
        '',
        traces.map(({ method }) => METHOD_WORDS[method]),
      ),
    ),
    ...shown,
    ...more,
    ...ends,
    ...changed,
    pc.dim(
      line(
        'payments that carried it',
        traces.map(({ hops, hopsBelowOne }) => String(hops.length + hopsBelowOne)),
      ),
    ),
  ]
}

function whyOf({ standing, deadline, late, unknown }: Way): string {
  const until = deadline === null ? '' : timeWords(deadline)
  if (late) return `: its clock ran out ${until} UTC`
  if (standing === 'open') return until ? `, until ${until} UTC` : ''
  return `: ${unknown.length === 1 ? 'one thing' : `${unknown.length} things`} must be found out`
}

/** Places with a way that is not late first; where every clock ran out, or no way is known, is said apart. */
function stopLines(stoppable: readonly Stoppable[], { method }: Trace): string[] {
  const inTime = (it: Stoppable) => it.rails.some(({ late }) => !late)
  const lines = stoppable
    .slice(0, MOST_STOPPED)
    .map((it, i) => ({ still: inTime(it), lines: placeLines(it, i) }))
  const part = (title: string, still: boolean) => {
    const its = lines.filter((it) => it.still === still).flatMap((it) => it.lines)
    return its.length > 0 ? [pc.bold(`${title} (by ${METHOD_WORDS[method]})`), ...its, ''] : []
  }
  return [
    ...part('What can still be stopped', true),
    ...part('Where every clock ran out, or no way is known', false),
  ]
}

const MOST_STOPPED = 10

function placeLines(it: Stoppable, i: number): string[] {
  const came = it.lastAt === null ? '' : `, last came ${timeWords(it.lastAt)}`
  const hours = it.hours === null ? '' : ` (${it.hours} h ago)`
  const sorted = [...it.rails].sort((a, b) => Number(a.late) - Number(b.late))
  const rails = sorted.map((way) => `     ${standingWord(way)}  ${way.name}${whyOf(way)}`)
  return [`  ${i + 1}. ${money(it.minor, it.currency)} in ${printable(it.account)}${came}${hours}`, ...rails]
}

function standingWord({ standing, late }: Way): string {
  if (late) return pc.dim('too late')
  return standing === 'open' ? pc.green('open') : pc.dim('perhaps')
}
