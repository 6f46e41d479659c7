import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { NO_CURRENCY } from './amount-sql.ts'
import type { Engine } from './engine.ts'
import { goamlXml, type ReportedPayment } from './goaml.ts'
import { type AboutHolder, aboutHolder } from './holder.ts'
import type { Alert, Missing, Screening } from './screen.ts'
import { money, type Names } from './words.ts'

const Term = z.strictObject({
  when: z.enum(['scam', 'trafficking']),
  where: z.string(),
  term: z.string(),
  source: z.string(),
})
const TermsShape = z.object({
  version: z.number(),
  regulators: z.array(z.strictObject({ id: z.string(), name: z.string(), terms: z.array(Term) })),
})

/** A draft for a person to check, complete and sign. Nothing is filed by the program. */
export interface ReportPack {
  readonly account: string
  /** Signs that the holder may be trafficked: the XML stays back until a second person has read the case. */
  readonly protectFirst: boolean
  /** T rules that could not be judged on these files: their silence means nothing. */
  readonly notScreened: readonly Missing[]
  readonly terms: readonly z.infer<typeof Term>[]
  /** Facts only: every sentence comes from the alerts and the payments. */
  readonly narrative: string
  readonly goaml: string | null
}

export interface PackOptions extends Names {
  readonly account: string
  readonly regulator: string
  /** Who read the case as the second person, when protection stands first. */
  readonly reviewedBy?: string
  /** Which rules were run: without the T rules there is no pack. */
  readonly ran: readonly string[]
}

/**
 * The report pack of one account.
 * @throws `invalid` when the account has no alert, the regulator is unknown, or the T rules were not run before
 */
export async function reportPack(
  engine: Engine,
  screening: Screening,
  options: PackOptions,
): Promise<ReportPack> {
  const alerts = screening.alerts.filter((it) => it.account === options.account)
  if (alerts.length === 0)
    throw new HouseError(
      'invalid',
      `account ${options.account}: there is no alert on it, so there is nothing to report`,
    )
  if (!options.ran.some((it) => it.startsWith('TX-T')))
    throw new HouseError(
      'invalid',
      'the T rules were not run: they stand before every report. Run screen without --rules, or with them',
    )
  const protectFirst = screening.cases.some((it) => it.account === options.account && it.protectFirst)
  const payments = await paymentsOf(
    engine,
    alerts.flatMap((it) => it.transactions),
    options,
  )
  const notScreened = screening.missing.filter((it) => it.rule.startsWith('TX-T'))
  const holder = await aboutHolder(engine, options.account, options)
  const narrative = narrate({ alerts, payments, notScreened, options, protectFirst, holder })
  const withheld = protectFirst && !options.reviewedBy
  return {
    account: options.account,
    protectFirst,
    notScreened,
    terms: termsFor(options.regulator, alerts),
    narrative,
    goaml: withheld
      ? null
      : goamlXml({ account: options.account, narrative, payments, indicators: alerts.map((it) => it.rule) }),
  }
}

/** The regulator's own words for what the alerts are about. */
export function termsFor(regulator: string, alerts: readonly Pick<Alert, 'rule'>[]): ReportPack['terms'] {
  const { regulators } = check(TermsShape, content('codelists/report-terms.yaml'))
  const found = regulators.find((it) => it.id === regulator)
  if (!found)
    throw new HouseError(
      'invalid',
      `regulator “${regulator}”: there are ${regulators.map((it) => it.id).join(', ')}`,
    )
  const topics = new Set(
    alerts.map((it) => (/^TX-[TO]/.test(it.rule) || it.rule === 'TX-C11' ? 'trafficking' : 'scam')),
  )
  return found.terms.filter((it) => topics.has(it.when))
}

/** What the account files say of the two parties of a payment. */
const PARTIES = `select n.account, max(r.bank) as bank, max(r.country) as country, max(r.holder_name) as holder
  from account_rows as r join account_names as n on n.name = r.name group by n.account`

/** The payments that ids of alerts stand for, in booking order. */
export async function paymentsOf(
  engine: Engine,
  named: readonly string[],
  names: Pick<Names, 'accountName'>,
): Promise<ReportedPayment[]> {
  const ids = [...new Set(named)]
  if (ids.length === 0) return []
  const listed = ids.map((it) => `'${it.replaceAll("'", "''")}'`).join(', ')
  const rows =
    await engine.rows(`select p.*, a.bank as payer_kept, a.country as payer_home, a.holder as payer_holder,
      b.bank as payee_kept, b.country as payee_home, b.holder as payee_holder
    from (select coalesce(x.transaction_id, 'row ' || cast(x.place + 1 as varchar)) as id, x.rank, x.at_ms, x.minor,
      cast(x.currency as varchar) as currency, x.payer, x.payee, x.payer_bank, x.payee_bank, x.payer_country, x.payee_country,
      x.payer_name, x.payee_name, x.rail, x.purpose from transactions as x) as p
    left join (${PARTIES}) as a on a.account = p.payer left join (${PARTIES}) as b on b.account = p.payee
    where p.id in (${listed}) order by p.rank`)
  const text = (value: unknown) => (value === null || value === undefined ? null : String(value))
  return rows.map((it) => ({
    id: String(it.id),
    at: new Date(Number(it.at_ms)),
    minor: BigInt(String(it.minor)),
    currency: String(it.currency),
    payer: it.payer === null ? null : names.accountName(Number(it.payer)),
    payee: it.payee === null ? null : names.accountName(Number(it.payee)),
    payerBank: text(it.payer_bank ?? it.payer_kept),
    payeeBank: text(it.payee_bank ?? it.payee_kept),
    payerCountry: text(it.payer_country ?? it.payer_home),
    payeeCountry: text(it.payee_country ?? it.payee_home),
    payerName: text(it.payer_holder ?? it.payer_name),
    payeeName: text(it.payee_holder ?? it.payee_name),
    rail: text(it.rail),
    purpose: text(it.purpose),
  }))
}

interface Telling {
  readonly alerts: readonly Alert[]
  readonly payments: readonly ReportedPayment[]
  readonly notScreened: readonly Missing[]
  readonly options: PackOptions
  readonly protectFirst: boolean
  readonly holder: AboutHolder
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`

function narrate({ alerts, payments, notScreened, options, protectFirst, holder }: Telling): string {
  const totals = [...Map.groupBy(payments, (it) => it.currency)].map(([currency, its]) =>
    money(
      its.reduce((sum, it) => sum + it.minor, 0n),
      currency === NO_CURRENCY ? NO_CURRENCY : currency,
    ),
  )
  const lines = [
    'DRAFT. Facts from the account records only; a person checks, completes and signs it.',
    ...(protectFirst
      ? ['Signs that the holder may be a trafficked person stand on this account. Protection comes first.']
      : []),
    ...(options.reviewedBy ? [`Read as the second person by ${options.reviewedBy}.`] : []),
    `Account ${options.account}: ${counted(alerts.length, 'finding')} over ${counted(payments.length, 'payment')}, ${totals.join(' and ') || 'no amounts'} together.`,
    ...holder.facts,
    ...alerts.map((it) => `${it.rule} version ${it.version}, ${it.name}: ${it.reason}`),
    ...(notScreened.length > 0
      ? [
          `Not screened for, because the records do not say: ${notScreened.map((it) => `${it.rule} (${it.needs.join(', ')})`).join('; ')}.`,
        ]
      : []),
  ]
  return lines.join('\n')
}
