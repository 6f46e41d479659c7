import { type Protection, signsOn } from '../core/protection.ts'
import type { Trace } from './outcome.ts'

/** Every account that a trace names, once: where it began, both ends of each payment, and who holds. */
export function accountsIn({ from, held, hops }: Trace): string[] {
  const ends = hops.flatMap((it) => [it.from, it.to])
  return [...new Set([from, ...ends, ...held.map((it) => it.account)])].filter((it) => it !== null)
}

/** As it stands in JSON: the accounts of this trace alone; null where nothing was asked. */
export function protectionJson(protection: Protection | null, trace: Trace) {
  if (protection === null) return null
  const signs = accountsIn(trace).map((it) => [it, signsOn(protection, it)] as const)
  return {
    judged: protection.judged,
    unjudged: protection.unjudged,
    signs: Object.fromEntries(signs.filter(([, its]) => its.length > 0)),
  }
}
