import type { ErrorCode } from '../core/errors.ts'
import type { MappingFile } from './columns.ts'

/** How far a screening on the server is. */
export interface Stage {
  readonly at: 'arriving' | 'waiting' | 'reading' | 'preparing' | 'judging'
  /** The file, or the rule. */
  readonly what: string
  readonly done: number
  /** 0 when it is not known. */
  readonly total: number
  readonly unit: 'MB' | '%' | 'rules'
}

/** What the server hands to the process that screens. */
export interface ScreeningTask {
  readonly files: readonly { readonly path: string; readonly name: string }[]
  readonly rules: readonly string[] | null
  readonly own: Readonly<Record<string, MappingFile>>
  /** Where the answer is written, as `answer.json`. */
  readonly folder: string
  /** Bytes that DuckDB may spill to disk. */
  readonly spill: number
}

/** What the log may keep. */
export interface ScreeningDone {
  readonly rows: number
  readonly alerts: number
  readonly accounts: number
}

export type ChildSays =
  | { readonly stage: Stage }
  | { readonly done: ScreeningDone }
  | { readonly refused: { readonly code: ErrorCode | null; readonly message: string } }
