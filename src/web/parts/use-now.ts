import { useSyncExternalStore } from 'react'

/** One clock for the whole page, so that all countdowns turn together. */
let now = Date.now()
let timer: ReturnType<typeof setInterval> | null = null
const readers = new Set<() => void>()
const EVERY_MS = 10_000

function tick(): void {
  now = Date.now()
  for (const reader of readers) reader()
}

function subscribe(reader: () => void): () => void {
  readers.add(reader)
  if (timer === null) {
    now = Date.now()
    timer = setInterval(tick, EVERY_MS)
    document.addEventListener('visibilitychange', tick)
  }
  return () => {
    readers.delete(reader)
    if (readers.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
    document.removeEventListener('visibilitychange', tick)
  }
}

/** The present moment (ms since 1970), anew every ten seconds and when the page comes back into view. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
