import { base64urlnopad } from '@scure/base'
import { signedWords } from '../access/proof-words.ts'
import { stepUpFor } from '../access/step-up-list.ts'
import { newId } from '../core/ids.ts'

/**
 * The key with which this browser signs what needs a fresh proof: made anew at each proof, not to be read out by any script,
 * shared by the tabs of this address. A cookie that is taken elsewhere comes without it.
 */
const NAME = 'firebreak-proof'
const STORE = 'key'
const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** Where the browser keeps nothing (a private window), this page keeps it. */
let here: CryptoKey | null = null
/** Milliseconds that the server's clock is ahead of this one; laptops in the field are wrong by hours. */
let ahead = 0

export interface NewProofKey {
  /** What the server gets: the public half, `x.y`. */
  readonly proofKey: string
  /** Once the server has taken it. */
  readonly keep: () => Promise<void>
}

export async function newProofKey(): Promise<NewProofKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ['sign'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return {
    proofKey: `${x}.${y}`,
    keep: async () => {
      here = privateKey
      await inStore((store) => store.put(privateKey, STORE)).catch(() => undefined)
    },
  }
}

export async function forgetProofKey(): Promise<void> {
  here = null
  await inStore((store) => store.delete(STORE)).catch(() => undefined)
}

/** Told with every answer: its `Date` says how far the clocks are apart. */
export function noteServerTime(date: string | null): void {
  const at = date === null ? Number.NaN : Date.parse(date)
  if (!Number.isNaN(at)) ahead = at - Date.now()
}

export const serverAhead = (): number => ahead

/** The header that signs a request, where it is one that may need a proof and this browser has a key; else null. */
export async function signatureOf(method: string, path: string, body: string): Promise<string | null> {
  const { pathname, search } = new URL(path, location.origin)
  if (!stepUpFor(method, pathname)) return null
  const key = await findKey()
  if (!key) return null
  const at = String(Date.now() + ahead)
  const nonce = newId()
  const text = new TextEncoder()
  const hash = await crypto.subtle.digest('SHA-256', text.encode(body))
  const bodyHash = base64urlnopad.encode(new Uint8Array(hash))
  const words = signedWords({ method, path: pathname + search, at, nonce, bodyHash })
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, text.encode(words))
  return `${at}.${nonce}.${base64urlnopad.encode(new Uint8Array(signed))}`
}

/** Another tab may have made a newer one: what is stored counts first. */
async function findKey(): Promise<CryptoKey | null> {
  const stored: unknown = await inStore((store) => store.get(STORE)).catch(() => null)
  return stored instanceof CryptoKey ? stored : here
}

async function inStore<T>(act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  try {
    return await new Promise((resolve, reject) => {
      const work = db.transaction(STORE, 'readwrite')
      const request = act(work.objectStore(STORE))
      work.oncomplete = () => resolve(request.result)
      work.onerror = () => reject(work.error)
      work.onabort = () => reject(work.error)
    })
  } finally {
    db.close()
  }
}
