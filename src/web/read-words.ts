import type { Assessment } from '../assess/assess.ts'
import type { Lure } from '../assess/lure.ts'
import type { ReadOptions } from '../extract/read.ts'
import type { Reading } from '../extract/reading.ts'
import type { FileWork } from '../reports/read-file.ts'
import type { ReadPart } from './read-pieces.ts'

export interface ReadAsk extends ReadOptions {
  readonly text: string
  /** BCP 47 tag of the person who reads, for the support line. */
  readonly language?: string
}

export interface ReadAnswer {
  readonly reading: Reading
  /** Null for a text above the size that signs are looked for in, and when `noSigns` says why. */
  readonly assessment: Assessment | null
  /** Why no signs were looked for, as a person is told it; null when they were, or the text is too long for that. */
  readonly noSigns: string | null
  /** How far a job advertisement looks like a lure; null when the text is none. */
  readonly lure: Lure | null
  /** Milliseconds the worker took. */
  readonly took: number
}

// A type alias: an interface would not fit where any name may be asked for.
export type ReadWork = { read: { ask: ReadAsk; answer: ReadAnswer; part: ReadPart } } & FileWork
