import { z } from 'zod'
import { CURRENCIES } from '../core/money.ts'
import { Country, Minor, Moment } from '../core/shapes.ts'

/** How the money left. `bank_transfer` is for when nobody knows yet whether it went as a wire or at once. */
export const CHANNELS = ['wire', 'instant', 'bank_transfer', 'card', 'cash', 'crypto', 'other'] as const
export type Channel = (typeof CHANNELS)[number]

/** What the money went to. A `payment_ref` is a PayNow, PromptPay or UPI name that a bank resolves to an account. */
export const ACCOUNT_KINDS = ['bank_account', 'payment_ref', 'wallet'] as const
export type AccountKind = (typeof ACCOUNT_KINDS)[number]

/** Whose country is meant: the person's, the account's that paid, the account's that received. */
export const PARTIES = ['victim', 'payer', 'payee'] as const
export type Party = (typeof PARTIES)[number]

const Currency = z.enum(CURRENCIES, 'not a currency code, e.g. SGD')

/** ISO 8601 as exact as it is known: a month, a day, a moment without or with its offset from UTC. */
export const PaidAt = z.union(
  [
    z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
    z.iso.date(),
    z.iso.datetime({ offset: true, local: true }),
  ],
  'not a time such as 2026-03-01, or 2026-03-01T21:40:00+08:00',
)

/** What is known of one payment to scammers; null is “not known”, never “no”. */
export const Payment = z.object({
  victimCountry: Country.nullable(),
  payerCountry: Country.nullable(),
  payeeCountry: Country.nullable(),
  payeeAccount: z.enum(ACCOUNT_KINDS).nullable(),
  /** The bank that sent the payment, as people write its name. */
  payerBank: z.string().min(1).nullable(),
  channel: z.enum(CHANNELS).nullable(),
  amount: z.object({ minor: Minor, currency: Currency.nullable() }).nullable(),
  /** The same amount in other currencies, each converted and vouched for by a person. The house never converts. */
  equivalents: z.array(z.object({ minor: Minor, currency: Currency, by: z.string().min(1) })).default([]),
  paidAt: PaidAt.nullable(),
  /** Whether the paying bank has sent its recall. */
  recallSent: z.boolean().nullable(),
  /** Whether the victim, or somebody for them, has reported to the police where the victim is. */
  reportFiled: z.boolean().nullable(),
})
export type Payment = z.infer<typeof Payment>

/** A name that is read at night and compared: one line, something to see, and nothing that turns its letters round. */
const Named = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/[\p{L}\p{N}]/u, 'a name has letters')
  .regex(
    /^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+$/u,
    'a name is one line, without signs that turn letters round',
  )

/** What of the payment goes along with a request, beside its time, amount and accounts; null is “not known”. */
export const PaymentSaid = z.strictObject({
  payerCountry: Country.nullable(),
  payerBank: Named.nullable(),
  channel: z.enum(CHANNELS).nullable(),
  recallSent: z.boolean().nullable(),
  reportFiled: z.boolean().nullable(),
})
export type PaymentSaid = z.infer<typeof PaymentSaid>

export const NOTHING_SAID: PaymentSaid = {
  ...{ payerCountry: null, payerBank: null, channel: null },
  ...{ recallSent: null, reportFiled: null },
}

/** A payment and the moment at which it is looked at. */
export const Situation = Payment.extend({ now: Moment })
export type Situation = z.infer<typeof Situation>

const HOUR = 3_600_000

/**
 * The span in which the payment was made, in milliseconds since 1970. A day or a moment without an offset may be
 * anywhere on Earth, so its span reaches from UTC+14 to UTC-12; it never reaches beyond `now`.
 * @returns null when the time is not known or lies wholly in the future
 */
export function paidBetween({ paidAt, now }: Situation): { earliest: number; latest: number } | null {
  if (paidAt === null) return null
  const { earliest, latest } = spanOf(paidAt)
  const today = Date.parse(now)
  return earliest > today ? null : { earliest, latest: Math.min(latest, today) }
}

function spanOf(paidAt: string): { earliest: number; latest: number } {
  if (/T.*(?:Z|[+-]\d\d:?\d\d)$/.test(paidAt)) {
    const moment = Date.parse(paidAt)
    return { earliest: moment, latest: moment }
  }
  const [year = 0, month = 1] = paidAt.split('-').map(Number)
  const isMonth = paidAt.length === 7
  const start = Date.parse(
    paidAt.includes('T') ? `${paidAt}Z` : `${isMonth ? `${paidAt}-01` : paidAt}T00:00Z`,
  )
  const end = isMonth ? Date.UTC(year, month, 1) : paidAt.includes('T') ? start : start + 24 * HOUR
  return { earliest: start - 14 * HOUR, latest: end + 12 * HOUR }
}
