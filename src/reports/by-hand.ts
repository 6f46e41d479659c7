import { HouseError } from '../core/errors.ts'
import type { Fact, FactKind } from '../core/fact.ts'
import { parseMoney } from '../core/money.ts'
import type { Reading } from '../extract/reading.ts'
import type { Said } from './entries.ts'

/** Reads a text as the house does; handed in, so that this stays free of the reader's weight. */
export type ReadText = (text: string) => Pick<Reading, 'facts' | 'refused'>

export interface Typed {
  readonly kind: FactKind
  readonly value: string
  /** Of an amount: ISO 4217 or a token's code; '' when not known. */
  readonly currency?: string | undefined
}

/** What a typed fact is, or why it cannot be one; the sentence is for the person who typed. */
export type Checked = { readonly said: Said } | { readonly refused: string }

/** Words that tell the reader what the number behind them is. */
const CUES: Partial<Record<FactKind, string>> = {
  bank_account: 'bank account number: ',
  payment_ref: 'PromptPay: ',
  bic: 'SWIFT/BIC: ',
  imei: 'IMEI: ',
  passport: 'passport number: ',
  plate: 'licence plate: ',
  handle: 'Telegram: ',
  phone: 'phone: ',
}

/** Kinds whose form proves itself: what the reader refuses is a slip of the pen, and is not taken. */
const PROVEN: readonly FactKind[] = [
  'iban',
  'bic',
  'crypto_address',
  'crypto_tx',
  'imei',
  'email',
  'ip',
  'url',
  'domain',
  'phone',
]

const ADVICE: Partial<Record<FactKind, string>> = {
  iban: 'This is not an IBAN: it begins with two letters and two check digits, which must fit the rest.',
  bic: 'This is not a bank code: it has 8 or 11 letters and digits, such as ABCDSGSG.',
  crypto_address:
    'This is not a wallet address: one wrong letter is enough, so copy it again from where it stands.',
  crypto_tx: 'This is not a transaction: copy the whole hash again.',
  imei: 'This is not an IMEI: it has 15 digits, and the last must fit the others.',
  phone: 'This is not a phone number of any country; begin with + and the country code, such as +66.',
  email: 'This is not an e-mail address.',
}

/**
 * A fact as a person typed it, in its canonical form.
 * What the reader knows goes by its reading; what it does not, and what needs no proof, goes by what was typed.
 */
export function checkTyped({ kind, value, currency = '' }: Typed, readText: ReadText): Checked {
  const typed = value.normalize('NFKC').trim()
  if (typed === '') return { refused: 'Nothing is written here yet.' }
  if (kind === 'amount') return amount(typed, currency)
  if (kind === 'date') return date(typed, readText)
  for (const text of [typed, `${CUES[kind] ?? ''}${typed}`]) {
    const { facts, refused } = readText(text)
    const found = facts.find((fact) => fact.kind === kind && covers(fact, typed))
    if (found) return { said: fromReader(found) }
    const why = refused.find((refusal) => refusal.kind === kind)?.why
    if (why !== undefined) return { refused: asSentence(why) }
  }
  if (PROVEN.includes(kind))
    return { refused: ADVICE[kind] ?? 'This is not a form that can be right; copy it again.' }
  return { said: byHand(kind, typed) }
}

/** Whether the reading took in what was typed, and not only a part of it. */
function covers(fact: Fact, typed: string): boolean {
  const bare = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  return bare(fact.text).length >= bare(typed).length
}

function fromReader({ kind, value, normal, confidence, why, country, system }: Fact): Said {
  return { kind, value, normal, confidence, why: `${why} (typed by hand)`, country, system }
}

function byHand(kind: FactKind, typed: string): Said {
  const number = kind === 'bank_account' || kind === 'payment_ref' || kind === 'passport'
  const normal = number ? typed.replaceAll(/[\s-]/g, '').toUpperCase() : typed
  return { kind, value: typed, normal, confidence: 0.9, why: 'typed by hand' }
}

function amount(typed: string, currency: string): Checked {
  try {
    const { minor } = parseMoney(typed, currency || 'USD')
    const normal = { minor, currency: currency || null }
    return { said: { kind: 'amount', value: typed, normal, confidence: 1, why: 'typed by hand' } }
  } catch (cause) {
    if (!(cause instanceof HouseError)) throw cause
    return { refused: asSentence(currency === '' ? cause.message.replace(' of USD', '') : cause.message) }
  }
}

function date(typed: string, readText: ReadText): Checked {
  const moment = new Date(`${typed.length === 7 ? `${typed}-01` : typed}T00:00Z`)
  const iso = /^\d{4}-\d{2}(?:-\d{2})?$/.test(typed) && !Number.isNaN(moment.getTime())
  if (iso && moment.toISOString().startsWith(typed))
    return { said: { kind: 'date', value: typed, normal: typed, confidence: 1, why: 'typed by hand' } }
  const found = readText(typed).facts.find((fact) => fact.kind === 'date' && covers(fact, typed))
  return found
    ? { said: fromReader(found) }
    : { refused: 'Write the day as 2026-03-01, or the month as 2026-03.' }
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
