import { useEffect } from 'react'
import { connectionLost, connectionWell } from './connection.ts'
import { serverAhead } from './proof-key.ts'
import { type LiveTopic, lookAgain, queryClient } from './queries.ts'

export interface Look {
  readonly topic: LiveTopic
  readonly id: string
}

const listeners = new Set<(look: Look) => void>()
/** A stream that is down longer than this is worth a word; shorter breaks heal by themselves. */
const PATIENCE_MS = 4_000

/** Calls `listen` for every piece of live news, after what is shown was asked for anew. */
export function useLook(listen: (look: Look) => void): void {
  useEffect(() => {
    listeners.add(listen)
    return () => {
      listeners.delete(listen)
    }
  }, [listen])
}

/**
 * Keeps one live stream open while `on`: news refreshes what is shown, a break is said and healed. The browser connects
 * again by itself; where it gives up (an error answer), this does, slower each time, up to half a minute.
 */
export function useLive(on: boolean): void {
  useEffect(() => {
    if (!on) return
    openLive()
    return closeLive
  }, [on])
}

let stream: AbortController | undefined

export function openLive(): void {
  closeLive()
  stream = new AbortController()
  connect(stream.signal, 0)
}

/** Since when news is missed, by the clock of this page (ms since 1970): the first question was asked later. */
let missed = Date.now()

/** Somebody has just signed in: what happened before, they have not asked about. */
export function newsFromNow(): void {
  missed = Date.now()
}

export function closeLive(): void {
  if (stream) missed = Date.now()
  stream?.abort()
  stream = undefined
}

/** Runs while the stream is down, over however many attempts; said once it ends. */
let worry: ReturnType<typeof setTimeout> | undefined

function calm(): void {
  clearTimeout(worry)
  worry = undefined
}

function connect(stop: AbortSignal, failures: number): void {
  // the server's clock in whole seconds lies before it, never after
  const source = new EventSource(`/api/live?since=${Math.floor(missed + serverAhead())}`)
  let again = failures
  const close = () => {
    calm()
    source.close()
  }
  stop.addEventListener('abort', close)
  source.addEventListener('open', () => {
    calm()
    if (again > 0) void queryClient.invalidateQueries()
    again = 0
    connectionWell()
  })
  source.addEventListener('look', (event) => {
    const look = JSON.parse(event.data) as Look
    void lookAgain(look.topic, look.id)
    for (const listener of listeners) listener(look)
  })
  source.addEventListener('again', () => void queryClient.invalidateQueries())
  source.addEventListener('error', () => {
    if (stop.aborted) return
    again++
    worry ??= setTimeout(() => connectionLost('live news does not arrive'), PATIENCE_MS)
    if (source.readyState !== EventSource.CLOSED) return
    stop.removeEventListener('abort', close)
    source.close()
    const wait = Math.min(30_000, 1_000 * 2 ** Math.min(again, 5))
    const timer = setTimeout(() => {
      // Asking who I am tells whether the session ended: then the page says so.
      void queryClient.invalidateQueries({ queryKey: ['me'] })
      connect(stop, again)
    }, wait)
    stop.addEventListener('abort', () => {
      clearTimeout(timer)
      calm()
    })
  })
}
