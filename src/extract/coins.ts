export type CurrencyForm = readonly [form: string, country: string]

/** Signs and words of currencies used in one country only, as they stand in texts; none begins with a small Latin letter. */
const CURRENCIES: readonly CurrencyForm[] = [
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

/** By unit: 1 where the form of a currency may begin. */
export const COIN_HEADS = new Uint8Array(0x10000)
/** By the first two units: 1 where they are those of a form, or the first is the whole of one. */
const PAIRS = new Uint8Array(0x1000)
const BY_HEAD = new Map<number, CurrencyForm[]>()
for (const one of CURRENCIES) {
  const head = one[0].charCodeAt(0)
  COIN_HEADS[head] = 1
  BY_HEAD.set(head, [...(BY_HEAD.get(head) ?? []), one])
  if (one[0].length > 1) PAIRS[pairOf(head, one[0].charCodeAt(1))] = 1
  else for (let next = 0; next < PAIRS.length; next++) PAIRS[pairOf(head, next)] = 1
}

/** Slots of ASCII pairs, which are most, are all different. */
function pairOf(first: number, second: number): number {
  return ((first << 7) ^ second ^ (first >> 5)) & 0xfff
}

/** Whether a form may begin at `i`, by its first two units. */
export function mayBeCoin(text: string, i: number): boolean {
  return PAIRS[pairOf(text.charCodeAt(i), text.charCodeAt(i + 1))] === 1
}

/** The currency whose form stands at `i`, the first of the list. */
export function coinAt(text: string, i: number): CurrencyForm | null {
  const forms = BY_HEAD.get(text.charCodeAt(i)) ?? []
  for (let k = 0; k < forms.length; k++)
    if (text.startsWith((forms[k] as CurrencyForm)[0], i)) return forms[k] as CurrencyForm
  return null
}
