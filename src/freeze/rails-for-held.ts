import { CURRENCIES } from '../core/money.ts'
import { checkRail, type Rail } from './rail.ts'
import type { AccountKind } from './situation.ts'

/** Stolen money that was traced to an account, as far as a ledger tells. */
export interface HeldMoney {
  readonly minor: number
  readonly currency: string
  /** When it last came, ISO 8601; null when the ledger does not say. */
  readonly lastAt: string | null
  readonly country: string | null
  readonly kind: AccountKind
}

export interface RailForHeld {
  readonly id: string
  readonly name: string
  readonly standing: 'open' | 'unknown'
  readonly deadline: string | null
  /** The clock has run out: the rail may still be used, but the money is less likely to be there. */
  readonly late: boolean
  /** What must be found out first, as the rail words it. */
  readonly unknown: readonly string[]
}

/** The rails that are open for traced money, and those that may be; a rail that is known to be closed is left out. */
export function railsForHeld(rails: readonly Rail[], held: HeldMoney, now: string): RailForHeld[] {
  const situation = {
    victimCountry: null,
    payerCountry: null,
    payeeCountry: held.country,
    payeeAccount: held.kind,
    payerBank: null,
    channel: null,
    amount: { minor: held.minor, currency: CURRENCIES.includes(held.currency) ? held.currency : null },
    equivalents: [],
    paidAt: held.lastAt,
    recallSent: null,
    reportFiled: null,
    now,
  }
  return rails
    .flatMap((rail): RailForHeld[] => {
      const { standing, deadline, reasons, unknown } = checkRail(rail, situation)
      if (standing === 'closed') return []
      const rules = reasons.filter(({ condition }) => unknown.includes(condition)).map(({ rule }) => rule)
      const late = deadline !== null && deadline < now
      return [{ id: rail.id, name: rail.name, standing, deadline, late, unknown: rules }]
    })
    .sort((a, b) => Number(a.standing === 'unknown') - Number(b.standing === 'unknown'))
}
