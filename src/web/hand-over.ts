import { useSyncExternalStore } from 'react'
import type { ReportDraft } from '../reports/draft.ts'

/** What a page is asked to do with a text that another part of the program hands to it. */
export interface HandedOver {
  readonly text: string
  /**
   * `known`: whether the network knows it, asked blind; `own`: where it stands in my own requests; `report`: the words with
   * which a new report begins.
   */
  readonly ask: 'known' | 'own' | 'report'
  /** What is known already of the report that begins with these words. */
  readonly begun?: Begun | undefined
}

type Begun = Pick<ReportDraft, 'decisions' | 'requests'>

const NOTHING: HandedOver = { text: '', ask: 'known' }

/**
 * A text that one part of the program hands to a page, e.g. from the search to Know. Not in the address: what stands there
 * goes to the server when the page is loaded anew, and into the browser's history.
 */
let handed = NOTHING
const readers = new Set<() => void>()

export function handOver(text: string, ask: HandedOver['ask'] = 'known', begun?: Begun): void {
  handed = { text, ask, begun }
  for (const reader of readers) reader()
}

/** What was handed over last; an empty text when nothing was. */
export function useHandedOver(): HandedOver {
  return useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => {
        readers.delete(reader)
        if (readers.size === 0) handed = NOTHING
      }
    },
    () => handed,
  )
}
