import type { Held, Trace } from './outcome.ts'

/** A way to stop money, as far as it is known from the ledger whether it is open. */
export interface Way {
  readonly id: string
  readonly name: string
  /** `unknown`: nothing speaks against it, but something must still be found out. */
  readonly standing: 'open' | 'unknown'
  /** When its clock runs out, ISO 8601. */
  readonly deadline: string | null
  /** The clock has run out. */
  readonly late: boolean
  /** What must be found out first. */
  readonly unknown: readonly string[]
}

/** One place where money can still be stopped. */
export interface Stoppable extends Held {
  /** Since stolen money last came here; null for a clock of steps, or where it began. */
  readonly hours: number | null
  readonly rails: readonly Way[]
}

const HOUR = 3_600_000

/**
 * Where money can still be stopped, most worth doing first: a way that is open in time before one that may be, and that before none; then
 * the larger amount; then the money that came last, because it is the likeliest still to be there.
 * @param railsOf  the rails for one place; the freeze room knows them
 * @param now     milliseconds since 1970
 */
export function rankStoppable(
  { held, stolen }: Trace,
  { now, railsOf }: { readonly now: number; readonly railsOf: (held: Held) => readonly Way[] },
): Stoppable[] {
  return held
    .map((it) => ({ ...it, hours: hoursSince(it, now), rails: railsOf(it) }))
    .sort(
      (a, b) =>
        best(a.rails) - best(b.rails) ||
        Number(b.currency === stolen.currency) - Number(a.currency === stolen.currency) ||
        b.minor - a.minor ||
        (a.hours ?? Number.POSITIVE_INFINITY) - (b.hours ?? Number.POSITIVE_INFINITY) ||
        (a.account < b.account ? -1 : 1),
    )
}

const best = (rails: readonly Way[]) =>
  rails.some(({ standing, late }) => standing === 'open' && !late)
    ? 0
    : rails.some(({ late }) => !late)
      ? 1
      : 2

function hoursSince({ lastAt }: Held, now: number): number | null {
  if (typeof lastAt !== 'string') return null
  return Math.max(0, Math.floor((now - Date.parse(lastAt)) / HOUR))
}
