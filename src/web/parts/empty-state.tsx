import type { ReactNode } from 'react'
import styles from './notes.module.css'

export interface EmptyStateProps {
  /** A sentence: “No request waits for you.” */
  readonly title: string
  /** What will stand here, and when. */
  readonly children?: ReactNode
  readonly action?: ReactNode
}

/** An empty list that teaches. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action && <div>{action}</div>}
    </div>
  )
}
