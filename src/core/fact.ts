/**
 * A fact is one thing a text states: an account, a number, an amount, a place.
 * The words below are fixed: the API, the command line and the database use them.
 */
export const FACT_KINDS = [
  'phone',
  'email',
  'url',
  'domain',
  'handle',
  'iban',
  'bank_account',
  'bic',
  'crypto_address',
  'crypto_tx',
  'payment_ref',
  'amount',
  'date',
  'place',
  'passport',
  'plate',
  'ip',
  'imei',
  'organisation',
] as const

export type FactKind = (typeof FACT_KINDS)[number]

/** An amount of money in minor units: 12.30 EUR is `{ minor: 1230, currency: 'EUR' }`; currency null when unknown. */
export interface Money {
  /** Integer, safe range; ISO 4217 exponent, USDT and USDC 6, BTC 8. */
  readonly minor: number
  readonly currency: string | null
}

/** The canonical form: E.164, IBAN without blanks, checksummed address, ISO date; for an amount, its money. */
export type Normal = string | Money

export interface Fact {
  readonly kind: FactKind
  /** What was read, tidied for people: defanged, joined, in ASCII digits. */
  readonly value: string
  readonly normal: Normal
  /** The exact slice of the text: `text === source.slice(start, end)`. */
  readonly text: string
  /** UTF-16 offsets into the source. */
  readonly start: number
  readonly end: number
  /** 0..1: how sure the reading is; 1 only with a checksum or an exact catalogue hit. */
  readonly confidence: number
  /** One plain sentence: why this is believed. */
  readonly why: string
  /** Country the fact belongs to, ISO 3166-1 alpha-2, where its form or context says so. */
  readonly country?: string
  /** Bank name for an account, chain for a wallet, platform for a handle, where known. */
  readonly system?: string
  /** In a chat: who wrote it and when (ISO 8601, local to the chat). */
  readonly speaker?: string
  readonly at?: string
}
