import { UnstyledButton } from '@mantine/core'
import { memo } from 'react'
import type { Message } from '../extract/reading.ts'
import styles from './cards.module.css'
import type { Span } from './edit.ts'
import { count } from './kinds.ts'

export interface TimelineCardProps {
  readonly messages: readonly Message[] | null
  /** The text the messages were read in. */
  readonly text: string
  readonly onShow: (span: Span) => void
}

const MOST = 400

/** The messages of a chat in their order: who, when, what. Times are the chat's own. */
export const TimelineCard = memo(function TimelineCard({ messages, text, onShow }: TimelineCardProps) {
  if (messages === null || messages.length === 0) return null
  const speakers = new Set(messages.map(({ speaker }) => speaker))
  return (
    <section className={styles.card} aria-label="The chat in order of time">
      <header>
        <h2>
          {count(messages.length, 'message')} of {count(speakers.size, 'person', 'people')}
        </h2>
        <p>Times are those of the phone it was exported from.</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard (WCAG 2.1.1) */}
      <ol className={styles.line} tabIndex={0} aria-label="Messages">
        {messages.slice(0, MOST).map(({ speaker, at, start, end }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: places move with every letter typed before them; the n-th message stays the n-th
          <li key={i}>
            <time dateTime={at ?? undefined}>{at ? at.replace('T', ' ').slice(0, 16) : 'no time'}</time>
            <bdi className={styles.who}>{speaker}</bdi>
            <UnstyledButton className={styles.jump ?? ''} onClick={() => onShow({ start, end })}>
              <bdi>{text.slice(start, Math.min(end, start + 240))}</bdi>
            </UnstyledButton>
          </li>
        ))}
      </ol>
      {messages.length > MOST && (
        <p className="quiet small">The first {MOST} are shown; all are in the text.</p>
      )}
    </section>
  )
})
