import type { FactKind } from '../core/fact.ts'
import type { Identifier } from '../match/identifier.ts'
import { api } from './api.ts'
import { checkMatchKey } from './match-key.ts'
import type { MatchWork } from './match-words.ts'
import { callsTo } from './worker-calls.ts'

const BATCH = 100

export interface BlindToken {
  readonly token: string
  readonly kind: FactKind
  readonly country: string | null
  /** How this form comes from the identifier, e.g. the local account inside an IBAN; '' for the identifier itself. */
  readonly how: string
}

export interface Tokenised {
  readonly identifier: Identifier
  /** [] when it cannot be matched; `refused` then says why. */
  readonly tokens: readonly BlindToken[]
  readonly refused: string | null
}

export interface Tokens {
  /** In the order of what was asked. */
  readonly all: readonly Tokenised[]
  /** How many fresh identifiers the organisation may still ask about today; null when nothing was asked. */
  readonly left: number | null
}

/**
 * Turns identifiers into blind tokens with the server's help: it sees blinded points, never the identifiers.
 * @param memberId  whose browser this is: the matching key it was shown first must stay the same
 * Throws  HouseError: `too_many` when the day's budget is spent; `invalid` when the answer does not prove itself.
 */
export async function tokenise(identifiers: readonly Identifier[], memberId: string): Promise<Tokens> {
  const worker = new Worker(new URL('./match.worker.ts', import.meta.url), {
    type: 'module',
    name: 'matching',
  })
  const calls = callsTo<MatchWork>(worker)
  try {
    const { forms, blinded, refused } = await calls.do('blind', { identifiers })
    const tokens: string[] = []
    let left: number | null = null
    for (let from = 0; from < blinded.length; from += BATCH) {
      const { publicKey, left: now, ...evaluation } = await api.evaluate(blinded.slice(from, from + BATCH))
      checkMatchKey(memberId, publicKey)
      left = now
      tokens.push(...(await calls.do('finish', { from, evaluation, publicKey })).tokens)
    }
    const all = identifiers.map((identifier, i) => ({
      identifier,
      refused: refused[i] ?? null,
      tokens: forms.flatMap(({ of, kind, country, how }, j) =>
        of === i ? [{ token: tokens[j] ?? '', kind, country, how }] : [],
      ),
    }))
    return { all, left }
  } finally {
    calls.end()
  }
}

export interface KnownAnswer extends Tokenised {
  /** Open freezes in the network that name it, in any of its forms. Nothing about whose, or whom. */
  readonly openRequests: number
}

/** Whether the network knows identifiers: for each, how many open freezes, and nothing else. */
export async function askKnown(
  identifiers: readonly Identifier[],
  memberId: string,
): Promise<{ readonly answers: readonly KnownAnswer[]; readonly left: number | null }> {
  const { all, left } = await tokenise(identifiers, memberId)
  const tokens = [...new Set(all.flatMap((it) => it.tokens.map(({ token }) => token)))]
  const open = new Map<string, number>()
  for (let from = 0; from < tokens.length; from += BATCH) {
    const { known } = await api.known(tokens.slice(from, from + BATCH))
    for (const { token, openRequests } of known) open.set(token, openRequests)
  }
  const answers = all.map((it) => ({
    ...it,
    openRequests: Math.max(0, ...it.tokens.map(({ token }) => open.get(token) ?? 0)),
  }))
  return { answers, left }
}
