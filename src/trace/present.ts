import type { Conversion, Followed, Place, Seed } from './followed.ts'
import { type Found, hopsOf, nameOf } from './found.ts'
import { idOf, type Journal, paidIn, receivedIn, whenOf } from './journal.ts'
import type { Changed, Held, Total } from './outcome.ts'
import type { Counting } from './rule.ts'

/** What was followed, and how it is counted. */
interface ToPresent<T> {
  readonly followed: Followed<T>
  readonly rule: Counting<T>
  readonly seed: Seed
}

/** Where money ended, in whole minor units and with the file's own names. */
export function present<T>(journal: Journal, it: ToPresent<T>): Found {
  const { followed, rule, seed } = it
  const { conversions, hops } = followed
  const currencies = [seed.currency]
  for (const { back } of conversions) {
    const got = receivedIn(journal, back)
    if (!currencies.includes(got)) currencies.push(got)
  }
  const held: Held[] = []
  const totals = currencies.map((currency) => settle(journal, it, { currency, held }))
  const changed = conversions.map((one) => changedOf(journal, rule, one))
  return { held, totals, changed, ...hopsOf(journal, hops), unspent: rule.shown(followed.unspent) }
}

/** After every account name, in this order: lost, returned, changed. */
const ENDS = ['\uffff0', '\uffff1', '\uffff2']

interface Settling {
  readonly currency: number
  /** Every place where something is goes in here. */
  readonly held: Held[]
}

/** Whole minor units for every place where money of one currency ended. */
function settle<T>(
  journal: Journal,
  { followed, rule, seed }: ToPresent<T>,
  { currency, held }: Settling,
): Total {
  const { unspent, lost, returned } = followed
  const places: Place<T>[] = []
  const values: T[] = []
  for (const place of followed.places) {
    if (place.currency !== currency) continue
    const isSource = place.account === seed.account && currency === seed.currency
    const value = isSource ? rule.add(place.stolen, unspent) : place.stolen
    if (rule.isZero(value)) continue
    places.push(place)
    values.push(value)
  }
  const { gave, got } = changedIn(journal, { followed, rule, seed }, currency)
  const stolen = currency === seed.currency ? rule.add(got, rule.whole(seed.minor)) : got
  values.push(lost.get(currency) ?? rule.zero, returned.get(currency) ?? rule.zero, gave)
  const order = (i: number) => {
    const place = places[i]
    return (place ? journal.accounts[place.account] : ENDS[i - places.length]) ?? ''
  }
  const minors = rule.settle(values, stolen, order)
  const name = journal.currencies[currency] ?? ''
  let all = 0
  for (let i = 0; i < places.length; i++) {
    const minor = minors[i] as number
    all += minor
    if (minor > 0) held.push(heldOf(journal, places[i] as Place<T>, { rule, minor, name }))
  }
  const end = (i: number) => minors[places.length + i] ?? 0
  const shown = rule.shown(stolen)
  return { currency: name, stolen: shown, held: all, lost: end(0), returned: end(1), changed: end(2) }
}

/** What of a currency was given for another, and what of it was got for another. */
function changedIn<T>(journal: Journal, { followed, rule }: ToPresent<T>, currency: number) {
  let gave = rule.zero
  let got = rule.zero
  for (const it of followed.conversions) {
    if (paidIn(journal, it.out) === currency) gave = rule.add(gave, it.gave)
    if (receivedIn(journal, it.back) === currency) got = rule.add(got, it.got)
  }
  return { gave, got }
}

interface HeldOf<T> {
  readonly rule: Counting<T>
  readonly minor: number
  readonly name: string
}

function heldOf<T>(journal: Journal, place: Place<T>, { rule, minor, name }: HeldOf<T>): Held {
  const { firstRow, lastRow, hops } = place
  const firstAt = firstRow < 0 ? null : whenOf(journal, firstRow)
  const held = {
    account: journal.accounts[place.account] ?? '',
    minor,
    currency: name,
    firstAt,
    lastAt: lastRow < 0 ? null : lastRow === firstRow ? firstAt : whenOf(journal, lastRow),
    depth: Number.isFinite(hops) ? hops : 0,
  }
  return rule.isZero(place.stays) ? held : { ...held, followedNoFurther: true }
}

function changedOf<T>(journal: Journal, rule: Counting<T>, { out, back, gave, got }: Conversion<T>): Changed {
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
