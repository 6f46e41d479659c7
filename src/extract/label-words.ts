import type { Bank, Platform } from './lexicon/identifier-types.ts'
import { IDENTIFIERS } from './lexicon/identifiers.ts'
import { type Entry, Trie } from './trie.ts'

/** What a word says about the number or code beside it. */
export type Role =
  | 'phone'
  | 'number'
  | 'account'
  | 'reference'
  | 'bareReference'
  | 'tx'
  | 'wallet'
  | 'digest'
  | 'imei'
  | 'passport'
  | 'plate'
  | 'vehicle'
  | 'swift'
  | 'routing'
  | 'site'
  | 'ip'
  | 'version'
  | 'other'
  | 'paying'
  | 'payment'
  | 'platform'
  | 'bank'

export interface Meaning {
  readonly role: Role
  /** Payment system, platform id or bank name. */
  readonly system: string | null
  readonly bank: Bank | null
  readonly platform: Platform | null
  /** Counts only when it begins with a capital. */
  readonly capital: boolean
  /** The language of the word; null for names. */
  readonly language: string | null
}

function* entries(): Generator<Entry<Meaning>> {
  const none = { system: null, bank: null, platform: null, capital: false, language: null }
  for (const [role, languages] of Object.entries(IDENTIFIERS.labels)) {
    for (const [language, forms] of Object.entries(languages)) {
      const meaning: Meaning = { ...none, role: role as Role, language }
      for (const form of forms) yield [form, meaning]
    }
  }
  for (const [system, forms] of Object.entries(IDENTIFIERS.payments)) {
    for (const form of forms) yield [form, { ...none, role: 'payment', system }]
  }
  for (const platform of IDENTIFIERS.platforms) {
    const meaning: Meaning = { ...none, role: 'platform', system: platform.id, platform }
    for (const form of platform.names) yield [form, meaning]
  }
  for (const bank of IDENTIFIERS.banks) {
    const meaning: Meaning = { ...none, role: 'bank', system: bank.name, bank }
    for (const form of bank.names) yield [form, meaning]
    for (const form of bank.capital) yield [form, { ...meaning, capital: true }]
  }
}

export const LABELS = new Trie<Meaning>(entries())
