import type { Alert } from './screen.ts'

/** Rules of the T family: signs that the holder may be a trafficked person. */
export const isProtective = (rule: string) => rule.startsWith('TX-T')

/** Accounts on which a T rule fired. */
export const signedIn = (alerts: readonly Alert[]): Set<string> =>
  new Set(alerts.filter((it) => isProtective(it.rule)).map((it) => it.account))

/** Where a T rule fired on the account too, here or in `before`, every other action gives way to protection. */
export function withProtection(alerts: readonly Alert[], before: ReadonlySet<string> = new Set()): Alert[] {
  const protect = signedIn(alerts).union(before)
  return alerts.map((it) => ({ ...it, action: actionFor(it, protect.has(it.account)) }))
}

/** What to do by family; field practice: protection and the trafficking screen stand before every exit, freeze or report. */
export const ACTIONS: Readonly<Record<string, string>> = {
  V: 'Hold the payment if it has not left, call the customer back on a known number, and ask the rail checker what can still be stopped.',
  K: 'First run the T rules and the trafficking screen. Then freeze or recall what is left, and trace where it went. Do not close the account before a person has read the case.',
  C: 'Send the address pack to the exchange or the issuer of the token, and ask for a hold.',
  O: 'Gather for intelligence and the lawyers; do not tip anyone off.',
  N: 'Read the payments together. First run the T rules and the trafficking screen; then trace, and join the accounts into one case.',
  T: 'Safety first: no exit, no tipping off, no contact with police without a risk check. Refer to a caseworker of the network.',
}
const PROTECT =
  'Signs that the holder may be a trafficked person stand on this account: protection first. No automatic exit, freeze or report; no contact that others could see. Refer to a caseworker, then decide with a second person.'

function actionFor(alert: Alert, protect: boolean): string {
  if (protect && !isProtective(alert.rule)) return PROTECT
  return alert.action || (ACTIONS[alert.rule[3] ?? ''] ?? '')
}
