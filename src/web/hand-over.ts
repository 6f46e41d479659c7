import { useSyncExternalStore } from 'react'

/**
 * A text that one part of the program hands to a page, e.g. from the search to Know. Not in the address: what stands there
 * goes to the server when the page is loaded anew, and into the browser's history.
 */
let text = ''
const readers = new Set<() => void>()

export function handOver(next: string): void {
  text = next
  for (const reader of readers) reader()
}

/** What was handed over last; '' when nothing was. */
export function useHandedOver(): string {
  return useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => {
        readers.delete(reader)
        if (readers.size === 0) text = ''
      }
    },
    () => text,
  )
}
