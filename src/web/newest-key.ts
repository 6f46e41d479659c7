import { HouseError } from '../core/errors.ts'
import type { ClaimedHolders } from '../seal/chain.ts'

const PLACE = 'firebreak-newest-keys'

/**
 * Remembers where in the audit log the newest statement about each key stood that this browser has checked, and refuses an
 * older one: a key that was once valid, and exchanged since, must not come back. Places in one log only grow.
 * Limits  a browser that has seen nothing of a key yet believes the newest one it is shown
 * @param claimed  an answer whose inclusions were checked already
 * @throws `forbidden` when a statement stands before one that was seen
 */
export function onlyNewer(org: string, claimed: ClaimedHolders, store: Storage | null = ownStorage()): void {
  const seen = recall(store)
  const found = [
    ...(claimed.org?.inclusion ? [{ subject: org, index: claimed.org.inclusion.index }] : []),
    ...claimed.holders.flatMap(({ memberId, inclusion }) =>
      inclusion ? [{ subject: memberId, index: inclusion.index }] : [],
    ),
  ]
  const older = found.find(({ subject, index }) => index < (seen[subject] ?? 0))
  if (older)
    throw new HouseError(
      'forbidden',
      `nothing was sealed: the server shows an older key of ${older.subject} than this browser has seen. The server may be lying; tell your steward`,
    )
  const newer = found.filter(({ subject, index }) => index > (seen[subject] ?? -1))
  if (newer.length === 0) return
  for (const { subject, index } of newer) seen[subject] = index
  try {
    store?.setItem(PLACE, JSON.stringify(seen))
  } catch {
    // a browser that keeps nothing compares within the log alone, as a new one does
  }
}

/** Another log has other places: whoever starts anew with the log forgets these with it. */
export function forgetNewest(store: Storage | null = ownStorage()): void {
  store?.removeItem(PLACE)
}

/** Null where the browser forbids it. */
function ownStorage(): Storage | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

function recall(store: Storage | null): Record<string, number> {
  try {
    const it: unknown = JSON.parse(store?.getItem(PLACE) ?? '{}')
    if (typeof it !== 'object' || it === null) return {}
    return Object.fromEntries(Object.entries(it).filter(([, index]) => Number.isInteger(index)))
  } catch {
    return {}
  }
}
