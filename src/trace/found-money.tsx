import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { railsForHeld } from '../freeze/rails-for-held.ts'
import { handOver } from '../web/hand-over.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import list from '../web/parts/list.module.css'
import { useNow } from '../web/parts/use-now.ts'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import type { ExportKind, TraceWork } from '../web/trace-words.ts'
import type { Calls } from '../web/worker-calls.ts'
import { FlowPicture } from './flow-picture.tsx'
import { type Held, METHODS, type Method } from './outcome.ts'
import { METHOD_WORDS, timeWords } from './picture.ts'
import { rankStoppable, type Stoppable } from './rank.ts'
import { requestText } from './request-text.ts'
import { save, savePng } from './save.ts'
import styles from './trace.module.css'
import { money } from './trace.ts'
import type { Answers } from './use-trace.ts'

interface Props {
  readonly answers: Answers
  readonly calls: Calls<TraceWork>
  /** Name of the ledger file. */
  readonly file: string
}

/** The three rules side by side, most worth stopping first; the flow by the rule that is chosen; everything to take away. */
export function FoundMoney({ answers, calls, file }: Props) {
  const [method, setMethod] = useState<Method>('fifo')
  const answer = answers[method]
  const [failed, setFailed] = useState<unknown>(null)
  const take = async (kind: ExportKind | 'png') => {
    setFailed(null)
    try {
      const text = await calls.do('export', { method, kind: kind === 'png' ? 'svg' : kind })
      const name = `trace-${method}-${kind === 'held' || kind === 'hops' ? `${kind}.csv` : kind}`
      if (kind === 'png') await savePng(text, answer.picture)
      else save(text, name.replace(/-(svg|json)$/, '.$1'))
    } catch (error) {
      setFailed(error)
    }
  }
  return (
    <section aria-label="Where it is" aria-live="polite">
      <HeldTable answers={answers} method={method} file={file} />
      {[...new Set(METHODS.flatMap((it) => answers[it].trace.notes))].map((note) => (
        <p key={note} className="quiet small">
          {note}
        </p>
      ))}
      <div className={styles.tools}>
        <NativeSelect
          label="Picture, payments and exports by"
          value={method}
          data={METHODS.map((value) => ({ value, label: METHOD_WORDS[value] }))}
          onChange={({ currentTarget }) => setMethod(currentTarget.value as Method)}
        />
        {(
          [
            ['svg', 'SVG'],
            ['png', 'PNG'],
            ['held', 'CSV of accounts'],
            ['hops', 'CSV of payments'],
            ['json', 'JSON'],
          ] as const
        ).map(([kind, label]) => (
          <Button key={kind} size="xs" variant="default" onClick={() => void take(kind)}>
            {label}
          </Button>
        ))}
      </div>
      {failed !== null && <ErrorNote error={failed} what="Nothing was saved" />}
      <FlowPicture picture={answer.picture} />
      {answer.folded > 0 && (
        <p className="quiet small">
          {countWords(answer.folded, 'account')} with the smallest amounts are drawn as one; the tables have
          each of them.
        </p>
      )}
      <Payments answers={answers} method={method} />
    </section>
  )
}

/** Hours are counted, and rails checked, at this moment. */
function useStoppable(answers: Answers, method: Method): Stoppable[] {
  const now = useNow()
  const { data } = useQuery(queries.rails())
  const rails = data?.rails ?? []
  const { trace } = answers[method]
  const railsOf = ({ account, minor, currency, lastAt }: Held) =>
    trace.direction === 'backward'
      ? []
      : railsForHeld(
          rails,
          {
            minor,
            currency,
            lastAt: typeof lastAt === 'string' ? lastAt : null,
            country: /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account) ? account.slice(0, 2) : null,
            kind: /^(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33})$/.test(account)
              ? 'wallet'
              : 'bank_account',
          },
          new Date(now).toISOString(),
        )
  return rankStoppable(trace, { now, railsOf })
}

const MOST_SHOWN = 20

interface HeldProps {
  readonly answers: Answers
  readonly method: Method
  readonly file: string
}

