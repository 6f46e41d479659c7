import { Button } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import styles from './undo.module.css'

const SECONDS = 10

export interface Undoable {
  readonly commit: () => unknown
  readonly undo: () => unknown
  /** The word of the button that does it at once, e.g. “Send now”; without it there is none. */
  readonly now?: string
}

interface Pending extends Undoable {
  readonly text: string
}

export interface Undo {
  readonly offer: (text: string, it: Undoable) => void
  /** To be placed anywhere in the page. */
  readonly note: ReactNode
  /** An act is held back: what it is made of must not change under it. */
  readonly pending: boolean
}

/** Does what is held back somewhere in the page: there is one note at a time. */
let settleOther: (() => void) | null = null

/**
 * Undo for ten seconds on what can be undone: the act is held back until then, or done and taken back, as the caller says.
 * Leaving or closing the page does it at once, and so does the next act that is offered.
 * @example offer('Draft deleted.', { commit: () => api.draftDelete(id), undo: () => show(id) })
 */
export function useUndo(): Undo {
  const [pending, setPending] = useState<Pending | null>(null)
  const held = useRef<Pending | null>(null)

  const settle = useCallback((how: 'commit' | 'undo') => {
    const it = held.current
    if (it === null) return
    held.current = null
    settleOther = null
    setPending(null)
    void it[how]()
  }, [])
  const offer = useCallback(
    (text: string, it: Undoable) => {
      settleOther?.()
      held.current = { text, ...it }
      settleOther = () => settle('commit')
      setPending(held.current)
    },
    [settle],
  )
  useEffect(() => () => settle('commit'), [settle])
  useLeaving(pending !== null, settle)

  const note = pending && (
    <UndoNote
      text={pending.text}
      now={pending.now ?? null}
      onUndo={() => settle('undo')}
      onEnd={() => settle('commit')}
    />
  )
  return { offer, note, pending: pending !== null }
}

/** A window that closes, or goes to the background of a phone, may never tick again: what is held back is done first. */
function useLeaving(isPending: boolean, settle: (how: 'commit') => void): void {
  useEffect(() => {
    if (!isPending) return
    const close = (event: BeforeUnloadEvent) => {
      settle('commit')
      event.preventDefault() // the question whether to leave gives it the moment that it needs
    }
    const hide = () => document.visibilityState === 'hidden' && settle('commit')
    addEventListener('beforeunload', close)
    document.addEventListener('visibilitychange', hide)
    return () => {
      removeEventListener('beforeunload', close)
      document.removeEventListener('visibilitychange', hide)
    }
  }, [isPending, settle])
}

interface NoteProps {
  readonly text: string
  readonly now: string | null
  readonly onUndo: () => void
  readonly onEnd: () => void
}

function UndoNote({ text, now, onUndo, onEnd }: NoteProps) {
  const { left, pauses } = useSecondsLeft(onEnd)
  // the clock stops while somebody reads or reaches for it (WCAG 2.2.1)
  return (
    <div className={styles.undo} {...pauses}>
      <output>{text}</output>
      <Button size="compact-sm" variant="default" classNames={{ root: styles.button ?? '' }} onClick={onUndo}>
        Undo ({Math.max(0, left)} s)
      </Button>
      {now !== null && (
        <Button size="compact-sm" variant="default" classNames={{ root: styles.now ?? '' }} onClick={onEnd}>
          {now}
        </Button>
      )}
    </div>
  )
}

function useSecondsLeft(onEnd: () => void) {
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
  const pause = () => setPaused(true)
  const goOn = () => setPaused(false)
  return { left, pauses: { onMouseEnter: pause, onMouseLeave: goOn, onFocus: pause, onBlur: goOn } }
}
