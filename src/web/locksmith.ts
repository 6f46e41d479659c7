import type { LocksmithWork } from './locksmith-words.ts'
import { type Calls, callsTo } from './worker-calls.ts'

export type Locksmith = Calls<LocksmithWork>

/** A worker of its own for one sign-in, one unlocking or one invitation; end it and its secrets are gone. */
export function callLocksmith(): Locksmith {
  return callsTo(new Worker(new URL('./kdf.worker.ts', import.meta.url), { type: 'module', name: 'keys' }))
}
