import { spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { HouseError } from '../core/errors.ts'
import { chooseLauncher, type Launcher, makeOwned } from './launcher.ts'
import { postgresFolder } from './postgres-files.ts'

/** A running PostgreSQL on loopback that belongs to one data folder. */
export interface Cluster {
  readonly port: number
  readonly how: Launcher['how']
  /** A server of an earlier process that was killed was found running and is used on. */
  readonly adopted: boolean
  /** Stops the server cleanly and waits for it. */
  stop(): Promise<void>
  /** Stops looking after it and leaves it running, for another process of this data folder. */
  leave(): void
}

export interface ClusterOptions {
  readonly dataDir: string
  readonly adminPassword: string
  readonly say: (line: string) => void
  /** Added to the defaults, e.g. `{ fsync: 'off' }` for throw-away test data. */
  readonly settings?: Readonly<Record<string, string>>
}

export const ADMIN = 'firebreak_admin'
const FIRST_PORT = 54_320
/** How long a start may take: after a hard end the files are looked through first, and a slow disk takes its time. */
const READY_MS = 300_000
/** The same for a server that was found running; it is said who it is, so that a person can end it. */
const ADOPT_MS = 60_000
const STOP_MS = 120_000
const PORT_TRIES = 20
const PORT_TAKEN = /could not create any TCP\/IP sockets|could not bind .* address/
const LOG_LIMIT = 10_000_000

/**
 * Starts PostgreSQL in `dataDir/postgres`, making it first if need be; adopts one that still runs after this program was
 * killed; starts it again if it ends by itself. Listens on 127.0.0.1 alone, every password is SCRAM, fsync stays on.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const launcher = chooseLauncher(postgresFolder(), join(options.dataDir, 'postgres'))
  const server = new Server(launcher, options)
  server.initialise()
  const adopted = await server.adopt()
  if (!adopted) await server.start()
  server.watch()
  return {
    get port() {
      return server.port
    },
    how: launcher.how,
    adopted,
    stop: () => server.stop(),
    leave: () => server.leave(),
  }
}

class Server {
  port = 0
  private readonly launcher: Launcher
  private readonly options: ClusterOptions
  private watcher: NodeJS.Timeout | null = null
  private stopping = false
  private busy = false

  constructor(launcher: Launcher, options: ClusterOptions) {
    this.launcher = launcher
    this.options = options
  }

  /** `initdb` into a folder beside and a rename: a kill half-way leaves nothing that looks like a database. */
  initialise(): void {
    const { launcher, options } = this
    if (existsSync(join(launcher.dataDir, 'PG_VERSION'))) return
    const fresh = `${launcher.dataDir}.new`
    rmSync(fresh, { recursive: true, force: true })
    makeOwned(launcher, fresh)
    const passwordFile = join(fresh, '..', `${ADMIN}.password`)
    writeFileSync(passwordFile, options.adminPassword, { mode: launcher.owner ? 0o644 : 0o600 })
    try {
      const [command = '', ...args] = this.command('initdb', [
        `--pgdata=${fresh}`,
        `--username=${ADMIN}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--data-checksums',
        ...(options.settings?.fsync === 'off' ? ['--no-sync'] : []),
      ])
      const done = spawnSync(command, args, { encoding: 'utf8', ...(launcher.owner ?? {}) })
      if (done.status !== 0) {
        const why = `${done.error?.message ?? ''}${done.stderr ?? ''}`.trim()
        throw new HouseError('unavailable', `PostgreSQL could not make its files in ${fresh}: ${why}`)
      }
    } finally {
      rmSync(passwordFile, { force: true })
    }
    renameSync(fresh, launcher.dataDir)
  }

  /** True when a server from before still runs on these files and answers to our password. */
  async adopt(): Promise<boolean> {
    const found = this.running()
    if (!found) return false
    this.port = found.port
    const until = performance.now() + ADOPT_MS
    while (performance.now() < until && this.running()) {
      if (await this.answers()) return true
      await sleep(100)
    }
    if (!this.running()) return false
    throw new HouseError(
      'unavailable',
      `a PostgreSQL (process ${found.pid}) holds ${this.launcher.dataDir} but does not answer; end it and try again`,
    )
  }

  /** Starts on the first port that is free, beginning with the one of the last time. */
  async start(): Promise<void> {
    let from = this.lastPort()
    for (let tries = 0; tries < PORT_TRIES; tries++) {
      const port = await freePort(from)
      if (await this.launch(port)) return
      // another program took it between our question and the start; a leap keeps two of us from meeting again
      from = port + 1 + randomInt(50)
    }
    throw new HouseError(
      'unavailable',
      `PostgreSQL lost ${PORT_TRIES} ports to other programs, up to ${from}`,
    )
  }

  /** Starts on `port` and waits until our own server says that it is ready. False: another program has the port. */
  private async launch(port: number): Promise<boolean> {
    this.port = port
    const started = this.spawnOn(port)
    const until = performance.now() + READY_MS
    while (performance.now() < until) {
      if (started.ended()) {
        if (PORT_TAKEN.test(started.said())) return false
        throw new HouseError('unavailable', `PostgreSQL ended at start: ${lastLines(started.said())}`)
      }
      if (this.running()?.ready && (await this.answers())) {
        writeFileSync(this.portFile(), String(port))
        return true
      }
      await sleep(40)
    }
    throw new HouseError(
      'unavailable',
      `PostgreSQL did not answer within ${READY_MS / 1000} s: ${lastLines(started.said())}`,
    )
  }

  private spawnOn(port: number): { ended(): boolean; said(): string } {
    const { launcher, options } = this
    const logFile = join(dirname(launcher.dataDir), 'postgres.log')
    if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT) truncateSync(logFile)
    const settings = { ...SETTINGS, ...options.settings, port: String(port) }
    const [command = '', ...args] = this.command('postgres', [
      '-D',
      launcher.dataDir,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ])
    const log = openSync(logFile, 'a', 0o600)
    const logged = fstatSync(log).size
    // detached: Ctrl-C in the terminal must reach the program first, which then stops the server in order
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      ...(launcher.owner ?? {}),
    })
    closeSync(log)
    child.unref()
    let failed = ''
    child.once('error', (error) => {
      failed = error.message
    })
    return {
      ended: () => failed !== '' || child.exitCode !== null || child.signalCode !== null,
      said: () => failed || readFileSync(logFile, 'utf8').slice(logged),
    }
  }

  /** A server that ends by itself (out of memory, killed) is started again on the same port; acknowledged work is on disk. */
  watch(): void {
    let tries = 0
    this.watcher = setInterval(async () => {
      if (this.busy || this.stopping || this.running()) return
      this.busy = true
      try {
        if (tries++ === 0) this.options.say('The database stopped; starting it again ...')
        if (!(await this.launch(this.port))) throw new Error(`another program took its port ${this.port}`)
        this.options.say('The database is back; nothing acknowledged was lost.')
        tries = 0
      } catch (error) {
        // the first tries meet the old server's last processes letting go of its lock
        if (tries % 10 === 0)
          this.options.say(`The database could not be started: ${(error as Error).message}`)
      } finally {
        this.busy = false
      }
    }, 500)
    this.watcher.unref()
  }

  leave(): void {
    this.stopping = true
    if (this.watcher) clearInterval(this.watcher)
  }

  async stop(): Promise<void> {
    this.leave()
    const found = this.running()
    if (!found) return
    process.kill(found.pid, 'SIGINT') // fast shutdown: ends connections, writes a checkpoint
    const until = performance.now() + STOP_MS
    while (this.running() && performance.now() < until) await sleep(30)
  }

  private command(program: string, args: string[]): string[] {
    return [...this.launcher.prefix, join(this.launcher.bin, program), ...args]
  }

  private portFile(): string {
    return join(this.options.dataDir, 'postgres.port')
  }

  private lastPort(): number {
    try {
      return Number(readFileSync(this.portFile(), 'utf8')) || FIRST_PORT
    } catch {
      return FIRST_PORT
    }
  }

  /** Process and port of the server on these files, by its own `postmaster.pid`; null when there is none alive. */
  private running(): { pid: number; port: number; ready: boolean } | null {
    const { dataDir } = this.launcher
    try {
      const [pid, dir, , port, , , , status] = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split(
        '\n',
      )
      if (dir !== dataDir || !isPostgres(Number(pid), dataDir)) return null
      return { pid: Number(pid), port: Number(port), ready: status?.trim() === 'ready' }
    } catch {
      return null
    }
  }

  private async answers(): Promise<boolean> {
    const client = new pg.Client({
      host: '127.0.0.1',
      port: this.port,
      user: ADMIN,
      password: this.options.adminPassword,
      database: 'postgres',
      connectionTimeoutMillis: 2_000,
    })
    client.on('error', () => {}) // a server that goes away while we ask is an answer: no
    try {
      await client.connect()
      return true
    } catch (error) {
      if ((error as { code?: string }).code === '28P01') {
        throw new HouseError(
          'unavailable',
          `secrets.json does not open the database in ${this.options.dataDir}; put back the secrets.json that belongs to it`,
        )
      }
      return false
    } finally {
      await client.end().catch(() => {})
    }
  }
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '128MB',
  // error text can quote a row; the log must never hold what members wrote (T5, T57)
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_statement: 'none',
}

/** After a crash another program may have been given the old process number. */
function isPostgres(pid: number, dataDir: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir) && !isZombie(pid)
  } catch {
    return false
  }
}

function isZombie(pid: number): boolean {
  return /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

/** The first port from `first` on that is free on loopback in both families: a browser may try either for `localhost`. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + 200; port++) {
    if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return port
  }
  throw new HouseError('unavailable', `no free port between ${first} and ${first + 199} on 127.0.0.1`)
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    // a computer without IPv6 has nobody there who could hold the port
    probe.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code !== 'EADDRINUSE' && host === '::1'),
    )
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

function lastLines(log: string): string {
  return log.trim().split('\n').slice(-3).join(' | ')
}
