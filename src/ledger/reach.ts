import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { markOf } from './mark.ts'
import type { RunningRule } from './rule.ts'

const ReachShape = z.object({
  version: z.number(),
  own: z.record(z.string(), z.string()),
  out: z.array(z.string()),
})
/** Excuses that hang on an account's attributes alone. */
const BY_ATTRIBUTES = ['licensed', 'business']

/** What the reach of a rule hangs on. */
export const reachMark = ({ sql, excused, evidence }: RunningRule) =>
  markOf([sql.replace(/\s+/g, ' ').trim(), ...excused, evidence].join('|'))

/**
 * Rules whose answer about an account hangs on nothing but that account's own payments and attributes, by
 * `content/typologies/reach.yaml`. A rule whose SQL is no longer the one that was judged there is not among them, and is
 * run over the whole book until somebody has looked at it again.
 */
export function ownRules(rules: readonly RunningRule[]): ReadonlySet<string> {
  const { own } = check(ReachShape, content('typologies/reach.yaml'))
  return new Set(rules.filter((it) => own[it.id] === reachMark(it)).map((it) => it.id))
}

/** Those of `ownRules` whose answer hangs on the payments that the account makes, and on none that it receives. */
export function outRules(rules: readonly RunningRule[]): ReadonlySet<string> {
  const { out } = check(ReachShape, content('typologies/reach.yaml'))
  const own = ownRules(rules)
  const hangsOnOut = (it: RunningRule) =>
    own.has(it.id) && it.evidence === 'out' && it.excused.every((id) => BY_ATTRIBUTES.includes(id))
  return new Set(rules.filter((it) => out.includes(it.id) && hangsOnOut(it)).map((it) => it.id))
}
