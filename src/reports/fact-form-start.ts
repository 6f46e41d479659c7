import type { FactKind } from '../core/fact.ts'
import type { Said } from './entries.ts'
import { shortMoney, showNormal } from './kinds.ts'

/** What the form begins with: a fact to correct, words that were selected, or nothing. */
export interface FactFormStart {
  readonly title: string
  readonly kind: FactKind
  readonly value: string
  readonly currency: string
  /** Where an account is kept; '' when not known. */
  readonly country: string
  readonly system: string
}

export function emptyStart(value: string): FactFormStart {
  return { title: 'Add a fact', kind: 'bank_account', value, currency: '', country: '', system: '' }
}

/** How a fact stands in the form: an amount without its code, which has a field of its own. */
export function startOf(title: string, it: Said): FactFormStart {
  const { kind, normal, country = '', system = '' } = it
  if (typeof normal === 'string') return { title, kind, value: normal, currency: '', country, system }
  const { minor, currency } = normal
  const value =
    currency === null
      ? showNormal(normal).replace(', currency not known', '')
      : shortMoney(minor, currency).split(' ')[1]
  return { title, kind, value: value ?? '', currency: currency ?? '', country: '', system: '' }
}
