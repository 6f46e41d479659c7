import { useSyncExternalStore } from 'react'
import { HouseError } from '../core/errors.ts'
import type { Protection } from '../core/protection.ts'
import { whenForgotten } from '../web/session.ts'
import type { TraceStart } from '../web/trace-start.ts'
import type { LedgersAsk, LedgersRead, MethodAnswer, TraceAsk } from '../web/trace-words.ts'
import { askOf, type LedgerFile, nameOf, openLedgers, type Unnamed } from './ledger-file.ts'
import type { Method } from './outcome.ts'

export type Answers = Readonly<Record<Method, MethodAnswer>>

/** How far a person has read the trafficking screen for one account, and who read the case with them. */
export interface ScreenRead {
  readonly read: boolean
  readonly second: string
}

interface State {
  readonly file: LedgerFile | null
  /** Files of which a column must be named before they can be read. */
  readonly unnamed: Unnamed | null
  readonly reading: (LedgersRead & { readonly startedAt: number }) | null
  readonly asked: TraceAsk | null
  /** How often another page put a question: its form begins anew with each. */
  readonly begun: number
  readonly answers: Answers | null
  /** By which rule the picture and the payments are shown. */
  readonly method: Method
  readonly busy: boolean
  /** What Screen found about the holders in these files; null where nobody asked. */
  readonly protection: Protection | null
  /** The trafficking screen by account, as far as it was read; it stands before every freeze. */
  readonly screens: Readonly<Record<string, ScreenRead>>
  /** What was not read or not followed, and why. */
  readonly error: { readonly what: string; readonly error: unknown } | null
}

const NOTHING: State = {
  file: null,
  unnamed: null,
  reading: null,
  asked: null,
  begun: 0,
  answers: null,
  method: 'fifo',
  busy: false,
  protection: null,
  screens: {},
  error: null,
}

/** Kept while the window is open, so that a page that is left, e.g. for a freeze request, is found again as it was. */
let state = NOTHING
let stop: AbortController | null = null
const readers = new Set<() => void>()

function set(part: Partial<State>): void {
  state = { ...state, ...part }
  for (const reader of readers) reader()
}

whenForgotten(() => {
  stop?.abort()
  state.file?.calls.end()
  set(NOTHING)
})

/** What was open stays until the new files are read. */
async function read(asked: LedgersAsk, from: Omit<TraceStart, 'files'> | null = null): Promise<void> {
  stop?.abort()
  const mine = new AbortController()
  stop = mine
  const before = state.file
  const what = `${nameOf(asked)} was not read`
  if (asked.files.length === 0) {
    const error = new HouseError('invalid', 'choose the ledger that it describes too')
    return set({ error: { what: `${asked.mapping?.name ?? 'Nothing'} alone is no ledger`, error } })
  }
  const total = asked.files.reduce((sum, { size }) => sum + size, 0)
  const begun = { name: nameOf(asked), bytes: 0, total, rows: 0, startedAt: Date.now() }
  set({ reading: begun, unnamed: null, error: null })
  try {
    const tell = (it: LedgersRead) => {
      if (stop === mine) set({ reading: { ...begun, ...it } })
    }
    const found = await openLedgers(asked, { tell, signal: mine.signal })
    if (stop !== mine) return
    if ('looked' in found) return set({ reading: null, unnamed: found })
    before?.calls.end()
    const same = before !== null && sameFiles(before.asked, asked)
    const protection = from ? from.protection : same ? state.protection : null
    set({ ...NOTHING, file: found, asked: from?.ask ?? null, protection, begun: state.begun + 1 })
    if (from) await ask(from.ask)
  } catch (error) {
    if (stop === mine) set({ reading: null, error: mine.signal.aborted ? null : { what, error } })
  }
}

async function ask(asked: TraceAsk): Promise<void> {
  const { file } = state
  if (!file) return
  set({ busy: true, error: null, asked })
  try {
    const answers = await file.calls.do('trace', asked)
    if (state.file !== file) return
    set({ busy: false, answers })
    requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus())
  } catch (error) {
    if (state.file === file) set({ busy: false, error: { what: 'Nothing was followed', error } })
  }
}

/** What was found of holders is found of these very files, also when their columns are read anew. */
const sameFiles = (a: LedgersAsk, b: LedgersAsk) =>
  a.files.length === b.files.length && a.files.every((it, i) => it === b.files[i])

/** What another page handed over: its files, unless they are open already, and its question. */
async function begin({ files, ask: question, protection }: TraceStart): Promise<void> {
  const open = state.file?.asked
  if (!open || !sameFiles(open, files)) return read(files, { ask: question, protection })
  set({ asked: question, protection, answers: null, begun: state.begun + 1 })
  return ask(question)
}

/** Ends the reading; what was open before is open again. */
function cancel(): void {
  stop?.abort()
  stop = null
  set({ reading: null })
}

/** Closes the file; the way back is open until `forget` is called. */
function close(): { readonly undo: () => void; readonly forget: () => void } {
  const was = state
  stop?.abort()
  stop = null
  set(NOTHING)
  return {
    forget: () => was.file?.calls.end(),
    undo: () => {
      state.file?.calls.end()
      set(was)
    },
  }
}

/** Shows which column was taken for what, to be put right. */
async function correct(): Promise<void> {
  const { file } = state
  if (!file) return
  const { asked, calls } = file
  set({ unnamed: { asked, looked: await calls.do('look', asked) } })
}

const acts = {
  open: (chosen: readonly File[]) => read(askOf(chosen, state.file?.asked ?? state.unnamed?.asked ?? null)),
  read: (asked: LedgersAsk) => read(asked),
  begin,
  ask,
  cancel,
  close,
  correct,
  show: (method: Method) => set({ method }),
  noteScreen: (account: string, it: ScreenRead) => set({ screens: { ...state.screens, [account]: it } }),
  forgetNames: () => set({ unnamed: null }),
}

/** Ledger files on this device and what was asked of them; gone with the window, or when the member leaves. */
export function useTrace() {
  const now = useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => state,
  )
  return { ...now, ...acts }
}
