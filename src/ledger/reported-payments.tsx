import list from '../web/parts/list.module.css'
import type { Payment } from '../web/screen-words.ts'
import styles from './screen.module.css'
import { money } from './words.ts'

/** The payments behind an alert, as the file has them, in booking order. */
export function ReportedPayments({
  payments,
  more,
}: {
  readonly payments: readonly Payment[]
  readonly more: number
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.payments} aria-label="Payments" tabIndex={0}>
      <table className={list.table}>
        <thead>
          <tr>
            <th scope="col">Payment</th>
            <th scope="col">When</th>
            <th scope="col" className={list.number}>
              Amount
            </th>
            <th scope="col">From</th>
            <th scope="col">To</th>
          </tr>
        </thead>
        <tbody>
          {payments.map((it) => (
            <tr key={it.id}>
              <th scope="row">{it.id}</th>
              <td>{it.at}</td>
              <td className={list.number}>{money(BigInt(it.minor), it.currency)}</td>
              <td>{it.payer ?? 'not known'}</td>
              <td>{it.payee ?? 'not known'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className="quiet small">and {more} more</p>}
    </section>
  )
}
