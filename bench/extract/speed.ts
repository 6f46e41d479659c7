import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findPhoneNumbersInText } from 'libphonenumber-js'
import { read } from '../../src/extract/read.ts'
import { hostileTexts } from './hostile.ts'
import { mixedDocuments, tenKilobyteChats } from './load.ts'
import { loadPeers, type Reader } from './peers.ts'

/**
 * How fast the reader is, on one core, beside peers in the same run.
 *
 *   node bench/extract/speed.ts [--write] [--megabytes 10] [--peer-megabytes 1]
 */
const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean' },
    megabytes: { type: 'string', default: '10' },
    'peer-megabytes': { type: 'string', default: '1' },
  },
})

const ROUNDS = 3
const BYTES_PER_MB = 1_000_000
const bytesOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
const round = (n: number) => Number(n.toPrecision(3))

/** CPU time of this thread, not the time on the wall: other work may share the machine. */
function milliseconds(work: () => void): number {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1000
}

/** Megabytes of UTF-8 a second, the best of some rounds after a short warm-up. */
function rate(reader: Reader, documents: readonly string[]): number {
  for (const text of documents.slice(0, 50)) reader(text)
  const times = Array.from({ length: ROUNDS }, () =>
    milliseconds(() => {
      for (const text of documents) reader(text)
    }),
  )
  return round(bytesOf(documents) / BYTES_PER_MB / (Math.min(...times) / 1000))
}

/** Milliseconds at the 50th and 95th percentile. */
function chatTimes(): { p50: number; p95: number } {
  const chats = tenKilobyteChats(300)
  for (const chat of chats.slice(0, 50)) read(chat)
  const times = chats.map((chat) => milliseconds(() => read(chat))).sort((a, b) => a - b)
  const at = (share: number) => round(times[Math.floor(times.length * share)] ?? 0)
  return { p50: at(0.5), p95: at(0.95) }
}

interface Hostile {
  readonly name: string
  /** Milliseconds for 1 MB of it. */
  readonly ms: number
  /** Time for 1 MB over time for a quarter of it: 4 when time is linear. */
  readonly growth: number
}

function hostile(): Hostile[] {
  return hostileTexts().map(({ name, make }) => {
    const best = (length: number) => Math.min(...[1, 2].map(() => milliseconds(() => read(make(length)))))
    const quarter = best(250_000)
    const ms = best(1_000_000)
    return { name, ms: round(ms), growth: round(ms / Math.max(quarter, 1)) }
  })
}

const documents = mixedDocuments(Number(flags.megabytes) * BYTES_PER_MB)
const fewer = mixedDocuments(Number(flags['peer-megabytes']) * BYTES_PER_MB)
const { peers, missing } = await loadPeers()
const ours = rate(read, documents)
const whole = round(
  bytesOf(documents) / BYTES_PER_MB / (milliseconds(() => read(documents.join('\n\n'))) / 1000),
)
const all = [...peers, { name: 'libphonenumber-js findNumbers', full: false, reader: numbers }]
const rows = all.map(({ name, full, reader }) => ({ name, full, mbPerSecond: rate(reader, fewer) }))
const fastest = Math.max(0, ...rows.filter(({ full }) => full).map(({ mbPerSecond }) => mbPerSecond))
const chat = chatTimes()
const strings = hostile()

function numbers(text: string): void {
  findPhoneNumbersInText(text, 'TH')
}

console.log(`Mixed text, ${flags.megabytes} MB, document by document, one core (${cpus()[0]?.model})`)
console.log(`  firebreak read                 ${String(ours).padStart(7)} MB/s`)
console.log(`  … as one single text           ${String(whole).padStart(7)} MB/s`)
for (const { name, mbPerSecond } of rows) {
  const ratio = `firebreak is ${round(ours / mbPerSecond)} times as fast`
  console.log(`  ${name.padEnd(30)} ${String(mbPerSecond).padStart(7)} MB/s   ${ratio}`)
}
for (const name of missing) console.log(`  ${name.padEnd(30)} not installed: npm install --save-dev ${name}`)
if (fastest > 0)
  console.log(`  against the fastest full peer  ${String(round(ours / fastest)).padStart(7)} times (aim: 5)`)
console.log(`A chat of 10 KB: ${chat.p50} ms at p50, ${chat.p95} ms at p95 (aim: under 15)`)
console.log('Hostile strings of 1 MB: milliseconds, and growth from 0.25 MB (4 is linear)')
for (const { name, ms, growth } of strings) {
  const note = growth > 8 && ms > 100 ? '  <- not linear?' : ms > 1000 ? '  <- slow' : ''
  console.log(`  ${name.padEnd(30)} ${String(ms).padStart(7)} ms  ${String(growth).padStart(5)}${note}`)
}
if (flags.write) {
  if (missing.length > 0) throw new Error(`--write needs every peer: ${missing.join(', ')} not installed`)
  const frozen = {
    megabytes: Number(flags.megabytes),
    ours,
    whole,
    peers: rows,
    timesFastestFullPeer: round(ours / fastest),
    chat,
    hostile: strings,
  }
  writeFileSync(join(import.meta.dirname, 'speed.frozen.json'), `${JSON.stringify(frozen, null, 1)}\n`)
}
