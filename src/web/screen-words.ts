import type { Comparison } from '../ledger/backtest.ts'
import type { MappingFile } from '../ledger/columns.ts'
import type { AboutHolder } from '../ledger/holder.ts'
import type { LookedAt } from '../ledger/look.ts'
import type { Reject } from '../ledger/rejects.ts'
import type { ReportPack } from '../ledger/report.ts'
import type { RunningRule } from '../ledger/rule.ts'
import type { Screening } from '../ledger/screen.ts'
import type { Decided, Verdicts } from '../ledger/verdicts.ts'

/** A file that was chosen, under a name that is its own among them. */
export interface ChosenFile {
  readonly name: string
  readonly file: File
}

/** Which column is which, per file name, where a person said so. */
export type OwnMappings = Readonly<Record<string, MappingFile>>

export interface OpenedBook {
  readonly rows: number
  /** Null where it is not told. */
  readonly accounts: number | null
  readonly notes: readonly string[]
  readonly rejectedCount: number
  /** The first of them. */
  readonly rejected: readonly Reject[]
}

/** Another value for thresholds, by rule and name. */
export type Changes = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Files of rules that somebody brought, by the rule's id: each stands in for the house's version, or beside its rules. */
export type Versions = Readonly<Record<string, File>>

export interface Payment {
  readonly id: string
  readonly at: string
  readonly minor: string
  readonly currency: string
  readonly payer: string | null
  readonly payee: string | null
}

/** What a page shows of a rule. */
export type RuleLine = Pick<
  RunningRule,
  'id' | 'version' | 'name' | 'why' | 'source' | 'thresholds' | 'silent'
>

/** What the screening worker does. */
export type ScreenWork = {
  /** Starts the engine from its own bytes: the worker itself may connect to nothing. */
  start: {
    ask: { readonly engine: Blob }
    answer: { readonly version: string; readonly rules: readonly RuleLine[] }
  }
  look: {
    ask: { readonly files: readonly ChosenFile[]; readonly own: OwnMappings }
    answer: readonly LookedAt[]
  }
  /** What a mapping file says; throws `invalid`, naming the field. */
  mapping: { ask: { readonly file: File }; answer: MappingFile }
  open: {
    ask: { readonly files: readonly ChosenFile[]; readonly own: OwnMappings }
    /** With what a labels file among them says of accounts. */
    answer: OpenedBook & { readonly labels: Verdicts }
  }
  screen: { ask: { readonly changes: Changes; readonly versions: Versions }; answer: Screening }
  /** What a rule file says of itself; throws `invalid`, naming file, line and what is wrong. */
  version: { ask: { readonly file: File }; answer: RuleLine }
  /** A rule as it is beside the rule with other thresholds, or beside one that somebody brought. */
  compare: {
    ask: {
      readonly rule: string
      readonly changes: Readonly<Record<string, number>>
      readonly version?: File
      readonly decided: Decided
    }
    answer: Comparison
  }
  /** Names of holders, as far as the files have them. */
  names: { ask: { readonly accounts: readonly string[] }; answer: Readonly<Record<string, string>> }
  about: { ask: { readonly account: string }; answer: AboutHolder }
  payments: { ask: { readonly ids: readonly string[] }; answer: readonly Payment[] }
  pack: {
    ask: { readonly account: string; readonly regulator: string; readonly reviewedBy: string | null }
    answer: ReportPack
  }
  /** Every reject as a CSV. */
  rejects: { ask: null; answer: string }
}

/** Told while work goes on. */
export interface ScreenProgress {
  readonly at: 'sending' | 'arriving' | 'waiting' | 'reading' | 'preparing' | 'judging'
  /** The file, or the rule. */
  readonly what: string
  readonly done: number
  readonly total: number
  readonly unit: 'MB' | '%' | 'rules'
}
