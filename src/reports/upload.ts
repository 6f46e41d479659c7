import { type ErrorCode, HouseError, STATUS } from '../core/errors.ts'
import { api } from '../web/api.ts'
import { connectionLost, connectionWell } from '../web/connection.ts'

export interface UploadWatch {
  /** Bytes of the ciphertext that have left. */
  readonly onSent?: (bytes: number) => void
  readonly signal?: AbortSignal
}

/** Milliseconds before each further try; the server keeps all of a record or nothing. */
const WAITS = [1_000, 3_000, 6_000, 12_000]

/** Below this no progress needs to be told. */
const SMALL = 1_000_000

/** Sends the content of a sealed record, telling how far it is. Throws HouseError; DOMException `AbortError` when cancelled. */
export async function sendContent(
  id: string,
  octets: Uint8Array<ArrayBuffer>,
  watch: UploadWatch = {},
): Promise<void> {
  if (octets.length < SMALL) {
    await api.sealedPut(id, octets, watch.signal)
    return
  }
  for (let tries = 0; ; tries++) {
    const failed = await once(`/api/sealed/${id}/content`, octets, watch)
    if (failed === null) return connectionWell()
    const wait = WAITS[tries]
    if (failed.code === 'unauthenticated') await api.me() // says to the whole page that somebody must sign in
    if (failed.code !== 'unavailable' || wait === undefined) throw failed
    connectionLost(failed.message)
    await pause(wait, watch.signal)
  }
}

/** fetch cannot tell how much of a body has left; XMLHttpRequest can. Null when all of it arrived. */
function once(
  path: string,
  octets: Uint8Array<ArrayBuffer>,
  { onSent, signal }: UploadWatch,
): Promise<HouseError | null> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const request = new XMLHttpRequest()
    request.open('PUT', path)
    request.responseType = 'json'
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = ({ loaded }) => onSent?.(loaded)
    request.onload = () => resolve(request.status < 300 ? null : errorOf(request.status, request.response))
    request.onerror = () =>
      resolve(new HouseError('unavailable', 'the server cannot be reached; nothing is lost'))
    request.onabort = () => reject(signal?.reason)
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(octets)
  })
}

function errorOf(status: number, said: unknown): HouseError {
  const { message } = (said ?? {}) as { message?: unknown }
  const code = (Object.keys(STATUS) as ErrorCode[]).find((it) => STATUS[it] === status)
  return new HouseError(
    code ?? (status >= 500 ? 'unavailable' : 'conflict'),
    typeof message === 'string' ? message : `the server answered ${status}`,
  )
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
