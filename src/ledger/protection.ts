import { type Protection, protectionKey } from '../core/protection.ts'
import { isProtective, withProtection } from './actions.ts'
import type { Screening } from './screen.ts'

/**
 * What screenings of one book found about protection. Other lines may quiet a sign for a look at the list; they do not take
 * the protection away, so a sign that any of them found stands.
 * @param ran  ids of all rules that were to be asked
 */
export function protectionOf(screenings: readonly Screening[], ran: readonly string[]): Protection {
  const signs = new Map<string, string[]>()
  for (const { rule, account, name } of screenings.flatMap(({ alerts }) => alerts)) {
    if (!isProtective(rule)) continue
    const key = protectionKey(account)
    const its = signs.get(key) ?? []
    if (!its.includes(name)) signs.set(key, [...its, name])
  }
  const missing = new Set(screenings.flatMap((it) => it.missing.map(({ rule }) => rule)).filter(isProtective))
  const asked = ran.filter((it) => isProtective(it) && !missing.has(it))
  return { signs, judged: asked.length, unjudged: missing.size }
}

/**
 * A screening with other lines, or with a rule of one's own, of a book that was screened before: an account on which any of them found
 * a sign stays under protection, and no report about it leaves without a second person.
 * @param signed  accounts on which a sign was found before
 */
export function keepSigns(found: Screening, signed: ReadonlySet<string>): Screening {
  return {
    ...found,
    alerts: withProtection(found.alerts, signed),
    cases: found.cases.map((it) => (signed.has(it.account) ? { ...it, protectFirst: true } : it)),
  }
}
