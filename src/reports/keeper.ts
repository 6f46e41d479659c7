import { type ErrorCode, HouseError } from '../core/errors.ts'

/** How far the draft is kept. */
export type Kept =
  | { readonly is: 'nothing yet' }
  | { readonly is: 'waiting' }
  | { readonly is: 'keeping' }
  | { readonly is: 'kept'; readonly at: number }
  /** `again`: it will be tried again by itself. `code`: what the server called it, if it was the server. */
  | { readonly is: 'failed'; readonly why: string; readonly again: boolean; readonly code: ErrorCode | null }

export interface Keeper<T> {
  /** Something was changed: it is kept soon, and the newest change wins. */
  readonly change: (value: T) => void
  /** Keeps what waits, now. Throws what the last try threw. */
  readonly flush: () => Promise<void>
  /** Whether something is not kept yet. */
  readonly isWaiting: () => boolean
  /** Nothing more is kept; what runs is waited for. */
  readonly end: () => Promise<void>
}

interface KeeperOptions<T> {
  readonly put: (value: T) => Promise<unknown>
  readonly tell: (kept: Kept) => void
  /** Milliseconds without a change before it is kept. */
  readonly after?: number
  /** Milliseconds until another try. */
  readonly again?: number
}

/**
 * Keeps the newest state of something, one try at a time, and goes on trying while the server is away. A refusal that
 * would be the same again (too large, forbidden) waits for the next change.
 */
export function openKeeper<T>({ put, tell, after = 1_000, again = 5_000 }: KeeperOptions<T>): Keeper<T> {
  let waiting: { value: T } | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let running: Promise<void> | null = null
  let ended = false

  const later = (ms: number) => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void turn().catch(() => undefined), ms)
  }
  const turn = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    // another turn may have begun with what waits here: then this one waits for that, too
    while (running) await running.catch(() => undefined)
    if (waiting === null) return
    const { value } = waiting
    waiting = null
    running = keep(value)
    try {
      await running
    } finally {
      running = null
    }
  }
  const keep = async (value: T) => {
    tell({ is: 'keeping' })
    try {
      await put(value)
      if (waiting === null) tell({ is: 'kept', at: Date.now() })
    } catch (error) {
      if (!ended) waiting ??= { value }
      const code = error instanceof HouseError ? error.code : null
      const passing = code === null || code === 'unavailable' || code === 'unauthenticated'
      tell({
        is: 'failed',
        why: error instanceof Error ? error.message : String(error),
        again: passing,
        code,
      })
      if (passing && !ended) later(again)
      throw error
    }
  }
  return {
    change(value) {
      if (ended) return
      waiting = { value }
      if (running === null) tell({ is: 'waiting' })
      later(after)
    },
    flush: async () => {
      do await turn()
      while (waiting !== null)
    },
    isWaiting: () => waiting !== null || running !== null,
    async end() {
      ended = true
      waiting = null
      if (timer !== null) clearTimeout(timer)
      await running?.catch(() => undefined)
    },
  }
}
