import { Button } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import styles from './undo.module.css'

const SECONDS = 10

interface Pending {
  readonly text: string
  readonly commit: () => unknown
  readonly undo: () => unknown
}

/**
 * Undo for ten seconds on what can be undone: the act is held back until then, or done and taken back, as the caller says.
 * @returns `offer(text, { commit, undo })`, and `note`, to be placed anywhere in the page. Leaving the page commits.
 * @example offer('Draft deleted.', { commit: () => api.draftDelete(id), undo: () => show(id) })
 */
export function useUndo(): {
  readonly offer: (text: string, it: { commit: () => unknown; undo: () => unknown }) => void
  readonly note: ReactNode
} {
  const [pending, setPending] = useState<Pending | null>(null)
  const held = useRef<Pending | null>(null)

  const settle = useCallback((how: 'commit' | 'undo') => {
    const it = held.current
    held.current = null
    setPending(null)
    void it?.[how]()
  }, [])
  const offer = useCallback(
    (text: string, it: { commit: () => unknown; undo: () => unknown }) => {
      settle('commit')
      held.current = { text, ...it }
      setPending(held.current)
    },
    [settle],
  )
  useEffect(() => () => settle('commit'), [settle])

  const note = pending && (
    <UndoNote text={pending.text} onUndo={() => settle('undo')} onEnd={() => settle('commit')} />
  )
  return { offer, note }
}

interface NoteProps {
  readonly text: string
  readonly onUndo: () => void
  readonly onEnd: () => void
}

function UndoNote({ text, onUndo, onEnd }: NoteProps) {
  const [left, setLeft] = useState(SECONDS)
  const [paused, setPaused] = useState(false)
  useEffect(() => {
    if (paused) return
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1_000)
    return () => clearInterval(timer)
  }, [paused])
  useEffect(() => {
    if (left <= 0) onEnd()
  }, [left, onEnd])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the clock stops while somebody reads or reaches for it (WCAG 2.2.1)
    <div
      className={styles.undo}
      onMouseEnter={() => setPaused(true)}
      onMouseLeave={() => setPaused(false)}
      onFocus={() => setPaused(true)}
      onBlur={() => setPaused(false)}
    >
      <output>{text}</output>
      <Button size="compact-sm" variant="default" classNames={{ root: styles.button ?? '' }} onClick={onUndo}>
        Undo ({Math.max(0, left)} s)
      </Button>
    </div>
  )
}
