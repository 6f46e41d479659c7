import { summary } from '../stats.ts'
import { type Made, questions } from './books.ts'

/** How many questions each engine answers. */
export const asked = 100

/** Asked first and not counted, of every engine: what is measured is answering, not starting. */
export const warm = (made: Made) => questions(made, 100, 7)

export interface Answered {
  /** Milliseconds to load and index, and of each question by kind. */
  readonly loaded: number
  readonly times: Record<string, number[]>
  /** Accounts found over all questions: engines that answer the same must find the same. */
  readonly reached: Record<string, number>
  readonly memory?: Record<string, number>
  /** What really answered, where that is not plain. */
  readonly engine?: string
}

/** What an engine's process says last; its parent reads this line. */
export function finish({ loaded, times, reached, memory = {}, engine }: Answered): void {
  const peak = process.resourceUsage().maxRSS * 1_024
  const kept = Object.fromEntries(
    Object.entries(times).flatMap(([name, samples]) =>
      samples.length > 0 ? [[name, summary3(samples)]] : [],
    ),
  )
  process.stdout.write(
    `RESULT ${JSON.stringify({ loadedMs: Math.round(loaded), times: kept, reached, memory, peakBytes: peak, ...(engine && { engine }) })}\n`,
  )
}

/** With microseconds, because some answers take less than a tenth of a millisecond. */
function summary3(samples: readonly number[]) {
  const { n } = summary(samples)
  const sorted = [...samples].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(n * share) - 1)] ?? Number.NaN
  const fine = (ms: number) => Math.round(ms * 1_000) / 1_000
  return {
    n,
    p50: fine(at(0.5)),
    p95: fine(at(0.95)),
    mean: fine(sorted.reduce((sum, it) => sum + it, 0) / n),
  }
}
