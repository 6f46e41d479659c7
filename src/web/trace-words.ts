import type { Direction, Method, Trace } from '../trace/outcome.ts'
import type { Picture } from '../trace/picture.ts'

/** What is known of a ledger file once it is read. */
export interface OpenedLedger {
  readonly rows: number
  readonly accounts: number
  /** Currencies that it moves; `XXX` when it names none. */
  readonly currencies: readonly string[]
  readonly clock: 'moment' | 'step'
  readonly begins: string | number
  readonly ends: string | number
  readonly mapping: readonly { readonly ours: string; readonly theirs: string }[]
  readonly rejectedCount: number
  /** The first of them. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[]
}

export interface TraceAsk {
  readonly from: string
  /** As typed, in major units. */
  readonly amount: string
  readonly currency: string | null
  readonly at: string
  readonly direction: Direction
  /** 0: to the end. */
  readonly hops: number
}

/** One rule's answer, as much of it as a page shows; exports hold all. */
export interface MethodAnswer {
  readonly trace: Trace
  readonly picture: Picture
  readonly heldCount: number
  readonly hopCount: number
  /** Accounts that the picture puts together. */
  readonly folded: number
}

export type ExportKind = 'svg' | 'held' | 'hops' | 'json'

export type TraceWork = {
  feed: { ask: { readonly bytes: Uint8Array }; answer: { readonly rows: number } }
  end: { ask: null; answer: OpenedLedger }
  trace: { ask: TraceAsk; answer: Readonly<Record<Method, MethodAnswer>> }
  export: { ask: { readonly method: Method; readonly kind: ExportKind }; answer: string }
}
