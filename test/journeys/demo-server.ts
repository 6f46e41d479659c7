import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { placeForNobody } from '../../src/store/launcher.ts'
import { type Db, openStore } from '../../src/store/open.ts'
import { bytesBelow } from '../disk.ts'

const READY_MS = 400_000
const ROOT = resolve(import.meta.dirname, '../..')

/** `serve --demo` as a stranger starts it: a process of its own, the embedded database, the disk awaited. */
export interface DemoServer {
  /** The window of one of the demo people, by the name of their host: `http://arunee.localhost:PORT`. */
  at(host: string): string
  /** Changes its database behind its back, as the network's office would. */
  change(act: (db: Db) => Promise<unknown>): Promise<void>
  /** Everything it has said, for a look at what must not be in it. */
  said(): string
  /** Ctrl-C, and its end awaited. The data stays. */
  stop(): Promise<void>
  /** Every byte in its data folder, and in the place of the database where another user had to run it. */
  disk(): Buffer
  /** Stops it if it runs, and throws the data away. */
  end(): Promise<void>
}

export async function startDemo(): Promise<DemoServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'firebreak-journey-'))
  const { DATABASE_URL, FIREBREAK_ORIGIN, ...env } = process.env
  // a port asked for that is taken is no matter: the server takes the next one and says which
  const port = String(20_000 + Math.floor(Math.random() * 20_000))
  const child = spawn(
    process.execPath,
    ['src/main.ts', 'serve', '--demo', '--port', port, '--data', dataDir],
    // no colours among the letters that are looked for, whoever runs the tests
    { cwd: ROOT, env: { ...env, NO_COLOR: '1' }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  const lines: string[] = []
  const origin = await ready(child, lines)
  let stopping = false
  child.once('exit', (code, signal) => {
    if (!stopping) console.error(`the server ended by itself (${code ?? signal}):\n${lines.join('\n')}`)
  })
  const elsewhere = placeForNobody(join(dataDir, 'postgres'))
  const stop = async () => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGINT')
    await once(child, 'exit')
  }
  return {
    at: (host) => `http://${host}.localhost:${new URL(origin).port}`,
    change: (act) => changed(dataDir, act),
    said: () => lines.join('\n'),
    stop,
    disk: () => Buffer.concat([bytesBelow(dataDir), bytesBelow(elsewhere)]),
    end: async () => {
      await stop()
      for (const folder of [dataDir, elsewhere])
        rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
    },
  }
}

/** By the same database as the running server, which is only borrowed. */
async function changed(dataDir: string, act: (db: Db) => Promise<unknown>): Promise<void> {
  const store = await openStore({ dataDir, say: () => {}, poolSize: 1, borrowed: true })
  try {
    await store.as({ system: 'setup' }, act)
  } finally {
    await store.close()
  }
}

/** The address it prints, once it says how to stop it. */
async function ready(child: ChildProcess, lines: string[]): Promise<string> {
  if (!child.stderr) throw new Error('the server has no stderr')
  const reader = createInterface({ input: child.stderr })
  return new Promise((done, fail) => {
    reader.on('line', (line) => {
      lines.push(line)
      const [, origin] = /Members +\D*(http:\/\/localhost:\d+)/.exec(line) ?? []
      if (origin !== undefined) done(origin)
    })
    child.once('exit', (code) => fail(new Error(`the server ended with ${code}:\n${lines.join('\n')}`)))
    setTimeout(() => {
      child.kill('SIGINT')
      fail(new Error(`the server was not ready within ${READY_MS / 1000} s:\n${lines.join('\n')}`))
    }, READY_MS).unref()
  })
}
