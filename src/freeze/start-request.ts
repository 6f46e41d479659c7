import { newId } from '../core/ids.ts'
import type { PaymentRow } from '../reports/draft.ts'
import type { Entry } from '../reports/entries.ts'
import { shortMoney } from '../reports/kinds.ts'
import { hereZone } from '../web/parts/moment.ts'
import { newRequest, type RequestDraft } from './request-draft.ts'

interface Known {
  readonly account: Entry
  readonly entries: readonly Entry[]
  /** Payments that a table in the report states. */
  readonly payments: readonly PaymentRow[]
  /** What was said of the victim in another request of this report. */
  readonly before: RequestDraft | null
}

/** A request about an account, begun with what the report says: the amount and day nearest to the account. */
export function startRequest({ account, entries, payments, before }: Known): RequestDraft {
  const rows = payments.filter(({ toKey }) => toKey === account.key)
  const amount = nearest(account, entries, 'amount')?.normal
  const day = nearest(account, entries, 'date')?.normal
  const payer = entries.find(({ role, state }) => role === 'payer' && state === 'confirmed')
  const lines = rows.length > 0 ? linesOf(rows) : typeof amount === 'object' ? [lineOf(amount)] : []
  const first = rows
    .map(({ paidAt }) => paidAt)
    .filter((at) => at !== null)
    .sort()[0]
  const paid = first ?? (typeof day === 'string' && day.length === 10 ? day : '')
  return newRequest(account.key, {
    ...(lines.length > 0 ? { lines } : {}),
    paidDate: paid.slice(0, 10),
    paidTime: /T(\d\d:\d\d)/.exec(paid)?.[1] ?? '',
    paidZone: hereZone(),
    payerCountry: payer?.country ?? before?.payerCountry ?? '',
    payerBank: payer?.system ?? before?.payerBank ?? '',
    victimCountry: before?.victimCountry ?? '',
    channel: account.kind === 'crypto_address' ? 'crypto' : (before?.channel ?? ''),
    reportFiled: before?.reportFiled ?? '',
  })
}

/** When the amount was spoken of, in a chat: near the payment, but not its time, so it is shown and never filled in. */
export function saidAt(account: Entry, entries: readonly Entry[]): string | null {
  const places = [...(nearest(account, entries, 'amount')?.places ?? []), ...account.places]
  return places.find(({ at }) => at !== undefined)?.at ?? null
}

/** One line a currency; a currency that the table does not say is asked for. */
function linesOf(rows: readonly PaymentRow[]): RequestDraft['lines'] {
  return [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, these]) =>
    lineOf({ minor: these.reduce((sum, { minor }) => sum + minor, 0), currency }),
  )
}

function lineOf({ minor, currency }: { readonly minor: number; readonly currency: string | null }) {
  const [, amount = ''] = shortMoney(minor, currency ?? 'USD').split(' ')
  return { id: newId(), amount, currency: currency ?? '' }
}

/** The confirmed fact of a kind that stands nearest to any place of the account, in the same source. */
function nearest(account: Entry, entries: readonly Entry[], kind: 'amount' | 'date'): Entry | null {
  let best: { readonly entry: Entry; readonly gap: number } | null = null
  for (const entry of entries) {
    if (entry.kind !== kind || entry.state !== 'confirmed' || !entry.shared) continue
    for (const place of entry.places)
      for (const at of account.places) {
        if (at.source !== place.source) continue
        const gap = Math.max(place.start - at.end, at.start - place.end, 0)
        if (best === null || gap < best.gap) best = { entry, gap }
      }
  }
  return best?.entry ?? null
}
