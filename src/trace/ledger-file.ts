import type { LedgerLook, LedgersAsk, LedgersRead, OpenedLedger, TraceWork } from '../web/trace-words.ts'
import { type Calls, callsTo } from '../web/worker-calls.ts'

/** Ledger files that were read on this device, in a worker that ends with `calls.end()`. */
export interface LedgerFile {
  readonly name: string
  readonly asked: LedgersAsk
  readonly opened: OpenedLedger
  readonly calls: Calls<TraceWork>
}

/** Files of which one has columns that a person must name first. */
export interface Unnamed {
  readonly asked: LedgersAsk
  readonly looked: readonly LedgerLook[]
}

const MAPPING = /\.ya?ml$/i

/** Ledgers and the mapping file among what a person chose; a mapping file alone goes with the ledgers of before. */
export function askOf(chosen: readonly File[], before: LedgersAsk | null): LedgersAsk {
  const files = chosen.filter(({ name }) => !MAPPING.test(name))
  const mapping = chosen.find(({ name }) => MAPPING.test(name)) ?? null
  return files.length > 0 || !before
    ? { files, mapping, own: {} }
    : { files: before.files, mapping, own: before.own }
}

export const nameOf = ({ files }: LedgersAsk) =>
  files.length === 1 ? (files[0]?.name ?? '') : `${files.length} files`

const newCalls = () =>
  callsTo<TraceWork>(
    new Worker(new URL('../web/trace.worker.ts', import.meta.url), { type: 'module', name: 'trace' }),
  )

/** Fetches what tracing needs, so that it works when the network is gone. Throws `unavailable` when it cannot be had. */
export async function fetchTracer(): Promise<void> {
  const calls = newCalls()
  try {
    await calls.do('look', { files: [], mapping: null, own: {} })
  } finally {
    calls.end()
  }
}

/**
 * Reads ledgers in a worker, telling how far it is. Nothing is uploaded.
 * @param signal  stops it; the promise then fails
 * @throws        `invalid`, naming the file, for what is no ledger
 */
export async function openLedgers(
  asked: LedgersAsk,
  { tell, signal }: { readonly tell: (it: LedgersRead) => void; readonly signal: AbortSignal },
): Promise<LedgerFile | Unnamed> {
  const calls = newCalls()
  const end = () => calls.end()
  signal.addEventListener('abort', end)
  try {
    const looked = await calls.do('look', asked)
    if (looked.some(({ missing }) => missing.length > 0)) {
      calls.end()
      return { asked, looked }
    }
    const opened = await calls.do('open', asked, { tell })
    return { name: nameOf(asked), asked, opened, calls }
  } catch (error) {
    calls.end()
    throw error
  } finally {
    signal.removeEventListener('abort', end)
  }
}
