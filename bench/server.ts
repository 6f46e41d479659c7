import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BuiltHouse } from '../src/house.ts'
import { openStore, type Store } from '../src/store/open.ts'

/** A real server in a process of its own, on its own embedded database with the disk awaited. */
export interface BenchServer {
  readonly base: string
  readonly store: Store
  /** Stands where `test/house.ts` expects a built house: asks over the network instead. */
  readonly remote: BuiltHouse
  readonly pid: number
  stop(): Promise<void>
}

export async function startServer(): Promise<BenchServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'firebreak-bench-'))
  const main = resolve(import.meta.dirname, '../src/main.ts')
  const child = spawn(process.execPath, [main, 'serve', '--port', '18500', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes
  })
  for (let i = 0; !/Members\s+\S*(http:\S+)/.test(said); i++) {
    if (child.exitCode !== null || i > 1_200) throw new Error(`the server did not start:\n${said}`)
    await sleep(50)
  }
  const base = /(http:\/\/localhost:\d+)/.exec(said)?.[1] ?? ''
  const store = await openStore({ dataDir, say: () => {}, borrowed: true, poolSize: 4 })
  const request = (path: string, init?: RequestInit) => fetch(base + path, init)
  return {
    base,
    store,
    remote: { app: { request } } as unknown as BuiltHouse,
    pid: child.pid ?? 0,
    stop: async () => {
      await store.close()
      child.kill('SIGINT')
      await new Promise((done) => child.once('exit', done))
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
