import { useEffect, useSyncExternalStore } from 'react'
import styles from './marking.module.css'
import { type Tlp, TlpLabel } from './parts/tlp-label.tsx'

interface PageMarking {
  /** Null where nothing on the page is marked: then only who sees it is said. */
  readonly tlp: Tlp | null
  /** In words: “Anti-Scam Police and you”. */
  readonly who: string
}

let shown: PageMarking | null = null
const readers = new Set<() => void>()

function show(next: PageMarking | null): void {
  shown = next
  for (const reader of readers) reader()
}

/** Tells the top bar who sees this page, as long as the page is there. Null while it is not known yet. */
export function usePageMarking(tlp: Tlp | null, who: string): void {
  useEffect(() => {
    if (tlp === null) return
    show({ tlp, who })
    return () => show(null)
  }, [tlp, who])
}

/** Tells the top bar who sees this page where nothing on it carries a marking. */
export function useSeenBy(who: string): void {
  useEffect(() => {
    show({ tlp: null, who })
    return () => show(null)
  }, [who])
}

/** Who sees this page. What says nothing is for the own organisation alone. */
export function Marking() {
  const marking = useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => shown,
  )
  return (
    <span className={styles.marking}>
      {marking?.tlp && <TlpLabel tlp={marking.tlp} />}
      <span className={styles.who}>Seen by {marking?.who ?? 'your organisation alone'}</span>
    </span>
  )
}
