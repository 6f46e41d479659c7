import { Button } from '@mantine/core'
import { type RefObject, useMemo, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import type { Payment, ScreenWork } from '../web/screen-words.ts'
import type { Calls } from '../web/worker-calls.ts'
import { BeforeActing } from './before-acting.tsx'
import { ReportedPayments } from './reported-payments.tsx'
import styles from './screen.module.css'
import type { Alert, Case, Screening } from './screen.ts'
import { BAND_WORDS } from './screen-parts.ts'

/** Null for a book that is not on this device: nothing more can be asked of it. */
type Worker = RefObject<Calls<ScreenWork> | null> | null
const AT_ONCE = 100

/** Accounts by case score, each with everything that was found on it. The order is all that the score means. */
export function CaseList({ found, calls }: { readonly found: Screening; readonly calls: Worker }) {
  const [shown, setShown] = useState(AT_ONCE)
  const by = useMemo(() => Map.groupBy(found.alerts, (it) => it.account), [found])
  if (found.cases.length === 0) return null
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">Accounts, most worth looking at first</h2>
      <p className="quiet small">The order says what to look at first. It decides nothing about anybody.</p>
      <ol className={styles.cases}>
        {found.cases.slice(0, shown).map((it) => (
          <li key={it.account}>
            <OneCase it={it} alerts={by.get(it.account) ?? []} found={found} calls={calls} />
          </li>
        ))}
      </ol>
      {found.cases.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + AT_ONCE)}>
          Show more ({found.cases.length - shown} accounts)
        </Button>
      )}
    </section>
  )
}

interface OneProps {
  readonly it: Case
  readonly alerts: readonly Alert[]
  readonly found: Screening
  readonly calls: Worker
}

/** Opened, it is built: a thousand closed cases cost nothing. */
function OneCase({ it, alerts, found, calls }: OneProps) {
  const [open, setOpen] = useState(false)
  return (
    <details className={styles.case} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <code>{it.account}</code>
        <span className={styles.band} data-band={it.band}>
          {BAND_WORDS[it.band]}
        </span>
        {it.protectFirst && <strong className={styles.protect}>protection first</strong>}
        <span className={styles.names}>{alerts.map(({ name }) => name).join('; ')}</span>
      </summary>
      {open && (
        <div className={styles.inside}>
          {alerts.map((alert) => (
            <OneAlert key={alert.rule} it={alert} calls={calls} />
          ))}
          <BeforeActing it={it} alerts={alerts} found={found} calls={calls} />
        </div>
      )}
    </details>
  )
}

function OneAlert({ it, calls }: { readonly it: Alert; readonly calls: Worker }) {
  const [payments, setPayments] = useState<readonly Payment[] | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const show = async () => {
    setFailed(null)
    try {
      setPayments((await calls?.current?.do('payments', { ids: it.transactions })) ?? null)
    } catch (error) {
      setFailed(error)
    }
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
      {it.transactions.length > 0 && calls && !payments && (
        <Button size="xs" variant="default" onClick={() => void show()}>
          Show {countWords(it.transactions.length, 'payment')}
        </Button>
      )}
      {failed !== null && <ErrorNote error={failed} what="The payments were not found" />}
      {payments && <ReportedPayments payments={payments} more={more} />}
    </section>
  )
}
