import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { formatMoney } from '../core/money.ts'
import { failureOf } from '../web/failure.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { ExportButton } from '../web/parts/export-button.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { Money, MoneyBar } from '../web/parts/money.tsx'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMay } from '../web/session.ts'
import styles from './ledger.module.css'
import type { Ledger } from './shapes.ts'

type Total = z.infer<typeof Ledger>['totals'][number]

/** Where the money of every request stands that this organisation takes part in; each currency for itself. */
export function LedgerPage() {
  const mayRead = useMay('freeze.read')
  const ledger = useQuery({ ...queries.ledger(), enabled: mayRead })
  if (!mayRead) return <NoLedger />
  const failed = failureOf(ledger)
  if (failed) return <ErrorNote error={failed} onRetry={() => ledger.refetch()} />
  if (!ledger.data) return null
  const totals = [...ledger.data.totals].sort((a, b) => a.currency.localeCompare(b.currency))
  if (totals.length === 0)
    return (
      <>
        <Headline>No money is in your ledger yet</Headline>
        <EmptyState
          title="The first freeze request brings the first line."
          action={<Link to="/">Go to your desk</Link>}
        >
          Each line says what was reported and where it stands now: at risk, held, lost or returned. The four
          always add up to what was reported, and currencies are never added to each other. <OwnBooks />
        </EmptyState>
      </>
    )
  return (
    <>
      <Headline
        title={headline(totals)}
        below={
          <>
            Over every request that your organisation takes part in. The four parts of a line add up to what
            was reported; currencies are never added to each other. <OwnBooks />
          </>
        }
        action={<ExportButton name="ledger" rows={() => exported(totals)} />}
      >
        {headline(totals)}
      </Headline>
      <div className={styles.bars}>
        {totals.map((total) => (
          <section key={total.currency} aria-label={total.currency}>
            <h2>
              <Money minor={total.reported} currency={total.currency} /> reported
              <span className="quiet small"> in {countWords(total.requests, 'request')}</span>
            </h2>
            <MoneyBar line={total} />
          </section>
        ))}
      </div>
      <LedgerTable totals={totals} />
    </>
  )
}

/** What can be done with ledger files of one's own. */
function OwnBooks() {
  return (
    <>
      Own files: <Link to="/screen">screen your books</Link> or <Link to="/trace">follow the money</Link>, on
      this device.
    </>
  )
}

function LedgerTable({ totals }: { readonly totals: readonly Total[] }) {
  return (
    <table className={list.table}>
      <caption className="unseen">Money by currency and state</caption>
      <thead>
        <tr>
          <th scope="col">Currency</th>
          {['Reported', 'At risk', 'Held', 'Lost', 'Returned', 'Requests'].map((name) => (
            <th key={name} scope="col" className={list.number}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {totals.map((it) => (
          <tr key={it.currency} data-row tabIndex={-1}>
            <th scope="row">{it.currency}</th>
            {(
              [
                ['Reported', it.reported],
                ['At risk', it.atRisk],
                ['Held', it.held],
                ['Lost', it.lost],
                ['Returned', it.returned],
              ] as const
            ).map(([name, minor]) => (
              <td key={name} className={list.number} data-name={name}>
                <Money minor={minor} currency={it.currency} />
              </td>
            ))}
            <td className={list.number} data-name="Requests">
              {it.requests}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function NoLedger() {
  return (
    <>
      <Headline>The ledger is for those who act on money</Headline>
      <EmptyState title="Your role sees no amounts.">
        The steward sees who did what and when, under <Link to="/audit">What was recorded</Link>, and never
        the money or the people of a case.
      </EmptyState>
    </>
  )
}

/** The one sentence: in one currency what matters most, in several how many. */
export function headline(totals: readonly Total[]): string {
  const [only, ...others] = totals
  if (only && others.length === 0) {
    const money = (minor: number) => formatMoney(minor, only.currency)
    if (only.atRisk > 0)
      return `${money(only.atRisk)} still at risk, ${money(only.held + only.returned)} held or returned`
    return `${money(only.held + only.returned)} held or returned of ${money(only.reported)} reported`
  }
  const open = totals.filter(({ atRisk }) => atRisk > 0)
  if (open.length === 0) return `Money in ${totals.length} currencies, none of it still at risk`
  return `Still at risk: ${open.map((it) => formatMoney(it.atRisk, it.currency)).join(' and ')}`
}

function exported(totals: readonly Total[]): (string | number)[][] {
  const head = ['currency', 'reported (minor units)', 'at risk', 'held', 'lost', 'returned', 'requests']
  return [
    head,
    ...totals.map((it) => [it.currency, it.reported, it.atRisk, it.held, it.lost, it.returned, it.requests]),
  ]
}
