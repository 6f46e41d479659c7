import engineAddress from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import { useEffect, useSyncExternalStore } from 'react'
import { HouseError } from '../core/errors.ts'
import type {
  Changes,
  ChosenFile,
  OpenedBook,
  OwnMappings,
  RuleLine,
  ScreenProgress,
  ScreenWork,
  Versions,
} from '../web/screen-words.ts'
import { whenForgotten } from '../web/session.ts'
import { type Calls, callsTo } from '../web/worker-calls.ts'
import type { MappingFile } from './columns.ts'
import type { LookedAt } from './look.ts'
import { saidOf } from './own-mapping.ts'
import { rejectLines } from './rejects.ts'
import type { Screening } from './screen.ts'
import { screenOnServer } from './screen-on-server.ts'
import type { Verdict, Verdicts } from './verdicts.ts'
import type { Where } from './where-screened.tsx'

interface State {
  /** Whether the engine is here; from then on the page needs no network. */
  readonly ready: boolean
  readonly rules: readonly RuleLine[]
  readonly files: readonly ChosenFile[]
  readonly own: OwnMappings
  /** A mapping file, for every file of which nothing else is said. */
  readonly mapping: { readonly name: string; readonly says: MappingFile } | null
  readonly looked: readonly LookedAt[]
  readonly progress: (ScreenProgress & { readonly startedAt: number }) | null
  readonly book: OpenedBook | null
  /** As the house's own lines find it. */
  readonly base: Screening | null
  readonly found: Screening | null
  readonly changes: Changes
  readonly versions: Versions
  /** Holders of the accounts that were found, as the files name them. */
  readonly names: Readonly<Record<string, string>>
  /** What a person decided about accounts. */
  readonly verdicts: Verdicts
  /** Where the open book was screened; what it asks of the worker it can ask only of a book that is here. */
  readonly at: Where
  /** All rejects as a CSV, of a book that is not here. */
  readonly rejects: (() => string) | null
  readonly error: { readonly what: string; readonly error: unknown } | null
}

const NOTHING = {
  files: [],
  own: {},
  mapping: null,
  looked: [],
  progress: null,
  book: null,
  base: null,
  found: null,
  names: {},
  verdicts: {},
  at: 'here',
  rejects: null,
} as const
/** The house's own rules, with their own lines. */
const AS_IT_IS = { changes: {}, versions: {} } as const
const START: State = { ...NOTHING, ready: false, rules: [], ...AS_IT_IS, error: null }

/** Fetched once; after that the page works without a network. */
let engine: Promise<Blob> | null = null

async function fetchEngine(): Promise<Blob> {
  const answer = await fetch(engineAddress).catch(() => null)
  if (!answer?.ok)
    throw new HouseError(
      'unavailable',
      'the engine could not be fetched from this server; check the connection',
    )
  return new Blob([await answer.arrayBuffer()], { type: 'application/wasm' })
}

function newWorker(): Worker {
  return new Worker(new URL('../web/screen.worker.ts', import.meta.url), { type: 'module', name: 'screen' })
}

/** Kept while the window is open, so that a page that is left, e.g. to follow the money, is found again as it was. */
let state = START
const calls: { current: Calls<ScreenWork> | null } = { current: null }
let sending: AbortController | null = null
const readers = new Set<() => void>()

function merge(part: Partial<State>): void {
  state = { ...state, ...part }
  for (const reader of readers) reader()
}

const isCurrent = (mine: Calls<ScreenWork>) => calls.current === mine

/** A worker of its own for each book: ending it is how work is stopped and a book forgotten. */
async function start(): Promise<void> {
  calls.current?.end()
  merge({ ready: false, error: null })
  // looking at files needs no engine: where it does not start, the server can still be asked
  const worker = newWorker()
  const mine = callsTo<ScreenWork>(worker)
  calls.current = mine
  try {
    engine ??= fetchEngine()
    const bytes = await engine
    if (!isCurrent(mine)) return
    worker.addEventListener('message', ({ data }: MessageEvent<{ told?: ScreenProgress }>) => {
      const { told } = data
      if (told && isCurrent(mine) && state.progress) merge({ progress: withStart(told, state.progress) })
    })
    const { rules } = await mine.do('start', { engine: bytes })
    if (isCurrent(mine)) merge({ ready: true, rules })
  } catch (error) {
    engine = null // what could not be fetched is asked for again
    if (isCurrent(mine)) merge({ error: { what: 'The screening engine did not start', error } })
  }
}

/** Ends the worker and with it every book. */
function end(): void {
  calls.current?.end()
  calls.current = null
  sending?.abort()
  sending = null
}

whenForgotten(() => {
  end()
  merge(START)
})

/** Runs work of the present worker; what a worker that was ended still says is nobody's. */
async function work(what: string, act: (mine: Calls<ScreenWork>) => Promise<Partial<State>>): Promise<void> {
  const mine = calls.current
  if (!mine) return
  merge({ error: null })
  try {
    const done = await act(mine)
    if (isCurrent(mine)) merge({ ...done, progress: null })
  } catch (error) {
    if (isCurrent(mine)) merge({ progress: null, error: { what, error } })
  }
}

