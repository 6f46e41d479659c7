import { COUNTRIES, type Holder, holderOf, isBusiness, mixed, townOf } from './people.ts'

export interface Street {
  readonly next: () => number
  readonly accounts: number
}

/** A payment before it is written; what is not said stays empty. */
interface Draft {
  readonly payer?: number
  readonly payee?: number
  readonly amount: number
  readonly rail: string
  readonly channel: string
  readonly purpose?: string
  readonly mcc?: string
  readonly currency?: string
  readonly chain?: string
  readonly first?: boolean
  readonly abroad?: string
}

const MCCS = ['5411', '5812', '5912', '5541', '5999', '5651', '4814', '5732']
const WORDS = [
  '',
  '',
  '',
  'gift',
  'lunch',
  'rent share',
  'thanks',
  'books',
  'holiday',
  'repair',
  'tickets',
  'club dues',
]
const SLEEPLESS = ['mobile', 'online', 'branch']
const of = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

const any = (it: Street) => Math.floor(it.next() * it.accounts)
/** One of the tenth of the people who have a habit. */
const some = (it: Street, habit: number) =>
  (Math.floor(it.next() * (it.accounts / 10)) * 10 + habit) % it.accounts
const business = (it: Street, n: number) => (n % Math.max(1, Math.floor(it.accounts / 12))) * 12
/** A sum of money between two powers of e, with cents. */
const sum = (it: Street, low: number, width: number) => Math.exp(low + it.next() * width)

/** What people do with money, and how often in a thousand payments. */
const HABITS: readonly (readonly [number, (it: Street) => Draft])[] = [
  [300, card],
  [430, toKnown],
  [55, toStranger],
  [65, wages],
  [50, rent],
  [
    40,
    (it) => ({ payer: any(it), amount: 20 * (1 + Math.floor(it.next() * 20)), rail: 'cash', channel: 'atm' }),
  ],
  [
    10,
    (it) => ({
      payee: any(it),
      amount: sum(it, 3, 5),
      rail: 'cash',
      channel: 'branch',
      purpose: 'cash deposit',
    }),
  ],
  [20, abroad],
  [8, exchange],
  [8, onChain],
  [4, (it) => shopping(it, { mcc: '7995', purpose: 'betting', salt: 61, low: 2, width: 4 })],
  [10, (it) => shopping(it, { mcc: '4511', purpose: 'return flight', salt: 62, low: 4, width: 3 })],
]
const TOTAL = HABITS.reduce((all, [often]) => all + often, 0)
/** Which habit it is, by a number below `TOTAL`. */
const BY_CHANCE = HABITS.flatMap(([often, habit]) => Array<(it: Street) => Draft>(often).fill(habit))

/** One payment of everyday life. */
export const draft = (it: Street): Draft => (BY_CHANCE[Math.floor(it.next() * TOTAL)] ?? card)(it)

/** One of the three shops where somebody buys. */
function card(it: Street): Draft {
  const payer = any(it)
  const payee = business(it, mixed(payer, 20 + Math.floor(it.next() * 3)))
  return {
    payer,
    payee,
    amount: sum(it, 1.5, 3.2),
    rail: 'card',
    channel: 'pos',
    mcc: of(MCCS, mixed(payee, 30)),
  }
}

/** Most payments run between pairs that deal again and again. */
function toKnown(it: Street): Draft {
  const payer = any(it)
  const habit = Math.floor(it.next() * it.next() * 4)
  return { ...transfer(it, payer), payee: (payer * 31 + habit * 7_919 + 1) % it.accounts }
}

function toStranger(it: Street): Draft {
  const collector = it.next() < 0.02
  const payee = collector ? Math.floor(it.next() * (it.accounts / 2_000)) * 2_000 : any(it)
  return { ...transfer(it, any(it)), payee, first: true }
}

