import { Button } from '@mantine/core'
import { useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { ExportButton } from '../web/parts/export-button.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import type { OpenedBook } from '../web/screen-words.ts'
import type { LookedAt } from './look.ts'
import { saveText } from './save-text.ts'
import styles from './screen.module.css'
import type { Screening } from './screen.ts'
import { type Verdicts, verdictRows } from './verdicts.ts'

interface Props {
  readonly book: OpenedBook
  readonly found: Screening
  readonly looked: readonly LookedAt[]
  readonly verdicts: Verdicts
  readonly names: Readonly<Record<string, string>>
  /** Every reject as a CSV. */
  readonly rejects: () => Promise<string>
}

/** What was read, what could not be, what could not be judged; and all of it to take away. */
export function ReadBook({ book, found, looked, verdicts, names, rejects }: Props) {
  const [failed, setFailed] = useState<unknown>(null)
  const saveRejects = async () => {
    setFailed(null)
    try {
      saveText(await rejects(), { name: 'rejects.csv', type: 'text/csv' })
    } catch (error) {
      setFailed(error)
    }
  }
  const { rows, accounts, notes, rejectedCount, rejected } = book
  return (
    <div className={styles.facts}>
      <p>
        {countWords(rows, 'transaction')}
        {accounts !== null && ` between ${countWords(accounts, 'account')}`};{' '}
        {countWords(found.alerts.length, 'alert')}.
        {rejectedCount > 0 &&
          ` ${capital(countWords(rejectedCount, 'row'))} could not be read and ${rejectedCount === 1 ? 'was' : 'were'} left out.`}
      </p>
      <div className={styles.tools}>
        <ExportButton name="alerts" rows={() => exported(found, names, verdicts)} />
        {Object.keys(verdicts).length > 0 && (
          <ExportButton name="labels" label="Save what you decided" rows={() => verdictRows(verdicts)} />
        )}
        {rejectedCount > 0 && (
          <Button size="xs" variant="default" onClick={() => void saveRejects()}>
            Save the rows that could not be read
          </Button>
        )}
      </div>
      {failed !== null && <ErrorNote error={failed} what="Nothing was saved" />}
      <details>
        <summary>How it was read, and what could not be judged</summary>
        <ul>
          {looked.map((it) => (
            <li key={it.name}>
              {it.name}: {it.kind}:{' '}
              {Object.entries(it.columns)
                .map(([ours, theirs]) => `${ours} from ${theirs}`)
                .join(', ')}
            </li>
          ))}
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
          {rejected.map(({ file, line, reason }) => (
            <li key={`${file}:${line}:${reason}`}>
              {file}, line {line}: {reason}
            </li>
          ))}
          {rejectedCount > rejected.length && <li>and {rejectedCount - rejected.length} more such rows</li>}
          {found.missing.map(({ rule, name, needs }) => (
            <li key={rule}>
              Not judged, because the files do not say: {rule} {name} (it needs {needs.join(', ')})
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

function exported({ alerts }: Screening, names: Props['names'], verdicts: Verdicts): (string | number)[][] {
  const head =
    'account,holder,rule,version,name,score,band,reason,quiet if,from,to,transactions,decided,why'.split(',')
  return [
    head,
    ...alerts.map((it) => [
      ...[it.account, names[it.account] ?? '', it.rule, it.version, it.name, it.score, it.band],
      ...[it.reason, it.quietIf, it.from, it.to, it.transactions.join(' ')],
      ...[verdicts[it.account]?.is ?? '', verdicts[it.account]?.why ?? ''],
    ]),
  ]
}
