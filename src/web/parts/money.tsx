import { formatMoney, MONEY_STATES, type MoneyState } from '../../core/money.ts'
import { majorOfUnknown } from './grouping.ts'
import styles from './money.module.css'
import { MONEY_WORDS } from './words.ts'

export interface MoneyProps {
  /** Integer minor units. */
  readonly minor: number
  /** null when it is not known: the number then stands as it was read, in hundredths. */
  readonly currency: string | null
}

/** An amount with its currency code, e.g. SGD 48,200.00. */
export function Money({ minor, currency }: MoneyProps) {
  if (currency === null)
    return (
      <span className={styles.money}>
        {majorOfUnknown(minor)} <span className={styles.code}>currency not known</span>
      </span>
    )
  const [code, number] = formatMoney(minor, currency).split(' ')
  return (
    <span className={styles.money}>
      <span className={styles.code}>{code}</span> {number}
    </span>
  )
}

/** One line of money, one currency: where what was reported stands now. The four parts add up to `reported`. */
export interface MoneyLine {
  readonly currency: string
  readonly reported: number
  readonly atRisk: number
  readonly held: number
  readonly lost: number
  readonly returned: number
}

export function partsOf(line: MoneyLine): Record<MoneyState, number> {
  return { at_risk: line.atRisk, held: line.held, lost: line.lost, returned: line.returned }
}

/** The same line as a bar and, always, in words. */
export function MoneyBar({ line, words = true }: { readonly line: MoneyLine; readonly words?: boolean }) {
  const parts = partsOf(line)
  const there = MONEY_STATES.filter((state) => parts[state] > 0)
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {there.map((state) => (
          <span key={state} className={styles[state]} style={{ flexGrow: parts[state], flexBasis: 0 }} />
        ))}
      </div>
      <ul className={words ? styles.legend : 'unseen'}>
        {there.map((state) => (
          <li key={state}>
            <span className={`${styles.sign} ${styles[state]}`} aria-hidden="true" />
            <Money minor={parts[state]} currency={line.currency} /> {MONEY_WORDS[state]}
          </li>
        ))}
        {there.length === 0 && <li>nothing reported</li>}
      </ul>
    </div>
  )
}
