import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useState } from 'react'
import { HouseError } from '../core/errors.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import type { Payment, ScreenWork } from '../web/screen-words.ts'
import { handTrace } from '../web/trace-start.ts'
import type { Calls } from '../web/worker-calls.ts'
import { filesToFollow, followStart } from './follow-start.ts'
import { protectionOf } from './protection.ts'
import { ReportedPayments } from './reported-payments.tsx'
import styles from './screen.module.css'
import type { Alert } from './screen.ts'
import type { useScreen } from './use-screen.ts'

interface Props {
  readonly it: Alert
  readonly screen: ReturnType<typeof useScreen>
  /** Null for a book that is not on this device: nothing more can be asked of it. */
  readonly calls: RefObject<Calls<ScreenWork> | null> | null
}

/** What happened, how far beyond the line, what would have kept it quiet, its payments, and where the money went from there. */
export function OneAlert({ it, screen, calls }: Props) {
  const [payments, setPayments] = useState<readonly Payment[] | null>(null)
  const [failed, setFailed] = useState<{ readonly what: string; readonly error: unknown } | null>(null)
  const navigate = useNavigate()
  const get = async () => payments ?? (await calls?.current?.do('payments', { ids: it.transactions })) ?? null
  const attempt = async (what: string, act: () => Promise<void>) => {
    setFailed(null)
    await act().catch((error: unknown) => setFailed({ what, error }))
  }
  const follow = async () => {
    const ask = followStart(it, (await get()) ?? [])
    if (!ask) throw new HouseError('invalid', 'none of these payments moves money of this account')
    const { files, looked } = screen
    handTrace({
      ask,
      files: filesToFollow(files, { looked, said: screen.said() }),
      protection: protectionOf(
        [screen.base, screen.found].filter((one) => one !== null),
        screen.rules.map(({ id }) => id),
      ),
    })
    await navigate({ to: '/trace' })
  }
  const more = it.transactionCount - it.transactions.length
  return (
    <section className={styles.alert} aria-label={it.name}>
      <h3>
        {it.name}{' '}
        <span className="quiet small">
          {it.rule} version {it.version}
        </span>
      </h3>
      <p>{it.reason}</p>
      {it.times > 1 && (
        <p className="quiet">It fired {it.times} times on this account; this is the strongest.</p>
      )}
      <p className="quiet">Quiet if {it.quietIf}</p>
      {it.transactions.length > 0 && !calls && (
        <p className="quiet small">
          {capital(countWords(it.transactionCount, 'payment'))}: {it.transactions.slice(0, 20).join(', ')}
          {it.transactionCount > 20 && ` and ${it.transactionCount - 20} more`}
        </p>
      )}
      {it.transactions.length > 0 && calls && (
        <div className={styles.tools}>
          {!payments && (
            <Button
              size="xs"
              variant="default"
              onClick={() =>
                void attempt('The payments were not found', async () => setPayments(await get()))
              }
            >
              Show {countWords(it.transactions.length, 'payment')}
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            aria-label={`Follow this money: ${it.name}`}
            onClick={() => void attempt('The money was not followed', follow)}
          >
            Follow this money
          </Button>
        </div>
      )}
      {failed && <ErrorNote error={failed.error} what={failed.what} />}
      {payments && <ReportedPayments payments={payments} more={more} />}
    </section>
  )
}
