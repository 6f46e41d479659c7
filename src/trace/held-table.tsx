import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useRef, useState } from 'react'
import { railsForHeld } from '../freeze/rails-for-held.ts'
import { handOver } from '../web/hand-over.ts'
import { lengthWords } from '../web/parts/duration.ts'
import { grouped } from '../web/parts/grouping.ts'
import list from '../web/parts/list.module.css'
import { useNow } from '../web/parts/use-now.ts'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { kindOf } from './account-kind.ts'
import { BeforeFreeze, BeforeFreezeButton } from './before-freeze.tsx'
import { ProtectMark, type Screened } from './holders-told.tsx'
import { type Held, METHODS, type Method } from './outcome.ts'
import { METHOD_WORDS, timeWords } from './picture.ts'
import { rankStoppable, type Stoppable } from './rank.ts'
import styles from './trace.module.css'
import { money } from './trace.ts'
import type { Answers } from './use-trace.ts'

/** Rows at first: the picture stands below them. */
const MOST_SHOWN = 10

interface Props {
  readonly answers: Answers
  readonly method: Method
  /** Name of the ledger file. */
  readonly file: string
  readonly trace: Screened
  /** The account whose ways are lit in the picture. */
  readonly lit: string | null
  readonly onLight: (account: string | null) => void
}

/** Where the money is by the three rules side by side, most worth stopping first. */
export function HeldTable({ answers, method, file, trace: screened, lit, onLight }: Props) {
  const body = useRef<HTMLTableElement>(null)
  useRowKeys(body)
  const [all, setAll] = useState(false)
  const [opened, setOpened] = useState<string | null>(null)
  const now = useNow()
  const ranked = useStoppable(answers, method, now)
  const shown = all ? ranked : ranked.slice(0, MOST_SHOWN)
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
            <Fragment key={keyOf(it)}>
              <tr data-row tabIndex={-1}>
                <th scope="row" className={styles.named}>
                  <AccountLink account={it.account} />{' '}
                  <ProtectMark account={it.account} protection={screened.protection} />
                  <button
                    type="button"
                    className={styles.light}
                    aria-pressed={lit === it.account}
                    aria-label={`Show the ways of ${it.account} in the picture`}
                    onClick={() => onLight(lit === it.account ? null : it.account)}
                  >
                    {lit === it.account ? 'shown' : 'show'}
                  </button>
                </th>
                <Amounts answers={answers} held={it} />
                <td data-name={backward ? 'It paid' : 'Last came'}>{cameWords(it)}</td>
                {!backward && (
                  <td data-name="What can stop it">
                    {railWords(it, now)}{' '}
                    <BeforeFreezeButton
                      found={{ file, traces, method, held: it }}
                      screened={screened}
                      open={opened === keyOf(it)}
                      onOpen={(open) => setOpened(open ? keyOf(it) : null)}
                    />
                  </td>
                )}
              </tr>
              {!backward && opened === keyOf(it) && (
                <tr>
                  <td colSpan={METHODS.length + 3}>
                    <BeforeFreeze found={{ file, traces, method, held: it }} screened={screened} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
          <Ends answers={answers} backward={backward} />
        </tbody>
      </table>
      {!all && ranked.length > MOST_SHOWN && (
        <Button size="xs" variant="default" mt="xs" onClick={() => setAll(true)}>
          Show {ranked.length - MOST_SHOWN} more
        </Button>
      )}
      {heldCount > ranked.length && (
        <p className="quiet small">
          {countWords(heldCount - ranked.length, 'account')} more with smaller amounts: the CSV has them all.
        </p>
      )}
      {trace.held.length === 0 && <p>By {METHOD_WORDS[method]} nothing of it is in any account any more.</p>}
    </>
  )
}

const keyOf = ({ account, currency }: Held) => `${account} ${currency}`

/** Hours are counted, and rails checked, at this moment. */
function useStoppable(answers: Answers, method: Method, now: number): Stoppable[] {
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
            country: kindOf(account) === 'iban' ? account.slice(0, 2) : null,
            kind: kindOf(account) === 'crypto_address' ? 'wallet' : 'bank_account',
          },
          new Date(now).toISOString(),
        )
  return rankStoppable(trace, { now, railsOf })
}

function Amounts({ answers, held }: { readonly answers: Answers; readonly held: Held }) {
  return METHODS.map((rule) => {
    const there = answers[rule].trace.held.find(
      ({ account, currency }) => account === held.account && currency === held.currency,
    )
    return (
      <td key={rule} className={list.number} data-name={METHOD_WORDS[rule]}>
        {there ? money(there.minor, there.currency) : '–'}
      </td>
    )
  })
}

/** What is in no account: it left the file, or went back to the one who lost it. */
function Ends({ answers, backward }: { readonly answers: Answers; readonly backward: boolean }) {
  const { currency } = answers.fifo.trace.stolen
  return (['lost', 'returned'] as const)
    .filter((end) => METHODS.some((it) => answers[it].trace[end] > 0))
    .map((end) => (
      <tr key={end} data-row tabIndex={-1}>
        <th scope="row">
          {backward ? 'paid in from outside' : end === 'lost' ? 'out of the file (lost)' : 'returned'}
        </th>
        {METHODS.map((rule) => (
          <td key={rule} className={list.number} data-name={METHOD_WORDS[rule]}>
            {money(answers[rule].trace[end], currency)}
          </td>
        ))}
        <td />
        {!backward && <td />}
      </tr>
    ))
}

/** One click asks whether the network knows the account. */
function AccountLink({ account }: { readonly account: string }) {
  const navigate = useNavigate()
  const pieces = grouped(kindOf(account), account)
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
      <bdi className={kindOf(account) === 'bank_account' ? undefined : styles.fours}>
        {kindOf(account) === 'bank_account'
          ? account
          : // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
            pieces.map((piece, i) => <span key={i}>{piece}</span>)}
      </bdi>
    </Link>
  )
}

function cameWords({ lastAt, hours, depth }: Stoppable): string {
  if (lastAt === null) return 'it was always here'
  const ago = hours === null ? '' : hours < 72 ? `, ${hours} h ago` : `, ${Math.floor(hours / 24)} days ago`
  return `${timeWords(lastAt)}${ago}, after ${countWords(depth, 'payment')}`
}

function railWords({ rails }: Stoppable, now: number): string {
  const open = rails.filter(({ standing, late }) => standing === 'open' && !late)
  if (open.length > 0)
    return open
      .map(({ name, deadline }) =>
        deadline ? `${name}, ${lengthWords(Date.parse(deadline) - now)} left` : name,
      )
      .join('; ')
  if (rails.length === 0) return 'no rail that is known to fit'
  const inTime = rails.filter(({ late }) => !late)
  return inTime.length === 0
    ? `${countWords(rails.length, 'rail')}, but the clocks have run out`
    : `perhaps ${countWords(inTime.length, 'rail')}: find out first`
}
