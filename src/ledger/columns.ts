import { z } from 'zod'
import { content } from '#content'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { KINDS, type Kind } from './file-kinds.ts'

const KindShape = z.object({
  required: z.array(z.string()),
  oneOf: z.array(z.string()),
  columns: z.record(z.string(), z.array(z.string())),
})
const UNITS = ['second', 'minute', 'hour', 'day', 'week', 'month'] as const
const ColumnsShape = z.object({
  version: z.number(),
  transactions: KindShape,
  accounts: KindShape,
  signals: KindShape,
  labels: KindShape,
  steps: z.array(z.object({ columns: z.array(z.string()), unit: z.enum(UNITS), who: z.string() })),
  currencies: z.record(z.string(), z.string()),
  holders: z.object({ person: z.array(z.string()), business: z.array(z.string()) }),
})
export type Columns = z.infer<typeof ColumnsShape>
export type StepUnit = (typeof UNITS)[number]

const OwnMapping = z.strictObject({
  columns: z.record(z.string(), z.string()),
  currency: z.string().length(3).optional(),
  step: z.enum(UNITS).optional(),
  decimal: z.enum(['point', 'comma']).optional(),
  dates: z.enum(['day-first', 'month-first']).optional(),
  negative: z.enum(['reject', 'turn']).optional(),
  /** Words of this file's holder type. */
  persons: z.array(z.string()).optional(),
  businesses: z.array(z.string()).optional(),
})
export const MappingShape = z.strictObject({
  transactions: OwnMapping.optional(),
  accounts: OwnMapping.optional(),
  signals: OwnMapping.optional(),
  labels: OwnMapping.optional(),
})
export type MappingFile = z.infer<typeof MappingShape>

/** Which of our columns each column of a file is, and how its values are to be read. */
export interface Mapping {
  readonly file: string
  readonly kind: Kind
  /** Our name -> the place of the file's column, from 0. */
  readonly columns: ReadonlyMap<string, number>
  readonly header: readonly string[]
  readonly step: StepUnit
  readonly currency: string | null
  readonly decimal: 'point' | 'comma' | null
  readonly dates: 'day-first' | 'month-first' | null
  readonly negative: 'reject' | 'turn'
  /** Words of `holder_type` beside those of `columns.yaml`. */
  readonly holders: Holders
}

/** Which words say that a holder is a person, and which that it is a business; in lower case. */
export interface Holders {
  readonly person: readonly string[]
  readonly business: readonly string[]
}

let loaded: Columns | null = null

/** `content/ledger/columns.yaml`; read once. */
export function loadColumns(): Columns {
  loaded ??= check(ColumnsShape, content('ledger/columns.yaml'))
  return loaded
}

const plain = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]/gu, '')

/** Header names with a repeated one numbered: `Account, Account` is `account, account.1`. */
function numbered(header: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return header.map((name) => {
    const key = plain(name)
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return before === 0 ? key : `${key}.${before}`
  })
}

/**
 * Recognises a file by its header, by the user's mapping or by the synonyms of `columns.yaml`.
 * @throws `invalid`, saying which columns there are and what is missing for each kind of file
 */
export function recognise(file: string, header: readonly string[], own: MappingFile | null): Mapping {
  const columns = loadColumns()
  const names = numbered(header)
  const candidates = KINDS.flatMap((kind) => {
    const found = mapColumns(names, columns[kind].columns, own?.[kind]?.columns ?? null)
    const complete = columns[kind].required.every((it) => found.has(it))
    return complete && columns[kind].oneOf.some((it) => found.has(it)) ? [{ kind, found }] : []
  })
  const best = candidates.find(({ kind }) => kind === 'transactions') ?? most(candidates)
  if (!best) throw unrecognised(file, header, columns)
  const mine = own?.[best.kind]
  const step = columns.steps.find((it) => it.columns.every((name) => names.includes(name)))?.unit
  return {
    file,
    kind: best.kind,
    columns: best.found,
    header,
    step: mine?.step ?? step ?? 'day',
    currency: mine?.currency ?? null,
    decimal: mine?.decimal ?? null,
    dates: mine?.dates ?? null,
    negative: mine?.negative ?? 'reject',
    holders: holdersOf(mine),
  }
}

