import type { ReactNode } from 'react'
import { Mark } from './mark.tsx'
import { ThemeSwitch } from './theme-switch.tsx'
import styles from './threshold.module.css'

/** The frame before the sign-in: the mark, one column, nothing else. */
export function Threshold({
  children,
  wide = false,
}: {
  readonly children: ReactNode
  readonly wide?: boolean
}) {
  return (
    <div className={styles.threshold}>
      <header className={styles.top}>
        <Mark />
        <ThemeSwitch />
      </header>
      {/* Nothing is drawn before it is known, so that nothing moves afterwards. */}
      {children && (
        <main className={wide ? `${styles.column} ${styles.wide}` : styles.column}>{children}</main>
      )}
    </div>
  )
}
