import { type ErrorCode, HouseError } from '../core/errors.ts'
import type { Answered, Work } from './locksmith-words.ts'

export interface Locksmith {
  readonly do: <W extends keyof Work>(work: W, it: Work[W]['ask']) => Promise<Work[W]['answer']>
  /** Ends the worker and with it every secret it held. */
  readonly end: () => void
}

/** A worker of its own for one sign-in, one unlocking or one invitation. */
export function callLocksmith(): Locksmith {
  const worker = new Worker(new URL('./kdf.worker.ts', import.meta.url), { type: 'module', name: 'keys' })
  const waiting = new Map<number, { resolve: (it: never) => void; reject: (error: unknown) => void }>()
  let count = 0
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('answer' in data) asked?.resolve(data.answer as never)
    else asked?.reject(new HouseError(data.code as ErrorCode, data.message))
  })
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values())
      reject(new HouseError('unavailable', 'the part that derives keys did not start; reload the page'))
    waiting.clear()
  })
  return {
    do: (work, it) =>
      new Promise((resolve, reject) => {
        const id = ++count
        waiting.set(id, { resolve: resolve as (it: never) => void, reject })
        worker.postMessage({ id, work, it })
      }),
    end: () => worker.terminate(),
  }
}
