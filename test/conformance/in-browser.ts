import { base64 } from '@scure/base'
import { sameIdentifier } from '../../src/match/compare.ts'
import { tokenInputs } from '../../src/match/token.ts'
import { importMemberKey, newMemberKey } from '../../src/seal/member-key.ts'
import { fromPassword } from '../../src/seal/password.ts'
import { openRecord, sealRecord } from '../../src/seal/record.ts'
import { unwrapIdentity } from '../../src/seal/wrap.ts'
import { AGE_VECTORS, runAgeVector } from './age-vectors.ts'
import { runMerkleVectors } from './merkle-vectors.ts'
import { runOprfVectors } from './oprf-vectors.ts'

/** What the page of `browser.test.ts` can do; every value in and out is JSON. */
const bench = {
  async ageVectors(): Promise<{ ran: number; problems: string[] }> {
    const problems: string[] = []
    for (const name of AGE_VECTORS) {
      const problem = await runAgeVector(name)
      if (problem !== null) problems.push(`${name}: ${problem}`)
    }
    return { ran: AGE_VECTORS.length, problems }
  },
  oprfVectors: runOprfVectors,
  merkleVectors: runMerkleVectors,
  tokenInputs,
  sameIdentifier,
  async unlock(it: { password: string; salt: string; wrapped: string; context: string }): Promise<string> {
    const { wrapKey } = await fromPassword(it.password, it.salt)
    return unwrapIdentity(it.wrapped, wrapKey, it.context)
  },
  async open(it: { ciphertext: string; wrapped: string; identity: string }): Promise<string> {
    const key = await importMemberKey(it.identity)
    return new TextDecoder().decode(await openRecord(base64.decode(it.ciphertext), it.wrapped, key))
  },
  async seal(it: { text: string; recipient: string }): Promise<{ ciphertext: string; wrapped: string }> {
    const reader = { memberId: 'reader', recipient: it.recipient }
    const { ciphertext, wraps } = await sealRecord(new TextEncoder().encode(it.text), [reader])
    return { ciphertext: base64.encode(ciphertext), wrapped: wraps[0]?.wrapped ?? '' }
  },
  /** Puts a key into IndexedDB, takes it out again, opens a record with it, and tries to carry it away. */
  async keep(): Promise<{ opened: string; carriedAway: string[] }> {
    const { identity, recipient } = await newMemberKey()
    const kept = await throughDatabase(await importMemberKey(identity))
    const { ciphertext, wraps } = await sealRecord(new TextEncoder().encode('kept'), [
      { memberId: 'me', recipient },
    ])
    const opened = new TextDecoder().decode(await openRecord(ciphertext, wraps[0]?.wrapped ?? '', kept))
    const carriedAway: string[] = []
    for (const format of ['pkcs8', 'jwk', 'raw'] as const)
      await crypto.subtle.exportKey(format, kept).then(
        () => carriedAway.push(format),
        () => undefined, // refused, as it must be
      )
    return { opened, carriedAway }
  },
}

export type Bench = typeof bench

async function throughDatabase(key: CryptoKey): Promise<CryptoKey> {
  const opening = indexedDB.open('keys', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('key')
  const database = await settled(opening)
  await settled(database.transaction('key', 'readwrite').objectStore('key').put(key, 'mine'))
  return settled<CryptoKey>(database.transaction('key').objectStore('key').get('mine'))
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

Object.assign(globalThis, { bench })
