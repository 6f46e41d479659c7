import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { type ClaimedHolders, checkHolders } from '../seal/chain.ts'
import type { Reader } from '../seal/record.ts'
import { api } from '../web/api.ts'
import { trustedCheckpoint, trustedRoot } from '../web/log-watch.ts'
import { onlyNewer } from '../web/newest-key.ts'
import { ownRecipient } from '../web/own-key.ts'
import { queries, queryClient } from '../web/queries.ts'
import type { SealedToSend } from '../web/seal-words.ts'
import { seal } from '../web/sealer.ts'
import { sendContent, type UploadWatch } from './upload.ts'

export interface Attempt {
  /** Seals, announces and sends; answers the record's id. May be called again after a failure: nothing is done twice. */
  readonly run: (watch?: AttemptWatch) => Promise<string>
}

export interface AttemptWatch extends UploadWatch {
  /** Sealed: so many bytes will leave. */
  readonly onSealed?: (bytes: number) => void
}

interface AttemptOptions {
  readonly kind: 'report' | 'evidence' | 'briefing'
  readonly content: () => Promise<Uint8Array<ArrayBuffer>>
  /** Everybody of these organisations who holds a key can open it. */
  readonly orgIds: readonly string[]
}

/** One sealed record on its way to the server. Its ciphertext is kept until it has arrived in full. */
export function sealedAttempt({ kind, content, orgIds }: AttemptOptions): Attempt {
  const id = newId()
  const key = newId()
  let sealed: SealedToSend | null = null
  let announced = false
  return {
    async run(watch = {}) {
      sealed ??= await seal('record', { plain: await content(), readers: await readersOf(orgIds) })
      watch.signal?.throwIfAborted()
      const { ciphertext, recipient, wraps } = sealed
      watch.onSealed?.(ciphertext.length)
      if (!announced) await api.sealedNew({ id, kind, recipient, wraps: [...wraps] }, key)
      announced = true
      await sendContent(id, ciphertext, watch)
      return id
    },
  }
}

/**
 * Key holders of several organisations, each person once: everybody whose key their organisation has signed, as this browser
 * has checked itself (`checkHolders`), and I myself. Throws `forbidden` when a key is not what was signed, and `conflict`
 * when nobody of another organisation has a signed key.
 */
export async function readersOf(orgIds: readonly string[]): Promise<Reader[]> {
  const me = await queryClient.ensureQueryData(queries.me())
  const own = orgIds.includes(me.org.id)
    ? [{ memberId: me.member.id, recipient: await ownRecipient(me.member) }]
    : []
  const lists = await Promise.all([...new Set(orgIds)].map((org) => checkedReaders(org, me.org.id)))
  return [...new Map([...lists.flat(), ...own].map((it) => [it.memberId, it])).values()]
}

/**
 * Of these people, those whose key their organisation has signed: with the key that was checked, whatever was said of them
 * before. Throws like `readersOf`, and `conflict` when nobody remains.
 */
export async function vouchedReaders(
  people: readonly { readonly memberId: string; readonly orgId: string }[],
): Promise<Reader[]> {
  const wanted = new Set(people.map(({ memberId }) => memberId))
  const orgs = [...new Set(people.map(({ orgId }) => orgId))]
  const checked = (await Promise.all(orgs.map((org) => readersOf([org])))).flat()
  const readers = checked.filter(({ memberId }) => wanted.has(memberId))
  if (readers.length > 0) return [...new Map(readers.map((it) => [it.memberId, it])).values()]
  throw new HouseError(
    'conflict',
    'none of these people has a key that their organisation has signed yet; share without the content, or ask their steward',
  )
}

async function checkedReaders(org: string, own: string): Promise<readonly Reader[]> {
  const claimed = await queryClient.fetchQuery({ ...queries.keyHolders(org), staleTime: 0 })
  const readers = await vouchedFor(claimed, org)
  if (readers.length > 0 || org === own) return readers
  if (claimed.holders.length === 0) await mustBeThere(org)
  throw new HouseError(
    'conflict',
    'nobody there has a key that their organisation has signed yet, so nothing can be sealed to them; ask their steward',
  )
}

/** Nobody to seal to, because the organisation is gone: that is said, and the pages that offer it hear of it. */
async function mustBeThere(id: string): Promise<void> {
  const { orgs } = await queryClient.fetchQuery({ ...queries.network(), staleTime: 0 })
  const org = orgs.find((it) => it.id === id)
  if (!org || org.leftAt === null) return
  const gone = org.suspendedAt === null ? 'has left the network' : 'is suspended'
  throw new HouseError('conflict', `${org.name} ${gone}; choose another organisation`)
}

/**
 * Those whom an answer of the server names, as far as their organisation has signed their keys.
 * Throws `forbidden` when a key is not what was signed.
 */
export async function vouchedFor(claimed: ClaimedHolders, org: string): Promise<readonly Reader[]> {
  // before the first checkpoint, and before there is a root, nobody can be vouched for
  if (claimed.root === null || claimed.checkpoint === null) return []
  const root = trustedRoot(claimed.root)
  const checkpoint = await trustedCheckpoint(claimed.checkpoint)
  const { readers, wrong } = checkHolders(claimed, { org, root, checkpoint })
  if (wrong !== null)
    throw new HouseError(
      'forbidden',
      `nothing was sealed: ${wrong}. The server may be lying; tell your steward`,
    )
  onlyNewer(org, claimed)
  return readers
}

export function jsonBytes(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(JSON.stringify(value)))
}
