import { useEffect, useSyncExternalStore } from 'react'
import { Lookups } from './lookups.ts'
import { forgetProofKey } from './proof-key.ts'

/**
 * Where a member's own key lives in this browser: as a CryptoKey that no script can read out, in IndexedDB, by member.
 * It goes at sign-out and whenever the server says that nobody is signed in.
 */
const NAME = 'firebreak'
const STORE = 'keys'

/** Null: not here. */
const known = new Lookups<CryptoKey>()
const readers = new Set<() => void>()
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('firebreak-keys')

channel?.addEventListener('message', () => {
  known.forget()
  tell()
})

function tell(): void {
  for (const reader of readers) reader()
}

/** Keeps a member's key for this and other tabs of this address. Another member's key does not stay beside it. */
export async function keepKey(memberId: string, key: CryptoKey): Promise<void> {
  await write((store) => {
    store.clear()
    store.put(key, memberId)
  })
  known.keep(memberId, key)
  tell()
  channel?.postMessage('changed')
}

export async function forgetKeys(): Promise<void> {
  known.forget()
  tell()
  // at once: whoever looks for a key now must not find the one that goes
  await Promise.all([write((store) => store.clear()), forgetProofKey()])
  channel?.postMessage('changed')
}

/** The member's key if this browser has it. Null also when the browser keeps nothing, e.g. in a private window. */
export async function findKey(memberId: string): Promise<CryptoKey | null> {
  const here = known.get(memberId)
  if (here !== undefined) return here
  const key = await known.find(memberId, async (id) => {
    const found: unknown = await read(id).catch(() => null)
    return found instanceof CryptoKey ? found : null
  })
  tell()
  return key
}

/** The member's key; null when it must be unlocked; undefined while looking. */
export function useStoredKey(memberId: string): CryptoKey | null | undefined {
  const key = useSyncExternalStore(
    (reader) => {
      readers.add(reader)
      return () => readers.delete(reader)
    },
    () => known.get(memberId),
  )
  useEffect(() => {
    if (key === undefined) void findKey(memberId)
  }, [key, memberId])
  return key
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function read(memberId: string): Promise<unknown> {
  const db = await open()
  try {
    return await new Promise((resolve, reject) => {
      const request = db.transaction(STORE).objectStore(STORE).get(memberId)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  } finally {
    db.close()
  }
}

/** Best effort: a browser that keeps nothing still works until the page is closed. */
async function write(change: (store: IDBObjectStore) => void): Promise<void> {
  try {
    const db = await open()
    await new Promise<void>((resolve, reject) => {
      const work = db.transaction(STORE, 'readwrite')
      change(work.objectStore(STORE))
      work.oncomplete = () => resolve()
      work.onerror = () => reject(work.error)
      work.onabort = () => reject(work.error)
    }).finally(() => db.close())
  } catch (cause) {
    console.warn('this browser keeps no keys', cause)
  }
}
