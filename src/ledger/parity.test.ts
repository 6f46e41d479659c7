import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, test } from 'node:test'
import { generate, pathsOf } from '../../bench/screen/generate.ts'
import { type TestHouse, testHouse } from '../../test/house.ts'
import { answerOf } from './answer.ts'
import { type WasmDatabase, wasmDuck } from './duck-wasm.ts'
import { duckEngine } from './engine.ts'
import { csv, exampleRows, type Fields } from './example.ts'
import { loadExcuses } from './excuses.ts'
import type { Host } from './host.ts'
import { nativeHost } from './host-native.ts'
import { loadBook } from './load-book.ts'
import { parquetText } from './parquet-text.ts'
import { loadRules } from './rule-files.ts'
import { screen } from './screen.ts'
import { screenApart } from './screen-apart.ts'
import { receive } from './uploaded.ts'

// Three ways to run, one answer: DuckDB on this machine, DuckDB as WebAssembly (the module that the page loads), and the
// server's route over HTTP. test/journeys/screen.test.ts holds the same in a real browser.

const folder = mkdtempSync(join(tmpdir(), 'firebreak-parity-'))
let house: TestHouse
let wasm: WasmDatabase
before(async () => {
  house = await testHouse()
  wasm = await wasmDatabase()
})
after(async () => {
  await house?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function wasmDatabase(): Promise<WasmDatabase> {
  const require = createRequire(import.meta.url)
  const duckdb = require('@duckdb/duckdb-wasm/dist/duckdb-node-blocking')
  const bundle = { mainModule: require.resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'), mainWorker: '' }
  const made = await duckdb.createDuckDB(
    { mvp: bundle, eh: bundle },
    new duckdb.VoidLogger(),
    duckdb.NODE_RUNTIME,
  )
  await made.instantiate(() => {})
  return made
}

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

type Answer = ReturnType<typeof answerOf>

/** As a browser is: no part of DuckDB is there but the module itself. */
const wasmHost = (): Host => ({
  ...nativeHost(),
  openDuck: () => wasmDuck(wasm),
  parquet: async (file) => {
    const bytes = new Uint8Array(readFileSync(file)).buffer
    return parquetText({ byteLength: bytes.byteLength, slice: (from, to) => bytes.slice(from, to) })
  },
})

async function answered(files: readonly string[], host: Host): Promise<Answer> {
  const book = await loadBook(files, host)
  const engine = await duckEngine(book)
  try {
    const found = await screen(engine, { ...book, rules: loadRules(), excuses: loadExcuses() })
    return JSON.parse(JSON.stringify(answerOf(book, found)))
  } finally {
    await engine.close()
  }
}

const upload = (files: readonly string[], more: object = {}) => {
  const bytes = files.map((it) => readFileSync(it))
  const named = files.map((it, i) => ({ name: it, bytes: bytes[i]?.length ?? 0 }))
  return Buffer.concat([Buffer.from(`${JSON.stringify({ files: named, ...more })}\n`), ...bytes])
}

const ask = (octets: Uint8Array, who: 'priya' | 'arunee' | 'somchai' = 'priya') =>
  house.people[who].ask<Answer & { code: string; message: string }>('POST', '/api/ledger/screenings', {
    octets,
  })

/** A body that comes as it likes, from a bank's desk. */
const sending = async (body: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Response> =>
  house.built.app.request('/api/ledger/screenings', {
    method: 'POST',
    body,
    duplex: 'half',
    headers: {
      host: 'localhost:8080',
      cookie: `firebreak-on-this-computer=${house.people.priya.token}`,
      'content-type': 'application/octet-stream',
    },
    ...(signal && { signal }),
  } as RequestInit)

const stageOf = async (who: 'priya' | 'somchai') =>
  (await house.people[who].ask<{ stage: { at: string } | null }>('GET', '/api/ledger/screenings/mine')).body
    .stage

/** The three answers are one; returned for more to be asked of it. */
async function sameThrice(files: readonly string[]): Promise<Answer> {
  const native = await answered(files, nativeHost())
  assert.deepEqual(await answered(files, wasmHost()), native)
  const served = await ask(upload(files))
  assert.equal(served.status, 200)
  assert.deepEqual(served.body, native)
  return native
}

/** Every example of every rule in one book, each with accounts of its own. */
function allExamples(): string[] {
  const all: Record<string, Fields[]> = { transactions: [], accounts: [], signals: [] }
  for (const rule of loadRules())
    for (const [kind, its] of Object.entries(rule.examples))
      for (const [i, example] of its.entries()) {
        const own = (name: string | undefined) => (name ? `${rule.id}.${kind}${i}.${name}` : '')
        const rows = exampleRows(example)
        const NAMES = /^(?:transaction_id|payer_account|payee_account|account|signal)$/
        for (const [what, list] of Object.entries(rows))
          all[what]?.push(
            ...list.map((row) =>
              Object.fromEntries(
                Object.entries(row).map(([key, value]) => [key, NAMES.test(key) ? own(value) : value]),
              ),
            ),
          )
      }
  return Object.entries(all).map(([name, rows]) => put(`${name}.csv`, csv(rows)))
}

test('every example of every rule in one book: three ways to run, one answer', async () => {
  const { alerts, missing } = await sameThrice(allExamples())
  assert.deepEqual(missing, [], 'every rule was judged')
  const fired = new Set(alerts.map((it) => it.rule))
  // some rules ask how common a thing is in the whole book, and in this one everything is common
  assert.ok(fired.size >= loadRules().length * 0.85, `only ${[...fired].join(' ')} fired`)
})

test('a synthetic book with broken rows: three ways to run, one answer', async () => {
  const made = join(folder, 'made')
  await generate(made, { rows: 8_000, seed: 5 })
  const odd = [
    'transaction_id,booked_at,amount,currency,rail,payer_account,payee_account',
    'b1,2026-02-30,1.00,USD,card,A,B',
    'b2,2026-03-01 10:00,"1,234.567",USD,card,A,B',
    'b3,2026-03-01T10:00:00+07:00,900719925474099.31,JPY,card,A,B',
    'b4,2026-03-01,twelve,USD,card,A,B',
    'b5,2026-03-01,5.00,USD',
    'b6,2026-03-02,9.00,KWD,card,ศรี,"x ""y"" z"',
  ]
  const path = join(folder, 'odd.csv')
  writeFileSync(path, `${odd.join('\n')}\n`)
  const { rows, rejected, alerts } = await sameThrice([...pathsOf(made), path])
  assert.equal(rows, 8_003)
  assert.deepEqual(
    rejected.map((it) => it.line),
    [2, 5, 6],
  )
  assert.ok(alerts.length > 0)
})

/** What is read of a file, to the last column. */
async function everyRow(path: string, host: Host) {
  const book = await loadBook([path], host)
  const rows = await book.duck.texts(
    'select concat_ws(chr(31), rank, place, transaction_id, at_ms, minor, currency, payer, payee, is_first_to_payee) from transactions order by rank',
  )
  book.close()
  return { rows, rejects: book.rejects }
}

test('Parquet of every packing and kind of number, time and text: three ways to run, one answer', async () => {
  const duck = await nativeHost().openDuck({})
  const columns = `'P' || i as transaction_id, timestamp '2026-03-01 00:00:00' + to_minutes(cast(i * 7 as bigint)) as booked_at,
    'V' || (i % 9) || case when i % 5 = 0 then ', "q" ខ្មែរ' else '' end as payer_account, i = 3 as is_first_to_payee, case when i > 4 then 'M1' end as payee_account`
  const amounts: Record<string, string> = {
    snappy: '(1000 + i * 1.13)::decimal(18, 2)',
    gzip: '(1000 + i * 1.13)::double',
    zstd: '(1000.25 + i)::float',
    brotli: '(123456789012345678 - i)::decimal(38, 3) / 1000',
    lz4_raw: '(1000 + i)::bigint',
    uncompressed: "'1,' || lpad(cast(i % 1000 as varchar), 3, '0') || '.50'",
  }
  for (const [packing, amount] of Object.entries(amounts)) {
    const path = join(folder, `${packing}.parquet`)
    const from = `select ${columns}, ${amount} as amount, case when i = 6 then 'QQQ' else 'EUR' end as currency, ${'i % 2 = 0 as odd, [i, 2] as list, {a: i} as inner'} from range(2500) as t(i)`
    await duck.run(
      `copy (${from}) to '${path}' (format parquet, compression ${packing}, row_group_size 2048)`,
    )
    const native = await everyRow(path, nativeHost())
    assert.deepEqual(await everyRow(path, wasmHost()), native, packing)
    assert.deepEqual([native.rows.length, native.rejects.map((it) => it.line)], [2_499, [7]], packing)
  }
  const zoned = join(folder, 'zoned.parquet')
  await duck.run(
    `copy (select i as transaction_id, timestamptz '2026-03-01 10:00:00.25+07' as booked_at, date '2026-03-01' as day, 1 as amount, 'a' as payer_account, 'b' as payee_account from range(3) as t(i)) to '${zoned}' (format parquet)`,
  )
  assert.equal((await sameThrice([zoned])).rows, 3)
  duck.close()
})

test('a time zone by its name is told by its name where it is not known, wherever the book is read', async () => {
  const times = [
    '2026-03-01 10:00:00 Asia/Bangkok',
    '2026-03-01 10:00:00 Mars/Olympus',
    '2026-03-01 10:00:00 ICT',
    '2026-03-01T10:00:00+07:00',
  ]
  const path = put('zones.csv', `${HEAD}${times.map((at, i) => `${i},${at},5.00,a,b\n`).join('')}`)
  const { rows, rejected } = await sameThrice([path])
  assert.deepEqual([rows, rejected.map((it) => it.line)], [1, [2, 3, 4]])
  for (const [i, zone] of ['Asia/Bangkok', 'Mars/Olympus', 'ICT'].entries())
    assert.match(
      rejected[i]?.reason ?? '',
      new RegExp(`${zone}” names a time zone that is not known here: write it as an offset such as \\+07:00`),
    )
})

const HEAD = 'transaction_id,booked_at,amount,payer_account,payee_account\n'
const small = () => put('small.csv', `${HEAD}1,2026-03-01,5.00,a,b\n`)
const left = () => readdirSync(tmpdir()).filter((it) => it.startsWith(`firebreak-screened-${process.pid}-`))

test('the server takes one book of a member at a time, from whoever may, and keeps nothing of it', async () => {
  const octets = upload([small()], { rules: ['TX-K02'] })
  assert.equal((await ask(octets, 'arunee')).status, 403)
  // one whose bytes are still on their way holds the place of who sends it
  const begun = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>()
  const slow = new ReadableStream<Uint8Array>({ pull: (to) => begun.resolve(to) }, { highWaterMark: 0 })
  const first = sending(slow)
  const bytes = await begun.promise
  const second = await ask(octets)
  assert.equal(second.status, 409)
  assert.match(second.body.message, /a book of yours is being screened already/)
  assert.equal((await stageOf('priya'))?.at, 'arriving')
  // another's book does not wait for it, and who it is stays hers
  assert.equal(await stageOf('somchai'), null)
  assert.equal((await ask(octets, 'somchai')).status, 200)
  assert.equal(left().length, 1)
  bytes.enqueue(octets)
  bytes.close()
  assert.equal((await first).status, 200)
  assert.equal((await ask(octets)).status, 200)
  assert.deepEqual(left(), [])
  const log = await house.people.priya.ask<{ entries: { act: string; detail: object }[] }>(
    'GET',
    '/api/audit',
  )
  const [entry] = log.body.entries.filter((it) => it.act === 'book.screened')
  assert.deepEqual(entry?.detail, { rows: 1, alerts: 0, accounts: 0 })
})

test('who goes away while it arrives, or while it is judged, leaves nothing behind and holds nothing', async () => {
  const torn = new ReadableStream<Uint8Array>({
    start: (to) => {
      to.enqueue(Buffer.from('{"files":[{"name":"t.csv","bytes":9}]}\nabc'))
    },
    pull: (to) => to.error(new Error('the line broke')),
  })
  const broken = await sending(torn)
  assert.equal(broken.status, 422)
  assert.match(((await broken.json()) as { message: string }).message, /broken off/)
  assert.deepEqual(left(), [])
  const gone = new AbortController()
  const octets = upload([small()], { rules: ['TX-K02'] })
  const asked = sending(new Blob([octets]).stream(), gone.signal)
  gone.abort()
  assert.equal((await asked).status, 503)
  assert.deepEqual(left(), [])
  assert.equal(await stageOf('priya'), null)
})

test('a book that is given up while it is judged, or that ends its process, ends nothing else', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-parity-apart-'))
  const files = [{ name: 'small.csv', path: small() }]
  const task = { files, rules: ['TX-K02'], own: {}, folder, spill: 1e9 }
  try {
    const gone = new AbortController()
    await assert.rejects(
      screenApart(task, { signal: gone.signal, tell: () => gone.abort() }),
      /the screening was stopped/,
    )
    // a process that dies says nothing; this one cannot even read what it is asked
    const dead = { ...task, files: null as never }
    await assert.rejects(
      screenApart(dead, { signal: new AbortController().signal, tell: () => {} }),
      /screening failed/,
    )
    const { signal } = new AbortController()
    assert.deepEqual(await screenApart(task, { signal, tell: () => {} }), { rows: 1, alerts: 0, accounts: 0 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a sender from whom nothing more comes is given up', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-parity-late-'))
  try {
    const silent = new ReadableStream<Uint8Array>()
    await assert.rejects(
      receive(silent, { folder, limit: 100, tell: () => {}, patience: 20 }),
      /nothing came for 0\.02 seconds/,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a book whose every row is broken is counted to the last, and told as far as a person reads', async () => {
  const rows = Array.from({ length: 100_002 }, (_, i) => `${i},2026-03-01,5.00,,`)
  const path = put('spoilt.csv', `${HEAD}${rows.join('\n')}\n${rows.length},2026-03-01,5.00,a,b\n`)
  const { status, body } = await ask(upload([path], { rules: ['TX-K02'] }))
  assert.equal(status, 200)
  assert.equal(body.rows, 1)
  assert.equal(body.rejectedCount, 100_002)
  assert.equal(body.rejected.length, 100_000)
  assert.equal(body.rejected.at(-1)?.line, 100_001)
  assert.ok(body.notes.some((it) => /^100,000 rows .* told one by one; 2 more are not$/.test(it)))
})

const headed = (name: string, text: string) =>
  Buffer.from(`${JSON.stringify({ files: [{ name, bytes: text.length }] })}\n${text}`)

const wrong: [string, Uint8Array, number, RegExp][] = [
  ['no first line', Buffer.from('a,b'), 422, /first line/],
  ['a first line that is no JSON', Buffer.from('files\nx'), 422, /not JSON/],
  ['a first line of another shape', Buffer.from('{"files":[]}\n'), 422, /files/],
  ['an empty body', new Uint8Array(), 422, /body: /],
  [
    'fewer bytes than named',
    Buffer.from('{"files":[{"name":"t.csv","bytes":9}]}\nabc'),
    422,
    /t\.csv: the upload ended 6 bytes early/,
  ],
  [
    'more bytes than named',
    Buffer.from('{"files":[{"name":"t.csv","bytes":1}]}\nabc'),
    422,
    /more bytes than its first line names/,
  ],
  [
    'two files of one name',
    Buffer.from('{"files":[{"name":"t.csv","bytes":1},{"name":"t.csv","bytes":1}]}\nab'),
    422,
    /two files have one name/,
  ],
  [
    'a rule that there is not',
    Buffer.from('{"files":[{"name":"t.csv","bytes":1}],"rules":["../../x"]}\na'),
    422,
    /rule “\.\.\/\.\.\/x”: there is none/,
  ],
  [
    'a workbook named .csv',
    Buffer.concat([
      Buffer.from('{"files":[{"name":"t.csv","bytes":8}]}\n'),
      Buffer.from('504b0304aabbccdd', 'hex'),
    ]),
    422,
    /^t\.csv: this is a ZIP archive or an Excel workbook/,
  ],
  [
    'a Parquet cut in the middle',
    Buffer.from('{"files":[{"name":"t.parquet","bytes":16}]}\nPAR1aaaaaaaaaaaa'),
    422,
    /^t\.parquet: .*cut off/,
  ],
  [
    'a Parquet of garbage',
    Buffer.from('{"files":[{"name":"t.parquet","bytes":24}]}\nPAR1aaaaaaaaaaaaaaaaPAR1'),
    422,
    /^t\.parquet: this Parquet file cannot be read/,
  ],
  [
    'what is packed and is no packing',
    Buffer.concat([
      Buffer.from('{"files":[{"name":"t.gz","bytes":8}]}\n'),
      Buffer.from('1f8b0800aabbccdd', 'hex'),
    ]),
    422,
    /^t\.gz: /,
  ],
  [
    'a header of 200 unknown columns',
    headed('t.csv', `${[...Array(200).keys()].map((i) => `c${i}`)}\n`),
    422,
    /and 188 more/,
  ],
  [
    'more than is taken at once',
    Buffer.from('{"files":[{"name":"t.csv","bytes":9000000000}]}\n'),
    413,
    /at most/,
  ],
  [
    'what is no ledger, by its own name',
    Buffer.from('{"files":[{"name":"t.csv","bytes":8}]}\na,b\n1,2\n'),
    422,
    /^t\.csv:1: the columns/,
  ],
]
for (const [what, octets, status, message] of wrong)
  test(`the server refuses ${what}`, async () => {
    const answer = await ask(octets)
    assert.equal(answer.status, status, JSON.stringify(answer.body))
    assert.match(answer.body.message, message)
    assert.deepEqual(left(), [])
    assert.equal(await stageOf('priya'), null)
  })

test('a path of the server is never told', async () => {
  const { body } = await ask(upload([small()], { rules: ['TX-K02'] }))
  assert.ok(!JSON.stringify({ ...body, mappings: [], rejected: [] }).includes('firebreak-screened'))
  assert.equal(basename(body.mappings[0]?.file ?? ''), 'small.csv')
})
