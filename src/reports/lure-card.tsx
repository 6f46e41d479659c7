import { UnstyledButton } from '@mantine/core'
import { memo } from 'react'
import type { Lure, LureLevel } from '../assess/lure.ts'
import styles from './cards.module.css'
import type { Span } from './edit.ts'
import { count } from './kinds.ts'

const HEADLINES: Record<LureLevel, string> = {
  none: 'A job advertisement without signs of a lure',
  low: 'A job advertisement with few signs of a lure',
  medium: 'A job advertisement with several signs of a lure',
  high: 'A job advertisement with strong signs of a lure',
}

export interface LureCardProps {
  readonly lure: Lure | null
  readonly onShow: (span: Span) => void
}

/** How far an advertisement looks like a lure, by the lines that say so, and what to check before anybody travels. */
export const LureCard = memo(function LureCard({ lure, onShow }: LureCardProps) {
  if (lure === null) return null
  const { level, reasons, checks } = lure
  return (
    <section className={styles.card} aria-label="The advertisement">
      <header>
        <h2>{HEADLINES[level]}</h2>
        <p>
          {count(reasons.length, 'sign')} in its words; it says nothing about who wrote or answered it. No
          sign does not make a journey safe.
        </p>
      </header>
      <ul className={styles.said}>
        {reasons.map(({ id, name, why, line, start, end }) => (
          <li key={id}>
            <h3>{name}</h3>
            <p className="quiet small">{why}</p>
            <blockquote>
              <UnstyledButton className={styles.jump ?? ''} onClick={() => onShow({ start, end })}>
                <bdi>{line}</bdi>
              </UnstyledButton>
            </blockquote>
          </li>
        ))}
      </ul>
      <div>
        <h3>Check before travelling</h3>
        <ol>
          {checks.map((check) => (
            <li key={check}>{check}</li>
          ))}
        </ol>
      </div>
    </section>
  )
})
