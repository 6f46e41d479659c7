import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { DropPlace } from '../web/parts/drop-place.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { Progress } from '../web/parts/progress.tsx'
import { useUndo } from '../web/parts/undo.tsx'
import { countWords } from '../web/parts/words.ts'
import { takeTrace } from '../web/trace-start.ts'
import { AskForm } from './ask-form.tsx'
import { ColumnForm } from './column-form.tsx'
import { FileFacts } from './file-facts.tsx'
import { FoundMoney } from './found-money.tsx'
import { money } from './trace.ts'
import { useTrace } from './use-trace.ts'

type TraceState = ReturnType<typeof useTrace>

/** Where stolen money is now: ledger files, read on this device, and three rules side by side. */
export function TracePage() {
  const trace = useTrace()
  const { file, unnamed, reading, answers, method, busy, error, asked, begun } = trace
  const input = useRef<HTMLInputElement>(null)
  const { offer, note } = useUndo()
  const choose = () => input.current?.click()
  useEffect(() => {
    const handed = takeTrace()
    if (handed) void trace.begin(handed)
  }, [trace.begin])
  const close = () => {
    if (!file) return
    const { undo, forget } = trace.close()
    offer(`${file.name} closed.`, { commit: forget, undo })
  }
  const title = headlineOf(trace)
  return (
    <DropPlace onFiles={(files) => void trace.open(files)}>
      <Headline
        title={title}
        below={
          <>
            The file is read on this device and nothing of it leaves this page. What was booked in requests is
            under <Link to="/ledger">Ledger</Link>.
          </>
        }
        action={
          !file && !reading && !unnamed ? (
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
        multiple
        accept=".csv,.gz,.xml,.txt,.parquet,.yaml,.yml,text/csv,application/xml"
        aria-label="Ledger file"
        hidden
        onChange={({ currentTarget }) => {
          const chosen = [...(currentTarget.files ?? [])]
          currentTarget.value = ''
          if (chosen.length > 0) void trace.open(chosen)
        }}
      />
      {note}
      {reading && (
        <Progress
          label={`Reading ${reading.name}: ${countWords(reading.rows, 'row')}`}
          done={reading.bytes / 1e6}
          total={reading.total / 1e6}
          unit="MB"
          startedAt={reading.startedAt}
          onCancel={trace.cancel}
        />
      )}
      {error && !answers && <ErrorNote error={error.error} what={error.what} />}
      {unnamed && (
        <ColumnForm
          {...unnamed}
          onRead={(it) => void trace.read(it)}
          onLeave={() => {
            trace.forgetNames()
            choose()
          }}
        />
      )}
      {!file && !reading && !unnamed && <Teach />}
      {file && !unnamed && !reading && (
        <>
          <FileFacts file={file} onCorrect={() => void trace.correct()} />
          <AskForm
            key={`${file.name} ${begun}`}
            {...{ file, asked, busy }}
            onAsk={(it) => void trace.ask(it)}
          />
          {error && answers && <ErrorNote error={error.error} what={error.what} />}
          {answers && <FoundMoney {...{ answers, method, trace }} file={file} onMethod={trace.show} />}
        </>
      )}
    </DropPlace>
  )
}

function Teach() {
  return (
    <EmptyState title="Open a ledger, say which account the money left and when.">
      Transactions as CSV, Parquet or an ISO 20022 message (pacs.008, camt.053), also packed with gzip, one
      file or several: a time, an amount, a payer and a payee account; a currency and an id if it has them. If
      its columns go by names of their own, you say which is which, or choose a mapping file with it. You see
      how much is where now, by first in first out, by haircut and by poison, because courts differ, and what
      can still be stopped.
    </EmptyState>
  )
}

function headlineOf({ file, unnamed, answers }: TraceState): string {
  if (unnamed) return 'Which column is which?'
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
