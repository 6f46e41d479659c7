import { type ReactNode, useEffect } from 'react'
import styles from './headline.module.css'

export interface HeadlineProps {
  /** A sentence that states the matter: “S$48,200 at risk, 61 hours left”. */
  readonly children: ReactNode
  /** The same in plain text, for the window's title; needed when `children` is more than text. */
  readonly title?: string
  /** The one next action, an ember button (`NextAction`). */
  readonly action?: ReactNode
  /** Small, above: reference, marking, status. */
  readonly above?: ReactNode
  /** Small, below: one sentence more. */
  readonly below?: ReactNode
}

/** The one headline of a page, with the one next action at its right. */
export function Headline({ children, title, action, above, below }: HeadlineProps) {
  const words = title ?? (typeof children === 'string' ? children : 'Firebreak')
  useEffect(() => {
    document.title = `${words} · Firebreak`
  }, [words])
  return (
    <header className={styles.head}>
      <div className={styles.words}>
        {above && <div className={styles.above}>{above}</div>}
        <h1 tabIndex={-1}>{children}</h1>
        {below && <div className={styles.below}>{below}</div>}
      </div>
      {action && <div className={styles.action}>{action}</div>}
    </header>
  )
}
