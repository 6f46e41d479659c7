import type { Engine } from './engine.ts'

/** What a person decided about the alerts on an account, for back-tests and for whoever asks why it was closed. */
export interface Verdict {
  readonly is: 'confirmed' | 'false alarm'
  /** In their own words. */
  readonly why: string
}
export type Verdicts = Readonly<Record<string, Verdict>>

/** Accounts that were decided about. */
export interface Decided {
  readonly confirmed: readonly string[]
  readonly dismissed: readonly string[]
}

export function decidedOf(verdicts: Verdicts): Decided {
  const of = (is: Verdict['is']) =>
    Object.entries(verdicts).flatMap(([account, it]) => (it.is === is ? [account] : []))
  return { confirmed: of('confirmed'), dismissed: of('false alarm') }
}

/** Verdicts as a labels file that `rules try` and this page read back; the reason stands where a typology may. */
export function verdictRows(verdicts: Verdicts): (string | number)[][] {
  const rows = Object.entries(verdicts).map(([account, { is, why }]) => [
    account,
    is === 'confirmed' ? 'yes' : 'no',
    why,
  ])
  return [['account', 'is_sar', 'typology'], ...rows]
}

const MOST = 10_000

/** What a labels file that was given says of accounts. */
export async function givenVerdicts(engine: Engine): Promise<Verdicts> {
  const rows = await engine.rows(
    `select account, max(label) as label, max(typology) as why from label_rows where account is not null and label is not null
      group by account order by account limit ${MOST}`,
  )
  return Object.fromEntries(
    rows.map((it) => [
      String(it.account),
      {
        is: it.label === true ? 'confirmed' : 'false alarm',
        why: it.why === null ? '' : String(it.why),
      } as const,
    ]),
  )
}
