import type { AccountRole, Decision, Decisions, Entry, Said } from './entries.ts'
import { pickSaid } from './entries.ts'
import { keyOf } from './kinds.ts'

/** The country and the bank of an account. */
export interface Kept {
  readonly country: string | undefined
  readonly system: string | undefined
}

/** What a person can do to the list; each gives new decisions and touches nothing else. */
export type Act =
  | { readonly do: 'confirm'; readonly entries: readonly Entry[] }
  | { readonly do: 'remove'; readonly entry: Entry }
  | { readonly do: 'correct'; readonly entry: Entry; readonly to: Said }
  /** Where an account is kept, as a person says; undefined where they do not know. */
  | ({ readonly do: 'place'; readonly entry: Entry } & Kept)
  | { readonly do: 'add'; readonly said: Said; readonly from: string }
  | { readonly do: 'share'; readonly entry: Entry; readonly shared: boolean }
  /** Something that only looked like a fact. */
  | { readonly do: 'dismiss'; readonly key: string; readonly said: Said }
  | { readonly do: 'role'; readonly entry: Entry; readonly role: AccountRole }

/** The decisions after one act. */
export function decide(decisions: Decisions, act: Act): Decisions {
  const next = new Map(decisions)
  switch (act.do) {
    case 'confirm':
      for (const entry of act.entries)
        next.set(entry.key, { ...ofEntry(decisions, entry), state: 'confirmed' })
      return next
    case 'remove':
      // a fact that was added by hand leaves no trace; one that was read must not come back with the next reading
      if (decisions.get(act.entry.key)?.addedFrom != null && act.entry.origin === 'added')
        next.delete(act.entry.key)
      else next.set(act.entry.key, { ...ofEntry(decisions, act.entry), state: 'removed' })
      return next
    case 'correct':
      return corrected(next, act.entry, act.to)
    case 'place':
      return placed(next, act.entry, act)
    case 'add':
      return added(next, act.said, act.from)
    case 'share':
      next.set(act.entry.key, { ...ofEntry(decisions, act.entry), shared: act.shared })
      return next
    case 'dismiss':
      return next.set(act.key, { ...untouched(act.said), state: 'removed' })
    case 'role':
      // what was ticked for one role says nothing about the other
      next.set(act.entry.key, { ...ofEntry(decisions, act.entry), role: act.role, shared: null })
      return next
  }
}

function corrected(next: Map<string, Decision>, entry: Entry, to: Said): Decisions {
  const was = ofEntry(next, entry)
  const same = sameThing(was.said, to)
  // another kind is another thing: a tick for sharing an account must not share a phone number
  const shared = to.kind === entry.kind ? was.shared : null
  return next.set(entry.key, { ...was, state: 'confirmed', corrected: same ? null : pickSaid(to), shared })
}

/** Only where it is kept is said, even if it was read so: from then on it is no assumption. Its ticks stay as they were. */
function placed(next: Map<string, Decision>, entry: Entry, { country, system }: Kept): Decisions {
  const was = ofEntry(next, entry)
  return next.set(entry.key, { ...was, corrected: { ...pickSaid(entry), country, system } })
}

/** The same number, said to be kept at the same place. */
function sameThing(a: Said, b: Said): boolean {
  return (
    keyOf(a.kind, a.normal) === keyOf(b.kind, b.normal) && a.country === b.country && a.system === b.system
  )
}

function added(next: Map<string, Decision>, said: Said, from: string): Decisions {
  const key = keyOf(said.kind, said.normal)
  const known = next.get(key)
  return next.set(key, {
    state: 'confirmed',
    said: pickSaid(said),
    corrected: null,
    addedFrom: from,
    shared: known?.shared ?? null,
    role: known?.role ?? 'payee',
  })
}

function ofEntry(decisions: Decisions, entry: Entry): Decision {
  const known = decisions.get(entry.key)
  if (known) return { ...known, said: entry.read ?? pickSaid(entry) }
  return untouched(pickSaid(entry))
}

function untouched(said: Said): Decision {
  return { state: 'found', said, corrected: null, addedFrom: null, shared: null, role: 'payee' }
}

/** What can be undone: the present and what went before it, newest last. */
export interface History<T> {
  readonly now: T
  readonly past: readonly { readonly value: T; readonly words: string }[]
}

const MOST_PAST = 200

/** A new present; `words` say what was done: “removed 012-3-45678-9”. */
export function withAct<T>(history: History<T>, now: T, words: string): History<T> {
  return { now, past: [...history.past.slice(-(MOST_PAST - 1)), { value: history.now, words }] }
}

/** One step back; the same history when there is none. */
export function undone<T>(history: History<T>): History<T> {
  const last = history.past.at(-1)
  return last === undefined ? history : { now: last.value, past: history.past.slice(0, -1) }
}
