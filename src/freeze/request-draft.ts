import { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import type { FactKind, Normal } from '../core/fact.ts'
import { localTime } from '../core/hours.ts'
import { newId } from '../core/ids.ts'
import { type Amount, parseMoney } from '../core/money.ts'
import { Id, TlpShape } from '../core/shapes.ts'
import type { FreezeNew } from './shapes.ts'
import { CHANNELS, type Payment, type PaymentSaid } from './situation.ts'

/** One amount at risk, as it was typed. */
const LineDraft = z.object({ id: Id, amount: z.string(), currency: z.string() })
export type LineDraft = z.infer<typeof LineDraft>

/** Why the sender may share: the words of the choice, and the sentence that goes with it. */
export const BASES = {
  consent: 'Consent of the person',
  public_interest: 'Public interest',
  legal_gateway: 'Legal gateway',
} as const
export type Basis = keyof typeof BASES

const YesNo = z.enum(['', 'yes', 'no'])

/** A freeze request while it is written: what was typed, not what it means. */
export const RequestDraft = z.object({
  id: Id,
  /** Key of the account or wallet it is about. */
  accountKey: z.string(),
  toOrg: z.string(),
  railId: z.string(),
  tlp: TlpShape,
  lines: z.array(LineDraft).min(1),
  /** `YYYY-MM-DD`, `HH:MM` and the IANA zone in which both are meant; '' when not known. */
  paidDate: z.string(),
  paidTime: z.string(),
  paidZone: z.string(),
  channel: z.enum(['', ...CHANNELS]),
  victimCountry: z.string(),
  payerCountry: z.string(),
  payerBank: z.string(),
  recallSent: YesNo,
  reportFiled: YesNo,
  basis: z.enum(['', 'consent', 'public_interest', 'legal_gateway']),
  basisWords: z.string(),
  note: z.string(),
  briefing: z.object({ identity: z.boolean(), text: z.boolean(), files: z.array(Id) }),
  /** The sealed briefing whose content has arrived in full, and what it was made of. */
  sealedBriefing: z.object({ id: Id, of: z.string() }).nullable(),
  /** Keys of ticked facts that this request leaves out. */
  without: z.array(z.string()),
  /** Ids of the facts in this request, by key: made once, so that trying again sends the same. */
  factIds: z.record(z.string(), Id),
  sent: z.boolean(),
})
export type RequestDraft = z.infer<typeof RequestDraft>

/** A request about an account, with what is known already. */
export function newRequest(accountKey: string, known: Partial<RequestDraft>): RequestDraft {
  return {
    id: newId(),
    accountKey,
    toOrg: '',
    railId: '',
    tlp: 'AMBER',
    lines: [{ id: newId(), amount: '', currency: '' }],
    paidDate: '',
    paidTime: '',
    paidZone: 'UTC',
    channel: '',
    victimCountry: '',
    payerCountry: '',
    payerBank: '',
    recallSent: '',
    reportFiled: '',
    basis: '',
    basisWords: '',
    note: '',
    briefing: { identity: false, text: false, files: [] },
    sealedBriefing: null,
    without: [],
    factIds: {},
    sent: false,
    ...known,
  }
}

/** A fact that leaves with a request; `key` is its name in the list of the report. */
export interface LeavingFact {
  readonly key: string
  readonly kind: FactKind
  readonly normal: Normal
  readonly country?: string | undefined
  readonly system?: string | undefined
  readonly why: string
  readonly role: 'payer' | 'payee'
  /** Its country is only assumed; who receives it is told so. */
  readonly assumed?: boolean
}

/** Something that must be put right before the request can be sent; `field` is where. */
export interface Problem {
  readonly field: string
  readonly say: string
}

/** What still stands in the way of sending, in the order of the form. */
export function problemsOf(draft: RequestDraft, facts: readonly LeavingFact[]): Problem[] {
  const problems: Problem[] = []
  const wrong = (field: string, say: string) => problems.push({ field, say })
  if (draft.toOrg === '') wrong('toOrg', 'Choose who is asked to act.')
  if (draft.railId === '') wrong('railId', 'Choose the way in which they are asked to act.')
  for (const [i, line] of draft.lines.entries()) {
    const amount = amountOf(line)
    if (typeof amount === 'string') wrong(`lines.${i}`, amount)
    else if (draft.lines.slice(0, i).some(({ currency }) => currency === line.currency))
      wrong(`lines.${i}`, `There is a line in ${line.currency} already: add the two together.`)
  }
  const paid = paidMoment(draft)
  if (typeof paid === 'string') wrong('paidDate', paid)
  if (draft.basis === '') wrong('basis', 'Say why you may share this.')
  else if (draft.basisWords.trim() === '') wrong('basisWords', basisAsk(draft.basis))
  else if (basisOf(draft).length > 500)
    wrong('basisWords', 'At most 500 characters; the note has room for more.')
  if (draft.note.trim().length > 4_000) wrong('note', 'At most 4,000 characters.')
  if (!facts.some(({ key }) => key === draft.accountKey))
    wrong('facts', 'The account itself is not shared: confirm it and tick “share”, or nobody can act on it.')
  if (facts.length > 200) wrong('facts', `${facts.length} facts are ticked; a request carries at most 200.`)
  return problems
}

function basisAsk(basis: Basis): string {
  if (basis === 'consent') return 'Say who agreed, when, and to what.'
  if (basis === 'legal_gateway') return 'Name the law or agreement that lets you share this.'
  return 'Say what harm it prevents and why you could not ask the person.'
}

/** The amount of a line, or what is wrong with it. */
export function amountOf({ amount, currency }: LineDraft): Amount | string {
  if (amount.trim() === '') return 'Say how much money is at risk.'
  if (currency === '') return 'Choose the currency: an amount without one cannot be sent.'
  try {
    const parsed = parseMoney(amount, currency)
    return parsed.minor === 0 ? 'The amount is nought.' : parsed
  } catch (cause) {
    if (cause instanceof HouseError) return sentence(cause.message)
    throw cause
  }
}

/** When it was paid, in UTC; null when not known; a sentence when what was typed cannot be. */
export function paidMoment(
  draft: Pick<RequestDraft, 'paidDate' | 'paidTime' | 'paidZone'>,
): Date | null | string {
  const { paidDate, paidTime, paidZone } = draft
  if (paidDate === '') return paidTime === '' ? null : 'Give the day, too.'
  // Of a day alone the first moment counts: the clock must not promise hours that may be gone.
  const moment = momentIn(paidDate, paidTime === '' ? '00:00' : paidTime, paidZone)
  if (moment === null) return 'This is not a day and time.'
  return moment.getTime() > Date.now() ? 'This moment is still to come.' : moment
}

/** The moment at which a wall clock of that zone shows this; the earlier one where an hour repeats. */
export function momentIn(date: string, time: string, zone: string): Date | null {
  const wall = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall)) return null
  const offsets = [-1, 1].map((day) => localTime(new Date(wall + day * 86_400_000), zone).offsetMinutes)
  return new Date(wall - Math.max(...offsets) * 60_000)
}

