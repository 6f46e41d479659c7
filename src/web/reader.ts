import type { ReadAnswer, ReadAsk, ReadWork } from './read-words.ts'
import { type Calls, callsTo } from './worker-calls.ts'

export interface Reader {
  /** The newest text wins: what a newer question overtook is answered null. */
  readonly read: (it: ReadAsk) => Promise<ReadAnswer | null>
  /** Reads a file that was dropped. Throws `invalid` saying why when it is no text. */
  readonly file: (it: ReadWork['file']['ask']) => Promise<ReadWork['file']['answer']>
  /** The canonical form of a fact typed by hand, or why it cannot be one. */
  readonly check: (it: ReadWork['check']['ask']) => Promise<ReadWork['check']['answer']>
  /** Stops what runs, e.g. a very long text; the next call starts afresh. */
  readonly stop: () => void
}

interface Waiting {
  readonly it: ReadAsk
  readonly resolve: (answer: ReadAnswer | null) => void
  readonly reject: (error: unknown) => void
}

/** The text reader in its worker; one for a page, ended with `stop` when the page goes. */
export function openReader(): Reader {
  let calls: Calls<ReadWork> | null = null
  let running = false
  let next: Waiting | null = null
  const worker = () => {
    calls ??= start()
    return calls
  }

  const turn = async () => {
    while (next) {
      const { it, resolve, reject } = next
      next = null
      try {
        const answer = await worker().do('read', it)
        resolve(next ? null : answer)
      } catch (error) {
        if (next) resolve(null)
        else reject(error)
      }
    }
    running = false
  }
  return {
    read: (it) =>
      new Promise((resolve, reject) => {
        next?.resolve(null)
        next = { it, resolve, reject }
        if (running) return
        running = true
        void turn()
      }),
    file: (it) => worker().do('file', it),
    check: (it) => worker().do('check', it),
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
