import { inert } from '../core/inert.ts'
import { exponentOf } from '../core/money.ts'
import { type Protection, signsOn } from '../core/protection.ts'
import type { Trace } from './outcome.ts'

/** A cell that no spreadsheet takes for a formula. Quoted when it must be (RFC 4180). */
export function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = inert(value)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csv = (rows: readonly (readonly (string | number | null)[])[]) =>
  `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`

/** Major units with all decimals of the currency, exact. */
export function major(minor: number, currency: string): string {
  const decimals = decimalsOf(currency)
  if (decimals === 0) return String(minor)
  const digits = String(minor).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

function decimalsOf(currency: string): number {
  try {
    return exponentOf(currency)
  } catch {
    return 2
  }
}

/** Whether protection comes first; of what nobody asked it says so. */
function protectionCell(protection: Protection | null, account: string): string {
  if (protection === null || protection.judged === 0) return 'not screened'
  const signs = signsOn(protection, account)
  return signs.length > 0 ? `protection first: ${signs.join('; ')}` : 'no sign found'
}

/** Who holds how much: the table that says what the picture shows. */
export function heldCsv(
  { held, lost, returned, stolen }: Trace,
  protection: Protection | null = null,
): string {
  const rows = held.map((it) => [
    it.account,
    major(it.minor, it.currency),
    it.currency,
    it.minor,
    it.depth,
    it.firstAt,
    it.lastAt,
    protectionCell(protection, it.account),
  ])
  const { currency } = stolen
  return csv([
    ['account', 'amount', 'currency', 'minor_units', 'hops', 'first_arrival', 'last_arrival', 'protection'],
    ...rows,
    ...(lost > 0
      ? [['(out of the file)', major(lost, currency), currency, lost, null, null, null, null]]
      : []),
    ...(returned > 0
      ? [['(returned)', major(returned, currency), currency, returned, null, null, null, null]]
      : []),
  ])
}

/** Every payment that carried stolen money. */
export function hopsCsv({ hops }: Trace, protection: Protection | null = null): string {
  return csv([
    [
      ...[
        'transaction',
        'booked_at',
        'payer_account',
        'payee_account',
        'stolen',
        'payment',
        'currency',
        'hop',
      ],
      ...['payer_protection', 'payee_protection'],
    ],
    ...hops.map((it) => [
      it.transaction,
      it.at,
      it.from,
      it.to,
      major(it.minor, it.currency),
      major(it.amount, it.currency),
      it.currency,
      it.depth,
      it.from === null ? null : protectionCell(protection, it.from),
      it.to === null ? null : protectionCell(protection, it.to),
    ]),
  ])
}
