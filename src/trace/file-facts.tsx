import { Button } from '@mantine/core'
import { countWords } from '../web/parts/words.ts'
import type { LedgerFile } from './ledger-file.ts'
import { timeWords } from './picture.ts'
import styles from './trace.module.css'

/** What the files are, which of their columns was taken for what, and what could not be read. */
export function FileFacts({
  file,
  onCorrect,
}: {
  readonly file: LedgerFile
  readonly onCorrect: () => void
}) {
  const { rows, accounts, begins, ends, mapping, rejected, rejectedCount, rounded, clock } = file.opened
  return (
    <div className={styles.facts}>
      <p>
        <strong>{file.name}</strong>: {countWords(rows, 'transaction')} between{' '}
        {countWords(accounts, 'account')}, {timeWords(begins)} to {timeWords(ends)}
        {clock === 'moment' && ' UTC'}.
      </p>
      {rounded > 0 && (
        <p>
          {countWords(rounded, 'amount')} had more decimals than {rounded === 1 ? 'its' : 'their'} currency
          has and {rounded === 1 ? 'was' : 'were'} rounded to its minor unit.
        </p>
      )}
      <details>
        <summary>
          Columns{rejectedCount > 0 && `, and ${countWords(rejectedCount, 'row')} that could not be read`}
        </summary>
        <ul>
          {mapping.map(({ ours, theirs, file: of = '' }) => (
            <li key={`${of} ${ours}`}>
              {of && `${of}, `}
              {ours.replaceAll('_', ' ')}: <code>{theirs}</code>
            </li>
          ))}
          {rejected.map(({ line, reason, file: of = '' }) => (
            <li key={`${of} ${line}`}>
              {of && `${of}, `}line {line}: {reason}
            </li>
          ))}
          {rejectedCount > rejected.length && <li>and {rejectedCount - rejected.length} more</li>}
        </ul>
        <Button size="xs" variant="default" onClick={onCorrect}>
          Correct the columns
        </Button>
      </details>
    </div>
  )
}
