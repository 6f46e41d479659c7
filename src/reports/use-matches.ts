import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isMatchable } from '../match/token.ts'
import { api } from '../web/api.ts'
import { askKnown } from '../web/matching.ts'
import type { EditorState, TokenNew } from './editor-state.ts'
import type { Entry } from './entries.ts'
import { keyOf, leadsToMoney } from './kinds.ts'

export interface Matches {
  /** Open freezes by the fact's key; a key that is missing was not asked yet, or cannot be. */
  readonly known: ReadonlyMap<string, number>
  /** How many identifiers the organisation may still ask about today; null when nothing was asked. */
  readonly left: number | null
  readonly busy: boolean
  readonly error: unknown
  readonly again: () => void
  /** Resolves once everything confirmed was asked about, or cannot be now: what is saved before has no tokens to match by. */
  readonly whenAsked: () => Promise<void>
}

interface Given {
  readonly entries: readonly Entry[]
  readonly tokens: EditorState['tokens']
  readonly memberId: string
  readonly onTokens: (tokens: Record<string, readonly TokenNew[]>) => void
}

/** What is matched: accounts, wallets and payments a person confirmed; never the person's own account, never a phone. */
export function matchableOf(entries: readonly Entry[]): Entry[] {
  return entries.filter(
    ({ kind, normal, state, role }) =>
      state === 'confirmed' && role === 'payee' && leadsToMoney(kind) && isMatchable(kind, normal),
  )
}

/**
 * What is asked of a fact, as one name: where its number or its country is corrected, or the correction is undone, other
 * tokens belong to it.
 */
export function askedAs({ kind, normal, country }: Entry): string {
  return `${keyOf(kind, normal)} ${country ?? ''}`
}

const PAUSE = 500

/** Asks blind whether the network knows what was confirmed: the server sees neither the question nor who is meant. */
export function useMatches({ entries, tokens, memberId, onTokens }: Given): Matches {
  const wanted = useMemo(() => matchableOf(entries), [entries])
  const { known, left, busy, error, again } = useAsking({ wanted, tokens, memberId, onTokens })
  const pending = useRef(false)
  pending.current = error === null && wanted.some((entry) => tokens[askedAs(entry)] === undefined)
  const byKey = useMemo(
    () =>
      new Map(
        wanted.flatMap((entry) => {
          const open = known.get(askedAs(entry))
          return open === undefined ? [] : [[entry.key, open] as const]
        }),
      ),
    [wanted, known],
  )
  return useMemo(
    () => ({ known: byKey, left, busy, error, again, whenAsked: () => until(() => !pending.current) }),
    [byKey, left, busy, error, again],
  )
}

type Asking = Omit<Given, 'entries'> & { readonly wanted: readonly Entry[] }

/** Asks half a second after the last change, each thing once; what failed is asked again when somebody says so. */
function useAsking({ wanted, tokens, memberId, onTokens }: Asking) {
  const [known, setKnown] = useState<ReadonlyMap<string, number>>(new Map())
  const [left, setLeft] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  const asked = useRef(new Set<string>())
  const names = wanted.map(askedAs).join('\n')
  const now = useRef({ wanted, tokens, onTokens })
  now.current = { wanted, tokens, onTokens }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is asked for by counting
  useEffect(() => {
    if (names === '') return
    const timer = setTimeout(async () => {
      const { wanted, tokens, onTokens } = now.current
      const fresh = wanted.filter((entry) => !asked.current.has(askedAs(entry)))
      if (fresh.length === 0) return
      for (const entry of fresh) asked.current.add(askedAs(entry))
      setBusy(true)
      try {
        const found = await ask(fresh, tokens, memberId)
        setKnown((before) => new Map([...before, ...found.known]))
        if (found.left !== null) setLeft(found.left)
        if (Object.keys(found.tokens).length > 0) onTokens(found.tokens)
        setError(null)
      } catch (cause) {
        for (const entry of fresh) asked.current.delete(askedAs(entry))
        setError(cause)
      } finally {
        setBusy(false)
      }
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [names, memberId, tries])
  const again = useCallback(() => setTries((times) => times + 1), [])
  return { known, left, busy, error, again }
}

/** Milliseconds for which a press waits for the network's answer; after that a report goes without it. */
const PATIENCE = 8_000

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE
  while (!holds() && Date.now() < end) await new Promise((done) => setTimeout(done, 50))
}

interface Found {
  readonly known: Map<string, number>
  readonly tokens: Record<string, readonly TokenNew[]>
  readonly left: number | null
}

/** A fact whose tokens the draft holds is only looked up; each new one costs a part of the day's budget. */
async function ask(entries: readonly Entry[], held: EditorState['tokens'], memberId: string): Promise<Found> {
  const fresh = entries.filter((entry) => held[askedAs(entry)] === undefined)
  const old = entries.map(askedAs).filter((name) => held[name] !== undefined)
  const found = await askFresh(fresh, memberId)
  const all = [...new Set(old.flatMap((name) => (held[name] ?? []).map(({ token }) => token)))]
  const open = new Map<string, number>()
  for (let from = 0; from < all.length; from += 100)
    for (const it of (await api.known(all.slice(from, from + 100))).known) open.set(it.token, it.openRequests)
  for (const name of old)
    found.known.set(name, Math.max(0, ...(held[name] ?? []).map(({ token }) => open.get(token) ?? 0)))
  return found
}

async function askFresh(fresh: readonly Entry[], memberId: string): Promise<Found> {
  const known = new Map<string, number>()
  const tokens: Record<string, readonly TokenNew[]> = {}
  if (fresh.length === 0) return { known, tokens, left: null }
  const { answers, left } = await askKnown(fresh.map(identifierOf), memberId)
  for (const [i, answer] of answers.entries()) {
    const entry = fresh[i]
    if (!entry) continue
    known.set(askedAs(entry), answer.openRequests)
    tokens[askedAs(entry)] = answer.tokens.map(({ token, kind, country }) => ({ token, kind, country }))
  }
  return { known, tokens, left }
}

function identifierOf({ kind, normal, country, system }: Entry) {
  return {
    kind,
    normal,
    ...(country === undefined ? {} : { country }),
    ...(system === undefined ? {} : { system }),
  }
}
