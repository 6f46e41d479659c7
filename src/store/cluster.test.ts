import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ADMIN, type Cluster, freePort, startCluster } from './cluster.ts'
import { placeForNobody } from './launcher.ts'

const password = 'f'.repeat(32)
const open: Cluster[] = []
let folder: string
const lines: string[] = []

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-cluster-'))
})
after(async () => {
  for (const cluster of open) await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
  rmSync(placeForNobody(join(folder, 'f/postgres')), { recursive: true, force: true })
})

async function start(name: string): Promise<Cluster> {
  const cluster = await startCluster({
    dataDir: join(folder, name),
    adminPassword: password,
    say: (line) => lines.push(line),
  })
  open.push(cluster)
  return cluster
}

async function ask(cluster: Cluster, sql: string): Promise<unknown[]> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: cluster.port,
    user: ADMIN,
    password,
    database: 'postgres',
  })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

const pidOf = (name: string) =>
  Number(readFileSync(join(folder, name, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 3_000; i++) {
    if (await what().catch(() => false)) return
    await sleep(100)
  }
  assert.fail('did not happen within five minutes')
}

test('two folders run at once on ports of their own, on loopback alone, with disk writes awaited', async () => {
  const [a, b] = [await start('a'), await start('b')]
  assert.notEqual(a.port, b.port)
  assert.deepEqual(await ask(a, 'show listen_addresses'), [['127.0.0.1']])
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums']) {
    assert.deepEqual(await ask(a, `show ${setting}`), [['on']], setting)
  }
})

test('many started at the same moment: each has a port and a server of its own', async () => {
  const clusters = await Promise.all(['m', 'n', 'o', 'p'].map(start))
  assert.equal(new Set(clusters.map(({ port }) => port)).size, clusters.length)
  await Promise.all(
    clusters.map(async (cluster, i) => {
      const [[directory] = []] = (await ask(cluster, 'show data_directory')) as string[][]
      assert.equal(directory, join(folder, 'mnop'.charAt(i), 'postgres'))
    }),
  )
  await Promise.all(clusters.map((cluster) => cluster.stop()))
})

test('a wrong password does not get in', async () => {
  const cluster = await start('a')
  const client = new pg.Client({
    host: '127.0.0.1',
    port: cluster.port,
    user: ADMIN,
    password: 'x',
    database: 'postgres',
  })
  await assert.rejects(client.connect(), /password/)
})

test('a second start on the same files uses the server that runs', async () => {
  const again = await start('a')
  assert.ok(again.adopted)
})

test('killed in the middle: it comes back by itself with everything that was committed', async () => {
  const cluster = await start('c')
  await ask(cluster, 'create table kept (n int)')
  await ask(cluster, 'insert into kept select generate_series(1, 1000)')
  process.kill(pidOf('c'), 'SIGKILL')
  await until(async () => (await ask(cluster, 'select count(*)::int from kept')).toString() === '1000')
  await until(async () => lines.some((line) => /is back/.test(line)))
})

test('a kill in the middle of the first set-up leaves nothing that looks like a database', async () => {
  mkdirSync(join(folder, 'd/postgres.new/base'), { recursive: true })
  writeFileSync(join(folder, 'd/postgres.new/PG_VERSION'), '18')
  const cluster = await start('d')
  assert.deepEqual(await ask(cluster, 'select 1'), [[1]])
  assert.ok(!existsSync(join(folder, 'd/postgres.new')))
})

test('a stale process number that belongs to another program is no server', async () => {
  const cluster = await start('e')
  await cluster.stop()
  writeFileSync(
    join(folder, 'e/postgres/postmaster.pid'),
    `${process.pid}\n${join(folder, 'e/postgres')}\n0\n1\n`,
  )
  assert.ok(!(await start('e')).adopted)
})

test('secrets that do not belong to the files are said so, and nothing is touched', async () => {
  await assert.rejects(
    startCluster({ dataDir: join(folder, 'a'), adminPassword: 'another', say: () => {} }),
    /secrets.json does not open the database/,
  )
})

test('a port that is taken is passed over', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  const { port } = taken.address() as AddressInfo
  assert.ok((await freePort(port)) > port)
  taken.close()
})

test('as root where user namespaces are forbidden, an unprivileged user runs it', {
  skip: process.getuid?.() !== 0,
}, async () => {
  process.env.FIREBREAK_POSTGRES_AS = 'nobody'
  try {
    const cluster = await start('f')
    assert.equal(cluster.how, 'as an unprivileged user')
    assert.deepEqual(await ask(cluster, 'select 1'), [[1]])
  } finally {
    delete process.env.FIREBREAK_POSTGRES_AS
  }
})
