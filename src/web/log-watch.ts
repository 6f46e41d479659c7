import { base64 } from '@scure/base'
import { useEffect, useSyncExternalStore } from 'react'
import { compareLogs, isContinued, type Seen } from '../access/log-check.ts'
import { type Checkpoint, checkpointOf, readVerifier } from '../access/note.ts'
import { HouseError } from '../core/errors.ts'
import { readStatement, type SignedStatement } from '../seal/chain.ts'
import { api } from './api.ts'
import { whenActing } from './fetch.ts'
import { forgetNewest } from './newest-key.ts'

/**
 * What this browser remembers of the audit log and of the network's root key, so that a server cannot show it another history
 * or other keys later. When the log is not the one that was seen, these pages go read-only until a person decides.
 */
interface Memory {
  readonly seen: Seen | null
  /** The root's key, as first seen. */
  readonly root: string | null
  /** Why nothing is done any more, with the log's answer as evidence. */
  readonly trouble: { readonly why: string; readonly now: Seen | null } | null
}
export type LogTrouble = NonNullable<Memory['trouble']> & { readonly seen: Seen | null }

const PLACE = 'firebreak-log'
const EVERY_MS = 10 * 60_000
const NOTHING: Memory = { seen: null, root: null, trouble: null }
/** False once this browser refuses to keep anything: then the page's own memory is all there is. */
let keeps = true
let memory = recall(NOTHING)
const readers = new Set<() => void>()

whenActing(() => {
  if (memory.trouble)
    throw new HouseError(
      'forbidden',
      `these pages are read-only: ${memory.trouble.why}. Talk to your steward first`,
    )
})

/** Asks how the log stands and compares it with what was seen. Throws only when the server cannot be asked. */
export async function checkLog(): Promise<void> {
  let settled = false
  while (!(settled || refresh().trouble)) {
    const state = await api.auditLog()
    settled = await accept({ logKey: state.logKey, note: state.checkpoint?.note ?? null })
  }
}

/** False when another page of this browser has changed what is remembered meanwhile: then ask and compare again. */
async function accept(now: { logKey: string; note: string | null }): Promise<boolean> {
  const before = refresh().seen
  const { seen, broken } = await compareLogs(before, now, proofOf)
  if (refresh().trouble || memory.seen?.note !== before?.note) return false
  if (broken === null) keep({ ...memory, seen })
  else trouble(broken, now.note === null ? null : { logKey: now.logKey, note: now.note })
  return true
}

/** A checkpoint out of an answer, once it is shown to be of the log that this browser knows. Throws `forbidden` otherwise. */
export async function trustedCheckpoint(note: string): Promise<Checkpoint> {
  if (!refresh().seen) await checkLog()
  for (;;) {
    const { seen, trouble: known } = refresh()
    if (!seen || known) throw new HouseError('forbidden', known?.why ?? 'there is no checkpoint yet')
    const log = readVerifier(seen.logKey)
    const [newest, given] = [checkpointOf(seen.note, log), checkpointOf(note, log)]
    // an answer may be a minute older than what this browser saw since
    if (given.size >= newest.size) {
      if ((await accept({ logKey: seen.logKey, note })) && !memory.trouble) return given
    } else if (await isContinued(given, newest, proofOf)) return given
    else
      trouble('keys were shown against another audit log than the one this browser has seen', {
        ...seen,
        note,
      })
  }
}

/** The root's key: the first one this browser was shown, for ever. Throws `forbidden` for another one. */
export function trustedRoot(claimed: SignedStatement): string {
  const it = readStatement(claimed)
  if (it.kind !== 'root' || it.signer !== it.key)
    throw new HouseError('forbidden', 'the root key of this network is not signed by itself')
  if (refresh().root === null) keep({ ...memory, root: it.key })
  else if (memory.root !== it.key) {
    trouble('the root key of this network is another one than this browser knows', null)
    throw new HouseError('forbidden', 'the root key of this network has changed')
  }
  return it.key
}

/** The newest checkpoint that this browser has checked; null while there is none or something is wrong. */
export function seenLog(): Seen | null {
  return memory.trouble ? null : memory.seen
}

/** Whether one checkpoint continues another; if not, that is trouble for all pages. */
export async function continues(from: Checkpoint, to: Checkpoint): Promise<boolean> {
  if (await isContinued(from, to, proofOf)) return true
  trouble('the audit log does not continue what your organisation countersigned', memory.seen)
  return false
}

/** What is wrong with the log; null while all is well. */
export function useLogTrouble(): LogTrouble | null {
  const it = useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => memory,
  )
  return it.trouble && { ...it.trouble, seen: it.seen }
}

/** At every sign-in and every ten minutes while somebody is signed in. @param ask  asks, and may do more with the answer */
export function useLogWatch(active: boolean, ask: () => Promise<void> = checkLog): void {
  useEffect(() => {
    if (!active) return
    // a server that is away is said elsewhere, and asked again here
    const look = () => void ask().catch(() => undefined)
    look()
    const timer = setInterval(look, EVERY_MS)
    return () => clearInterval(timer)
  }, [active, ask])
}

/** A person has found out what happened and goes on with the log as it is now. */
export function startAnew(): void {
  forgetNewest()
  keep(NOTHING)
}

function trouble(why: string, now: Seen | null): void {
  keep({ ...refresh(), trouble: { why, now } })
}

async function proofOf(from: number, to: number): Promise<Uint8Array[]> {
  const { proof } = await api.auditConsistency(from, to)
  return proof.map((hash) => base64.decode(hash))
}

function keep(next: Memory): void {
  memory = next
  try {
    if (keeps) localStorage.setItem(PLACE, JSON.stringify(next))
  } catch (cause) {
    keeps = false
    console.warn('this browser remembers nothing: the log is compared until the page is closed', cause)
  }
  for (const reader of readers) reader()
}

/** Takes up what another page of this browser has seen or found wrong since: no page forgets it with an older memory. */
function refresh(): Memory {
  const stored = recall(memory)
  if (JSON.stringify(stored) === JSON.stringify(memory)) return memory
  memory = stored
  for (const reader of readers) reader()
  return memory
}

addEventListener('storage', ({ key }) => {
  if (key === PLACE || key === null) refresh()
})

/** @param otherwise  where nothing is stored, or this browser stores nothing */
function recall(otherwise: Memory): Memory {
  if (!keeps) return otherwise
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null') as Partial<Memory> | null
    return kept ? { ...NOTHING, ...kept } : otherwise
  } catch {
    return otherwise // unreadable or forbidden: as on a first visit
  }
}
