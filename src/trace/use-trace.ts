import { useEffect, useRef, useState } from 'react'
import type { MethodAnswer, TraceAsk } from '../web/trace-words.ts'
import { type LedgerFile, openLedgerFile, type Reading } from './ledger-file.ts'
import type { Method } from './outcome.ts'

export type Answers = Readonly<Record<Method, MethodAnswer>>

interface State {
  readonly file: LedgerFile | null
  readonly reading: (Reading & { readonly name: string; readonly startedAt: number }) | null
  readonly answers: Answers | null
  readonly busy: boolean
  /** What was not read or not followed, and why. */
  readonly error: { readonly what: string; readonly error: unknown } | null
}

const NOTHING: State = { file: null, reading: null, answers: null, busy: false, error: null }

/** A ledger file on this device and what was asked of it; both are gone when the page is left. */
export function useTrace() {
  const [state, setState] = useState<State>(NOTHING)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const open = async (file: File) => {
    stop.current?.abort()
    const mine = new AbortController()
    stop.current = mine
    const begun = { bytes: 0, total: file.size, rows: 0, name: file.name, startedAt: Date.now() }
    setState({ ...NOTHING, reading: begun })
    try {
      const tell = (it: Reading) => setState((now) => ({ ...now, reading: { ...begun, ...it } }))
      const opened = await openLedgerFile(file, { tell, signal: mine.signal })
      setState({ ...NOTHING, file: opened })
    } catch (error) {
      if (!mine.signal.aborted) setState({ ...NOTHING, error: { what: `${file.name} was not read`, error } })
    }
  }
  const ask = async (it: TraceAsk) => {
    const { file } = state
    if (!file) return
    setState((now) => ({ ...now, busy: true, error: null }))
    try {
      const answers = await file.calls.do('trace', it)
      setState((now) => ({ ...now, busy: false, answers }))
      requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus())
    } catch (error) {
      setState((now) => ({ ...now, busy: false, error: { what: 'Nothing was followed', error } }))
    }
  }
  const close = () => {
    stop.current?.abort()
    setState(NOTHING)
  }
  return { ...state, open, ask, close }
}
