import { z } from 'zod'
import { CURRENCIES, formatMoney } from '../core/money.ts'
import { Country } from '../core/shapes.ts'
import { ACCOUNT_KINDS, CHANNELS, PARTIES, type Party, paidBetween, type Situation } from './situation.ts'

/** Where a statement comes from: [S0]..[S4] founding document, [F: …] found in public, [M] from memory, [P] ours. */
export const Source = z
  .string()
  .regex(/\[(?:S[0-4]|F: [^\]]+|M|P)\]/, 'must carry a provenance mark: [S0], [F: where], [M] or [P]')
export const Words = z.string().trim().min(1)
export const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case words joined by hyphens')

/** `words` is the rule itself, for people. */
const common = { id: Id, words: Words, source: Source }

/** The countries of some parties must all stand in a list. A rail file may name a code list instead of countries. */
const CountryIn = z.strictObject({
  ...common,
  check: z.literal('country_in'),
  of: z.array(z.enum(PARTIES)).min(1),
  in: z.array(Country).min(1),
  /** Territories that reach the list through a member: `HK: CN`. */
  through: z.record(Country, Country).default({}),
  /** What the list is called in a sentence: “the members of INTERPOL”. */
  listName: z.string().optional(),
})
const CrossBorder = z.strictObject({
  ...common,
  check: z.literal('cross_border'),
  between: z.tuple([z.enum(PARTIES), z.enum(PARTIES)]),
  is: z.boolean(),
})
const ChannelIn = z.strictObject({
  ...common,
  check: z.literal('channel_in'),
  in: z.array(z.enum(CHANNELS)).min(1),
  /** Channels that may turn out to be one of `in`. */
  unsure: z.array(z.enum(CHANNELS)).default([]),
})
const AccountIn = z.strictObject({
  ...common,
  check: z.literal('account_in'),
  in: z.array(z.enum(ACCOUNT_KINDS)).min(1),
})
const AmountAtLeast = z.strictObject({
  ...common,
  check: z.literal('amount_at_least'),
  /** Minor units: 5000000 USD is 50,000 dollars. */
  minor: z.int().min(1),
  currency: z.enum(CURRENCIES, 'not a currency code, e.g. USD'),
})
const WithinHours = z.strictObject({
  ...common,
  check: z.literal('within_hours'),
  hours: z.int().min(1),
})
const Done = z.strictObject({
  ...common,
  check: z.literal('done'),
  step: z.enum(['recall_sent', 'report_filed']),
})

/** One condition of a rail. All must be met before the rail is open. */
export const Condition = z.discriminatedUnion('check', [
  CountryIn,
  CrossBorder,
  ChannelIn,
  AccountIn,
  AmountAtLeast,
  WithinHours,
  Done,
])
export type Condition = z.infer<typeof Condition>
type Of<K extends Condition['check']> = Extract<Condition, { check: K }>

export interface Verdict {
  readonly met: boolean | null
  readonly why: string
}

/** Whether one condition is met, in words. `met: null` is “not known”: it asks for something, it refuses nothing. */
export function judge(condition: Condition, situation: Situation): Verdict {
  switch (condition.check) {
    case 'country_in':
      return countryIn(condition, situation)
    case 'cross_border':
      return crossBorder(condition, situation)
    case 'channel_in':
      return channelIn(condition, situation)
    case 'account_in':
      return accountIn(condition, situation)
    case 'amount_at_least':
      return amountAtLeast(condition, situation)
    case 'within_hours':
      return withinHours(condition, situation)
    case 'done':
      return done(condition, situation)
  }
}

const PARTY_WORDS: Record<Party, string> = {
  victim: 'the victim',
  payer: 'the paying account',
  payee: 'the receiving account',
}
const CHANNEL_WORDS: Record<(typeof CHANNELS)[number], string> = {
  wire: 'a bank wire',
  instant: 'an instant payment',
  bank_transfer: 'a bank transfer, of which kind is not known',
  card: 'a card payment',
  cash: 'cash',
  crypto: 'crypto-assets',
  other: 'another way of paying',
}
const ACCOUNT_WORDS: Record<(typeof ACCOUNT_KINDS)[number], string> = {
  bank_account: 'a bank account',
  payment_ref: 'a payment name that a bank resolves to an account',
  wallet: 'a crypto wallet',
}

/** The country of a party, ISO 3166-1 alpha-2, or null. */
export function countryOf(party: Party, situation: Situation): string | null {
  return situation[`${party}Country`]
}

const regions = new Intl.DisplayNames(['en'], { type: 'region', style: 'short' })

// The short names of these two are abbreviations, which not everybody reads.
const SPELT_OUT: Record<string, string> = { GB: 'the United Kingdom', US: 'the United States' }

/** The English short name of a country as it stands in a sentence; its code where there is none. */
export function countryName(code: string): string {
  return SPELT_OUT[code] ?? regions.of(code) ?? code
}

function countryIn({ of, in: list, through, listName }: Of<'country_in'>, situation: Situation): Verdict {
  const where = listName ?? list.map(countryName).join(', ')
  const seen = of.map((party) => {
    const code = countryOf(party, situation)
    const via = code === null ? undefined : through[code]
    if (code === null) return { met: null, why: `the country of ${PARTY_WORDS[party]}` }
    const at = `${PARTY_WORDS[party]} is in ${countryName(code)}`
    if (list.includes(code)) return { met: true, why: listName ? `${at}, one of ${listName}` : at }
    if (via && list.includes(via)) return { met: true, why: `${at}, which works through ${countryName(via)}` }
    return { met: false, why: listName ? `${at}, which is not one of ${where}` : `${at}, not in ${where}` }
  })
  const refused = seen.filter(({ met }) => met === false)
  if (refused.length > 0) return { met: false, why: sentence(refused.map(({ why }) => why)) }
  const missing = seen.filter(({ met }) => met === null)
  if (missing.length > 0)
    return { met: null, why: `Not known: ${missing.map(({ why }) => why).join(' and ')}.` }
  return { met: true, why: sentence(seen.map(({ why }) => why)) }
}