/** What is known of the payment, for the rails; '' becomes “not known”, never “no”. */
export function paymentOf(draft: RequestDraft, account?: Pick<LeavingFact, 'country'>): Payment {
  const [line] = draft.lines
  const amount = line ? amountOf(line) : ''
  const paid = paidMoment(draft)
  const exact = draft.paidTime !== '' && paid instanceof Date
  return {
    victimCountry: draft.victimCountry || null,
    payeeCountry: account?.country ?? null,
    payeeAccount: null,
    amount: typeof amount === 'string' ? null : amount,
    equivalents: [],
    paidAt: exact ? paid.toISOString() : paid instanceof Date ? draft.paidDate : null,
    ...paymentSaid(draft),
  }
}

/** What was said of the payment beside its time, amount and accounts. */
export function paymentSaid(draft: RequestDraft): PaymentSaid {
  return {
    payerCountry: draft.payerCountry || null,
    payerBank: draft.payerBank.trim() || null,
    channel: draft.channel || null,
    recallSent: yesNo(draft.recallSent),
    reportFiled: yesNo(draft.reportFiled),
  }
}

function yesNo(it: '' | 'yes' | 'no'): boolean | null {
  return it === '' ? null : it === 'yes'
}

export function basisOf({ basis, basisWords }: RequestDraft): string {
  return basis === '' ? '' : `${BASES[basis]}: ${basisWords.trim()}`
}

/** The ticked facts that this request carries: all of them but what it leaves out. */
export function carriedBy<T extends LeavingFact>(draft: RequestDraft, shared: readonly T[]): T[] {
  return shared.filter(({ key }) => !draft.without.includes(key) || key === draft.accountKey)
}

/** Gives every fact that the request carries an id, once. */
export function withFactIds(draft: RequestDraft, facts: readonly LeavingFact[]): RequestDraft {
  const missing = facts.filter(({ key }) => draft.factIds[key] === undefined)
  if (missing.length === 0) return draft
  return {
    ...draft,
    factIds: { ...draft.factIds, ...Object.fromEntries(missing.map(({ key }) => [key, newId()])) },
  }
}

interface ToSend {
  readonly reportId: string
  readonly facts: readonly LeavingFact[]
  readonly tokens: readonly string[]
  readonly briefingId: string | null
}

/**
 * The request as it is sent. `withFactIds` comes before.
 * @throws `invalid` with the first problem when it cannot be sent as it is
 */
export function freezeNew(draft: RequestDraft, it: ToSend): z.infer<typeof FreezeNew> {
  const [problem] = problemsOf(draft, it.facts)
  if (problem) throw new HouseError('invalid', problem.say)
  const paid = paidMoment(draft)
  const idOf = (key: string) => draft.factIds[key] ?? raise(key)
  return {
    id: draft.id,
    reportId: it.reportId,
    toOrg: draft.toOrg,
    railId: draft.railId,
    tlp: draft.tlp,
    basis: basisOf(draft),
    basisKind: draft.basis === 'legal_gateway' ? 'legal_duty' : draft.basis || 'public_interest',
    note: draft.note.trim(),
    victimCountry: draft.victimCountry || null,
    paidAt: paid instanceof Date ? paid.toISOString() : null,
    paidDay: paid instanceof Date && draft.paidTime === '' ? draft.paidDate : null,
    payment: paymentSaid(draft),
    facts: it.facts.map((fact) => sharedFact(fact, idOf(fact.key))),
    lines: draft.lines.map((line) => {
      const amount = amountOf(line)
      if (typeof amount === 'string') throw new HouseError('invalid', amount)
      return { id: line.id, factId: idOf(draft.accountKey), ...amount }
    }),
    tokens: [...new Set(it.tokens)].slice(0, 200),
    briefingId: it.briefingId,
  }
}

function sharedFact(fact: LeavingFact, id: string) {
  const own = fact.role === 'payer' ? 'The account that paid. ' : ''
  const assumed = fact.assumed ? '. Its country is assumed: the number does not say it' : ''
  return {
    id,
    kind: fact.kind,
    normal: typeof fact.normal === 'string' ? fact.normal : { ...fact.normal },
    country: fact.country ?? null,
    system: fact.system?.slice(0, 200) ?? null,
    why: `${own}${fact.why}${assumed}`.slice(0, 500).toWellFormed(),
  }
}

function raise(key: string): never {
  throw new RangeError(`the fact ${key} has no id yet`)
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`
}
