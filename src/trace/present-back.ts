import type { Hops, Seed } from './followed.ts'
import { type Found, hopsOf } from './found.ts'
import { idOf, type Journal, paidIn, receivedIn, whenOf } from './journal.ts'
import type { Changed, Held } from './outcome.ts'
import type { Counting } from './rule.ts'

/** What was asked of an account in one currency. */
export interface Owner<T> {
  readonly account: number
  readonly currency: number
  /** Its own money: it had it from before the file, or from where the file does not show. */
  readonly own: T
  readonly stopped: boolean
  readonly hops: number
  readonly firstRow: number
  readonly lastRow: number
}

interface ToPresent<T> {
  readonly owners: readonly Owner<T>[]
  readonly missing: T
  readonly paidByNobody: ReadonlyMap<number, T>
  readonly changed: readonly { out: number; back: number; gave: T; got: T }[]
  readonly hops: Hops
  readonly rule: Omit<Counting<T>, 'scale'>
  readonly seed: Seed
}

/** Whose money it was, in whole minor units and with the file's own names. */
export function presentBack<T>(journal: Journal, it: ToPresent<T>): Found {
  const { changed, rule, seed } = it
  const code = (place: number) => journal.currencies[place] ?? ''
  const currencies = new Set([seed.currency, ...changed.map(({ out }) => paidIn(journal, out))])
  const settled = [...currencies].map((currency) => settleBack(journal, it, currency))
  const back = (one: (typeof changed)[number]): Changed => ({
    rows: [one.out, one.back],
    transaction: idOf(journal, one.out),
    paidBack: idOf(journal, one.back),
    account: journal.accounts[journal.payee[one.out] as number] ?? null,
    gave: { minor: rule.shown(one.gave), currency: code(paidIn(journal, one.out)) },
    got: { minor: rule.shown(one.got), currency: code(receivedIn(journal, one.back)) },
  })
  return {
    held: settled.flatMap(({ held }) => held),
    totals: settled.map(({ total }) => total),
    changed: changed.map(back),
    ...hopsOf(journal, it.hops),
    unspent: rule.shown(it.missing),
  }
}

function settleBack<T>(journal: Journal, it: ToPresent<T>, currency: number) {
  const { owners, missing, paidByNobody, changed, rule, seed } = it
  const sum = (values: readonly T[]) => values.reduce((all, one) => rule.add(all, one), rule.zero)
  const places = owners
    .filter((owner) => owner.currency === currency)
    .map((owner) => {
      const isSource = owner.account === seed.account && currency === seed.currency
      return { owner, value: isSource ? rule.add(owner.own, missing) : owner.own }
    })
    .filter(({ value }) => !rule.isZero(value))
  const nobody = paidByNobody.get(currency) ?? rule.zero
  const moved = sum(
    changed.filter(({ back }) => receivedIn(journal, back) === currency).map(({ got }) => got),
  )
  const gave = sum(changed.filter(({ out }) => paidIn(journal, out) === currency).map((one) => one.gave))
  const stolen = currency === seed.currency ? rule.add(gave, rule.whole(seed.minor)) : gave
  const names = places.map(({ owner }) => journal.accounts[owner.account] ?? '')
  const values = [...places.map(({ value }) => value), nobody, moved]
  const minors = rule.settle(values, stolen, (i) => names[i] ?? `\uffff${i - names.length}`)
  const [lost = 0, changedMinor = 0] = minors.slice(places.length)
  const held = places.map(
    ({ owner }, i): Held => ({
      account: journal.accounts[owner.account] ?? '',
      minor: minors[i] ?? 0,
      currency: journal.currencies[currency] ?? '',
      firstAt: owner.firstRow < 0 ? null : whenOf(journal, owner.firstRow),
      lastAt: owner.lastRow < 0 ? null : whenOf(journal, owner.lastRow),
      depth: Number.isFinite(owner.hops) ? owner.hops : 0,
      ...(owner.stopped ? { followedNoFurther: true as const } : {}),
    }),
  )
  const all = held.reduce((total, { minor }) => total + minor, 0)
  return {
    held: held.filter(({ minor }) => minor > 0),
    total: {
      currency: journal.currencies[currency] ?? '',
      stolen: rule.shown(stolen),
      held: all,
      lost,
      returned: 0,
      changed: changedMinor,
    },
  }
}
