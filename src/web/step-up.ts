import { useSyncExternalStore } from 'react'
import type { Me } from '../access/shapes.ts'
import type { StepUp } from '../access/step-up-list.ts'
import { newId } from '../core/ids.ts'
import { api } from './api.ts'
import { whenProofNeeded } from './fetch.ts'
import { callLocksmith } from './locksmith.ts'
import { askPasskey } from './passkey.ts'
import { newProofKey } from './proof-key.ts'

/** An act that waits until the person has shown that it is they; nothing of it is lost in the meantime. */
export interface Waiting {
  readonly by: StepUp['by']
  readonly what: string
}

let waiting: Waiting | null = null
let settle: ((proven: boolean) => void) | null = null
let settled: Promise<boolean> | null = null
const readers = new Set<() => void>()

function tell(): void {
  for (const reader of readers) reader()
}

/** Several acts at once wait for one proof. */
whenProofNeeded((it) => {
  settled ??= new Promise<boolean>((resolve) => {
    settle = resolve
  })
  waiting ??= { by: it.by, what: it.what }
  // a passkey does for all that wait
  if (it.by === 'passkey' && waiting.by !== 'passkey') waiting = { ...waiting, by: 'passkey' }
  tell()
  return settled
})

/** Lets what waits go on, or fail with what the server said. */
export function settleProof(proven: boolean): void {
  settle?.(proven)
  waiting = null
  settle = null
  settled = null
  tell()
}

export function useWaiting(): Waiting | null {
  return useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => waiting,
  )
}

export async function proveWithPasskey(): Promise<void> {
  const made = await newProofKey()
  const { challengeId, options } = await api.proofOptions()
  const { response } = await askPasskey(options)
  await api.passkeyProof({ challengeId, response, proofKey: made.proofKey }, newId())
  await made.keep()
}

/** Throws HouseError `unauthenticated` when it is not the password. */
export async function proveWithPassword(me: Me, password: string, code?: string): Promise<void> {
  const smith = callLocksmith()
  try {
    const { signIn } = await smith.do('password', { password, salt: me.salt ?? '' })
    const made = await newProofKey()
    await api.passwordProof({ signIn, proofKey: made.proofKey, ...(code ? { code } : {}) }, newId())
    await made.keep()
  } finally {
    smith.end()
  }
}
