import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { DropPlace } from '../web/parts/drop-place.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { Progress } from '../web/parts/progress.tsx'
import { countWords } from '../web/parts/words.ts'
import { AskForm } from './ask-form.tsx'
import { FoundMoney } from './found-money.tsx'
import type { LedgerFile } from './ledger-file.ts'
import { timeWords } from './picture.ts'
import styles from './trace.module.css'
import { money } from './trace.ts'
import { type Answers, useTrace } from './use-trace.ts'

/** Where stolen money is now: a ledger file, read on this device, and three rules side by side. */
export function TracePage() {
  const { file, reading, answers, busy, error, open, ask, close } = useTrace()
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  const title = headlineOf(file, answers)
  return (
    <DropPlace onFiles={([first]) => first && void open(first)}>
      <Headline
        title={title}
        below={
          <>
            The file is read on this device and nothing of it leaves this page. What was booked in requests is
            under <Link to="/ledger">Ledger</Link>.
          </>
        }
        action={
          !file && !reading ? (
            <NextAction onClick={choose}>Choose a ledger file</NextAction>
          ) : (
            file && (
              <Button variant="default" onClick={close}>
                Close {file.name}
              </Button>
            )
          )
        }
      >
        {title}
      </Headline>
      <input
        ref={input}
        type="file"
        accept=".csv,.gz,.xml,text/csv,application/xml"
        aria-label="Ledger file"
        hidden
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? []
          currentTarget.value = ''
          if (chosen) void open(chosen)
        }}
      />
      {reading && (
        <Progress
          label={`Reading ${reading.name}: ${countWords(reading.rows, 'row')}`}
          done={reading.bytes / 1e6}
          total={reading.total / 1e6}
          unit="MB"
          startedAt={reading.startedAt}
          onCancel={close}
        />
      )}
      {!file && error && <ErrorNote error={error.error} what={error.what} />}
      {!file && !reading && (
        <EmptyState title="Open a ledger, say which account the money left and when.">
          A CSV of transactions or an ISO 20022 message (pacs.008, camt.053), also packed with gzip: a time,
          an amount, a payer and a payee account; a currency and an id if it has them. You see how much is
          where now, by first in first out, by haircut and by poison, because courts differ, and what can
          still be stopped. For Parquet, and for columns that go by names of their own:{' '}
          <code>npx firebreak trace</code>.
        </EmptyState>
      )}
      {file && <FileFacts file={file} />}
      {file && <AskForm opened={file.opened} busy={busy} onAsk={(it) => void ask(it)} />}
      {file && error && <ErrorNote error={error.error} what={error.what} />}
      {file && answers && <FoundMoney answers={answers} calls={file.calls} file={file.name} />}
    </DropPlace>
  )
}

function headlineOf(file: LedgerFile | null, answers: Answers | null): string {
  if (!answers) return file ? 'Which account did the money leave?' : 'Where is the money now?'
  const { trace, heldCount } = answers.fifo
  const { stolen, from, direction, totals } = trace
  const whole = money(stolen.minor, stolen.currency)
  if (direction === 'backward')
    return `${whole} that reached ${from}: it was the money of ${countWords(heldCount, 'account')}`
  const there = totals.filter(({ held }) => held > 0).map(({ held, currency }) => money(held, currency))
  if (there.length === 0) return `Of ${whole} from ${from} nothing is left in this file`
  return `${there.join(' and ')} of ${whole} is still there, in ${countWords(heldCount, 'account')}`
}

/** What the file is, which of its columns was taken for what, and what could not be read. */
function FileFacts({ file: { name, opened } }: { readonly file: LedgerFile }) {
  const { rows, accounts, begins, ends, mapping, rejected, rejectedCount } = opened
  return (
    <div className={styles.facts}>
      <p>
        <strong>{name}</strong>: {countWords(rows, 'transaction')} between {countWords(accounts, 'account')},{' '}
        {timeWords(begins)} to {timeWords(ends)}
        {opened.clock === 'moment' && ' UTC'}.
      </p>
      <details>
        <summary>
          Columns{rejectedCount > 0 && `, and ${countWords(rejectedCount, 'row')} that could not be read`}
        </summary>
        <ul>
          {mapping.map(({ ours, theirs }) => (
            <li key={ours}>
              {ours.replaceAll('_', ' ')}: <code>{theirs}</code>
            </li>
          ))}
          {rejected.map(({ line, reason }) => (
            <li key={line}>
              Line {line}: {reason}
            </li>
          ))}
          {rejectedCount > rejected.length && <li>and {rejectedCount - rejected.length} more</li>}
        </ul>
      </details>
    </div>
  )
}
