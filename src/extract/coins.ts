import type { RegionSign } from './region.ts'

/** How a currency is written, and what it says of the country of a text. */
export interface Coin {
  readonly form: string
  readonly sign: RegionSign
}

/** Signs and words of currencies used in one country only, as they stand in texts; none begins with a small Latin letter. */
const CURRENCIES: readonly (readonly [form: string, country: string])[] = [
  ['฿', 'TH'],
  ['บาท', 'TH'],
  [' baht', 'TH'],
  ['THB', 'TH'],
  ['₫', 'VN'],
  ['VND', 'VN'],
  ['៛', 'KH'],
  [' riel', 'KH'],
  ['MMK', 'MM'],
  [' kyat', 'MM'],
  ['₭', 'LA'],
  [' kip', 'LA'],
  ['₱', 'PH'],
  ['PHP', 'PH'],
  ['₹', 'IN'],
  ['INR', 'IN'],
  [' lakh', 'IN'],
  ['৳', 'BD'],
  ['BDT', 'BD'],
  [' taka', 'BD'],
  ['S$', 'SG'],
  ['SGD', 'SG'],
  ['MYR', 'MY'],
  [' RM', 'MY'],
  ['IDR', 'ID'],
  [' Rp', 'ID'],
  ['HK$', 'HK'],
  ['HKD', 'HK'],
  ['NT$', 'TW'],
  ['TWD', 'TW'],
  ['£', 'GB'],
  ['GBP', 'GB'],
  ['A$', 'AU'],
  ['AUD', 'AU'],
  ['KSh', 'KE'],
  ['KES', 'KE'],
  ['TZS', 'TZ'],
  ['UGX', 'UG'],
  ['RMB', 'CN'],
  ['CNY', 'CN'],
]

const WHOLE = 1
const HEAD_OF = 2
/** By the first unit of a form: that it is the whole of one, or the head of longer ones; else 0. */
export const COIN_HEADS = new Uint8Array(0x10000)
/** By the first two units of longer forms. */
const PAIRS = new Uint8Array(0x1000)
const BY_HEAD = new Map<number, Coin[]>()
for (const [form, country] of CURRENCIES) {
  const head = form.charCodeAt(0)
  const sign = { country, weight: 1.5, reason: `amounts in "${form.trim()}"` }
  COIN_HEADS[head] = form.length === 1 ? WHOLE : HEAD_OF
  BY_HEAD.set(head, [...(BY_HEAD.get(head) ?? []), { form, sign }])
  if (form.length > 1) PAIRS[pairOf(head, form.charCodeAt(1))] = 1
}

/** Slots of ASCII pairs, which are most, are all different. */
function pairOf(first: number, second: number): number {
  return ((first << 7) ^ second ^ (first >> 5)) & 0xfff
}

/** Whether a form may begin at `i`, by its first two units. */
export function mayBeCoin(text: string, i: number): boolean {
  const unit = text.charCodeAt(i)
  return COIN_HEADS[unit] === WHOLE || PAIRS[pairOf(unit, text.charCodeAt(i + 1))] === 1
}

/** The currency whose form stands at `i`, the first of the list. */
export function coinAt(text: string, i: number): Coin | null {
  const coins = BY_HEAD.get(text.charCodeAt(i)) ?? NONE
  for (let k = 0; k < coins.length; k++) {
    const coin = coins[k] as Coin
    if (text.startsWith(coin.form, i)) return coin
  }
  return null
}

const NONE: readonly Coin[] = []
