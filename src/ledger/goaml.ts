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
 * A goAML suspicious transaction report as XML, elements in the order of `content/codelists/goaml-elements.yaml`.
 * Left for the reporting institution: `rentity_id` 0 and the codes of its own unit (`-` funds, report and mode codes).
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
    tag('entity_reference', account),
    tag('submission_date', stamp(new Date())),
    tag('currency_code_local', currency),
    tag('reason', reason),
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
    ...(it.purpose ? [tag('transaction_description', it.purpose)] : []),
    tag('date_transaction', stamp(it.at)),
    tag('transmode_code', '-'),
    ...(it.rail ? [tag('transmode_comment', it.rail)] : []),
    tag('amount_local', decimal(it.minor, it.currency)),
    `<${from}>${tag('from_funds_code', '-')}${party('from_account', { account: it.payer, bank: it.payerBank, holder: it.payerName })}${tag('from_country', it.payerCountry ?? '-')}</${from}>`,
    `<${to}>${tag('to_funds_code', '-')}${party('to_account', { account: it.payee, bank: it.payeeBank, holder: it.payeeName })}${tag('to_country', it.payeeCountry ?? '-')}</${to}>`,
  ].join('')}</transaction>`
}

interface Party {
  readonly account: string | null
  readonly bank: string | null
  readonly holder: string | null
}

const party = (name: string, { account, bank, holder }: Party) =>
  `<${name}>${tag('institution_name', bank ?? 'not known')}${tag('account', account ?? 'not known')}${holder ? tag('account_name', holder) : ''}</${name}>`

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

/** Text in an element; control characters, which XML 1.0 cannot hold, become blanks. */
function tag(name: string, text: string): string {
  const safe = text
    .replace(/\p{Cc}/gu, (it) => (it === '\n' ? it : ' '))
    .replace(/[&<>"']/g, (it) => ESCAPES[it] ?? it)
  return `<${name}>${safe}</${name}>`
}
