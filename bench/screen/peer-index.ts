import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { content } from '#content'
import { decimalsOf } from '../../src/ledger/amount-sql.ts'
import { wordLists, wordPattern } from '../../src/ledger/word-lists.ts'

export interface Files {
  readonly transactions: string
  readonly accounts: string
}

export interface Payment {
  readonly at: number
  readonly payer: string
  readonly payee: string
  readonly currency: string
  readonly minor: number
  readonly cents: number
  readonly cash: boolean
  readonly category: boolean
}

export interface Pair {
  n: number
}

export interface Profile {
  readonly into: Payment[]
  readonly outOf: Payment[]
  payers: number
  payees: number
  rarePayers: number
  rarePayees: number
  categories: number
  first: number
  last: number
}

/** What is looked up for each payment: history by account, both sides of each pair, who is excused. */
export interface Index {
  readonly profiles: Map<string, Profile>
  readonly pairs: Map<string, Pair>
  readonly licensed: Set<string>
  readonly business: Set<string>
  readonly span: { readonly ms: number; readonly ends: number; readonly strange: boolean }
}

export const key = (payer: string, payee: string) => `${payer}\n${payee}`

/** Reads the payments into memory in the order of the file, which is that of their times, and fills the indexes. */
export async function indexed({
  transactions,
  accounts,
}: Files): Promise<{ payments: Payment[]; index: Index }> {
  const payments: Payment[] = []
  const profiles = new Map<string, Profile>()
  const pairs = new Map<string, Pair>()
  const of = profileIn(profiles)
  for await (const row of rows(transactions)) {
    const it = paymentOf(row)
    payments.push(it)
    if (it.payer !== '') of(it.payer).outOf.push(it)
    if (it.payee !== '') {
      of(it.payee).into.push(it)
      if (it.category) of(it.payee).categories++
    }
    if (it.payer === '' || it.payee === '' || it.payer === it.payee) continue
    const pair = pairs.get(key(it.payer, it.payee))
    if (pair) pair.n++
    else pairs.set(key(it.payer, it.payee), { n: 1 })
    for (const side of [of(it.payer), of(it.payee)]) {
      side.first = Math.min(side.first, it.at)
      side.last = Math.max(side.last, it.at)
    }
  }
  for (const [names, { n }] of pairs) {
    const [payer = '', payee = ''] = names.split('\n')
    of(payer).payees++
    of(payee).payers++
    if (n > 1) continue
    of(payer).rarePayees++
    of(payee).rarePayers++
  }
  return { payments, index: { profiles, pairs, span: spanOf(profiles), ...(await excusedBy(accounts)) } }
}

const profileIn = (profiles: Map<string, Profile>) => (account: string) => {
  const known = profiles.get(account)
  if (known) return known
  const fresh: Profile = {
    into: [],
    outOf: [],
    payers: 0,
    payees: 0,
    rarePayers: 0,
    rarePayees: 0,
    categories: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  }
  profiles.set(account, fresh)
  return fresh
}

/** How long the book is, and whether strangers are ordinary in it. */
function spanOf(profiles: ReadonlyMap<string, Profile>): Index['span'] {
  let [first, ends, payers, rare, dealing] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0]
  for (const it of profiles.values()) {
    if (it.payers + it.payees === 0) continue
    first = Math.min(first, it.first)
    ends = Math.max(ends, it.last)
    payers += it.payers
    rare += it.rarePayers
    dealing++
  }
  return { ms: ends - first, ends, strange: dealing >= 300 && rare > 0.9 * payers }
}

async function excusedBy(accounts: string): Promise<Pick<Index, 'licensed' | 'business'>> {
  const [licensed, business] = [new Set<string>(), new Set<string>()]
  for await (const { account = '', licence, holder_type } of rows(accounts)) {
    if (licence) licensed.add(account)
    if (holder_type === 'business') business.add(account)
  }
  return { licensed, business }
}

const { perDollar } = content('ledger/scale.yaml') as { perDollar: Record<string, number> }
const CASH_MCC = wordLists().cash?.mcc ?? []
const CASH = new RegExp(wordPattern('cash'))

function paymentOf(row: Readonly<Record<string, string>>): Payment {
  const { currency = '', payer_account: payer = '', payee_account: payee = '', mcc = '' } = row
  const decimals = decimalsOf(currency)
  const minor = Math.round(Number(row.amount) * 10 ** decimals)
  const rate = Number(((100 / (perDollar[currency] ?? 1)) * 10 ** -decimals).toPrecision(12))
  const said = `${row.rail} ${row.channel} ${row.crypto_chain} ${row.payee_name} ${row.purpose}`.toLowerCase()
  return {
    at: Date.parse(row.booked_at ?? ''),
    payer,
    payee,
    currency,
    minor,
    cents: Math.round(minor * rate),
    cash: CASH_MCC.includes(mcc) || CASH.test(said),
    category: mcc !== '',
  }
}

/** Rows of a CSV that was written without quotation marks, as our generator's are. */
async function* rows(path: string): AsyncGenerator<Record<string, string>> {
  let header: string[] | null = null
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const fields = line.split(',')
    if (header) {
      const row: Record<string, string> = {}
      for (const [i, name] of header.entries()) row[name] = fields[i] ?? ''
      yield row
    } else header = fields
  }
}
