import { fifoRule } from './fifo.ts'
import { follow } from './follow.ts'
import type { Seed } from './followed.ts'
import type { Found } from './found.ts'
import { haircutRule } from './haircut.ts'
import type { Journal } from './journal.ts'
import type { Method } from './outcome.ts'
import { poisonRule } from './poison.ts'
import { present } from './present.ts'
import type { Counting, Rule } from './rule.ts'
import { followSpans } from './spans.ts'
import { BIGINTS, NUMBERS } from './whole.ts'

export interface FollowAsk {
  readonly seed: Seed
  readonly method: Method
  /** Payments after which money is followed no further; 0: to the end. */
  readonly limit: number
  readonly returnedTo: ReadonlySet<number>
}

/** Where the seed is when the journal ends, by one of the three rules, in whole minor units. */
export function forward(journal: Journal, ask: FollowAsk): Found {
  const { method, seed, limit } = ask
  const { stream, legs } = journal
  if (method === 'haircut')
    return stream
      ? byRule(journal, haircutRule({ limit }, NUMBERS), ask)
      : byRule(journal, haircutRule({ limit }, BIGINTS), ask)
  if (method === 'poison')
    return stream
      ? byRule(journal, poisonRule({ limit }, NUMBERS), ask)
      : byRule(journal, poisonRule({ limit }, BIGINTS), ask)
  if (!stream || (legs && legs.length > 0)) return byRule(journal, fifoRule({ limit }), ask)
  return present(journal, { followed: followSpans(journal, stream, ask), rule: UNITS, seed })
}

/** How first in, first out counts; that does not rest on the limit. */
const UNITS: Counting<number> = fifoRule({ limit: 0 })

const byRule = <C, P, T>(journal: Journal, rule: Rule<C, P, T>, { seed, returnedTo }: FollowAsk) =>
  present(journal, { followed: follow(journal, { seed, rule, returnedTo }), rule, seed })
