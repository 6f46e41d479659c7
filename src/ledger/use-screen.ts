import engineAddress from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url'
import { useCallback, useEffect, useRef, useState } from 'react'
import { HouseError } from '../core/errors.ts'
import type {
  Changes,
  ChosenFile,
  OpenedBook,
  OwnMappings,
  RuleLine,
  ScreenProgress,
  ScreenWork,
} from '../web/screen-words.ts'
import { type Calls, callsTo } from '../web/worker-calls.ts'
import type { LookedAt } from './look.ts'
import { rejectLines } from './rejects.ts'
import type { Screening } from './screen.ts'
import { screenOnServer } from './screen-on-server.ts'
import type { Where } from './where-screened.tsx'

interface State {
  /** Whether the engine is here; from then on the page needs no network. */
  readonly ready: boolean
  readonly rules: readonly RuleLine[]
  readonly files: readonly ChosenFile[]
  readonly own: OwnMappings
  readonly looked: readonly LookedAt[]
  readonly progress: (ScreenProgress & { readonly startedAt: number }) | null
  readonly book: OpenedBook | null
  /** As the house's own lines find it. */
  readonly base: Screening | null
  readonly found: Screening | null
  readonly changes: Changes
  /** Where the open book was screened; what it asks of the worker it can ask only of a book that is here. */
  readonly at: Where
  /** All rejects as a CSV, of a book that is not here. */
  readonly rejects: (() => string) | null
  readonly error: { readonly what: string; readonly error: unknown } | null
}

const NOTHING = {
  files: [],
  own: {},
  looked: [],
  progress: null,
  book: null,
  base: null,
  found: null,
  at: 'here',
  rejects: null,
} as const
const START: State = { ...NOTHING, ready: false, rules: [], changes: {}, error: null }

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

/** Books on this device and what the rules find in them; all of it is gone when the page is left. */
export function useScreen() {
  const [state, setState] = useState<State>(START)
  const calls = useRef<Calls<ScreenWork> | null>(null)
  const sending = useRef<AbortController | null>(null)
  const merge = useCallback((it: Partial<State>) => setState((now) => ({ ...now, ...it })), [])

  /** A worker of its own for each book: ending it is how work is stopped and a book forgotten. */
  const start = useCallback(async () => {
    calls.current?.end()
    merge({ ready: false, error: null })
    // looking at files needs no engine: where it does not start, the server can still be asked
    const worker = newWorker()
    const mine = callsTo<ScreenWork>(worker)
    calls.current = mine
    try {
      engine ??= fetchEngine()
      const bytes = await engine
      if (calls.current !== mine) return
      worker.addEventListener('message', ({ data }: MessageEvent<{ told?: ScreenProgress }>) => {
        const { told } = data
        if (told && calls.current === mine)
          setState((now) => (now.progress ? { ...now, progress: withStart(told, now.progress) } : now))
      })
      const { rules } = await mine.do('start', { engine: bytes })
      if (calls.current === mine) merge({ ready: true, rules })
    } catch (error) {
      engine = null // what could not be fetched is asked for again
      if (calls.current === mine) merge({ error: { what: 'The screening engine did not start', error } })
    }
  }, [merge])

  useEffect(() => {
    void start()
    return () => {
      calls.current?.end()
      calls.current = null
      sending.current?.abort()
    }
  }, [start])

  /** Runs work of the present worker; what a worker that was ended still says is nobody's. */
  const work = async (what: string, act: (mine: Calls<ScreenWork>) => Promise<Partial<State>>) => {
    const mine = calls.current
    if (!mine) return
    merge({ error: null })
    try {
      const done = await act(mine)
      if (calls.current === mine) merge({ ...done, progress: null })
    } catch (error) {
      if (calls.current === mine) merge({ progress: null, error: { what, error } })
    }
  }

  const look = (files: readonly ChosenFile[], own: OwnMappings) =>
    work('The files were not looked at', async (mine) => {
      merge({ files, own })
      return { looked: await mine.do('look', { files, own }) }
    })

  const runOnServer = async () => {
    const { files, own } = state
    const mine = new AbortController()
    sending.current = mine
    merge({ progress: { ...begun, at: 'sending' }, error: null })
    try {
      const { book, found, rejects } = await screenOnServer(
        { files, own },
        {
          signal: mine.signal,
          tell: (told) =>
            setState((now) =>
              now.progress && sending.current === mine
                ? { ...now, progress: withStart(told, now.progress) }
                : now,
            ),
        },
      )
      const at = 'server'
      if (sending.current === mine)
        merge({
          book,
          base: found,
          found,
          at,
          rejects: () => [...rejectLines(rejects)].join(''),
          progress: null,
        })
    } catch (error) {
      if (sending.current === mine && !mine.signal.aborted)
        merge({ progress: null, error: { what: 'The server screened nothing', error } })
    } finally {
      if (sending.current === mine) sending.current = null
    }
  }

  const run = () => {
    const { files, own } = state
    merge({ progress: begun })
    return work('Nothing was screened', async (mine) => {
      const book = await mine.do('open', { files, own })
      const base = await mine.do('screen', { changes: {} })
      return { book, base, found: base, changes: {} }
    })
  }

  const runAgain = (changes: Changes) => {
    merge({ progress: begun })
    return work('Nothing was screened again', async (mine) => ({
      found: await mine.do('screen', { changes }),
      changes,
    }))
  }

  /** Stops what goes on, or lets the book go; the engine stays on this device. */
  const close = (keep: boolean) => {
    const { files, own, looked } = state
    sending.current?.abort()
    sending.current = null
    setState((now) => ({ ...now, ...NOTHING, ...(keep && { files, own, looked }), changes: {}, error: null }))
    void start()
  }

  const isOnServer = sending.current !== null && state.progress !== null
  return { ...state, isOnServer, calls, look, run, runOnServer, runAgain, close, start }
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