function crossBorder({ between, is }: Of<'cross_border'>, situation: Situation): Verdict {
  const [from, to] = between.map((party) => countryOf(party, situation))
  const missing = between.filter((party) => countryOf(party, situation) === null)
  if (!from || !to)
    return {
      met: null,
      why: `Not known: the country of ${missing.map((party) => PARTY_WORDS[party]).join(' and of ')}.`,
    }
  const [a, b] = between.map((party) => PARTY_WORDS[party])
  const why =
    from === to
      ? `both ${a} and ${b} are in ${countryName(from)}: no border was crossed`
      : `${a} is in ${countryName(from)} and ${b} in ${countryName(to)}: a border was crossed`
  return { met: (from !== to) === is, why: sentence([why]) }
}

function channelIn({ in: list, unsure }: Of<'channel_in'>, { channel }: Situation): Verdict {
  const wanted = list.map((it) => CHANNEL_WORDS[it]).join(' or ')
  if (channel === null) return { met: null, why: `Not known: how the money was sent; this needs ${wanted}.` }
  const was = `The money went as ${CHANNEL_WORDS[channel]}`
  if (list.includes(channel)) return { met: true, why: `${was}.` }
  if (unsure.includes(channel))
    return { met: null, why: `Not known: ask the paying bank whether it was ${wanted}.` }
  return { met: false, why: `${was}; this needs ${wanted}.` }
}

function accountIn({ in: list }: Of<'account_in'>, { payeeAccount }: Situation): Verdict {
  const wanted = list.map((it) => ACCOUNT_WORDS[it]).join(' or ')
  if (payeeAccount === null)
    return { met: null, why: `Not known: what received the money; this needs ${wanted}.` }
  const was = `The money went to ${ACCOUNT_WORDS[payeeAccount]}`
  if (list.includes(payeeAccount)) return { met: true, why: `${was}.` }
  return { met: false, why: `${was}; this needs ${wanted}.` }
}

function amountAtLeast({ minor, currency }: Of<'amount_at_least'>, situation: Situation): Verdict {
  const { amount, equivalents } = situation
  const least = formatMoney(minor, currency)
  if (amount === null) return { met: null, why: `Not known: the amount; this needs at least ${least}.` }
  const stated =
    amount.currency === currency ? amount : equivalents.findLast((it) => it.currency === currency)
  if (stated === undefined) {
    if (amount.currency === null)
      return { met: null, why: `Not known: the currency of the amount; this needs at least ${least}.` }
    const paid = formatMoney(amount.minor, amount.currency)
    const ask = `a person must convert it and enter the amount in ${currency}`
    return { met: null, why: `Not known: ${paid} against at least ${least}; ${ask}.` }
  }
  const by = 'by' in stated ? `, as converted by ${stated.by}` : ''
  const was = `${formatMoney(stated.minor, currency)} was paid${by}`
  if (stated.minor >= minor) return { met: true, why: `${was}; at least ${least} is needed.` }
  return { met: false, why: `${was}; this needs at least ${least}.` }
}

const HOUR = 3_600_000

function withinHours({ hours }: Of<'within_hours'>, situation: Situation): Verdict {
  const paid = paidBetween(situation)
  const limit = `this is open for ${hours} hours after the payment`
  if (paid === null)
    return situation.paidAt === null
      ? { met: null, why: `Not known: when the money was paid; ${limit}.` }
      : { met: null, why: `Not known: the time given for the payment is still to come; check it.` }
  const now = Date.parse(situation.now)
  const most = now - paid.earliest
  const least = now - paid.latest
  if (most <= hours * HOUR) return { met: true, why: `Paid ${ago(most, least)}; ${limit}.` }
  if (least > hours * HOUR) return { met: false, why: `Paid ${ago(most, least)}; ${limit}.` }
  return { met: null, why: `Not known: paid ${ago(most, least)}; ${limit}. Find out the exact time.` }
}

/** “5 hours ago”, “50 minutes ago”, “between 3 and 29 hours ago”; hours are rounded down. */
function ago(most: number, least: number): string {
  const hours = (span: number) => Math.floor(span / HOUR)
  if (hours(most) !== hours(least)) return `between ${hours(least)} and ${hours(most)} hours ago`
  if (most < HOUR) return count(Math.floor(most / 60_000), 'minute')
  return count(hours(most), 'hour')
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'} ago`
}

const STEP_WORDS = {
  recall_sent: {
    yes: 'The paying bank has sent its recall.',
    no: 'The paying bank has not sent its recall yet; ask it to, first.',
    unknown: 'Not known: whether the paying bank has sent its recall.',
  },
  report_filed: {
    yes: 'The crime has been reported to the police where the victim is.',
    no: 'The crime has not been reported yet to the police where the victim is.',
    unknown: 'Not known: whether the crime has been reported to the police where the victim is.',
  },
} as const

function done({ step }: Of<'done'>, { recallSent, reportFiled }: Situation): Verdict {
  const met = step === 'recall_sent' ? recallSent : reportFiled
  const words = STEP_WORDS[step]
  return { met, why: met === null ? words.unknown : met ? words.yes : words.no }
}

function sentence(parts: readonly string[]): string {
  const text = parts.join(', and ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
