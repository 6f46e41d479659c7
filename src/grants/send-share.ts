import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { Basis, Marking, Use } from '../core/marking.ts'
import { vouchedFor, vouchedReaders } from '../reports/put-sealed.ts'
import type { HeldKey } from '../seal/group-key.ts'
import { api } from '../web/api.ts'
import { ownRecipient } from '../web/own-key.ts'
import { queries, queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import type { ShareWhole } from './shapes.ts'
import { isToGroupKey, openTo, type Target } from './share-plan.ts'

export interface ShareDraft {
  readonly targets: readonly Target[]
  readonly use: Use
  readonly basisKind: Basis
  readonly basis: string
  readonly reveal: boolean
  /** ISO 8601. */
  readonly expiresAt: string
  /** Sealed records to pass the keys of. */
  readonly content: readonly string[]
}

interface Sending {
  readonly itemKind: 'report' | 'request'
  readonly itemId: string
  readonly marking: Pick<Marking, 'tlp' | 'handling' | 'possibleVictim'>
  /** The sender's own key; needed only for content. */
  readonly key: CryptoKey | null
}

type Body = Parameters<typeof api.shareNew>[0]
const NO_KEYS: Pick<Body, 'wraps' | 'groupWraps'> = { wraps: [], groupWraps: [] }

/** What was made ready under an idempotency key: trying again sends the very same. */
let ready: { readonly key: string; readonly body: Body } | null = null

/** Seals the keys of the content to everybody who may open it, in this browser, and shares in one act. */
export async function sendShare(draft: ShareDraft, it: Sending, key: string): Promise<ShareWhole> {
  if (ready?.key !== key) ready = { key, body: await bodyOf(draft, it) }
  const share = await api.shareNew(ready.body, key)
  ready = null
  void queryClient.invalidateQueries({ queryKey: ['shares'] })
  return share
}

interface Correcting {
  readonly shareId: string
  readonly itemId: string
  readonly note: string
  readonly use: Use
  readonly targets: readonly Target[]
  readonly content: readonly string[]
}

type CorrectionBody = Parameters<typeof api.shareCorrect>[1]
let corrected: { readonly key: string; readonly body: CorrectionBody } | null = null

/** Puts another item in the place of a share that was wrong: its keys sealed anew, to the same recipients. */
export async function sendCorrection(
  it: Correcting,
  by: Pick<Sending, 'marking' | 'key'>,
  key: string,
): Promise<ShareWhole> {
  if (corrected?.key !== key) {
    const sealed = by.key === null ? NO_KEYS : await wrapsOf(it, by, by.key)
    corrected = { key, body: { id: newId(), itemId: it.itemId, note: it.note, ...sealed } }
  }
  const share = await api.shareCorrect(it.shareId, corrected.body, key)
  corrected = null
  void queryClient.invalidateQueries({ queryKey: ['shares'] })
  return share
}

async function bodyOf(draft: ShareDraft, it: Sending): Promise<Body> {
  return {
    id: newId(),
    itemKind: it.itemKind,
    itemId: it.itemId,
    to: draft.targets.map((target) => ({ id: newId(), [target.as]: target.id })),
    purpose: draft.use,
    basisKind: draft.basisKind,
    basis: draft.basis,
    reveal: draft.reveal,
    expiresAt: draft.expiresAt,
    ...(it.key === null ? NO_KEYS : await wrapsOf(draft, it, it.key)),
  }
}

async function wrapsOf(
  draft: Pick<ShareDraft, 'targets' | 'use' | 'content'>,
  it: Pick<Sending, 'marking'>,
  key: CryptoKey,
): Promise<Pick<Body, 'wraps' | 'groupWraps'>> {
  if (draft.content.length === 0) return NO_KEYS
  const toGroup = (target: Target) => isToGroupKey(it.marking, target, draft.use)
  const people = draft.targets
    .filter((target) => !toGroup(target))
    .flatMap((target) => openTo(it.marking, target, draft.use))
  const readers = people.length === 0 ? [] : await vouchedReaders(people)
  const held: HeldKey[] = []
  for (const group of draft.targets.filter((target) => toGroup(target) && target.groupKey === 'ready'))
    held.push(await heldKey(group))
  if (readers.length + held.length === 0) return NO_KEYS
  const [wraps, groupWraps] = [[] as Body['wraps'], [] as NonNullable<Body['groupWraps']>]
  for (const sealedId of draft.content) {
    const { wrapped } = await api.sealedOpen(sealedId, newId())
    if (readers.length > 0)
      wraps.push(...(await seal('share', { wrapped, key, readers })).map((wrap) => ({ ...wrap, sealedId })))
    for (const one of held) {
      const made = await seal('toGroup', { wrapped, key, held: one })
      groupWraps.push({ sealedId, groupId: one.group, version: one.version, ...made })
    }
  }
  return { wraps, groupWraps }
}

/** A group's key as I hold it, once the key of who gave it was checked with their organisation. */
async function heldKey(group: Target): Promise<HeldKey> {
  const { held } = await api.groupSealing(group.id)
  if (held === null)
    throw new HouseError(
      'conflict',
      `the key of ${group.name} waits for one of its stewards; share it without the story now, or with it later`,
    )
  const { member } = await queryClient.ensureQueryData(queries.me())
  const { giver, claimed, version, recipient, wrapped, voucher } = held
  const from = giver.memberId === member.id ? await ownRecipient(member) : await vouched(held)
  return { group: group.id, holder: member.id, version, recipient, wrapped, voucher, giver: from }

  async function vouched(by: typeof held & object): Promise<string> {
    const readers = await vouchedFor(claimed, by.giver.orgId)
    const found = readers.find(({ memberId }) => memberId === giver.memberId)
    if (found) return found.recipient
    throw new HouseError(
      'conflict',
      `nobody has signed the key of the steward who gave you the key of ${group.name} yet; share it without the story now`,
    )
  }
}
