import type { FactKind, Money, Normal } from '../../core/fact.ts'
import { formatMoney } from '../../core/money.ts'

/** Kinds that people compare sign by sign, so they stand in groups of four. */
const BY_SIGN: ReadonlySet<FactKind> = new Set([
  'iban',
  'bank_account',
  'crypto_address',
  'crypto_tx',
  'payment_ref',
  'imei',
  'passport',
])

/**
 * The pieces in which an identifier is shown; joined by nothing they are the identifier, so what is copied is exact.
 * Longer than `most` signs, a wallet or transaction shows its two ends and `…` between; the whole is one press away.
 */
export function grouped(kind: FactKind, normal: Normal, most = Number.POSITIVE_INFINITY): readonly string[] {
  const text = plain(normal)
  if (!BY_SIGN.has(kind)) return [text]
  const fours = text.match(/.{1,4}/gsu) ?? [text]
  if (text.length <= most) return fours
  return [...fours.slice(0, 2), '…', text.slice(-8, -4), text.slice(-4)]
}

/** The canonical form as one text: what is copied. */
export function plain(normal: Normal): string {
  if (typeof normal === 'string') return normal
  return amountWords(normal)
}

function amountWords({ minor, currency }: Money): string {
  return currency === null ? `${majorOfUnknown(minor)}, currency not known` : formatMoney(minor, currency)
}

/**
 * What an amount comes to whose currency nobody knows: `48,200`. The reader counts it in hundredths, because most
 * currencies do.
 */
export function majorOfUnknown(minor: number): string {
  return formatMoney(minor, 'USD').slice(4).replace(/\.00$/, '')
}
