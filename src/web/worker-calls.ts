import { type ErrorCode, HouseError } from '../core/errors.ts'

/** What a worker can do: by name, what it is asked and what it answers. */
type Works = Record<string, { ask: unknown; answer: unknown; part?: unknown }>

interface Asked {
  readonly id: number
  readonly work: string
  readonly it: unknown
}

/** The page does not want what it asked for any more. */
interface Stopped {
  readonly id: number
  readonly stop: true
}

type Answered =
  | { readonly id: number; readonly part: unknown }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string }

/** How the page follows one call while it runs. */
export interface Following<P> {
  /** What is there before the answer. */
  readonly tell?: (part: P) => void
  /** Asks the worker to stop; the call is over when the worker says so. */
  readonly signal?: AbortSignal
}

/** What a worker's own work may say and hear while it runs. */
export interface Turn<P> {
  readonly tell: (part: P) => void
  /** Heard only after a pause in which messages come in. */
  readonly isStopped: () => boolean
}

export interface Calls<W extends Works> {
  /** Throws the worker's own HouseError, or `unavailable` when the worker does not run. */
  readonly do: <N extends keyof W & string>(
    work: N,
    it: W[N]['ask'],
    following?: Following<W[N]['part']>,
  ) => Promise<W[N]['answer']>
  /** Ends the worker and with it everything it held; what was asked and not answered fails. */
  readonly end: () => void
  /** Ends the worker once everything that was asked of it is answered. */
  readonly leave: () => void
}

/** The page's side of a worker. */
export function callsTo<W extends Works>(worker: Worker): Calls<W> {
  const waiting = new Map<
    number,
    {
      resolve: (it: never) => void
      reject: (error: unknown) => void
      tell: ((part: never) => void) | undefined
    }
  >()
  let count = 0
  let isLeft = false
  const endIfLeft = () => {
    if (isLeft && waiting.size === 0) worker.terminate()
  }
  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(new HouseError('unavailable', message))
    waiting.clear()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
    const asked = waiting.get(data.id)
    if ('part' in data) {
      asked?.tell?.(data.part as never)
      return
    }
    waiting.delete(data.id)
    if ('answer' in data) asked?.resolve(data.answer as never)
    else asked?.reject(new HouseError(data.code, data.message))
    endIfLeft()
  })
  worker.addEventListener('error', () => fail('a part of this page did not start; reload the page'))
  return {
    do: (work, it, { tell, signal } = {}) =>
      new Promise((resolve, reject) => {
        const id = ++count
        waiting.set(id, { resolve: resolve as (it: never) => void, reject, tell })
        worker.postMessage({ id, work, it } satisfies Asked)
        const stop = () => waiting.has(id) && worker.postMessage({ id, stop: true } satisfies Stopped)
        if (signal?.aborted) stop()
        signal?.addEventListener('abort', stop, { once: true })
      }),
    end: () => {
      worker.terminate()
      fail('this was stopped')
    },
    leave: () => {
      isLeft = true
      endIfLeft()
    },
  }
}

type Does<W extends Works> = {
  [N in keyof W]: (it: W[N]['ask'], turn: Turn<W[N]['part']>) => W[N]['answer'] | Promise<W[N]['answer']>
}

/**
 * The worker's side. A HouseError goes to the page as it is; of any other only `unknown` is said, because its own text
 * might quote a secret.
 */
export function answerCalls<W extends Works>(does: Does<W>, unknown: string): void {
  const running = new Set<number>()
  const stopped = new Set<number>()
  self.addEventListener('message', async ({ data }: MessageEvent<Asked | Stopped>) => {
    if ('stop' in data) {
      if (running.has(data.id)) stopped.add(data.id)
      return
    }
    const { id, work, it } = data
    running.add(id)
    let said: Answered
    try {
      const act = does[work]
      if (!act) throw new HouseError('invalid', `no such work: ${work}`)
      const tell = (part: unknown) => postMessage({ id, part } satisfies Answered)
      said = { id, answer: await act(it, { tell, isStopped: () => stopped.has(id) }) }
    } catch (error) {
      const known = error instanceof HouseError
      if (!known) console.error(`${work} failed`, placesOf(error))
      said = { id, code: known ? error.code : 'conflict', message: known ? error.message : unknown }
    }
    running.delete(id)
    stopped.delete(id)
    postMessage(said)
  })
}

/** Name and places of an error, without its message. */
function placesOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const places = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return [error.name, ...places.slice(0, 6)].join('\n')
}
