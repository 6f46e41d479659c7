import { exponentOf, formatMoney } from '../../core/money.ts'
import type { Candidate } from '../finder.ts'

/** $250, then 3 grand: a unit without a currency counts in that of the amount before it. */
export function inMoneyBefore(sum: Sum, found: readonly Sum[], i: number): Sum {
  if (typeof sum.normal === 'string' || sum.normal.currency !== null || !sum.bare) return sum
  for (let k = i - 1; k >= Math.max(0, i - MOST_NEIGHBOURS); k--) {
    const before = found[k]
    if (before === undefined || typeof before.normal === 'string' || before.start < sum.start - NEAR) break
    const { currency } = before.normal
    if (currency === null) continue
    if (exponentOf(currency) !== 2) break
    const normal = { minor: sum.normal.minor, currency }
    const value = formatMoney(normal.minor, currency)
    return {
      ...sum,
      value,
      normal,
      why: sum.why.replace(UNNAMED, `in ${currency}, as the amount before it is`),
    }
  }
  return sum
}

/** The reason for an amount whose currency nothing says. */
export const UNNAMED = 'in a currency that is not named; counted in hundredths'

/** An amount; not `sure` when only its unit speaks for money, and other amounts must be near. */
export type Sum = Candidate & { readonly sure: boolean; readonly bare: boolean }

/** Units within which an amount with a currency makes one without it credible. */
const NEAR = 2000

/** Whether an amount that is sure stands near: then one that is not may be believed. */
export function isNearSure(found: readonly Sum[], i: number): boolean {
  const at = found[i]?.start ?? 0
  for (let k = i - 1; k >= Math.max(0, i - MOST_NEIGHBOURS); k--) {
    const sum = found[k]
    if (sum === undefined || sum.start < at - NEAR) break
    if (sum.sure) return true
  }
  for (let k = i + 1; k < Math.min(found.length, i + MOST_NEIGHBOURS); k++) {
    const sum = found[k]
    if (sum === undefined || sum.start > at + NEAR) break
    if (sum.sure) return true
  }
  return false
}

/** Keeps a text of nothing but unsure amounts linear. */
const MOST_NEIGHBOURS = 30

/** Whether an amount has its line to itself. */
export function isAlone(text: string, { start, end }: Sum): boolean {
  const before = text.slice(Math.max(0, start - 3), start)
  return (
    before.slice(before.lastIndexOf('\n') + 1).trim() === '' &&
    (start < 3 || text.slice(start - 3, start).includes('\n')) &&
    /^\s*(?:\n|$)/.test(text.slice(end, end + 3))
  )
}
