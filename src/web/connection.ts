import { useSyncExternalStore } from 'react'

/** How the way to the server is, for everyone who shows it. */
export interface Connection {
  /** A request is being repeated, or the live stream is down, since then (ms since 1970); null when all is well. */
  readonly brokenSince: number | null
  /** What the last failure said, for people. */
  readonly why: string | null
}

const WELL: Connection = { brokenSince: null, why: null }
let now = WELL
const readers = new Set<() => void>()

function set(next: Connection): void {
  if (next.brokenSince === now.brokenSince && next.why === now.why) return
  now = next
  for (const reader of readers) reader()
}

export function connectionLost(why: string): void {
  set({ brokenSince: now.brokenSince ?? Date.now(), why })
}

export function connectionWell(): void {
  set(WELL)
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => now,
  )
}
