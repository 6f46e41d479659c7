import type { Protection } from '../core/protection.ts'
import type { LedgersAsk, TraceAsk } from './trace-words.ts'

/** Files and a question that another page hands to the page that traces. In memory alone: both are customers' payments. */
export interface TraceStart {
  readonly files: LedgersAsk
  readonly ask: TraceAsk
  /** What was found about the holders in these files; null where nobody asked. */
  readonly protection: Protection | null
}

let waiting: TraceStart | null = null

export function handTrace(it: TraceStart): void {
  waiting = it
}

/** What was handed over; once. */
export function takeTrace(): TraceStart | null {
  const it = waiting
  waiting = null
  return it
}
