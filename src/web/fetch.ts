import { type ErrorCode, HouseError, STATUS } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { connectionLost, connectionWell } from './connection.ts'

export interface Ask {
  readonly body?: unknown
  /** Sealed content, as it is. */
  readonly octets?: Uint8Array<ArrayBuffer>
  /** The idempotency key of this act; kept by the caller when the person may try again (see `useAct`). */
  readonly key?: string
  readonly signal?: AbortSignal
}

/** Milliseconds before each further try. A POST repeats with the same key, so that it has one effect. */
const WAITS = [400, 1_000, 2_000, 4_000]

/** There a 401 says that a key was refused, not that a session ended. */
const BEFORE_SIGN_IN = /^\/api\/(?:signin|invites)\//

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

let onSignedOut: () => void = () => {}

/** Told once, by the session: what to do when the server says that nobody is signed in. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

/** One question to the server, answered as JSON. Throws HouseError: what happened, to what, what to do. */
export async function ask<T>(method: Method, path: string, it: Ask = {}): Promise<T> {
  const response = await send(method, path, it)
  return (await response.json()) as T
}

/** The same for sealed content. */
export async function askOctets(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send('GET', path, signal ? { signal } : {})
  return new Uint8Array(await response.arrayBuffer())
}

async function send(method: Method, path: string, it: Ask): Promise<Response> {
  const init = requestOf(method, it)
  for (let tries = 0; ; tries++) {
    const answer = await once(path, init)
    if (answer instanceof Response) {
      connectionWell()
      return answer
    }
    const wait = WAITS[tries]
    if (answer.code !== 'unavailable' || wait === undefined) throw answer
    connectionLost(answer.message)
    await pause(wait * (0.75 + Math.random() / 2), it.signal)
  }
}

function requestOf(method: Method, it: Ask): RequestInit {
  const headers = new Headers({ accept: it.octets ? '*/*' : 'application/json' })
  if (method === 'POST') headers.set('idempotency-key', it.key ?? newId())
  let body: BodyInit | null = null
  if (it.octets) {
    headers.set('content-type', 'application/octet-stream')
    body = it.octets
  } else if (method === 'POST' || method === 'PUT') {
    headers.set('content-type', 'application/json')
    body = JSON.stringify(it.body ?? {})
  }
  return { method, headers, body, credentials: 'same-origin', cache: 'no-store', signal: it.signal ?? null }
}

/** A good answer, or why there is none. Throws only when the caller gave up. */
async function once(path: string, init: RequestInit): Promise<Response | HouseError> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    return new HouseError('unavailable', 'the server cannot be reached; nothing you typed is lost', { cause })
  }
  if (response.ok) return response
  const error = await errorOf(response)
  if (error.code === 'unauthenticated' && !BEFORE_SIGN_IN.test(path)) onSignedOut()
  return error
}

async function errorOf(response: Response): Promise<HouseError> {
  const said: unknown = await response.json().catch(() => null)
  const { code, message } = (said ?? {}) as { code?: unknown; message?: unknown }
  const known = typeof code === 'string' && code in STATUS ? (code as ErrorCode) : codeOf(response.status)
  const words = typeof message === 'string' ? message : `the server answered ${response.status}`
  return new HouseError(known, words)
}

/** What does not come from the house itself, e.g. a proxy: by its status. 502 and 504 are a server that is away. */
function codeOf(status: number): ErrorCode {
  const found = (Object.keys(STATUS) as ErrorCode[]).find((code) => STATUS[code] === status)
  return found ?? (status === 502 || status === 504 ? 'unavailable' : 'conflict')
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