function HeldTable({ answers, method, file }: HeldProps) {
  const body = useRef<HTMLTableElement>(null)
  useRowKeys(body)
  const [all, setAll] = useState(false)
  const ranked = useStoppable(answers, method)
  const shown = all ? ranked : ranked.slice(0, MOST_SHOWN)
  const amounts = (it: Method, { account, currency }: Held) =>
    answers[it].trace.held.find((one) => one.account === account && one.currency === currency)
  const { trace, heldCount } = answers[method]
  const backward = trace.direction === 'backward'
  const traces = { fifo: answers.fifo.trace, haircut: answers.haircut.trace, poison: answers.poison.trace }
  return (
    <>
      <table className={list.table} ref={body}>
        <caption className="unseen">
          {backward ? 'Whose money it was' : 'Where the money is now'}, by three rules, most worth stopping
          first
        </caption>
        <thead>
          <tr>
            <th scope="col">Account</th>
            {METHODS.map((it) => (
              <th key={it} scope="col" className={list.number} aria-current={it === method || undefined}>
                {METHOD_WORDS[it]}
              </th>
            ))}
            <th scope="col">{backward ? 'It paid' : 'Last came'}</th>
            {!backward && <th scope="col">What can stop it</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((it) => (
            <tr key={`${it.account} ${it.currency}`} data-row tabIndex={-1}>
              <th scope="row">
                <AccountLink account={it.account} />
              </th>
              {METHODS.map((rule) => {
                const there = amounts(rule, it)
                return (
                  <td key={rule} className={list.number} data-name={METHOD_WORDS[rule]}>
                    {there ? money(there.minor, there.currency) : '–'}
                  </td>
                )
              })}
              <td data-name={backward ? 'It paid' : 'Last came'}>{cameWords(it)}</td>
              {!backward && (
                <td data-name="What can stop it">
                  {railWords(it)} <FreezeLink found={{ file, traces, method, held: it }} />
                </td>
              )}
            </tr>
          ))}
          {(['lost', 'returned'] as const)
            .filter((end) => METHODS.some((it) => answers[it].trace[end] > 0))
            .map((end) => (
              <tr key={end} data-row tabIndex={-1}>
                <th scope="row">
                  {backward ? 'paid in from outside' : end === 'lost' ? 'out of the file (lost)' : 'returned'}
                </th>
                {METHODS.map((rule) => (
                  <td key={rule} className={list.number} data-name={METHOD_WORDS[rule]}>
                    {money(answers[rule].trace[end], trace.stolen.currency)}
                  </td>
                ))}
                <td />
                {!backward && <td />}
              </tr>
            ))}
        </tbody>
      </table>
      {!all && ranked.length > MOST_SHOWN && (
        <Button size="xs" variant="default" onClick={() => setAll(true)}>
          Show {ranked.length - MOST_SHOWN} more
        </Button>
      )}
      {heldCount > ranked.length && (
        <p className="quiet small">
          {countWords(heldCount - ranked.length, 'account')} more with smaller amounts: the CSV has them all.
        </p>
      )}
    </>
  )
}

/** One click begins a report with account, amount and time in it; who can act and the request follow from those. */
function FreezeLink({ found }: { readonly found: Parameters<typeof requestText>[0] }) {
  const navigate = useNavigate()
  return (
    <Link
      to="/reports/new"
      search={{}}
      aria-label={`Ask to freeze ${money(found.held.minor, found.held.currency)} on ${found.held.account}`}
      onClick={(event) => {
        event.preventDefault()
        handOver(requestText(found), 'report')
        void navigate({ to: '/reports/new', search: {} })
      }}
    >
      Ask to freeze
    </Link>
  )
}

/** One click asks whether the network knows the account. */
function AccountLink({ account }: { readonly account: string }) {
  const navigate = useNavigate()
  return (
    <Link
      to="/know"
      className="mono"
      title="Ask whether it is known to the network"
      onClick={(event) => {
        event.preventDefault()
        void navigate({ to: '/know' }).then(() => handOver(account))
      }}
    >
      <bdi>{account}</bdi>
    </Link>
  )
}

function cameWords({ lastAt, hours, depth }: Stoppable): string {
  if (lastAt === null) return 'it was always here'
  const ago = hours === null ? '' : hours < 72 ? `, ${hours} h ago` : `, ${Math.floor(hours / 24)} days ago`
  return `${timeWords(lastAt)}${ago}, after ${countWords(depth, 'payment')}`
}

function railWords({ rails }: Stoppable): string {
  const open = rails.filter(({ standing, late }) => standing === 'open' && !late)
  if (open.length > 0)
    return open
      .map(({ name, deadline }) => (deadline ? `${name}, until ${timeWords(deadline)} UTC` : name))
      .join('; ')
  if (rails.length === 0) return 'no rail that is known to fit'
  return rails.every(({ late }) => late)
    ? `${countWords(rails.length, 'rail')}, but the clocks have run out`
    : `perhaps ${countWords(rails.length, 'rail')}: find out first`
}

function Payments({ answers, method }: { readonly answers: Answers; readonly method: Method }) {
  const { trace, hopCount } = answers[method]
  return (
    <details className={styles.payments}>
      <summary>
        {countWords(hopCount, 'payment')} carried it, by {METHOD_WORDS[method]}
      </summary>
      <table className={list.table}>
        <caption className="unseen">Payments that carried the money, in the order they were booked</caption>
        <thead>
          <tr>
            <th scope="col">Booked</th>
            <th scope="col">Transaction</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" className={list.number}>
              Of it
            </th>
            <th scope="col" className={list.number}>
              Whole payment
            </th>
          </tr>
        </thead>
        <tbody>
          {trace.hops.map((it) => (
            <tr key={it.row} data-row tabIndex={-1}>
              <td data-name="Booked">{timeWords(it.at)}</td>
              <td data-name="Transaction">{it.transaction}</td>
              <td data-name="From">{it.from ?? '–'}</td>
              <td data-name="To">{it.to ?? 'out of the file'}</td>
              <td className={list.number} data-name="Of it">
                {money(it.minor, it.currency)}
              </td>
              <td className={list.number} data-name="Whole payment">
                {money(it.amount, it.currency)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {hopCount > trace.hops.length && (
        <p className="quiet small">
          The first {trace.hops.length} are shown; the CSV of payments has them all.
        </p>
      )}
    </details>
  )
}
