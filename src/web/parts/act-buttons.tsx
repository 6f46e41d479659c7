import { Button } from '@mantine/core'
import styles from './act-buttons.module.css'
import { NextAction } from './next-action.tsx'

export interface ActButtonsProps {
  readonly label: string
  readonly busy: boolean
  readonly disabled?: boolean
  readonly onEnd: () => void
}

/** The one ember button of an open form, and the way out of it. */
export function ActButtons({ label, busy, disabled = false, onEnd }: ActButtonsProps) {
  return (
    <div className={styles.buttons}>
      <NextAction type="submit" size="sm" loading={busy} disabled={disabled}>
        {label}
      </NextAction>
      <Button variant="default" onClick={onEnd}>
        Not now
      </Button>
    </div>
  )
}
