import { HouseError } from '../core/errors.ts'
import { isConsistent } from './merkle.ts'
import { type Checkpoint, checkpointOf, readVerifier } from './note.ts'

/** What somebody keeps of the audit log between two visits: its key and the newest checkpoint they saw. */
export interface Seen {
  /** `name+id+key` (C2SP signed-note). */
  readonly logKey: string
  readonly note: string
}

/** What the server says now; `note` is null before the first checkpoint. */
export interface LogNow {
  readonly logKey: string
  readonly note: string | null
}

export interface Compared {
  /** What to keep from now on. */
  readonly seen: Seen | null
  /** Why this is not the log that was seen before, in words for people; null when all is well. */
  readonly broken: string | null
}

/**
 * Whether the log of now is the log that was seen, and has only grown. Nothing of the server's answer is believed unchecked.
 * @param proofOf  asks for a consistency proof; a server that has none for us is as bad as one whose proof is wrong, but a
 *                 server that cannot be reached is not: errors of code `unavailable` or `unauthenticated` are thrown on
 */
export async function compareLogs(
  seen: Seen | null,
  now: LogNow,
  proofOf: (from: number, to: number) => Promise<readonly Uint8Array[]>,
): Promise<Compared> {
  const broken = (why: string) => ({ seen, broken: why })
  if (seen && now.logKey !== seen.logKey)
    return broken('the audit log is signed by another key than the one this browser knows')
  if (now.note === null)
    return seen ? broken('the audit log that this browser has seen is gone') : { seen: null, broken: null }
  const next = { logKey: now.logKey, note: now.note }
  let to: Checkpoint
  try {
    to = checkpointOf(now.note, readVerifier(now.logKey))
  } catch {
    return broken('the newest checkpoint of the audit log is not signed by its key')
  }
  if (!seen) return { seen: next, broken: null }
  const from = checkpointOf(seen.note, readVerifier(seen.logKey))
  if (to.size < from.size)
    return broken(`this browser has seen ${from.size} entries in the audit log; now there are ${to.size}`)
  return (await isContinued(from, to, proofOf))
    ? { seen: next, broken: null }
    : broken(`the first ${from.size} entries of the audit log are not the ones that this browser has seen`)
}

/** Whether one checkpoint is the beginning of the other, as the server can prove it. */
export async function isContinued(
  from: Checkpoint,
  to: Checkpoint,
  proofOf: (from: number, to: number) => Promise<readonly Uint8Array[]>,
): Promise<boolean> {
  const roots = { from: from.size, fromRoot: from.root, to: to.size, toRoot: to.root }
  if (from.size === to.size) return isConsistent({ ...roots, proof: [] })
  try {
    return isConsistent({ ...roots, proof: await proofOf(from.size, to.size) })
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    if (['unavailable', 'unauthenticated', 'too_many'].includes(error.code)) throw error
    return false
  }
}
