import type { Protection } from '../core/protection.ts'
import type { Direction, Method, Trace } from '../trace/outcome.ts'
import type { Picture } from '../trace/picture.ts'
import type { OwnColumns } from '../trace/row-columns.ts'

/** What is known of a ledger file once it is read. */
export interface OpenedLedger {
  readonly rows: number
  readonly accounts: number
  /** Currencies that it moves; `XXX` when it names none. */
  readonly currencies: readonly string[]
  readonly clock: 'moment' | 'step'
  readonly begins: string | number
  readonly ends: string | number
  readonly mapping: readonly { readonly ours: string; readonly theirs: string; readonly file?: string }[]
  readonly rejectedCount: number
  /** Rows whose amount was finer than its currency and was rounded. */
  readonly rounded: number
  /** The first of them. */
  readonly rejected: readonly { readonly line: number; readonly reason: string; readonly file?: string }[]
}

/** Files on this device, and what a person says of their columns. */
export interface LedgersAsk {
  readonly files: readonly File[]
  /** A mapping file for all of them. */
  readonly mapping: File | null
  /** By the name of the file; it goes before the mapping file. */
  readonly own: Readonly<Record<string, OwnColumns>>
}

/** How far the reading is, over all files, in bytes. */
export interface LedgersRead {
  readonly name: string
  readonly bytes: number
  readonly total: number
  readonly rows: number
}

/** What a file seems to be before it is read. */
export interface LedgerLook {
  readonly name: string
  readonly header: readonly string[]
  /** Our name, then the file's own. */
  readonly columns: Readonly<Record<string, string>>
  readonly known: readonly string[]
  /** What it lacks to be transactions, in words. */
  readonly missing: readonly string[]
}

/** A payment with which a trace may begin. */
export interface Beginning {
  readonly transaction: string
  readonly at: string | number
  readonly minor: number
  readonly currency: string
  /** The other side; null when the row has none. */
  readonly other: string | null
}

export interface Suggested {
  /** Names of accounts that fit what was typed. */
  readonly accounts: readonly string[]
  /** Payments of the account, when what was typed is one: out of it, or into it backward. */
  readonly payments: readonly Beginning[]
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
  look: { ask: LedgersAsk; answer: readonly LedgerLook[] }
  open: { ask: LedgersAsk; answer: OpenedLedger; part: LedgersRead }
  suggest: { ask: { readonly typed: string; readonly direction: Direction }; answer: Suggested }
  trace: { ask: TraceAsk; answer: Readonly<Record<Method, MethodAnswer>> }
  export: {
    ask: { readonly method: Method; readonly kind: ExportKind; readonly protection: Protection | null }
    answer: string
  }
}
