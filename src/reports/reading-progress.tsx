import { Button } from '@mantine/core'
import { Progress } from '../web/parts/progress.tsx'
import styles from './editor.module.css'
import type { LongActs, LongReading } from './use-reading.ts'

/** How far a long text is read, with a way out; nothing for a text that is read at once. */
export function ReadingProgress({
  long,
  acts,
}: {
  readonly long: LongReading | null
  readonly acts: LongActs
}) {
  if (long === null) return null
  const { done, total, startedAt, stopped } = long
  if (!stopped)
    return (
      <div className={styles.reading}>
        <Progress
          label="Reading the text"
          done={done}
          total={total}
          unit="letters"
          startedAt={startedAt}
          onCancel={acts.stop}
          cancelWords="Stop reading"
        />
      </div>
    )
  const share = Math.floor((done / total) * 100)
  return (
    <div className={styles.reading} data-stopped>
      <p role="status" className="small">
        The reading was stopped at {share} %.{' '}
        {share > 0 ? 'What was found until there stands in the list.' : 'Nothing of it is in the list yet.'}
      </p>
      <Button size="compact-sm" variant="default" onClick={acts.again}>
        Read all of it
      </Button>
    </div>
  )
}