/** What is said of each file, by hand or by a mapping file. */
function saidOfAll(files: readonly ChosenFile[]): OwnMappings {
  const says = state.mapping?.says ?? null
  return Object.fromEntries(
    files.flatMap(({ name }) => {
      const said = saidOf(name, state.own, says)
      return said ? [[name, said] as const] : []
    }),
  )
}

const look = (files: readonly ChosenFile[], own: OwnMappings) =>
  work('The files were not looked at', async (mine) => {
    merge({ files, own })
    return { looked: await mine.do('look', { files, own: saidOfAll(files) }) }
  })

/** A mapping file says which column is which in all files that are chosen, now and later; null takes it away. */
const map = (file: File | null) =>
  work(file ? `${file.name} says nothing that can be used` : 'The files were not looked at', async (mine) => {
    merge({ mapping: file && { name: file.name, says: await mine.do('mapping', { file }) } })
    const { files } = state
    return { looked: await mine.do('look', { files, own: saidOfAll(files) }) }
  })

async function runOnServer(): Promise<void> {
  const { files } = state
  const mine = new AbortController()
  sending = mine
  merge({ progress: { ...begun, at: 'sending' }, error: null })
  try {
    const { book, found, rejects } = await screenOnServer(
      { files, own: saidOfAll(files) },
      {
        signal: mine.signal,
        tell: (told) => {
          if (state.progress && sending === mine) merge({ progress: withStart(told, state.progress) })
        },
      },
    )
    if (sending === mine)
      merge({
        ...{ book, base: found, found, at: 'server', progress: null },
        rejects: () => [...rejectLines(rejects)].join(''),
      })
  } catch (error) {
    if (sending === mine && !mine.signal.aborted)
      merge({ progress: null, error: { what: 'The server screened nothing', error } })
  } finally {
    if (sending === mine) {
      sending = null
      merge({})
    }
  }
}

const MOST_NAMES = 500

async function namesOf(mine: Calls<ScreenWork>, { cases }: Screening): Promise<State['names']> {
  return mine.do('names', { accounts: cases.slice(0, MOST_NAMES).map(({ account }) => account) })
}

function run(): Promise<void> {
  const { files } = state
  merge({ progress: begun })
  return work('Nothing was screened', async (mine) => {
    const { labels, ...book } = await mine.do('open', { files, own: saidOfAll(files) })
    const base = await mine.do('screen', AS_IT_IS)
    return { book, base, found: base, ...AS_IT_IS, names: await namesOf(mine, base), verdicts: labels }
  })
}

/** Without a word of what is to be otherwise: as the house's own rules and lines have it. */
function runAgain({
  changes = {},
  versions = {},
}: Partial<Pick<State, 'changes' | 'versions'>>): Promise<void> {
  merge({ progress: begun })
  return work('Nothing was screened again', async (mine) => {
    const found = await mine.do('screen', { changes, versions })
    return { found, changes, versions, names: await namesOf(mine, found) }
  })
}

/** Null takes a decision back. */
function decide(account: string, verdict: Verdict | null): void {
  const { [account]: _before, ...others } = state.verdicts
  merge({ verdicts: verdict ? { ...others, [account]: verdict } : others })
}

/** Stops what goes on; the files and what was said of them stay. */
function cancel(): void {
  const { files, own, mapping, looked } = state
  sending?.abort()
  sending = null
  merge({ ...NOTHING, files, own, mapping, looked, ...AS_IT_IS, error: null })
  void start()
}

/** Closes the book; the way back is open until `forget` is called. */
function close(): { readonly undo: () => void; readonly forget: () => void } {
  const [was, its] = [state, calls.current]
  calls.current = null
  merge({ ...NOTHING, ...AS_IT_IS, error: null })
  void start()
  return {
    forget: () => its?.end(),
    undo: () => {
      end()
      calls.current = its
      merge({ ...was, progress: null })
    },
  }
}

// what was decided and not saved is work; the browser asks before it is lost with the window
globalThis.addEventListener?.('beforeunload', (event) => {
  if (Object.keys(state.verdicts).length > 0) event.preventDefault()
})

const acts = {
  calls,
  said: () => saidOfAll(state.files),
  look,
  map,
  run,
  runOnServer,
  runAgain,
  decide,
  cancel,
  close,
  start,
}

/** Books on this device and what the rules find in them; gone with the window, or when the member leaves. */
export function useScreen() {
  const now = useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => state,
  )
  useEffect(() => {
    if (!calls.current) void start()
    return () => {
      // without a book there is nothing to come back to
      if (state.files.length === 0) end()
    }
  }, [])
  return { ...now, ...acts, isOnServer: sending !== null && now.progress !== null }
}

const begun = { at: 'reading', what: '', done: 0, total: 0, unit: 'MB', startedAt: 0 } as const

/** Rate and time left are counted from where a stage, or a file, began. */
function withStart(
  told: ScreenProgress,
  before: NonNullable<State['progress']>,
): NonNullable<State['progress']> {
  const same = told.at === before.at && (told.at !== 'reading' || told.what === before.what)
  return { ...told, startedAt: same && before.startedAt > 0 ? before.startedAt : Date.now() }
}
