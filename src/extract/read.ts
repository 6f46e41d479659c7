import type { Fact } from '../core/fact.ts'
import { findAccounts } from './find/account.ts'
import { findAmounts } from './find/amount.ts'
import { findBics } from './find/bic.ts'
import { findCrypto } from './find/crypto.ts'
import { findDates } from './find/date.ts'
import { findDocuments } from './find/document.ts'
import { findHandles } from './find/handle.ts'
import { findIbans } from './find/iban.ts'
import { findImeis } from './find/imei.ts'
import { findIps } from './find/ip.ts'
import { findPaymentRefs } from './find/payment-ref.ts'
import { findInternationalPhones, findPhones } from './find/phone.ts'
import { findWeb } from './find/web.ts'
import type { Candidate, Context, Plain } from './finder.ts'
import { detectLanguage } from './language.ts'
import { resolveOverlaps } from './overlap.ts'
import { sourceEnd, sourceOffset, toPlain } from './plain.ts'
import type { Reading, Refusal, Refuse } from './reading.ts'
import { factSigns, guessCountries, wordSigns } from './region.ts'

export type { Message, Reading, Refusal, SealedName } from './reading.ts'

export interface ReadOptions {
  /** The reporter's country, ISO 3166-1 alpha-2. */
  readonly country?: string
  /** The moment relative dates count from, ISO 8601. */
  readonly now?: string
}

type RefusingFinder = (plain: Plain, context: Context, refuse: Refuse) => Candidate[]

const FINDERS: readonly RefusingFinder[] = [
  findIbans,
  findBics,
  findCrypto,
  findWeb,
  findIps,
  findHandles,
  findPhones,
  findAccounts,
  findPaymentRefs,
  findImeis,
  findDocuments,
  findAmounts,
  (plain, context) => findDates(plain, context),
]

/**
 * Reads a text: its language, likely countries, and every fact in it with its exact place and reason.
 * Keeps    `source.slice(fact.start, fact.end) === fact.text`; facts are sorted and never overlap.
 * Never    throws, whatever the string; does any I/O.
 * Cost     linear in the text's length.
 */
export function read(source: string, options: ReadOptions = {}): Reading {
  const plain = toPlain(source)
  const spoken = detectLanguage(plain.text)
  const signs = [...wordSigns(plain, spoken), ...factSigns(findInternationalPhones(plain))]
  const { countries, why } = guessCountries(signs, options.country)
  const context: Context = { language: spoken.language, countries, why, now: options.now ?? null }
  const refused: Refusal[] = []
  const refuse: Refuse = (kind, { start, end }, why) => {
    refused.push({ kind, ...sourceSpan(plain, start, end), why })
  }
  const found = resolveOverlaps(FINDERS.flatMap((find) => find(plain, context, refuse)))
  return {
    language: spoken.language,
    languageWhy: spoken.why,
    countries,
    countriesWhy: why,
    facts: found.map((candidate) => toFact(plain, candidate)),
    names: [],
    messages: null,
    refused: refused.sort((a, b) => a.start - b.start),
  }
}

function sourceSpan(plain: Plain, start: number, end: number): { text: string; start: number; end: number } {
  const from = sourceOffset(plain, start)
  const to = sourceEnd(plain, end)
  return { text: plain.source.slice(from, to), start: from, end: to }
}

function toFact(plain: Plain, candidate: Candidate): Fact {
  const { kind, value, normal, start, end, ...rest } = candidate
  return { kind, value, normal, ...sourceSpan(plain, start, end), ...rest }
}
