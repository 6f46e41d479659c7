import { existsSync, globSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { COMPRESSED, WEB } from '../src/http/files.ts'
import type { ReadWork } from '../src/web/read-words.ts'

type Answer<N extends keyof ReadWork> =
  | { readonly answer: ReadWork[N]['answer'] }
  | { readonly code: string; readonly message: string }

/** The built reader's worker, run in this process as the browser runs it: it can be asked, and says what it fetched. */
export interface BuiltReader {
  readonly ask: <N extends keyof ReadWork & string>(work: N, it: ReadWork[N]['ask']) => Promise<Answer<N>>
  /** Files of the build that were fetched so far, by name. */
  readonly fetched: ReadonlySet<string>
  /** Names of files that cannot be fetched, as when the line is down. */
  readonly down: Set<string>
}

/** Starts the worker; one in a process, as it takes the place of `self`. The pages are built already. */
export async function builtReader(): Promise<BuiltReader> {
  const folder = join(WEB, 'assets')
  const [file] = globSync(join(folder, 'read.worker-*.js'))
  if (file === undefined) throw new Error(`no reader in ${folder}: build the pages first`)
  const fetched = new Set<string>()
  const down = new Set<string>()
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      if (!found.url.startsWith(pathToFileURL(folder).href)) return found
      const name = fileURLToPath(found.url.replace(/[#?].*$/, '')).slice(folder.length + 1)
      if (down.has(name)) throw new Error(`${name} cannot be fetched`)
      fetched.add(name)
      return found
    },
  })
  const page = new EventTarget()
  const waiting = new Map<number, (said: never) => void>()
  const postMessage = (said: { readonly id: number; readonly part?: unknown }) => {
    if (!('part' in said)) waiting.get(said.id)?.(structuredClone(said) as never)
  }
  Object.assign(globalThis, { self: page, postMessage })
  await import(pathToFileURL(file).href)
  let count = 0
  return {
    ask: (work, it) =>
      new Promise((resolve) => {
        const id = ++count
        waiting.set(id, resolve)
        page.dispatchEvent(Object.assign(new Event('message'), { data: { id, work, it } }))
      }),
    fetched,
    down,
  }
}

/** Bytes of files of the build as they travel: in Brotli, as the house serves them. */
export function onTheLine(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => {
    const small = join(WEB, 'assets', `${name}${COMPRESSED}`)
    return sum + statSync(existsSync(small) ? small : join(WEB, 'assets', name)).size
  }, 0)
}