const word = (it: string) => it.normalize('NFC').trim().toLowerCase()

/** What a file says of its holders wins over what `columns.yaml` says. */
export function holdersOf(mine: MappingFile['accounts']): Holders {
  const { holders } = loadColumns()
  const [persons, businesses] = [(mine?.persons ?? []).map(word), (mine?.businesses ?? []).map(word)]
  return {
    person: [...persons, ...holders.person.map(word).filter((it) => !businesses.includes(it))],
    business: [...businesses, ...holders.business.map(word).filter((it) => !persons.includes(it))],
  }
}

/** Words of a holder type that say neither; each once, as they first came. */
export function unknownHolders(values: Iterable<string>, { person, business }: Holders): string[] {
  const found = new Map<string, string>()
  for (const value of values) {
    const plainWord = word(value)
    if (plainWord && !person.includes(plainWord) && !business.includes(plainWord) && !found.has(plainWord))
      found.set(plainWord, value.trim())
  }
  return [...found.values()]
}

/** Which of the file's columns seem to be columns of one kind of file, whether or not that is enough to read it. */
export function guessed(
  header: readonly string[],
  kind: Kind,
  own: MappingFile | null,
): ReadonlyMap<string, number> {
  return mapColumns(numbered(header), loadColumns()[kind].columns, own?.[kind]?.columns ?? null)
}

const most = <T extends { found: ReadonlyMap<string, number> }>(candidates: readonly T[]): T | undefined =>
  [...candidates].sort((a, b) => b.found.size - a.found.size)[0]

function mapColumns(
  names: readonly string[],
  synonyms: Columns['transactions']['columns'],
  own: Record<string, string> | null,
): Map<string, number> {
  const found = new Map<string, number>()
  const taken = new Set<number>()
  const take = (ours: string, theirs: readonly string[]) => {
    const at = theirs
      .map((name) => names.indexOf(plain(name)))
      .find((place) => place >= 0 && !taken.has(place))
    if (at === undefined || found.has(ours)) return
    found.set(ours, at)
    taken.add(at)
  }
  // a column that is said to be none stays none, whatever its name
  for (const [ours, theirs] of Object.entries(own ?? {})) if (theirs !== '') take(ours, [theirs])
  for (const [ours, theirs] of Object.entries(synonyms)) if (own?.[ours] !== '') take(ours, theirs)
  return found
}

function unrecognised(file: string, header: readonly string[], columns: Columns): HouseError {
  const shown = header.slice(0, 12).map((name) => `“${name.slice(0, 30)}”`)
  const more = header.length > 12 ? ` and ${header.length - 12} more` : ''
  const names = numbered(header)
  const found = mapColumns(names, columns.transactions.columns, null)
  const missing = [
    ...(found.has('amount') ? [] : ['an amount']),
    ...(found.has('payer_account') || found.has('payee_account') ? [] : ['a payer or payee account']),
  ]
  const lack = missing.length > 0 ? ` (for transactions, ${missing.join(' and ')} is missing)` : ''
  return new HouseError(
    'invalid',
    `${file}:1: the columns ${shown.join(', ')}${more} are not recognised as transactions, accounts, signals or labels${lack}. Say which column is which in a file given with --map`,
  )
}

/** The mapping as a person reads it: `amount <- Amount Paid`. */
export function describeMapping({ file, kind, columns, header, step, currency }: Mapping): string {
  const pairs = [...columns].map(([ours, at]) => `${ours} <- ${header[at] ?? ''}`)
  const notes = [...(kind === 'transactions' ? [`whole numbers as times are ${step}s`] : [])]
  if (currency) notes.push(`currency ${currency}`)
  return `${file}: ${kind}: ${pairs.join(', ')}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
}
