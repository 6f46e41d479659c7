import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { resolve } from 'node:path'
import { serve } from '@hono/node-server'
import type { Command } from 'commander'
import { CHORES } from '../chores.ts'
import { HouseError } from '../core/errors.ts'
import { CONTENT } from '../freeze/rails-content.ts'
import { buildHouse } from '../house.ts'
import type { House } from '../http/house.ts'
import { demoPeople, loadDemo, readDemoNetwork } from '../members/demo.ts'
import { freePort } from '../store/cluster.ts'
import { keepHouseEvery } from '../store/housekeeping.ts'
import { openStore, type Store } from '../store/open.ts'
import { onStderr as pc } from './colour.ts'
import { claim, release, tell } from './run-file.ts'
import { buildWeb } from './web-build.ts'

interface ServeOptions {
  readonly demo?: boolean
  readonly port: string
  readonly data: string
}

const say = (line: string) => process.stderr.write(`${line}\n`)

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('start the members’ server, with its database')
    .option('--demo', 'load the invented demo network on the first run and offer its people at sign-in')
    .option('--port <n>', 'port on 127.0.0.1; the next free one is taken when it is in use', '8080')
    .option('--data <dir>', 'where everything is kept', 'data')
    .addHelpText(
      'after',
      `
Environment:
  DATABASE_URL      a PostgreSQL server of your own, 15 or newer (otherwise one from npm runs in the data folder)
  FIREBREAK_ORIGIN  the public address, e.g. https://firebreak.example, when a proxy with TLS stands in front
  FIREBREAK_PROVIDERS_INSIDE  hosts (host or host:port, with commas between) of identity providers inside your own network;
                    without it the house connects to public addresses alone`,
    )
    .action(start)
}

/** Starts everything in order and stops it in the opposite order at Ctrl-C. */
async function start(options: ServeOptions): Promise<void> {
  const began = Date.now()
  const dataDir = resolve(options.data)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  claim(dataDir)
  const origin = publicOrigin()
  const [store] = await Promise.all([
    openStore({ dataDir, databaseUrl: process.env.DATABASE_URL, say }),
    buildWeb(say),
  ]).catch((error: unknown) => {
    release(dataDir)
    throw error
  })
  try {
    await open({ store, dataDir, origin, options, began })
  } catch (error) {
    await store.close()
    release(dataDir)
    throw error
  }
}

interface Opening {
  readonly store: Store
  readonly dataDir: string
  readonly origin: URL | null
  readonly options: ServeOptions
  readonly began: number
}

async function open({ store, dataDir, origin, options, began }: Opening): Promise<void> {
  const network = readDemoNetwork(CONTENT)
  if (options.demo && (await loadDemo(store, network)))
    say('Loaded the demo network: every name in it is invented.')
  const house: House = {
    store,
    network: options.demo ? network.name : 'Firebreak',
    origin,
    demo: options.demo ? demoPeople(network) : null,
    providersInside: providersInside(),
    say,
  }
  const built = await buildHouse(house)
  const keeping = keepHouseEvery(store, CHORES)
  const wanted = portNumber(options.port)
  const { servers, port } = await listen(built.app.fetch, wanted)
  if (port !== wanted) say(pc.yellow(`Port ${wanted} is taken; using ${port}.`))
  tell(dataDir, `http://localhost:${port}`)
  welcome({ house, port, dataDir, seconds: (Date.now() - began) / 1000 })
  stopOnSignal(async () => {
    say('Stopping ...')
    await keeping.stop()
    await built.close()
    await Promise.all(servers.map(closeServer))
    await store.close()
    release(dataDir)
    say('Stopped. Everything acknowledged is on disk.')
  })
}

/** Ms in which a request must have come whole: a book of 2 GiB over 7 Mbit/s. A head that dawdles is cut by Node itself. */
const WHOLE_REQUEST = 40 * 60_000

/** Loopback alone, in both families, on the first free port; a computer without IPv6 is served all the same. */
async function listen(fetch: Fetch, wanted: number): Promise<{ servers: Server[]; port: number }> {
  for (let port = await freePort(wanted); ; port = await freePort(port + 1)) {
    const serverOptions = { requestTimeout: WHOLE_REQUEST }
    const first = serve({ fetch, hostname: '127.0.0.1', port, serverOptions }) as Server
    // another program can be faster than we between the question and the answer
    if (!(await opened(first))) continue
    const second = serve({ fetch, hostname: '::1', port, serverOptions }) as Server
    return { servers: (await opened(second)) ? [first, second] : [first], port }
  }
}

type Fetch = (request: Request) => Response | Promise<Response>

async function opened(server: Server): Promise<boolean> {
  try {
    await once(server, 'listening')
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' || code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return false
    throw error
  }
}

function publicOrigin(): URL | null {
  const text = process.env.FIREBREAK_ORIGIN
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (url?.protocol !== 'https:') {
    throw new HouseError('invalid', `FIREBREAK_ORIGIN: ${text} is not an https address`)
  }
  return url
}

function providersInside(): string[] {
  const text = process.env.FIREBREAK_PROVIDERS_INSIDE ?? ''
  const hosts = text.split(',').map((host) => host.trim().toLowerCase())
  for (const host of hosts)
    if (host !== '' && !/^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host))
      throw new HouseError(
        'invalid',
        `FIREBREAK_PROVIDERS_INSIDE: ${host} is not a host, e.g. id.bank.example or id.bank.example:8443`,
      )
  return hosts.filter((host) => host !== '')
}

function portNumber(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_335) {
    throw new HouseError('invalid', `--port: ${text} is not a port (1 to 65335)`)
  }
  return port
}

function welcome(it: { house: House; port: number; dataDir: string; seconds: number }): void {
  const { house, port } = it
  say('')
  say(`${pc.bold('Firebreak')} is ready after ${it.seconds.toFixed(1)} s.`)
  say(`  Members     ${pc.bold(house.origin?.origin ?? `http://localhost:${port}`)}`)
  say(`  Data        ${it.dataDir}`)
  say(`  Database    ${house.store.where}`)
  if (!house.demo) {
    say('  Sign in     with a passkey or password; invite people with: npx firebreak invite')
  } else {
    say(`  Sign in     choose a person on the page; everybody’s password is ${pc.bold(house.demo.password)}`)
    say(
      '  Two sides   two windows of one browser share a sign-in, so each person has an address of their own:',
    )
    for (const person of house.demo.people) {
      say(`              ${`http://${person.host}:${port}`.padEnd(36)} ${person.name}, ${person.orgName}`)
    }
  }
  say('  Stop        Ctrl-C')
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 3_000).unref()
  })
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      stop().then(
        () => process.exit(0),
        (error: Error) => {
          say(error.message)
          process.exit(1)
        },
      )
    })
  }
}
