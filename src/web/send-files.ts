import { newId } from '../core/ids.ts'
import { mayAct, refusalOf, unreachable } from './fetch.ts'

interface Sending {
  readonly signal: AbortSignal
  /** Bytes that have left, of how many. */
  readonly tell: (sent: number, all: number) => void
}

/**
 * Sends octets of any length, told byte by byte how far it is, and gives back the answer's JSON. Nothing of it is repeated
 * by itself: what was sent twice would have to travel twice.
 * @throws HouseError as the server says it; `unavailable` when the line breaks; the signal's reason when it is given up
 */
export function sendFiles(path: string, body: Blob, { signal, tell }: Sending): Promise<unknown> {
  mayAct()
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = new XMLHttpRequest()
    signal.addEventListener('abort', () => request.abort())
    request.open('POST', path)
    request.responseType = 'blob'
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('idempotency-key', newId())
    request.upload.onprogress = ({ loaded, total }) => tell(loaded, total)
    request.onabort = () => reject(signal.reason)
    request.onerror = () => reject(unreachable())
    request.onload = () => {
      const answer = new Response(request.response as Blob, { status: request.status })
      const read = async () => {
        if (answer.ok) return answer.json()
        throw await refusalOf(path, answer)
      }
      read().then(resolve, reject)
    }
    request.send(body)
  })
}
