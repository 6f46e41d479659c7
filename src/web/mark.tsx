import styles from './mark.module.css'

/** The mark: a short line broken by a gap. */
export function Mark() {
  return (
    <span className={styles.mark}>
      <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden="true">
        <path d="M2 16h11M19 16h11" stroke="currentColor" strokeWidth="4" />
      </svg>
      <span>Firebreak</span>
    </span>
  )
}
