import { assess, prepare } from '../../src/assess/assess.ts'
import type { Content } from '../../src/assess/content.ts'
import { percentile, ratio } from '../stats.ts'
import type { Case } from './cases.ts'
import { floorReader } from './floor.ts'

const MEGABYTES = 2
/** The floor is slow: it reads this share of the text, and its rate is what is compared. */
const FLOOR_SHARE = 0.05
const ROUNDS = 3
const CHAT_BYTES = 10_000
const CHATS = 50

/** Megabytes (UTF-8) a second of processor time, the floor in the same run, and its milliseconds for a chat of 10 KB. */
export function speed(cases: readonly Case[], content: Content) {
  const text = mixed(cases, MEGABYTES * 1_000_000)
  // A copy, because what was compiled once is kept.
  const compiled = cost(() => prepare({ ...content }))
  assess(text.slice(0, 200_000), content)
  const ours = best(text, (it) => void assess(it, content))
  const ordinary = mixed(
    cases.filter(({ kind }) => kind === 'ordinary'),
    MEGABYTES * 1_000_000,
  )
  const floor = floorRate(cases, content)
  const chat = mixed(cases, CHAT_BYTES)
  const chats = Array.from({ length: CHATS }, () => cost(() => assess(chat, content)))
  return {
    megabytes: MEGABYTES,
    ours,
    ordinary: best(ordinary, (it) => void assess(it, content)),
    floor,
    ratio: ratio(ours, floor),
    chatP95: Math.round(percentile(chats, 0.95) * 10) / 10,
    compileMs: Math.round(compiled),
  }
}

/** The texts of all languages, one after the other, over and over. */
function mixed(cases: readonly Case[], bytes: number): string {
  const once = cases.map(({ text }) => `${text}\n\n`).join('')
  const times = Math.max(1, Math.ceil(bytes / Buffer.byteLength(once)))
  const all = once.repeat(times)
  return all.slice(0, Math.floor((bytes / Buffer.byteLength(all)) * all.length))
}

function floorRate(cases: readonly Case[], content: Content): number {
  const read = floorReader(content)
  const wanted = MEGABYTES * 1_000_000 * FLOOR_SHARE
  let bytes = 0
  const spent = cost(() => {
    for (let i = 0; bytes < wanted; i = (i + 1) % cases.length) {
      const one = cases[i]
      if (!one) break
      read(one.text, one.language)
      bytes += Buffer.byteLength(one.text)
    }
  })
  return rate(bytes, spent)
}

function best(text: string, read: (text: string) => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => cost(() => read(text)))
  return rate(Buffer.byteLength(text), Math.min(...rounds))
}

function rate(bytes: number, milliseconds: number): number {
  return Math.round((bytes / 1_000_000 / (milliseconds / 1_000)) * 100) / 100
}

/** Processor time of this thread in milliseconds, so that others on the machine do not count. */
function cost(work: () => unknown): number {
  const began = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(began)
  return (user + system) / 1_000
}
