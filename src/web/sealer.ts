import type { SealWork } from './seal-words.ts'
import { callsTo } from './worker-calls.ts'

type Sealer = ReturnType<typeof callsTo<SealWork>>

let sealer: Sealer | null = null

/** The one worker that seals and opens; it starts with the first call. */
export function seal<N extends keyof SealWork>(
  work: N,
  it: SealWork[N]['ask'],
): Promise<SealWork[N]['answer']> {
  sealer ??= callsTo<SealWork>(
    new Worker(new URL('./seal.worker.ts', import.meta.url), { type: 'module', name: 'sealing' }),
  )
  return sealer.do(work, it)
}
