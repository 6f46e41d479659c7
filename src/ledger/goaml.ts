import { decimalsOf } from './amount-sql.ts'

/** A payment as it goes into a report. */
export interface ReportedPayment {
  readonly id: string
  readonly at: Date
  readonly minor: bigint
  readonly currency: string
  readonly payer: string | null
  readonly payee: string | null
  readonly payerBank: string | null
  readonly payeeBank: string | null
  readonly payerCountry: string | null
  readonly payeeCountry: string | null
  readonly payerName: string | null
  readonly payeeName: string | null
  readonly rail: string | null
  readonly purpose: string | null
}

interface Report {
  readonly account: string
  readonly narrative: string
  readonly payments: readonly ReportedPayment[]
  readonly indicators: readonly string[]
}

/**
 * A goAML suspicious transaction report as XML of two-sided transactions, by the models of
 * `content/codelists/goaml-elements.yaml`, which says what is left for the reporting institution: its own number
 * (`rentity_id` 0), the codes of its own unit (`-`), and what it knows of its client besides the account.
 * Lossy   payments in other currencies than the most frequent one are left out and counted in the reason: the
 *         exchange rate is not in the records and is not guessed
 */
export function goamlXml({ account, narrative, payments, indicators }: Report): string {
  const counted = [...Map.groupBy(payments, (it) => it.currency)].sort((a, b) => b[1].length - a[1].length)
  const [currency = 'XXX', told = []] = counted[0] ?? []
  const left = payments.length - told.length
  const reason =
    left > 0 ? `${narrative}\n${left} payments in other currencies are not in this file.` : narrative
  const parts = [
    tag('rentity_id', '0'),
    tag('submission_code', 'E'),
    tag('report_code', 'STR'),
    tag('entity_reference', cut(account, 255)),
    tag('submission_date', stamp(new Date())),
    tag('currency_code_local', currency),
    tag('reason', cut(reason, 4_000)),
    tag('action', 'None taken; see the reason.'),
    ...told.map((it) => transaction(it, account)),
    `<report_indicators>${[...new Set(indicators)].map((it) => tag('indicator', it)).join('')}</report_indicators>`,
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<report>\n${parts.join('\n')}\n</report>\n`
}

function transaction(it: ReportedPayment, account: string): string {
  const from = it.payer === account ? 't_from_my_client' : 't_from'
  const to = it.payee === account && it.payer !== account ? 't_to_my_client' : 't_to'
  return `<transaction>${[
    tag('transactionnumber', it.id),
    tag('transaction_location', ''),
    tag('transaction_description', cut(it.purpose ?? 'No text was given.', 4_000)),
    tag('date_transaction', stamp(it.at)),
    tag('transmode_code', '-'),
    ...(it.rail ? [tag('transmode_comment', cut(it.rail, 50))] : []),
    tag('amount_local', decimal(it.minor, it.currency)),
    side(from, 'from', {
      account: it.payer,
      bank: it.payerBank,
      holder: it.payerName,
      country: it.payerCountry,
    }),
    side(to, 'to', { account: it.payee, bank: it.payeeBank, holder: it.payeeName, country: it.payeeCountry }),
  ].join('')}</transaction>`
}

interface Party {
  readonly account: string | null
  readonly bank: string | null
  readonly holder: string | null
  readonly country: string | null
}

function side(name: string, way: 'from' | 'to', { account, bank, holder, country }: Party): string {
  const party = [
    tag('institution_name', cut(bank ?? 'not known', 255)),
    // one of the two is wanted of every account
    BIC.test(bank ?? '') ? tag('swift', bank ?? '') : tag('institution_code', cut(bank ?? '-', 50)),
    tag('account', account ?? 'not known'),
    ...(holder ? [tag('account_name', cut(holder, 255))] : []),
  ].join('')
  return `<${name}>${tag(`${way}_funds_code`, '-')}<${way}_account>${party}</${way}_account>${tag(`${way}_country`, country ?? '-')}</${name}>`
}

/** A bank's code of ISO 9362. */
const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/

/** Free text of at most so many characters: what was left out shows as an ellipsis. Numbers of accounts are never cut. */
const cut = (text: string, most: number) => {
  const letters = [...text]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text
}

const stamp = (at: Date) => at.toISOString().slice(0, 19)

/** Minor units as a decimal text, exactly. */
export function decimal(minor: bigint, currency: string): string {
  const places = decimalsOf(currency)
  const digits = minor.toString().padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/**
 * Text in an element. What XML 1.0 cannot hold becomes blanks, half characters and U+FFFF included: whoever writes a payment's text
 * must not be able to make the report about them unreadable.
 */
function tag(name: string, text: string): string {
  const safe = text
    .replace(/[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replace(/[&<>"']/g, (it) => ESCAPES[it] ?? it)
  return `<${name}>${safe}</${name}>`
}
