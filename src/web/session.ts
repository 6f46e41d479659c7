import { useSuspenseQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { type Action, isAllowed } from '../access/policy.ts'
import type { Me } from '../access/shapes.ts'
import { HouseError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { api } from './api.ts'
import { askAgain, sessionBegan, stopAsking, whenSignedOut } from './fetch.ts'
import { forgetKeys, keepKey } from './keys.ts'
import { closeLive, newsFromNow, openLive } from './live.ts'
import { callLocksmith, type Locksmith } from './locksmith.ts'
import type { WrapKind } from './locksmith-words.ts'
import { askPasskey } from './passkey.ts'
import { newProofKey } from './proof-key.ts'
import { queries, queryClient, showAnswer } from './queries.ts'

/** Who is signed in. Only inside the shell, where somebody is. */
export function useMe(): Me {
  return useSuspenseQuery(queries.me()).data
}

/** Whether whoever is signed in may begin this: the one table of what a role may says it, and no page for itself. */
export function useMay(action: Action): boolean {
  return isAllowed(useMe().member.role, action)
}

/** What came of a sign-in: `unlocked` is false when the session stands but the member's key still waits (no PRF). */
export interface SignedIn {
  readonly me: Me
  readonly unlocked: boolean
}

/** The password was right and a code is needed beside it; `app` is what to set up before there is one. */
export interface CodeNeeded {
  readonly app: { readonly secret: string; readonly uri: string } | null
}

/** Throws HouseError `unauthenticated` in one text for every cause. */
export async function signInWithPassword(
  email: string,
  password: string,
  code?: string,
): Promise<SignedIn | CodeNeeded> {
  const smith = callLocksmith()
  try {
    const { salt } = await api.salt(email)
    const { signIn } = await smith.do('password', { password, salt })
    const made = await newProofKey()
    const sent = { email, signIn, proofKey: made.proofKey, ...(code ? { code } : {}) }
    const me = await api.passwordSignIn(sent, newId()).catch((cause: unknown) => {
      if (cause instanceof HouseError && cause.code === 'step_up_needed' && !code) return null
      throw cause
    })
    if (!me) return await api.codeApp({ email, signIn })
    begun()
    await made.keep()
    return await enter(me, async () => {
      await keepKey(me.member.id, await openWrap(smith, me, 'password'))
      return true
    })
  } finally {
    smith.end()
  }
}

export async function signInWithPasskey(): Promise<SignedIn> {
  const { challengeId, options } = await api.passkeyOptions()
  const { response, prf } = await askPasskey(options)
  const made = await newProofKey()
  const me = await api.passkeySignIn({ challengeId, response, proofKey: made.proofKey }, newId())
  begun()
  await made.keep()
  return enter(me, () => unlockWithPrf(me, prf, response.id))
}

/**
 * By what the provider of their organisation answered. It brings no key: that stays locked until a way of their own opens it.
 * @param query  what the browser came back with, as it was
 */
export async function signInAtProvider(
  it: { readonly providerId: string; readonly query: string },
  key: string,
): Promise<SignedIn> {
  const me = await api.providerSignInReturn(it, key)
  begun()
  return enter(me, async () => false)
}

/** Opens the member's key in a session that stands. Throws HouseError when the password is not the one. */
export async function unlockWithPassword(me: Me, password: string): Promise<void> {
  const smith = callLocksmith()
  try {
    await smith.do('password', { password, salt: me.salt ?? '' })
    await keepKey(me.member.id, await openWrap(smith, me, 'password'))
  } finally {
    smith.end()
  }
}

export async function unlockWithRecoveryCode(me: Me, code: string): Promise<void> {
  const smith = callLocksmith()
  try {
    await smith.do('recovery', { code, memberId: me.member.id })
    await keepKey(me.member.id, await openWrap(smith, me, 'recovery'))
  } finally {
    smith.end()
  }
}

/** Uses a passkey once more, for its key alone; nothing is sent. False when it gives none. */
export async function unlockWithPasskey(me: Me): Promise<boolean> {
  const ids = me.wraps.flatMap((wrap) =>
    wrap.kind === 'passkey' && wrap.credentialId ? [wrap.credentialId] : [],
  )
  const challenge = newId() + newId()
  const { response, prf } = await askPasskey({
    challenge,
    allowCredentials: ids.map((id) => ({ id, type: 'public-key' })),
    userVerification: 'required',
  })
  return unlockWithPrf(me, prf, response.id)
}

async function unlockWithPrf(me: Me, prf: Uint8Array | null, credentialId: string): Promise<boolean> {
  const wrap = me.wraps.find((it) => it.kind === 'passkey' && it.credentialId === credentialId)
  if (!prf || !wrap) return false
  const smith = callLocksmith()
  try {
    await smith.do('passkey', { prf })
    await keepKey(me.member.id, await openOne(smith, me, wrap))
    return true
  } finally {
    smith.end()
  }
}

type Smith = Locksmith

async function openWrap(smith: Smith, me: Me, kind: WrapKind): Promise<CryptoKey> {
  const wrap = me.wraps.find((it) => it.kind === kind)
  return openOne(smith, me, wrap ?? { kind, wrapped: '' })
}

async function openOne(smith: Smith, me: Me, wrap: { kind: WrapKind; wrapped: string }): Promise<CryptoKey> {
  const { key } = await smith.do('unlock', { memberId: me.member.id, kind: wrap.kind, wrapped: wrap.wrapped })
  return key
}

function begun(): void {
  sessionBegan()
  newsFromNow()
}

/** The session stands whatever becomes of the key: a key that does not open is asked for where it is needed. */
async function enter(me: Me, unlock: () => Promise<boolean>): Promise<SignedIn> {
  const before = queryClient.getQueryData(queries.me().queryKey)
  if (before && before.member.id !== me.member.id) forgetPages()
  let opened = false
  try {
    opened = await unlock()
  } catch (cause) {
    console.warn('signed in, but the key did not open', cause)
  }
  await showAnswer(queries.me().queryKey, me)
  setSignedOut(false)
  return { me, unlocked: opened }
}

/** A member who has just joined: their key was made here and needs no unlocking. */
export async function enterWithKey(me: Me, key: CryptoKey): Promise<void> {
  begun()
  forgetPages()
  await keepKey(me.member.id, key)
  await showAnswer(queries.me().queryKey, me)
  setSignedOut(false)
}

/**
 * Ends the session. The key is forgotten at once, whatever happens then. Throws when the server cannot be told: its session
 * still stands, and the person must know. Afterwards the caller leaves the page, and then forgets what it showed.
 */
export async function signOut(): Promise<void> {
  // begun while the key is open: what is kept is sealed to that one, never to one that the server names
  const kept = [...keepers].map((keep) => keep())
  await forgetKeys()
  await Promise.allSettled(kept)
  closeLive()
  stopAsking()
  try {
    await api.signOut()
  } catch (cause) {
    askAgain()
    openLive()
    await queryClient.cancelQueries()
    void queryClient.invalidateQueries()
    throw cause
  }
}

const keepers = new Set<() => Promise<unknown>>()

/** For what is typed and not yet kept: waited for while the session still stands. */
export function whenSigningOut(keep: () => Promise<unknown>): void {
  keepers.add(keep)
}

const forgetters = new Set<() => void>()

/** For what a page keeps outside the cache of answers: called when nothing of one person's pages may stay. */
export function whenForgotten(forget: () => void): void {
  forgetters.add(forget)
}

/** Nothing of one person's pages stays for the next; called when no page shows any of it. */
export function forgetPages(): void {
  for (const forget of forgetters) forget()
  askAgain()
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'house' })
}

let signedOut = false
const readers = new Set<() => void>()

function setSignedOut(now: boolean): void {
  if (signedOut === now) return
  signedOut = now
  for (const reader of readers) reader()
}

whenSignedOut(() => {
  void forgetKeys()
  setSignedOut(true)
})

/** Whether the server has said, since the last sign-in, that nobody is signed in. */
export function useSignedOut(): boolean {
  return useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => signedOut,
  )
}
