import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { HouseError } from '../../core/errors.ts'
import { ErrorNote } from './error-note.tsx'
import { OpenIcon, SealIcon } from './icons.tsx'
import styles from './sealed-card.module.css'

export interface SealedCardProps {
  /** What is inside, in one or two words: “The story”, “Contact of the person”. */
  readonly title: string
  /** Who holds a key, in words: “3 people of Baan Prakai and you”. */
  readonly holders: string
  /** The content once it is open; null while it is sealed. */
  readonly children: ReactNode
  /** Called when the person asks to open: the server records it. Left out where this person holds no key. */
  readonly onOpen?: (() => void) | undefined
  readonly busy?: boolean
  readonly error?: HouseError | null
}

/** Sealed content: says who could open it. Opening is an act, and is recorded. */
export function SealedCard({
  title,
  holders,
  children,
  onOpen,
  busy = false,
  error = null,
}: SealedCardProps) {
  const isOpen = children !== null && children !== undefined
  return (
    <section className={styles.card} aria-label={`${title}, ${isOpen ? 'opened' : 'sealed'}`}>
      <div className={styles.head}>
        <span className={styles.lock}>
          {isOpen ? <OpenIcon /> : <SealIcon />}
          {title}
        </span>
        <span className={styles.who}>
          {isOpen ? 'Opened by you; this is recorded.' : 'Sealed.'} Keys: {holders}.
        </span>
        {!isOpen && onOpen && (
          <Button size="xs" variant="default" loading={busy} onClick={onOpen}>
            Open (is recorded)
          </Button>
        )}
      </div>
      {error && <ErrorNote error={error} />}
      {isOpen && <div className={styles.inside}>{children}</div>}
    </section>
  )
}
