import { HouseError } from '../core/errors.ts'
import type { ReadPart } from './read-pieces.ts'
import type { ReadAnswer, ReadAsk, ReadWork } from './read-words.ts'
import { type Calls, callsTo, type Following } from './worker-calls.ts'

export interface Reader {
  /** Starts the worker and has it prepare what every text needs, so that the first one does not wait for that. */
  readonly warm: () => void
  /** The newest text wins: what a newer question overtook is stopped and answered null. A long text is told in parts. */
  readonly read: (it: ReadAsk, tell?: (part: ReadPart) => void) => Promise<ReadAnswer | null>
  /** Reads a file that was dropped. Throws `invalid` saying why when it is no text. */
  readonly file: (
    it: ReadWork['file']['ask'],
    following?: Following<ReadWork['file']['part']>,
  ) => Promise<ReadWork['file']['answer']>
  /** The canonical form of a fact typed by hand, or why it cannot be one. */
  readonly check: (it: ReadWork['check']['ask']) => Promise<ReadWork['check']['answer']>
  /** Stops what runs, e.g. a very long text; the next call starts afresh. */
  readonly stop: () => void
}

interface Waiting {
  readonly it: ReadAsk
  readonly tell: ((part: ReadPart) => void) | undefined
  readonly resolve: (answer: ReadAnswer | null) => void
  readonly reject: (error: unknown) => void
}

/** Nobody's words: what is read does not matter, only that reading is prepared. */
const WARMING = 'a'

/** The text reader in its worker; one for a page, ended with `stop` when the page goes. */
export function openReader(): Reader {
  let calls: Calls<ReadWork> | null = null
  let running = false
  let next: Waiting | null = null
  let now = new AbortController()
  const worker = () => {
    calls ??= start()
    return calls
  }
  /** A browser may remember for as long as a worker lives that something could not be fetched: the next one asks again. */
  const leave = () => {
    calls?.leave()
    calls = null
  }
  const leaveAfter = (error: unknown) => {
    if (error instanceof HouseError && error.code === 'unavailable') leave()
  }
  const asked = async <A>(answer: Promise<A>): Promise<A> => {
    try {
      return await answer
    } catch (error) {
      leaveAfter(error)
      throw error
    }
  }

  const turn = async () => {
    while (next) {
      const { it, tell, resolve, reject } = next
      next = null
      now = new AbortController()
      try {
        const answer = await worker().do('read', it, {
          tell: (part) => next === null && tell?.(part),
          signal: now.signal,
        })
        if (answer.noSigns) leave()
        resolve(next ? null : answer)
      } catch (error) {
        if (next) {
          resolve(null)
          continue
        }
        leaveAfter(error)
        reject(error)
      }
    }
    running = false
  }
  return {
    // what is wrong with it, the first text is told
    warm: () =>
      void worker()
        .do('read', { text: WARMING })
        .catch(() => undefined),
    read: (it, tell) =>
      new Promise((resolve, reject) => {
        next?.resolve(null)
        next = { it, tell, resolve, reject }
        now.abort()
        if (running) return
        running = true
        void turn()
      }),
    file: (it, following) => asked(worker().do('file', it, following)),
    check: (it) => asked(worker().do('check', it)),
    stop: () => {
      next?.resolve(null)
      next = null
      calls?.end()
      calls = null
    },
  }
}

function start() {
  return callsTo<ReadWork>(
    new Worker(new URL('./read.worker.ts', import.meta.url), { type: 'module', name: 'reader' }),
  )
}
