import { Progress as Bar, Button } from '@mantine/core'
import { lengthWords } from './duration.ts'
import styles from './progress.module.css'

export interface ProgressProps {
  /** What is being done: “Sealing 3 files”. */
  readonly label: string
  readonly done: number
  /** Left out or 0: how much there is is not known yet. */
  readonly total?: number | undefined
  /** What is counted, e.g. `MB`. */
  readonly unit: string
  /** ms since 1970. */
  readonly startedAt: number
  readonly onCancel?: (() => void) | undefined
  /** What cancelling is called where it does not undo anything. */
  readonly cancelWords?: string
}

/** Long work: how far, how fast, how long still, and a way out. */
export function Progress(props: ProgressProps) {
  const { label, done, total = 0, unit, startedAt, onCancel, cancelWords = 'Cancel' } = props
  const seconds = (Date.now() - startedAt) / 1_000
  const rate = seconds > 0.5 ? done / seconds : 0
  const left = rate > 0 && total > 0 ? ((total - done) / rate) * 1_000 : null
  const share = total > 0 ? Math.min(100, (done / total) * 100) : 100
  return (
    <div className={styles.root}>
      <div className={styles.line}>
        <span>{label}</span>
        <span className="figures quiet">
          {amount(done)}
          {total > 0 && ` of ${amount(total)}`} {unit}
          {rate > 0 && `, ${amount(rate)} ${unit}/s`}
          {left !== null && done < total && `, ${lengthWords(left)} left`}
        </span>
        {onCancel && (
          <Button size="compact-sm" variant="default" onClick={onCancel}>
            {cancelWords}
          </Button>
        )}
      </div>
      <Bar
        value={share}
        color="info"
        size="sm"
        aria-label={label}
        striped={total <= 0}
        animated={total <= 0}
      />
    </div>
  )
}

function amount(it: number): string {
  return it >= 10 || Number.isInteger(it) ? Math.round(it).toLocaleString('en') : it.toFixed(1)
}
