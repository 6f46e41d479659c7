import { newId } from '../core/ids.ts'
import { newRequest } from '../freeze/request-draft.ts'
import type { ReportDraft } from '../reports/draft.ts'
import type { Decision, Said } from '../reports/entries.ts'
import { keyOf } from '../reports/kinds.ts'
import { kindOf } from './account-kind.ts'
import type { Held, Method, Trace } from './outcome.ts'
import { major } from './table.ts'

interface Found {
  readonly traces: Readonly<Record<Method, Trace>>
  readonly method: Method
  readonly held: Held
}

/**
 * What a trace knows of a request to freeze: the account it is about, the one that paid, the amount that is there by the chosen
 * rule and when it came. The person who pressed the button has chosen the account, so both accounts are confirmed; who is asked,
 * by which way and why is still theirs to say.
 */
export function freezeStart({ traces, method, held }: Found): Pick<ReportDraft, 'decisions' | 'requests'> {
  const { from } = traces[method]
  const account = saidOf(held.account)
  const { minor, currency, lastAt } = held
  const at = typeof lastAt === 'string' ? lastAt : ''
  const request = newRequest(keyOf(account.kind, account.normal), {
    lines: [{ id: newId(), amount: major(minor, currency), currency: currency === 'XXX' ? '' : currency }],
    paidDate: at.slice(0, 10),
    paidTime: at.slice(11, 16),
    paidZone: 'UTC',
    channel: account.kind === 'crypto_address' ? 'crypto' : '',
    payerCountry: held.depth === 1 ? (saidOf(from).country ?? '') : '',
  })
  const decisions = [
    [account, held.account, 'payee'],
    ...(from === held.account ? [] : [[saidOf(from), from, 'payer'] as const]),
  ] as const
  return {
    decisions: decisions.map(([said, words, role]) => [
      keyOf(said.kind, said.normal),
      decisionOf(said, words, role),
    ]),
    requests: [{ ...request }],
  }
}

function saidOf(account: string): Said {
  const kind = kindOf(account)
  const normal = kind === 'bank_account' ? account.replaceAll(/[\s-]/g, '').toUpperCase() : account
  const why = 'it stands in the ledger that the money was followed through'
  return {
    kind,
    value: account,
    normal,
    confidence: 0.9,
    why,
    ...(kind === 'iban' && { country: account.slice(0, 2) }),
  }
}

/** Its words stand in the text of the request: they mark the place. */
function decisionOf(said: Said, words: string, role: Decision['role']) {
  const plain = { ...said, ...(said.country === undefined ? {} : { country: said.country }) }
  return {
    state: 'confirmed' as const,
    said: plain,
    corrected: null,
    addedFrom: words,
    shared: null,
    role,
  }
}
