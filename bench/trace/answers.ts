import type { Followed, Seed } from '../../src/trace/followed.ts'
import type { Found } from '../../src/trace/found.ts'
import type { Counting } from '../../src/trace/rule.ts'
import type { Said } from './engine.ts'

/** How many accounts hold stolen money in the end. */
export function countHeld<T>(rule: Counting<T>, seed: Seed, { places, unspent }: Followed<T>): Said {
  const values = places.map(({ account, stolen }) =>
    account === seed.account ? rule.add(stolen, unspent) : stolen,
  )
  const all = values.reduce((sum, value) => rule.add(sum, value), rule.zero)
  const order = (place: number) => String(places[place]?.account)
  const accounts = rule.settle(values, all, order).filter((minor) => minor > 0).length
  return { accounts }
}

/** How many accounts an answer in words names, and all minor units in it. */
export function unitsOf({ held, hops }: Pick<Found, 'held' | 'hops'>): Said {
  let minor = 0
  for (const it of held) minor += it.minor
  for (const it of hops) minor += it.minor
  return { accounts: held.length, minor }
}
