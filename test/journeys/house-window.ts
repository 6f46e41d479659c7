import { bech32 } from '@scure/base'
import type { Browser, Page } from 'playwright-core'
import { hashSignIn } from '../../src/access/passwords.ts'
import { newId } from '../../src/core/ids.ts'
import { newAuthority, signStatement } from '../../src/seal/chain.ts'
import { stateKey } from '../../src/seal/key-store.ts'
import { fromPassword, newSalt } from '../../src/seal/password.ts'
import { wrapIdentity } from '../../src/seal/wrap.ts'
import { type PersonName, proofKeyOf, type TestHouse } from '../house.ts'
import { complaintsOf, listen, openBrowser, openWindow } from './browser.ts'

interface Look {
  readonly size?: 'desk' | 'phone'
  readonly scheme?: 'light' | 'dark'
  /** Their key is open in this window, as after unlocking it; how that is done is the journey of signing in. */
  readonly unlocked?: boolean
}

/** A test house that listens, and a browser in front of it. */
export interface HouseWindows {
  readonly baseOf: (name: PersonName) => string
  /** A window in which this person is signed in; their key still waits to be unlocked. */
  readonly open: (name: PersonName, path: string, look?: Look) => Promise<{ page: Page; said: string[] }>
  /** Closes all windows: one that stays open asks for news of whatever happens in the next test. */
  readonly shut: () => Promise<void>
  readonly close: () => Promise<void>
}

export async function windowsOf(house: TestHouse): Promise<HouseWindows> {
  await vouch(house)
  const listening = await listen(house.built)
  const browser: Browser = await openBrowser()
  const baseOf = (name: PersonName) => `http://${name}.localhost:${listening.port}`
  return {
    baseOf,
    open: async (name, path, look = {}) => {
      const window = await openWindow(browser, look)
      const { token } = house.people[name]
      await window.addCookies([{ name: 'firebreak-on-this-computer', value: token, url: baseOf(name) }])
      const page = await window.newPage()
      const said = complaintsOf(page)
      await page.goto(`${baseOf(name)}/api/house`)
      await plantProofKey(page, token)
      if (look.unlocked) await unlock(page, house.people[name])
      await page.goto(baseOf(name) + path)
      await page.getByRole('navigation', { name: 'Main' }).waitFor()
      return { page, said }
    },
    shut: async () => {
      await Promise.all(browser.contexts().map((window) => window.close()))
    },
    close: async () => {
      await browser.close()
      await listening.close()
    },
  }
}

/** Ctrl K, words, and Enter once what it chooses is what is looked for. */
export async function findByCtrlK(page: Page, typed: string, wanted: RegExp): Promise<void> {
  const field = page.getByRole('searchbox', { name: 'Search for anything' })
  await page.keyboard.press('Control+k')
  await field.and(page.locator(':focus')).waitFor()
  await page.keyboard.type(typed)
  await page.locator('[role=option][data-combobox-selected]').filter({ hasText: wanted }).waitFor()
  await page.keyboard.press('Enter')
}

/** A password and a recovery code for a person of the test house, as if they had joined with them. */
export async function givePassword(house: TestHouse, name: PersonName, password: string): Promise<void> {
  const { member, identity } = house.people[name]
  const salt = newSalt()
  const { wrapKey, signIn } = await fromPassword(password, salt)
  const wrapped = (kind: string) => wrapIdentity(identity, wrapKey, `${member}/${kind}`)
  await house.store.as({ system: 'signin' }, async (db) => {
    await db
      .insertInto('password')
      .values({ member_id: member, salt, hash: await hashSignIn(signIn) })
      .execute()
    for (const kind of ['password', 'recovery'] as const)
      await db
        .insertInto('key_wrap')
        .values({ id: newId(), member_id: member, kind, credential_id: null, wrapped: wrapped(kind) })
        .execute()
  })
}

/** Puts a person's key where unlocking puts it: in the store of this address, as a key that cannot be read out. */
async function unlock(page: Page, { member, identity }: TestHouse['people'][PersonName]) {
  const secret = [...bech32.decodeToBytes(identity).bytes]
  await page.evaluate(
    async ({ id, bytes }) => {
      const head = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 110, 4, 34, 4, 32]
      const pkcs8 = Uint8Array.from([...head, ...bytes])
      const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'X25519' }, false, ['deriveBits'])
      await new Promise((resolve, reject) => {
        const request = indexedDB.open('firebreak', 1)
        request.onupgradeneeded = () => request.result.createObjectStore('keys')
        request.onerror = reject
        request.onsuccess = () => {
          const work = request.result.transaction('keys', 'readwrite')
          work.objectStore('keys').put(key, id)
          work.oncomplete = () => {
            request.result.close()
            resolve(null)
          }
        }
      })
    },
    { id: member, bytes: secret },
  )
}

/** The key with which the page signs, as it lies in the browser after a sign-in: without it a cookie proves nothing. */
async function plantProofKey(page: Page, token: string): Promise<void> {
  const jwk = proofKeyOf(token)?.export({ format: 'jwk' }) as JsonWebKey
  await page.evaluate(async (it) => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('jwk', it, algorithm, false, ['sign'])
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('firebreak-proof', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('key')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const work = db.transaction('key', 'readwrite')
    work.objectStore('key').put(key, 'key')
    await new Promise((resolve, reject) => {
      work.oncomplete = resolve
      work.onerror = reject
    })
    db.close()
  }, jwk)
}

/** Everybody's key is signed and stands in the log, as pages demand before they seal to anybody. */
async function vouch(house: TestHouse): Promise<void> {
  const since = new Date().toISOString()
  const root = newAuthority()
  const orgs = new Map(Object.values(house.people).map(({ org }) => [org, newAuthority()]))
  await house.store.as({ system: 'setup' }, async (db) => {
    await stateKey(db, null, signStatement({ v: 1, kind: 'root', key: root.key, since }, root.secret))
    for (const [org, { key }] of orgs)
      await stateKey(db, null, signStatement({ v: 1, kind: 'org', org, key, since }, root.secret))
    for (const { member, org, recipient: key } of Object.values(house.people)) {
      const { secret } = orgs.get(org) as ReturnType<typeof newAuthority>
      await stateKey(db, null, signStatement({ v: 1, kind: 'member', org, member, key, since }, secret))
    }
  })
  await house.built.keeper.turn(true)
}
