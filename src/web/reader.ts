import type { ReadAnswer, ReadAsk, ReadWork } from './read-words.ts'
import { callsTo } from './worker-calls.ts'

export interface Reader {
  /** The newest text wins: what a newer question overtook is answered null. */
  readonly read: (it: ReadAsk) => Promise<ReadAnswer | null>
  /** Stops what runs, e.g. a very long text; the next `read` starts afresh. */
  readonly stop: () => void
}

/** The text reader in its worker; one for a page, ended with `stop` when the page goes. */
export function openReader(): Reader {
  let calls: ReturnType<typeof start> | null = null
  let running = false
  let next: {
    it: ReadAsk
    resolve: (answer: ReadAnswer | null) => void
    reject: (error: unknown) => void
  } | null = null

  const turn = async () => {
    while (next) {
      const { it, resolve, reject } = next
      next = null
      calls ??= start()
      try {
        const answer = await calls.do('read', it)
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
