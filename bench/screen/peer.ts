import { type Files, type Index, indexed, key, type Payment, type Profile } from './peer-index.ts'

/** The rules that the peer answers, with what they mean today; peer.test.ts holds both to the same accounts. */
export const FIVE: readonly string[] = ['TX-K02', 'TX-K04', 'TX-K12', 'TX-O03', 'TX-V14']

const DAY = 86_400_000
/** Hundredths of a dollar-sized unit. */
const MONEY = 100

/**
 * Five rules the way a transaction monitor runs them: payment after payment, each judged by looking history up by index.
 * The rules mean what they mean over a whole book, so the indexes are filled first.
 * @returns the accounts that each rule names
 */
export async function perTransaction(files: Files): Promise<Map<string, Set<string>>> {
  const { payments, index } = await indexed(files)
  const found = new Map(FIVE.map((id) => [id, new Set<string>()] as const))
  for (const it of payments)
    for (const [id, account] of judged(it, index)) if (account !== '') found.get(id)?.add(account)
  return found
}

function* judged(it: Payment, index: Index): Generator<readonly [string, string]> {
  if (manyPayers(it, index)) yield ['TX-K02', it.payee]
  for (const account of new Set([it.payer, it.payee]))
    if (account !== '' && wokenUp(account, it, index)) yield ['TX-K04', account]
  if (it.cash && cashInParts(it, index)) yield ['TX-K12', it.payee || it.payer]
  if (equalFees(it, index)) yield ['TX-O03', it.payee]
  if (belowLimit(it, index)) yield ['TX-V14', it.payer]
}

const isEdge = (it: Payment, { pairs }: Index) =>
  it.payer !== it.payee && pairs.get(key(it.payer, it.payee))?.n === 1
/** Dealt once, and the other never paid back. */
const isUnlinked = (it: Payment, index: Index) =>
  isEdge(it, index) && !index.pairs.has(key(it.payee, it.payer))
const isHub = ({ payers, payees, rarePayers, rarePayees }: Profile) =>
  payers + payees >= 5 && (rarePayers + rarePayees) / (payers + payees) < 0.25
const isMerchant = ({ categories }: Profile) => categories >= 5

function manyPayers(it: Payment, index: Index): boolean {
  const { licensed, business, profiles, span } = index
  const profile = profiles.get(it.payee)
  if (!profile || profile.rarePayers < 8 || !isUnlinked(it, index)) return false
  if (licensed.has(it.payee) || business.has(it.payee) || isHub(profile) || isMerchant(profile)) return false
  const strangers = profile.into.filter((x) => x.currency === it.currency && isUnlinked(x, index))
  const window = strangers.filter((x) => x.at >= it.at - 7 * DAY && x.at <= it.at)
  const [got, cents] = [total(window, 'minor'), total(window, 'cents')]
  const others = strangers.length - window.length
  if (window.length < 8 || cents < 2_000 * MONEY) return false
  if (span.ms >= 21 * DAY && window.length * (span.ms - 7 * DAY) < 3 * others * 7 * DAY) return false
  const same = Math.max(...[...Map.groupBy(strangers, (x) => x.minor).values()].map((x) => x.length))
  const ordinary = it.at + 3 * DAY <= span.ends && (span.strange || same > 0.5 * strangers.length)
  const from = Math.min(...window.map((x) => x.at))
  const gone = between(profile.outOf, from, it.at + 3 * DAY).filter(
    (x) => x.currency === it.currency && x.payee !== x.payer,
  )
  return !ordinary || total(gone, 'minor') >= got * 0.5
}

function wokenUp(account: string, it: Payment, { licensed, profiles }: Index): boolean {
  const profile = profiles.get(account)
  if (!profile || licensed.has(account) || it.payer === it.payee) return false
  const day = Math.floor(it.at / DAY)
  const before = Math.max(last(profile.into, day), last(profile.outOf, day))
  if (before < 0 || (day - before) * DAY < 90 * DAY) return false
  const week = [profile.into, profile.outOf].flatMap((list) =>
    between(list, day * DAY, (day + 7) * DAY - 1).filter(
      (x) => x.currency === it.currency && x.payer !== x.payee,
    ),
  )
  return week.length >= 6 && total(week, 'cents') >= 3_000 * MONEY && dealt(profile)
}

/** The day of the last movement before a day, or -1. */
function last(list: readonly Payment[], day: number): number {
  for (let place = at(list, day * DAY) - 1; place >= 0; place--) {
    const it = list[place]
    if (it && it.payer !== it.payee) return Math.floor(it.at / DAY)
  }
  return -1
}

/** Payments with somebody who is named, and what they come to. */
function dealt({ into, outOf }: Profile): boolean {
  const named = [...into, ...outOf].filter((x) => x.payer !== '' && x.payee !== '' && x.payer !== x.payee)
  return named.length >= 6 && total(named, 'cents') >= 3_000 * MONEY
}

function cashInParts(it: Payment, { licensed, profiles }: Index): boolean {
  const near = (x: Payment) => x.cash && x.cents < 10_000 * MONEY && x.cents >= 10_000 * MONEY * 0.7
  const account = it.payee || it.payer
  const profile = profiles.get(account)
  if (!near(it) || !profile || licensed.has(account)) return false
  const own = [
    ...between(profile.into, it.at - 10 * DAY, it.at),
    ...between(profile.outOf, it.at - 10 * DAY, it.at),
  ]
  const parts = new Set(
    own.filter((x) => near(x) && x.currency === it.currency && (x.payee || x.payer) === account),
  )
  return parts.size >= 3
}

function equalFees(it: Payment, index: Index): boolean {
  const profile = index.profiles.get(it.payee)
  if (!profile || it.cents < 500 || it.cents > 500 * MONEY || profile.rarePayers < 8) return false
  if (!isUnlinked(it, index) || index.licensed.has(it.payee) || isHub(profile) || isMerchant(profile))
    return false
  const same = profile.into.filter(
    (x) => x.minor === it.minor && x.currency === it.currency && isUnlinked(x, index),
  )
  const [first, end] = [same[0]?.at ?? 0, same[same.length - 1]?.at ?? 0]
  return new Set(same.map((x) => x.payer)).size >= 8 && end - first <= 60 * DAY
}

function belowLimit(it: Payment, { business, licensed, profiles, pairs }: Index): boolean {
  const near = (x: Payment) => x.cents < 10_000 * MONEY && x.cents >= 10_000 * MONEY * 0.85
  if (!near(it) || it.payer === '' || it.payee === '' || it.payer === it.payee) return false
  if (business.has(it.payer) || licensed.has(it.payer)) return false
  const parts = between(profiles.get(it.payer)?.outOf ?? [], it.at - 7 * DAY, it.at).filter(
    (x) => near(x) && x.payee === it.payee && x.currency === it.currency,
  )
  return parts.length >= 3 && (pairs.get(key(it.payer, it.payee))?.n ?? 0) <= parts.length + 3
}

const total = (list: readonly Payment[], what: 'minor' | 'cents') =>
  list.reduce((sum, it) => sum + it[what], 0)

/** Where a time begins in a time-ordered list, by binary search. */
function at(list: readonly Payment[], time: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.at ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** The payments of a time-ordered list from one time to another, both included. */
const between = (list: readonly Payment[], from: number, to: number) =>
  list.slice(at(list, from), at(list, to + 1))
