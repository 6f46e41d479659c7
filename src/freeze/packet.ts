import type { FactKind } from '../core/fact.ts'
import type { Rail } from './rail.ts'
import type { RequestWhole } from './shapes.ts'

/**
 * What a field of a rail's packet is known to be, from what is in the clear.
 * `has`      it stands in this request
 * `sealed`   a sealed briefing came along, which may hold it: only opening tells
 * `note`     no part of the request is made for it; the sender's note may say it
 * `missing`  it was not sent
 */
export type FieldStanding = 'has' | 'sealed' | 'note' | 'missing'

export interface PacketField {
  readonly id: string
  readonly label: string
  readonly help: string
  readonly need: 'must' | 'helps'
  readonly standing: FieldStanding
}

type Sent = Pick<RequestWhole, 'facts' | 'lines' | 'paidAt' | 'paidDay' | 'basis' | 'note' | 'briefingId'>

const ACCOUNTS: readonly FactKind[] = ['iban', 'bank_account', 'crypto_address']
/** The accounts of the other end of the payment are marked so by the form that sends. */
const PAYER = /^the account that paid\b/i

/** Fields with a place of their own in every request, by their id in the rail files. */
const BY_ID: Readonly<Record<string, (sent: Sent) => boolean>> = {
  'payee-account': ({ lines }) => lines.length > 0,
  amount: ({ lines }) => lines.length > 0,
  'paid-at': ({ paidAt, paidDay }) => paidAt !== null && paidDay === null,
  consent: ({ basis }) => basis !== '',
}

/** Which fields of the rail's packet a request has, those that must be there first. Never says “has” of what it cannot see. */
export function packetOf(rail: Rail, sent: Sent): PacketField[] {
  return rail.fields
    .map(({ id, label, help, need, tier, facts }) => {
      const standing = BY_ID[id]
        ? BY_ID[id](sent)
          ? 'has'
          : 'missing'
        : standingOf({ id, tier, facts }, sent)
      const hour = id === 'paid-at' && sent.paidDay !== null
      return {
        id,
        label: hour ? `${label}: the hour` : label,
        help,
        need,
        standing: standing as FieldStanding,
      }
    })
    .sort((a, b) => Number(a.need === 'helps') - Number(b.need === 'helps'))
}

function standingOf(
  field: { readonly id: string; readonly tier: 'clear' | 'sealed'; readonly facts: readonly FactKind[] },
  sent: Sent,
): FieldStanding {
  if (field.tier === 'sealed') return sent.briefingId === null ? 'missing' : 'sealed'
  if (sent.facts.some((fact) => field.facts.includes(fact.kind) && fits(field.id, fact, sent))) return 'has'
  return field.facts.length === 0 && sent.note !== '' ? 'note' : 'missing'
}

/** One account must not count for both ends of a payment, nor a bank's code for an account. */
function fits(fieldId: string, fact: Sent['facts'][number], sent: Sent): boolean {
  const receives = sent.lines.some(({ factId }) => factId === fact.id)
  if (fieldId === 'payer-account') return PAYER.test(fact.why)
  if (!ACCOUNTS.includes(fact.kind) && fact.kind !== 'payment_ref') return true
  return !receives && !PAYER.test(fact.why)
}

/** `5 of the 10 things that must be in it are here; 3 may be in the sealed briefing.` */
export function packetWords(fields: readonly PacketField[], side: 'sender' | 'reader' = 'reader'): string {
  const must = fields.filter(({ need }) => need === 'must')
  const count = (standing: FieldStanding) => must.filter((field) => field.standing === standing).length
  const maybe = [
    count('sealed') > 0 ? `${count('sealed')} may be in the sealed briefing` : '',
    count('note') > 0 ? `${count('note')} may be in the note` : '',
    count('missing') > 0
      ? `${count('missing')} ${side === 'sender' ? 'did not go along' : 'did not come'}`
      : '',
  ].filter((words) => words !== '')
  const rest = maybe.length === 0 ? '' : `; ${maybe.join(', ')}`
  return `${count('has')} of the ${must.length} things that must be in it ${side === 'sender' ? 'went along' : 'are here'}${rest}.`
}

/** What to write to the sender about what did not come; null when nothing must be asked. */
export function askForMissing(fields: readonly PacketField[]): string | null {
  const missing = fields.filter(({ need, standing }) => need === 'must' && standing === 'missing')
  if (missing.length === 0) return null
  return `Please send what is still missing: ${missing.map(({ label }) => label.toLowerCase()).join('; ')}.`
}
