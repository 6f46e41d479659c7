import { Button } from '@mantine/core'
import { asHouseError } from '../use-act.ts'
import { WarnIcon } from './icons.tsx'
import styles from './notes.module.css'
import { capital } from './words.ts'

export interface ErrorNoteProps {
  readonly error: unknown
  /** What was being done, e.g. “The request was not sent”; stands before the reason. */
  readonly what?: string
  readonly onRetry?: (() => unknown) | undefined
}

/** Stands where the error belongs; says what happened, to what, and what to do. Nothing typed is lost. */
export function ErrorNote({ error, what, onRetry }: ErrorNoteProps) {
  const { message } = asHouseError(error)
  return (
    <div className={styles.error} role="alert">
      <WarnIcon />
      <p>
        {what ? `${what}: ${message}` : capital(message)}
        {/[.!?]$/.test(message) ? '' : '.'}
      </p>
      {onRetry && (
        <Button size="xs" variant="default" onClick={() => void onRetry()}>
          Try again
        </Button>
      )}
    </div>
  )
}
