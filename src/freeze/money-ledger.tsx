import { MONEY_STATES } from '../core/money.ts'
import { IdentifierItems } from '../entities/identifier-items.tsx'
import { PART_OF, type Sum, sumsOf } from '../requests/headline.ts'
import { Identifier } from '../web/parts/identifier.tsx'
import { Money, MoneyBar } from '../web/parts/money.tsx'
import { capital, countryWords, MONEY_WORDS } from '../web/parts/words.ts'
import styles from './money-ledger.module.css'
import type { MoneyLine, RequestWhole } from './shapes.ts'

/** Each account with its money: what was reported is what is at risk, held, lost and returned, and it is seen to be. */
export function MoneyLedger({ request }: { readonly request: RequestWhole }) {
  const { lines } = request
  const totals = sumsOf(lines).filter(
    ({ currency }) => lines.filter((line) => line.currency === currency).length > 1,
  )
  return (
    <section aria-label="Accounts and money">
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line.id} className={styles.line}>
            <Account request={request} line={line} />
            <MoneyBar line={line} words={false} />
            <Equation line={line} />
          </li>
        ))}
        {totals.map((sum) => (
          <li key={sum.currency} className={styles.line}>
            <div className={styles.account}>
              <b>All of it in {sum.currency}</b>
            </div>
            <MoneyBar line={sum} words={false} />
            <Equation line={sum} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface AccountProps {
  readonly request: RequestWhole
  readonly line: MoneyLine
}

/** The account, where it is kept, and the last order about it. */
function Account({ request, line }: AccountProps) {
  const fact = request.facts.find(({ id }) => id === line.factId)
  const order = request.orders.filter(({ lineId }) => lineId === line.id).at(-1)
  return (
    <div className={styles.account}>
      {fact && (
        <Identifier
          kind={fact.kind}
          normal={fact.normal}
          menu={<IdentifierItems kind={fact.kind} normal={fact.normal} requestId={request.id} inClear />}
        />
      )}
      {fact && (
        <span className={styles.order}>
          {[fact.system, fact.country && countryWords(fact.country)].filter(Boolean).join(', ')}
        </span>
      )}
      {order && (
        <span className={styles.order}>
          {order.answeredAt === null ? 'order with' : 'answered by'} {order.bankName}, {order.reference}
        </span>
      )}
      {fact && fact.why !== '' && (
        <span className={styles.why}>
          {capital(fact.why)}
          {/[.!?]$/.test(fact.why) ? '' : '.'}
        </span>
      )}
    </div>
  )
}

/** `SGD 48,200.00 reported = 8,200.00 at risk + 40,000.00 held + 0.00 lost + 0.00 returned`, in columns. */
export function Equation({ line }: { readonly line: Sum }) {
  return (
    <dl className={styles.equation}>
      <div>
        <dt>reported</dt>
        <dd>
          <Money minor={line.reported} currency={line.currency} />
        </dd>
      </div>
      {MONEY_STATES.map((state, i) => {
        const minor = line[PART_OF[state]]
        return (
          <div key={state} className={minor === 0 ? styles.none : styles[state]}>
            <dt>
              <span className={`${styles.sign} ${styles[`is_${state}`]}`} aria-hidden="true" />
              {MONEY_WORDS[state]}
            </dt>
            <dd>
              <span className={styles.operator} aria-hidden="true">
                {i === 0 ? '=' : '+'}
              </span>
              <Money minor={minor} currency={line.currency} />
            </dd>
          </div>
        )
      })}
    </dl>
  )
}
