import type { Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { draftFrom } from '../reports/draft.ts'
import { putDraft } from '../reports/put-draft.ts'
import { api } from '../web/api.ts'
import { beginJoining, type Joining, wrapOf } from '../web/joining.ts'
import { keepKey } from '../web/keys.ts'
import { callLocksmith, type Locksmith } from '../web/locksmith.ts'
import type { WrapKind } from '../web/locksmith-words.ts'
import { askPasskey } from '../web/passkey.ts'
import { queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { type Move, moveKeys } from './move-keys.ts'
import type { Officer, Share } from './recovery.ts'

/** What a person gives to show that a key is theirs, or to lock a new one: a password, a recovery code, a touch. */
export type Given =
  | { readonly kind: 'password' | 'recovery'; readonly text: string }
  | { readonly kind: 'passkey' }

export type NewKey = Joining

/** A new key of mine with its recovery code, in a worker; nothing of it has left yet. */
export const beginNewKey = (me: Me): Promise<NewKey> => beginJoining(me.member.id)

/**
 * The new key takes over. First what was given has to open the key I have now; so nobody locks a new key with a mistyped word.
 * @returns how many records went with it, and how many did not because they are closed to me now
 */
export async function takeOver(
  me: Me,
  made: NewKey,
  it: { readonly given: Given; readonly own: CryptoKey } & Pick<Move, 'onRecords' | 'signal'>,
  act: string,
): Promise<{ records: number; closed: number }> {
  const { given, own, onRecords, signal } = it
  const touched = await withOpened(me, given, async (_, from) => from)
  const { smith, recipient, recovery } = made
  await half(smith, me, given, touched.prf)
  const way = await wrapOf(smith, me.member.id, given.kind as WrapKind, touched.credentialId)
  const { key } = await smith.do('key', {})
  const to = { memberId: me.member.id, key, recipient }
  const moved = await moveKeys({ from: [own], to, onRecords, signal })
  signal.throwIfAborted()
  const done = await api.keyRotation({ recipient, wraps: [recovery, way], ...moved }, act)
  await keepKey(me.member.id, key)
  await queryClient.invalidateQueries({ queryKey: ['me'] })
  return done
}

/** Shares of my key for officers, made where the key is open: in the worker alone. */
export function splitKey(
  me: Me,
  given: Given,
  it: { readonly officers: readonly Officer[]; readonly threshold: number },
): Promise<readonly Share[]> {
  return withOpened(me, given, (smith) => smith.do('split', it))
}

/** The records of my old key, out of shares that officers passed on, wrapped for the key that I have now. */
export async function takeBack(
  me: Me,
  it: { readonly passed: readonly string[]; readonly own: CryptoKey } & Pick<Move, 'onRecords' | 'signal'>,
  act: string,
): Promise<{ records: number; left: number }> {
  const smith = callLocksmith()
  try {
    const old = await smith.do('combine', { passed: it.passed, key: it.own })
    const { id: memberId, recipient } = me.member
    const to = { memberId, key: it.own, recipient }
    const moved = await moveKeys({ ...it, from: [old.key, it.own], to })
    await moveDrafts(old.key, it.own, recipient)
    const { records } = await api.keyRotation({ recipient, wraps: [], ...moved }, act)
    return { records, left: moved.left.length }
  } finally {
    smith.end()
  }
}

interface Touched {
  readonly prf: Uint8Array | null
  readonly credentialId: string | null
}

/** Opens my present key with what was given, in a worker that ends afterwards. Throws `invalid` when it does not open. */
async function withOpened<T>(
  me: Me,
  given: Given,
  work: (smith: Locksmith, from: Touched) => Promise<T>,
): Promise<T> {
  const smith = callLocksmith()
  try {
    const from = given.kind === 'passkey' ? await touch(me) : { prf: null, credentialId: null }
    await half(smith, me, given, from.prf)
    const wrap = me.wraps.find(
      ({ kind, credentialId }) =>
        kind === given.kind && (kind !== 'passkey' || credentialId === from.credentialId),
    )
    await smith.do('open', {
      memberId: me.member.id,
      kind: given.kind as WrapKind,
      wrapped: wrap?.wrapped ?? '',
    })
    return await work(smith, from)
  } finally {
    smith.end()
  }
}

async function half(smith: Locksmith, me: Me, given: Given, prf: Uint8Array | null): Promise<void> {
  if (given.kind === 'password') await smith.do('password', { password: given.text, salt: me.salt ?? '' })
  else if (given.kind === 'recovery') await smith.do('recovery', { code: given.text, memberId: me.member.id })
  else await smith.do('passkey', { prf: prf ?? new Uint8Array() })
}

async function touch(me: Me): Promise<Touched> {
  const allowCredentials = me.wraps.flatMap(({ kind, credentialId: id }) =>
    kind === 'passkey' && id ? [{ id, type: 'public-key' }] : [],
  )
  const challenge = crypto.randomUUID().replaceAll('-', '')
  const { response, prf } = await askPasskey({ challenge, allowCredentials, userVerification: 'required' })
  return { prf, credentialId: response.id }
}

/** Drafts are sealed to their author alone: the old ones come along. One that neither key opens stays as it is. */
async function moveDrafts(old: CryptoKey, own: CryptoKey, recipient: string): Promise<void> {
  const { drafts } = await api.drafts().catch(noneKept)
  for (const { id } of drafts) {
    const sealed = await api.draftGet(id)
    const isMoved = await seal('openDraft', { sealed, key: own }).then(
      () => true,
      () => false,
    )
    const plain = isMoved ? null : await seal('openDraft', { sealed, key: old }).catch(() => null)
    if (plain === null) continue
    const draft = draftFrom(plain)
    await putDraft(id, { draft, after: draft.version, recipient })
  }
}

/** Roles that keep no drafts may not ask for them. */
function noneKept(error: unknown): { drafts: { id: string }[] } {
  if (error instanceof HouseError && error.code === 'forbidden') return { drafts: [] }
  throw error
}
