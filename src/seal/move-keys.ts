import type { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { api } from '../web/api.ts'
import { seal } from '../web/sealer.ts'
import type { OwnWraps, Rotation } from './key-shapes.ts'

type Page = z.infer<typeof OwnWraps>
export type Moved = Pick<z.infer<typeof Rotation>, 'secrets' | 'seats' | 'kept' | 'left'>

export interface Move {
  /** Keys of mine that may open what there is: the one I have, and one that officers gave back. */
  readonly from: readonly CryptoKey[]
  readonly to: { readonly memberId: string; readonly key: CryptoKey; readonly recipient: string }
  /** How many records are wrapped so far. */
  readonly onRecords: (count: number) => void
  readonly signal: AbortSignal
}

/**
 * Wraps everything that opens with one key of mine for another, in this browser. The server keeps the new wraps aside:
 * nothing changes until the last step, and to stop before it is to leave all as it was.
 */
export async function moveKeys(it: Move): Promise<Moved> {
  const { secrets } = await api.keys()
  const left: string[] = []
  let [moved, rest]: [number, Pick<Page, 'seats' | 'kept'>] = [0, { seats: [], kept: [] }]
  for (let after: string | undefined = ''; after !== undefined; ) {
    it.signal.throwIfAborted()
    const page: Page = await api.keyWraps(after === '' ? undefined : after)
    if (after === '') rest = page
    const wraps = await rewrapped(it, page, left)
    if (wraps.length > 0) await api.keyRewraps({ recipient: it.to.recipient, wraps })
    moved += wraps.length
    it.onRecords(moved)
    after = page.next ?? undefined
  }
  const signing = await each(it, secrets, ({ wrapped }, key) =>
    seal('hand', { wrapped, key, recipient: it.to.recipient }),
  )
  const seats = await each(it, rest.seats, ({ groupId: group, version, wrapped }, key) =>
    seal('moveGroupKey', { group, version, wrapped, key, to: it.to.key, holder: it.to.memberId }),
  )
  const kept = await each(it, rest.kept, ({ wrapped }, key) =>
    seal('hand', { wrapped, key, recipient: it.to.recipient }),
  )
  return {
    left,
    secrets: signing.map(({ was, made }) => ({ of: was.of, key: was.key, wrapped: made.wrapped })),
    seats: seats.map(({ was: { groupId, version }, made: { wrapped, voucher } }) => ({
      groupId,
      version,
      wrapped,
      voucher,
    })),
    kept: kept.map(({ was, made }) => ({ memberId: was.memberId, wrapped: made.wrapped })),
  }
}

async function rewrapped(it: Move, { wraps }: Page, left: string[]) {
  const readers = [{ memberId: it.to.memberId, recipient: it.to.recipient }]
  const done = await each(it, wraps, ({ wrapped }, key) => seal('share', { wrapped, key, readers }))
  const opened = new Set(done.map(({ was }) => was.sealedId))
  left.push(...wraps.map(({ sealedId }) => sealedId).filter((id) => !opened.has(id)))
  return done.map(({ was, made: [wrap] }) => ({ sealedId: was.sealedId, wrapped: wrap?.wrapped ?? '' }))
}

/** Each with the first key that opens it; what none of them opens is left out. */
async function each<T, U>(
  { from }: Move,
  all: readonly T[],
  work: (it: T, key: CryptoKey) => Promise<U>,
): Promise<{ was: T; made: U }[]> {
  const done: { was: T; made: U }[] = []
  for (const was of all)
    for (const key of from) {
      const made = await work(was, key).catch(notItsKey)
      if (made === null) continue
      done.push({ was, made })
      break
    }
  return done
}

/** Sealed to another key of mine; anything else is a failure, and stops the move. */
function notItsKey(error: unknown): null {
  if (error instanceof HouseError && error.code === 'invalid') return null
  throw error
}
