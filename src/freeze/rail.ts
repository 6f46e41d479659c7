import { z } from 'zod'
import { FACT_KINDS } from '../core/fact.ts'
import { PowerKind } from '../core/power.ts'
import { Condition, Id, judge, Source, Words } from './condition.ts'
import { PARTIES, paidBetween, type Situation } from './situation.ts'

const Field = z.strictObject({
  id: Id,
  label: Words,
  /** Why the one who receives the packet needs it, or how it should be written. */
  help: Words,
  need: z.enum(['must', 'helps']),
  /** `sealed` fields are encrypted for the receiving organisation alone; `clear` ones are shown before they leave. */
  tier: z.enum(['clear', 'sealed']),
  /** Kinds of fact that can fill the field by themselves. */
  facts: z.array(z.enum(FACT_KINDS)).default([]),
})

const Clock = z
  .strictObject({
    deadlineHours: z.int().min(1),
    redWhenHoursLeft: z.int().min(1),
    /** `rule`: the rail itself closes then. `house`: our own countdown; the rail stays open, the money may not be there. */
    basis: z.enum(['rule', 'house']),
    words: Words,
    source: Source,
  })
  .refine(
    (clock) => clock.redWhenHoursLeft < clock.deadlineHours,
    'redWhenHoursLeft must be under deadlineHours',
  )

/** One way to stop or bring back a payment: a file of content/rails, its lists filled in. */
export const Rail = z
  .strictObject({
    id: Id,
    version: z.int().min(1),
    source: Source,
    name: Words,
    description: Words,
    /** `payee_account` rails freeze what was received; `payment` rails call the payment itself back. */
    actsOn: z.enum(['payee_account', 'payment']),
    startedBy: z.strictObject({
      powers: z.array(PowerKind).min(1),
      /** The power must be held in the country of this party. */
      inCountryOf: z.enum(PARTIES),
      words: Words,
      source: Source,
    }),
    conditions: z.array(Condition).min(1),
    fields: z.array(Field).min(1),
    clock: Clock,
    legalBasis: z.strictObject({ text: Words, source: Source }),
    ifNotOpen: Words,
  })
  .superRefine((rail, ctx) => {
    for (const list of ['conditions', 'fields'] as const)
      for (const [i, { id }] of rail[list].entries())
        if (rail[list].findIndex((other) => other.id === id) < i)
          ctx.addIssue({ code: 'custom', path: [list, i, 'id'], message: `“${id}” is used twice` })
    const limits = rail.conditions.flatMap((it) => (it.check === 'within_hours' ? [it.hours] : []))
    if (rail.clock.basis === 'rule' && !limits.includes(rail.clock.deadlineHours))
      ctx.addIssue({
        code: 'custom',
        path: ['clock', 'deadlineHours'],
        message: 'basis “rule” needs a within_hours condition of the same number of hours',
      })
    if (limits.some((hours) => hours < rail.clock.deadlineHours))
      ctx.addIssue({
        code: 'custom',
        path: ['clock', 'deadlineHours'],
        message: 'the clock runs longer than a within_hours condition allows',
      })
  })
export type Rail = z.infer<typeof Rail>

export interface Reason {
  /** The condition's id in the rail file. */
  readonly condition: string
  /** The condition as the rail file words it. */
  readonly rule: string
  /** null: not known. */
  readonly met: boolean | null
  /** One sentence for a person: why it is met, not met, or not known. */
  readonly why: string
}

export interface RailCheck {
  readonly railId: string
  readonly railVersion: number
  /** True only when every condition is known to be met. */
  readonly open: boolean
  /** `closed` when any condition is not met; `unknown` when none is, but something must still be found out. */
  readonly standing: 'open' | 'unknown' | 'closed'
  /** Ids of the conditions that nobody knows yet. */
  readonly unknown: readonly string[]
  readonly reasons: readonly Reason[]
  /** When the rail's clock runs out, ISO 8601 in UTC, from the earliest time the payment may have been made. */
  readonly deadline: string | null
  /** When the clock turns red. */
  readonly redFrom: string | null
}

const HOUR = 3_600_000

/**
 * Whether a rail is open for a payment now, and why.
 * Keeps  never open while a condition is not met or not known; never converts a currency (rail.test.ts).
 * Not    a decision: whether to send is for a person of an entitled role.
 */
export function checkRail(rail: Rail, situation: Situation): RailCheck {
  const reasons = rail.conditions.map((condition) => ({
    condition: condition.id,
    rule: condition.words,
    ...judge(condition, situation),
  }))
  const closed = reasons.some(({ met }) => met === false)
  const unknown = reasons.filter(({ met }) => met === null).map(({ condition }) => condition)
  const standing = closed ? 'closed' : unknown.length > 0 ? 'unknown' : 'open'
  const paid = paidBetween(situation)
  const end = paid === null ? null : paid.earliest + rail.clock.deadlineHours * HOUR
  return {
    railId: rail.id,
    railVersion: rail.version,
    open: standing === 'open',
    standing,
    unknown,
    reasons,
    deadline: end === null ? null : new Date(end).toISOString(),
    redFrom: end === null ? null : new Date(end - rail.clock.redWhenHoursLeft * HOUR).toISOString(),
  }
}
