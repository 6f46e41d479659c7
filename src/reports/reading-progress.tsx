import { Button } from '@mantine/core'
import { Progress } from '../web/parts/progress.tsx'
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
      <Progress
        label="Reading the text"
        done={done}
        total={total}
        unit="letters"
        startedAt={startedAt}
        onCancel={acts.stop}
      />
    )
  const share = Math.floor((done / total) * 100)
  return (
    <p role="status" className="small">
      You stopped the reading at {share} %. What was found until there stands in the list.{' '}
      <Button size="compact-sm" variant="default" onClick={acts.again}>
        Read all of it
      </Button>
    </p>
  )
}
