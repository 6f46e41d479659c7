import { formatMoney } from '../core/money.ts'
import type { Entry } from '../reports/entries.ts'
import { count } from '../reports/kinds.ts'
import { factLine, keptOf, type Leaving, type Line } from '../reports/leaving.ts'
import { zoneName } from '../web/parts/moment.ts'
import { countryWords, countWords } from '../web/parts/words.ts'
import { paymentRows } from './payment-words.ts'
import { amountOf, basisOf, paidMoment, paymentSaid, type RequestDraft } from './request-draft.ts'

interface RequestToSend {
  readonly draft: RequestDraft
  readonly toName: string
  readonly fromName: string
  readonly railName: string
  /** What the request carries, the account it is about among them. */
  readonly carried: readonly Entry[]
  readonly all: readonly Entry[]
  readonly tokens: number
  readonly identity: { readonly name: string; readonly contact: string; readonly notes: string }
  readonly text: string
  readonly files: readonly { readonly id: string; readonly name: string }[]
}

/** Exactly what one request hands over, to whom, and what does not go. */
export function leavingOfRequest(it: RequestToSend): Leaving {
  const sealed = sealedLines(it)
  const briefing = { to: `People of ${it.toName} and of ${it.fromName} who hold a key`, lines: sealed }
  return {
    clear: [{ to: it.toName, lines: clearLines(it) }],
    sealed: sealed.length > 0 ? [briefing] : [],
    kept: [...keptOf(it.all, it.carried), ...keptWords(it)],
  }
}

function clearLines({ draft, fromName, railName, carried, tokens }: RequestToSend): Line[] {
  const account = carried.find(({ key }) => key === draft.accountKey)
  const money = draft.lines.flatMap((line) => {
    const amount = amountOf(line)
    return typeof amount === 'string' ? [] : [formatMoney(amount.minor, amount.currency)]
  })
  const paid = paidMoment(draft)
  const lines: Line[] = [
    { label: 'Who asks', value: `${fromName}, with TLP:${draft.tlp}` },
    { label: 'What for', value: railName },
    {
      label: 'Money at risk',
      value: `${money.join(' and ') || 'no amount yet'} in ${account ? factLine(account).value : 'no account yet'}`,
    },
  ]
  if (paid instanceof Date)
    lines.push({
      label: 'Paid',
      value:
        draft.paidTime === ''
          ? `${draft.paidDate}, hour not known`
          : `${draft.paidDate} ${draft.paidTime} (${zoneName(draft.paidZone)})`,
    })
  lines.push(...paymentRows(paymentSaid(draft)))
  if (draft.victimCountry) lines.push({ label: 'The person is in', value: countryWords(draft.victimCountry) })
  lines.push({ label: 'Why you may share', value: basisOf(draft) || 'not said yet' })
  if (draft.note.trim() !== '') lines.push({ label: 'Your note', value: draft.note.trim() })
  lines.push(...carried.filter(({ key }) => key !== draft.accountKey).map(factLine))
  lines.push({ label: 'Why each fact is believed', value: 'the sentence that stands under it in the list' })
  if (tokens > 0)
    lines.push({
      label: 'To the network',
      value: `${countWords(tokens, 'blind token')}, so that others learn that a freeze is open`,
    })
  return lines
}

function sealedLines({ draft, identity, text, files }: RequestToSend): Line[] {
  const lines: Line[] = []
  const parts = Object.entries(identity).filter(([, value]) => value.trim() !== '')
  if (draft.briefing.identity && parts.length > 0)
    lines.push({ label: 'The person', value: parts.map(([part]) => part).join(', ') })
  if (draft.briefing.text && text !== '')
    lines.push({ label: 'The text', value: `all of it, ${count(text.length, 'character')}` })
  for (const { id, name } of files)
    if (draft.briefing.files.includes(id)) lines.push({ label: 'File', value: name })
  return lines
}

function keptWords({ draft, identity, text, files }: RequestToSend): Line[] {
  const kept: Line[] = []
  if (!draft.briefing.text && text !== '') kept.push({ label: 'The text', value: 'all of it' })
  if (!draft.briefing.identity && Object.values(identity).some((value) => value.trim() !== ''))
    kept.push({ label: 'The person', value: 'name, contact and notes' })
  const closed = files.filter(({ id }) => !draft.briefing.files.includes(id))
  if (closed.length > 0) kept.push({ label: 'Files', value: closed.map(({ name }) => name).join(', ') })
  return kept
}

/** What a rail asks for, and whether it is there: so that an officer need not ask back at night. */
export interface Wanted {
  readonly label: string
  readonly help: string
  readonly must: boolean
  /** `there` by facts or ticks; `say` where only the note or the sealed card can hold it. */
  readonly standing: 'there' | 'say'
}

interface RailField {
  readonly label: string
  readonly help: string
  readonly need: 'must' | 'helps'
  readonly tier: 'clear' | 'sealed'
  readonly facts: readonly string[]
  readonly id: string
}

/** Fields of a rail that the form itself fills. */
const BY_FORM: Record<string, (draft: RequestDraft) => boolean> = {
  amount: (draft) => typeof amountOf(draft.lines[0] ?? { id: '', amount: '', currency: '' }) !== 'string',
  'paid-at': (draft) => paidMoment(draft) instanceof Date && draft.paidTime !== '',
  transfer: (draft) => paidMoment(draft) instanceof Date,
  consent: (draft) => draft.basis !== '' && draft.basisWords.trim() !== '',
  victim: (draft) => draft.briefing.identity,
  customer: (draft) => draft.briefing.identity,
  evidence: (draft) => draft.briefing.files.length > 0,
}

/** The fields of a rail in its order, must first; a fact fills one only when it is carried and in its right role. */
export function wantedBy(
  fields: readonly RailField[],
  draft: RequestDraft,
  carried: readonly Entry[],
): Wanted[] {
  const wanted = fields.map(({ id, label, help, need, facts }): Wanted => {
    const byForm = BY_FORM[id]?.(draft)
    const role = id.startsWith('payer') ? 'payer' : 'payee'
    const byFact = facts.some((kind) => carried.some((fact) => fact.kind === kind && fact.role === role))
    return { label, help, must: need === 'must', standing: (byForm ?? byFact) ? 'there' : 'say' }
  })
  return wanted.sort((a, b) => Number(b.must) - Number(a.must))
}
