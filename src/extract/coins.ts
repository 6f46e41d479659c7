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

/** By the first unit of a form: the slot of the form, or PAIRED where the second unit has to tell. */
export const COIN_HEADS = new Uint8Array(0x10000)
/** By the first two units of longer forms. */
const PAIRS = new Uint8Array(0x1000)
const PAIRED = 0xff
/** By slot: the forms that begin so, as they are listed. Slot 0 is that of what begins none. */
const SLOTS: Coin[][] = [[]]
for (const [form, country] of CURRENCIES) {
  const head = form.charCodeAt(0)
  const sign = { country, weight: 1.5, reason: `amounts in "${form.trim()}"` }
  if (form.length === 1) COIN_HEADS[head] = slotWith({ form, sign }, 0)
  else {
    const pair = pairOf(head, form.charCodeAt(1))
    COIN_HEADS[head] = PAIRED
    PAIRS[pair] = slotWith({ form, sign }, PAIRS[pair] ?? 0)
  }
}

/** Adds a form to a slot, a new one when it has none; gives its number. */
function slotWith(coin: Coin, slot: number): number {
  if (slot === 0) return SLOTS.push([coin]) - 1
  SLOTS[slot]?.push(coin)
  return slot
}

/** Slots of ASCII pairs, which are most, are all different. */
function pairOf(first: number, second: number): number {
  return ((first << 7) ^ second ^ (first >> 5)) & 0xfff
}

/** The slot of the forms that may begin at `i`, by its first two units; 0 when none does. */
function slotAt(text: string, i: number): number {
  const unit = text.charCodeAt(i)
  const slot = COIN_HEADS[unit] as number
  return slot === PAIRED ? (PAIRS[pairOf(unit, text.charCodeAt(i + 1))] as number) : slot
}

/** Whether a form may begin at `i`, by its first two units. */
export function mayBeCoin(text: string, i: number): boolean {
  return slotAt(text, i) !== 0
}

/** The currency whose form stands at `i`, the first of the list. */
export function coinAt(text: string, i: number): Coin | null {
  const coins = SLOTS[slotAt(text, i)] as readonly Coin[]
  for (let k = 0; k < coins.length; k++) {
    const coin = coins[k] as Coin
    if (text.startsWith(coin.form, i)) return coin
  }
  return null
}
