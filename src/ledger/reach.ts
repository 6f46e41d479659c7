import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { markOf } from './mark.ts'
import type { RunningRule } from './rule.ts'

const ReachShape = z.object({ version: z.number(), own: z.record(z.string(), z.string()) })

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