function transfer(it: Street, payer: number): Draft {
  const purpose = isBusiness(payer)
    ? `invoice ${Math.floor(it.next() * 100_000)}`
    : of(WORDS, Math.floor(it.next() * 12))
  return {
    payer,
    amount: sum(it, 2, 5),
    rail: it.next() < 0.5 ? 'instant' : 'transfer',
    channel: of(SLEEPLESS, Math.floor(it.next() * 2.1)),
    purpose,
  }
}

function wages(it: Street): Draft {
  const worker = any(it)
  const payer = business(it, mixed(worker, 40))
  return {
    payer,
    payee: worker,
    amount: 1_200 + (mixed(worker, 41) % 2_800),
    rail: 'transfer',
    channel: 'file',
    purpose: 'salary',
  }
}

function rent(it: Street): Draft {
  const payer = any(it)
  return {
    payer,
    payee: business(it, mixed(payer, 42)),
    amount: 300 + (mixed(payer, 43) % 900),
    rail: 'transfer',
    channel: 'online',
    purpose: 'rent',
  }
}

function abroad(it: Street): Draft {
  const payer = some(it, 1)
  return {
    payer,
    payee: (payer * 17 + 5) % it.accounts,
    amount: sum(it, 4, 4),
    rail: 'wire',
    channel: 'online',
    purpose: 'family',
    abroad: of(COUNTRIES, 1 + (mixed(payer, 44) % 6)),
  }
}

/** Money to one of a few licensed exchanges. */
function exchange(it: Street): Draft {
  const payer = some(it, 3)
  return {
    payer,
    payee: business(it, (mixed(payer, 45) % 5) * 97),
    amount: sum(it, 3, 3),
    rail: 'transfer',
    channel: 'mobile',
    purpose: 'crypto purchase',
  }
}

/** From wallet to wallet on a chain. */
function onChain(it: Street): Draft {
  const payer = some(it, 7)
  const payee = (payer * 13 + Math.floor(it.next() * 3) * 577 + 7) % it.accounts
  return {
    payer,
    payee,
    amount: sum(it, 3, 5),
    rail: 'crypto',
    channel: 'wallet',
    currency: 'USDT',
    chain: 'tron',
  }
}

function shopping(
  it: Street,
  {
    mcc,
    purpose,
    salt,
    low,
    width,
  }: { mcc: string; purpose: string; salt: number; low: number; width: number },
): Draft {
  const payer = some(it, 9)
  const payee = business(it, (mixed(payer, salt) % 40) * 13)
  return { payer, payee, amount: sum(it, low, width), rail: 'card', channel: 'online', mcc, purpose }
}

const NOBODY: Pick<Holder, 'account' | 'bank' | 'name' | 'country'> = {
  account: '',
  bank: '',
  name: '',
  country: '',
}

/** The payment as a line of the transactions file. Every fiftieth payer keeps an account in euros. */
export function lineOf(it: Draft, { id, at, next }: { id: string; at: string; next: () => number }): string {
  const [payer, payee] = [it.payer, it.payee].map((n) => (n === undefined ? null : holderOf(n)))
  const [from, to] = [payer ?? NOBODY, payee ?? NOBODY]
  const away = payer && next() < 0.02
  const remote = it.channel === 'online' || it.channel === 'mobile'
  const changed = payer && it.payer !== undefined && it.payer % 25 === 0 && at > '2026-07' ? 'b' : ''
  return [
    id,
    at,
    it.amount.toFixed(2),
    it.currency ?? (it.payer !== undefined && it.payer % 50 === 1 ? 'EUR' : 'USD'),
    it.rail,
    from.account,
    from.bank,
    from.name,
    from.country,
    to.account,
    to.bank,
    to.name,
    it.abroad ?? to.country,
    it.purpose ?? '',
    it.mcc ?? '',
    it.channel,
    remote && payer ? payer.device + changed : '',
    remote && payer ? payer.ip : '',
    it.chain ?? '',
    it.chain ? `tx${id.slice(1)}` : '',
    it.first ? 'true' : 'false',
    next() < 0.000_1 ? 'true' : 'false',
    it.payer === undefined ? '' : away ? townOf(it.payer, 50) : (payer?.town ?? ''),
  ].join(',')
}
