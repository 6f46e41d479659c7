import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { buildWeb } from '../src/cli/web-build.ts'
import { ADMIN, type Cluster, startCluster } from '../src/store/cluster.ts'
import { TEST_SECRETS } from './database.ts'
import { browserPath } from './journeys/browser.ts'
import { inOrder } from './order.ts'

/**
 * Everything a change must pass, in the order in which failures are cheapest to find. Arguments choose test files:
 * `npm test -- src/freeze` runs only what lies there, without the checks before it.
 */
const ROOT = resolve(import.meta.dirname, '..')
const chosen = process.argv.slice(2)
const FILES = ['src/**/*.test.ts', 'test/**/*.test.ts', 'bench/**/*.test.ts']
/** A test that hangs must fail, not hold everything up: no file takes as long as this, on a slow computer either. */
const LIMIT_MS = 1_200_000
/** Files at once. A journey waits often for its browser, so that two cores are busy with three of them. */
const AT_ONCE = 3

function step(name: string, command: string, args: string[]): Promise<void> {
  const began = Date.now()
  console.log(`\n— ${name}`)
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: process.env })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => {
      told(name, code === 0, began)
      if (code === 0) done()
      else fail(new Error(`${name} failed`))
    })
  })
}

function told(name: string, passed: boolean, began: number): void {
  console.log(`  ${name}: ${passed ? 'passed' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s`)
}

/** One server for all files: throw-away data, so nothing waits for the disk. */
async function server(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const dataDir = mkdtempSync(join(tmpdir(), 'firebreak-test-'))
  const cluster: Cluster = await startCluster({
    dataDir,
    adminPassword: TEST_SECRETS.adminPassword,
    say: console.log,
    settings: { fsync: 'off', synchronous_commit: 'off', max_connections: '200' },
  })
  return {
    url: `postgres://${ADMIN}:${TEST_SECRETS.adminPassword}@127.0.0.1:${cluster.port}/postgres`,
    stop: async () => {
      await cluster.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Each file in a process of its own. */
async function tests(files: readonly string[]): Promise<void> {
  const began = Date.now()
  let passed = true
  console.log('\n— tests')
  const running = run({
    files: files.map((file) => join(ROOT, file)),
    cwd: ROOT,
    concurrency: AT_ONCE,
    timeout: LIMIT_MS,
    forceExit: true,
  })
  running.on('test:fail', () => {
    passed = false
  })
  for await (const text of running.compose(new spec())) process.stdout.write(text)
  told('tests', passed, began)
  if (!passed) throw new Error('tests failed')
}

async function main(): Promise<void> {
  const bin = (name: string) => join(ROOT, 'node_modules/.bin', name)
  // unpacked once, before anything asks for it: files that run at once would each see the other's half
  const unpacked = browserPath()
  if (chosen.length === 0) {
    await step('types', bin('tsc'), ['-p', '.'])
    await step('format and lint', bin('biome'), ['ci', '--error-on-warnings', '.'])
  }
  await Promise.all([buildWeb(console.log), unpacked])
  const patterns =
    chosen.length === 0 ? FILES : chosen.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`))
  const files = inOrder(globSync(patterns, { cwd: ROOT }))
  if (files.length === 0) throw new Error(`no test files in ${patterns.join(', ')}`)
  const { url, stop } = await server()
  process.env.FIREBREAK_TEST_SERVER = url
  // each file is a process of its own, and many start the program once more: what one has compiled, all use
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, 'node_modules/.cache/compiled')
  try {
    await tests(files)
  } finally {
    await stop()
  }
}

const began = Date.now()
try {
  await main()
  console.log(`\nEverything passed in ${((Date.now() - began) / 1000).toFixed(0)} s.`)
} catch (error) {
  console.error(`\n${(error as Error).message}`)
  process.exitCode = 1
}
