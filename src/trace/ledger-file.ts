import type { OpenedLedger, TraceWork } from '../web/trace-words.ts'
import { type Calls, callsTo } from '../web/worker-calls.ts'

/** A ledger file that was read on this device, in a worker that ends with `close`. */
export interface LedgerFile {
  readonly name: string
  readonly opened: OpenedLedger
  readonly calls: Calls<TraceWork>
}

export interface Reading {
  readonly bytes: number
  readonly total: number
  readonly rows: number
}

/**
 * Reads a CSV, also packed with gzip, piece by piece, telling how far it is. Nothing is uploaded.
 * @param signal  stops it; the promise then fails
 * @throws        `invalid`, naming the file, for what is no ledger
 */
export async function openLedgerFile(
  file: File,
  { tell, signal }: { readonly tell: (it: Reading) => void; readonly signal: AbortSignal },
): Promise<LedgerFile> {
  const worker = new Worker(new URL('../web/trace.worker.ts', import.meta.url), {
    type: 'module',
    name: 'trace',
  })
  const calls = callsTo<TraceWork>(worker)
  signal.addEventListener('abort', () => calls.end())
  let bytes = 0
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(piece, to) {
        bytes += piece.byteLength
        to.enqueue(piece)
      },
    }),
  )
  const stream = /\.gz$/i.test(file.name) ? counted.pipeThrough(new DecompressionStream('gzip')) : counted
  const pieces = stream.getReader()
  try {
    for (let next = await pieces.read(); !next.done; next = await pieces.read()) {
      const { rows } = await calls.do('feed', { bytes: next.value })
      tell({ bytes, total: file.size, rows })
    }
    return { name: file.name, opened: await calls.do('end', null), calls }
  } catch (error) {
    calls.end()
    void pieces.cancel().catch(() => undefined)
    throw error
  }
}
