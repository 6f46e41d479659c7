import type { Protection } from '../core/protection.ts'
import list from '../web/parts/list.module.css'
import { countWords } from '../web/parts/words.ts'
import { ProtectMark } from './holders-told.tsx'
import type { Method } from './outcome.ts'
import { METHOD_WORDS, timeWords } from './picture.ts'
import styles from './trace.module.css'
import { money } from './trace.ts'
import type { Answers } from './use-trace.ts'

/** Every payment that carried the money, as the picture shows it, in words. */
export function PaymentsTable({
  answers,
  method,
  protection,
}: {
  readonly answers: Answers
  readonly method: Method
  readonly protection: Protection | null
}) {
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
              <td data-name="From">
                {it.from ?? '–'} <ProtectMark account={it.from} protection={protection} />
              </td>
              <td data-name="To">
                {it.to ?? 'out of the file'} <ProtectMark account={it.to} protection={protection} />
              </td>
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
