import { fifoRule } from './fifo.ts'
import { type Conversion, type Followed, follow, type Pocket, type Seed } from './follow.ts'
import { haircutRule } from './haircut.ts'
import { idOf, type Journal, NOBODY, paidIn, receivedIn } from './journal.ts'
import { isoMoment } from './moment.ts'
import type { Changed, Held, Hop, Method, Total, When } from './outcome.ts'
import { poisonRule } from './poison.ts'
import type { Part, Rule } from './rule.ts'
import { BIGINTS, NUMBERS } from './whole.ts'

export interface FollowAsk {
  readonly seed: Seed
  readonly method: Method
  /** Payments after which money is followed no further; 0: to the end. */
  readonly limit: number
  readonly returnedTo: ReadonlySet<number>
}

export interface Found {
  readonly held: readonly Held[]
  readonly totals: readonly Total[]
  readonly changed: readonly Changed[]
  readonly hops: readonly Hop[]
  readonly hopsBelowOne: number
  readonly unspent: number
}

/** Where the seed is when the journal ends, by one of the three rules, in whole minor units. */
export function forward(journal: Journal, { method, limit, ...ask }: FollowAsk): Found {
  if (method === 'fifo') return present(journal, fifoRule({ limit }), ask)
  const { balances } = journal
  if (method === 'haircut')
    return balances
      ? present(journal, haircutRule({ limit }, NUMBERS), ask)
      : present(journal, haircutRule({ limit }, BIGINTS), ask)
  return balances
    ? present(journal, poisonRule({ limit }, NUMBERS), ask)
    : present(journal, poisonRule({ limit }, BIGINTS), ask)
}

function present<C, P, T>(
  journal: Journal,
  rule: Rule<C, P, T>,
  { seed, returnedTo }: Pick<FollowAsk, 'seed' | 'returnedTo'>,
): Found {
  const followed = follow(journal, { seed, rule, returnedTo })
  const { conversions, hops } = followed
  const currencies = new Set([seed.currency, ...conversions.map(({ back }) => receivedIn(journal, back))])
  const settled = [...currencies].map((currency) => settle(journal, { followed, rule, seed, currency }))
  return {
    held: settled.flatMap(({ held }) => held),
    totals: settled.map(({ total }) => total),
    changed: conversions.map((it) => changedOf(journal, rule, it)),
    ...hopsOf(journal, hops),
    unspent: rule.shown(followed.unspent),
  }
}

interface ToSettle<C, P, T> {
  readonly followed: Followed<C, T>
  readonly rule: Rule<C, P, T>
  readonly seed: Seed
  readonly currency: number
}

/** Whole minor units for every place where money of one currency ended. */
function settle<C, P, T>(journal: Journal, { followed, rule, seed, currency }: ToSettle<C, P, T>) {
  const { pockets, unspent, lost, returned, conversions } = followed
  const isSource = ({ account }: Pocket<C, T>) => account === seed.account && currency === seed.currency
  const here = pockets.filter((pocket) => pocket.currency === currency)
  const stolenIn = (pocket: Pocket<C, T>) => {
    const left = rule.add(rule.left(pocket.contents), pocket.stays)
    return isSource(pocket) ? rule.add(left, unspent) : left
  }
  const places = here
    .map((pocket) => ({ pocket, value: stolenIn(pocket) }))
    .filter(({ value }) => !rule.isZero(value))
  const gave = total(
    rule,
    conversions.filter(({ out }) => paidIn(journal, out) === currency).map((it) => it.gave),
  )
  const got = total(
    rule,
    conversions.filter(({ back }) => receivedIn(journal, back) === currency).map((it) => it.got),
  )
  const stolen = currency === seed.currency ? rule.add(got, rule.whole(seed.minor)) : got
  // after every account name, in this order
  const ends = [lost.get(currency) ?? rule.zero, returned.get(currency) ?? rule.zero, gave]
  const parts: Part<T>[] = [
    ...places.map(({ pocket, value }) => ({ order: journal.accounts[pocket.account] ?? '', value })),
    ...ends.map((value, i) => ({ order: `\uffff${i}`, value })),
  ]
  const minors = rule.settle(parts, stolen)
  const name = journal.currencies[currency] ?? ''
  const held = places.map(({ pocket }, i) => heldOf(journal, pocket, { rule, minor: minors[i] ?? 0, name }))
  const [lostMinor = 0, returnedMinor = 0, changed = 0] = minors.slice(places.length)
  const sum = held.reduce((all, { minor }) => all + minor, 0)
  return {
    held: held.filter(({ minor }) => minor > 0),
    total: {
      currency: name,
      stolen: rule.shown(stolen),
      held: sum,
      lost: lostMinor,
      returned: returnedMinor,
      changed,
    },
  }
}

const total = <C, P, T>(rule: Rule<C, P, T>, values: readonly T[]) =>
  values.reduce((sum, it) => rule.add(sum, it), rule.zero)

interface HeldOf<C, P, T> {
  readonly rule: Rule<C, P, T>
  readonly minor: number
  readonly name: string
}

function heldOf<C, P, T>(
  journal: Journal,
  pocket: Pocket<C, T>,
  { rule, minor, name }: HeldOf<C, P, T>,
): Held {
  return {
    account: journal.accounts[pocket.account] ?? '',
    minor,
    currency: name,
    firstAt: pocket.firstRow < 0 ? null : whenOf(journal, pocket.firstRow),
    lastAt: pocket.lastRow < 0 ? null : whenOf(journal, pocket.lastRow),
    depth: Number.isFinite(pocket.hops) ? pocket.hops : 0,
    ...(rule.isZero(pocket.stays) ? {} : { followedNoFurther: true as const }),
  }
}

function changedOf<C, P, T>(journal: Journal, rule: Rule<C, P, T>, { out, back, gave, got }: Conversion<T>) {
  const currency = (place: number) => journal.currencies[place] ?? ''
  return {
    rows: [out, back] as const,
    transaction: idOf(journal, out),
    paidBack: idOf(journal, back),
    account: nameOf(journal, journal.payee[out] as number),
    gave: { minor: rule.shown(gave), currency: currency(paidIn(journal, out)) },
    got: { minor: rule.shown(got), currency: currency(receivedIn(journal, back)) },
  }
}

/** The payments as people read them; those that carry nothing to speak of are only counted. */
export function hopsOf(
  journal: Journal,
  {
    rows,
    minors,
    depths,
  }: {
    readonly rows: readonly number[]
    readonly minors: readonly number[]
    readonly depths: readonly number[]
  },
): { readonly hops: readonly Hop[]; readonly hopsBelowOne: number } {
  const hops: Hop[] = []
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    if (minors[i] === 0) continue
    hops.push({
      row,
      transaction: idOf(journal, row),
      at: whenOf(journal, row),
      from: nameOf(journal, journal.payer[row] as number),
      to: nameOf(journal, journal.payee[row] as number),
      minor: minors[i] as number,
      amount: journal.minor[row] as number,
      currency: journal.currencies[paidIn(journal, row)] ?? '',
      depth: depths[i] as number,
    })
  }
  return { hops, hopsBelowOne: rows.length - hops.length }
}

const nameOf = (journal: Journal, account: number) =>
  account === NOBODY ? null : (journal.accounts[account] ?? null)

/** When a row was booked. */
export function whenOf(journal: Journal, row: number): When {
  const at = journal.at[row] as number
  return journal.clock === 'step' ? at : isoMoment(at)
}
