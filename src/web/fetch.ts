import { PROOF_BY, type StepUp, stepUpFor } from '../access/step-up-list.ts'
import { type ErrorCode, HouseError, STATUS } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { connectionLost, connectionWell } from './connection.ts'
import { noteServerTime, signatureOf } from './proof-key.ts'

/** Milliseconds before each further try. A POST repeats with the same key, so that it has one effect. */
const WAITS = [400, 1_000, 2_000, 4_000]

/** There a 401 says that a key was refused, not that a session ended. */
const BEFORE_SIGN_IN = /^\/api\/(?:signin|invites)\//

let onSignedOut: () => void = () => {}

let beforeActing: () => void = () => {}

/** Told once, by the watch over the audit log: throws while nothing may be done. Signing in and out always may. */
export function whenActing(check: () => void): void {
  beforeActing = check
}

/** Told once, by the session: what to do when the server says that nobody is signed in. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

/** Aborted while somebody signs out. */
let asking = new AbortController()

/** From here on nothing is asked, and what is being asked is never answered: to somebody who leaves it would come as a refusal. */
export function stopAsking(): void {
  asking.abort()
}

export function askAgain(): void {
  if (asking.signal.aborted) asking = new AbortController()
}

/** How many sessions have begun in this page: what was asked in one says nothing about the next. */
let sessions = 0

/** A session has begun: what was asked before it and is refused later, because the last one had ended, is no news. */
export function sessionBegan(): void {
  sessions++
}

let onProofNeeded: (it: StepUp) => Promise<boolean> = async () => false

/** Told once, by the proof: asks the person to show that it is they; false when they would rather not. */
export function whenProofNeeded(ask: (it: StepUp) => Promise<boolean>): void {
  onProofNeeded = ask
}

/**
 * `fetch` as every question of the pages goes: a POST carries an idempotency key, what met a server that is away is
 * repeated with the same key, and what is not a good answer is thrown as HouseError: what happened, to what, what to do.
 * What needs a fresh proof of the person waits for it and is then sent again as it was.
 */
export async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const path = String(input)
  if (init.method && init.method !== 'GET' && !BEFORE_SIGN_IN.test(path) && path !== '/api/signout')
    beforeActing()
  const request = requestOf(init)
  let asked = false
  for (let tries = 0; ; tries++) {
    const answer = await once(path, request)
    if (answer instanceof Response) {
      connectionWell()
      return answer
    }
    const needed = answer.code === 'step_up_needed' && !asked ? stepUpOf(path, request) : null
    if (needed) {
      asked = true
      // where it depends on what the person holds, the server says which proof it takes
      const by = answer.cause === 'passkey' ? 'passkey' : needed.by
      if (!(await onProofNeeded({ ...needed, by }))) throw answer
      tries = -1
      continue
    }
    const wait = WAITS[tries]
    if (answer.code !== 'unavailable' || wait === undefined) throw answer
    connectionLost(answer.message)
    await pause(wait * (0.75 + Math.random() / 2), init.signal)
  }
}

/** The same for octets: sealed content goes and comes as it is. */
export async function sendOctets(
  path: string,
  octets: Uint8Array<ArrayBuffer>,
  signal?: AbortSignal,
): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' }
  return send(path, { method: 'PUT', headers, body: octets, ...(signal ? { signal } : {}) })
}

export async function octetsOf(path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const response = await send(path, signal ? { signal } : {})
  return new Uint8Array(await response.arrayBuffer())
}

/** An act without words is an empty object: the server takes no POST that a form of another site could send. */
function requestOf(init: RequestInit): RequestInit {
  const headers = new Headers(init.headers)
  const request = { ...init, headers, credentials: 'same-origin', cache: 'no-store' } as const
  if (init.method !== 'POST') return request
  if (!headers.has('idempotency-key')) headers.set('idempotency-key', newId())
  if (init.body != null) return request
  headers.set('content-type', 'application/json')
  return { ...request, body: '{}' }
}

/** What every act waits for, also one that goes another way: throws while nothing may be done. */
export const mayAct = (): void => beforeActing()

export const unreachable = (cause?: unknown): HouseError =>
  new HouseError('unavailable', 'the server cannot be reached; nothing you typed is lost', { cause })

/** A good answer, or why there is none. Throws only when the caller gave up. */
async function once(path: string, init: RequestInit): Promise<Response | HouseError> {
  let response: Response
  const session = sessions
  const isQuestion = (init.method ?? 'GET') === 'GET' && path !== '/api/house'
  const asked = isQuestion ? asking.signal : null
  const signals = [init.signal, asked].filter((signal) => signal != null)
  try {
    response = await fetch(path, { ...(await signed(path, init)), signal: AbortSignal.any(signals) })
  } catch (cause) {
    if (init.signal?.aborted) throw cause
    if (asked?.aborted) return new Promise(() => {})
    return unreachable(cause)
  }
  noteServerTime(response.headers.get('date'))
  if (response.ok) return response
  if (session === sessions) return refusalOf(path, response)
  const error = await errorOf(response)
  return error.code === 'unauthenticated' && isQuestion ? once(path, init) : error
}

/** What the server refuses, in its words; that nobody is signed in is told to the session, too. */
export async function refusalOf(path: string, response: Response): Promise<HouseError> {
  const error = await errorOf(response)
  if (error.code === 'unauthenticated' && !BEFORE_SIGN_IN.test(path)) onSignedOut()
  return error
}

function stepUpOf(path: string, init: RequestInit): StepUp | null {
  return stepUpFor(init.method ?? 'GET', new URL(path, location.origin).pathname)?.it ?? null
}

/** Each try is signed anew: a signature serves once. */
async function signed(path: string, init: RequestInit): Promise<RequestInit> {
  const body = typeof init.body === 'string' ? init.body : ''
  const signature = await signatureOf(init.method ?? 'GET', path, body)
  if (signature === null) return init
  const headers = new Headers(init.headers)
  headers.set('firebreak-proof', signature)
  return { ...init, headers }
}

async function errorOf(response: Response): Promise<HouseError> {
  const said: unknown = await response.json().catch(() => null)
  const { code, message } = (said ?? {}) as { code?: unknown; message?: unknown }
  const known = typeof code === 'string' && code in STATUS ? (code as ErrorCode) : codeOf(response.status)
  const words = typeof message === 'string' ? message : `the server answered ${response.status}`
  return new HouseError(known, words, { cause: response.headers.get(PROOF_BY) })
}

/** What does not come from the house itself, e.g. a proxy: by its status. 502 and 504 are a server that is away. */
function codeOf(status: number): ErrorCode {
  const found = (Object.keys(STATUS) as ErrorCode[]).find((code) => STATUS[code] === status)
  return found ?? (status === 502 || status === 504 ? 'unavailable' : 'conflict')
}

function pause(ms: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    })
  })
}
