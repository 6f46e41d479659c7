import { HouseError } from '../core/errors.ts'

/** How files call the columns that tracing needs: our name, then theirs, the first that a file has. */
export type Synonyms = Readonly<Record<string, readonly string[]>>

/** What a person says of a file whose columns go by names of their own; a mapping file holds it under `transactions`. */
export interface OwnColumns {
  /** Our name, then the file's; '' says that there is none. */
  readonly columns?: Readonly<Record<string, string>>
  /** Of amounts that name none. */
  readonly currency?: string | undefined
  readonly decimal?: 'point' | 'comma' | undefined
  readonly dates?: 'day-first' | 'month-first' | undefined
  /** What an amount below nought is: not read, or a payment the other way. */
  readonly negative?: 'reject' | 'turn' | undefined
}

export const NEEDED = [
  'transaction_id',
  'booked_at',
  'booked_time',
  'amount',
  'currency',
  'received_amount',
  'received_currency',
  'payer_account',
  'payee_account',
] as const
export type Needed = (typeof NEEDED)[number]

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]/gu, '')

/** Header names with a repeated one numbered, as pandas does: `Account, Account` is `account, account.1`. */
function numbered(header: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return header.map((name) => {
    const key = plain(name)
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return before === 0 ? key : `${key}.${before}`
  })
}

/**
 * Which column of a header is which.
 * @throws `invalid` when a column that was named by a person is not there
 */
export function mapColumns(
  header: readonly string[],
  synonyms: Synonyms,
  own: OwnColumns = {},
): Map<Needed, number> {
  const names = numbered(header)
  const columns = new Map<Needed, number>()
  const taken = new Set<number>()
  const take = (ours: Needed, place: number) => {
    columns.set(ours, place)
    taken.add(place)
  }
  for (const ours of NEEDED) {
    const theirs = own.columns?.[ours] ?? ''
    if (theirs === '') continue
    const place = names.indexOf(plain(theirs))
    if (place < 0)
      throw new HouseError(
        'invalid',
        `its first line has no column “${theirs.slice(0, 40)}”, which was named for ${ours}`,
      )
    take(ours, place)
  }
  for (const ours of NEEDED) {
    if (columns.has(ours) || own.columns?.[ours] === '') continue
    const place = (synonyms[ours] ?? [])
      .map((it) => names.indexOf(plain(it)))
      .find((it) => it >= 0 && !taken.has(it))
    if (place !== undefined) take(ours, place)
  }
  return columns
}

/** What a header lacks to be one of transactions, in words; empty when it lacks nothing. */
export function missingOf(columns: ReadonlyMap<Needed, number>): string[] {
  return [
    ...(columns.has('amount') ? [] : ['an amount']),
    ...(columns.has('booked_at') ? [] : ['a time']),
    ...(columns.has('payer_account') || columns.has('payee_account') ? [] : ['a payer or payee account']),
  ]
}
