import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { assess } from '../../src/assess/assess.ts'
import { lure } from '../../src/assess/lure.ts'
import { loadContent } from '../../src/cli/content.ts'
import { read } from '../../src/extract/read.ts'
import { loadCases } from './cases.ts'
import { hostileTexts } from './hostile.ts'
import { tenKilobyteChats } from './load.ts'

/**
 * Whether a change that should only be faster changed an answer. One line a text: its name and the digest of everything
 * that is read, assessed and said of it as a lure; of two versions the lines must be the same.
 *
 *   node bench/extract/answers.ts --write before.txt       on the one version
 *   node bench/extract/answers.ts --against before.txt     on the other: prints the names of texts that differ
 */
const { values: flags } = parseArgs({ options: { write: { type: 'string' }, against: { type: 'string' } } })

const SETTINGS = [{}, { country: 'TH', now: '2024-06-01T08:00:00' }, { country: 'US' }]
const HOSTILE_UNITS = 3_000
const MIXTURES = 2_500
/** What is put between and into pieces of documents: signs that begin or end something, and what no reader expects. */
const ODD = [
  ...[
    '\u200b',
    '\ud800',
    '０',
    '๑',
    '．',
    ' ',
    '\n',
    '@',
    '+',
    '-',
    '/',
    '.',
    ',',
    '，',
    '：',
    '(',
    ')',
    '[.]',
    'hxxp',
  ],
  ...[
    '\t',
    '"',
    '“',
    '”',
    '「',
    '1',
    '99',
    'USD',
    '฿',
    '@x_1',
    '#',
    '\u00a0',
    '\ud835\udfd8',
    '<',
    '://',
    'dot com',
  ],
]

/** Numbers from 0 up to a limit, the same ones each time. Source: Park and Miller, CACM 31 (1988), 1192-1201. */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state * 48_271) % 0x7fffffff
    return state % limit
  }
}

/** Pieces of documents put together anywhere, with signs put in and taken out. */
function* mixtures(texts: readonly string[]): Generator<[string, string]> {
  const next = numbers(20_241_122)
  const odd = () => ODD[next(ODD.length)] ?? ''
  for (let i = 0; i < MIXTURES; i++) {
    let mixed = ''
    for (let pieces = next(5); pieces >= 0; pieces--) {
      const text = texts[next(texts.length)] ?? ''
      const from = next(text.length)
      mixed += text.slice(from, from + 20 + next(300)) + odd()
    }
    for (let changes = next(6); changes > 0; changes--) {
      const at = next(mixed.length)
      mixed = mixed.slice(0, at) + odd() + mixed.slice(at + next(2))
    }
    yield [`mixture ${i}`, mixed]
  }
}

function* texts(): Generator<[string, string]> {
  const cases = [...loadCases(), ...loadCases(join(import.meta.dirname, 'apart'))]
  for (const { id, text } of cases) yield [id, text]
  for (const [i, chat] of tenKilobyteChats(36).entries()) yield [`chat ${i}`, chat]
  for (const { name, make } of hostileTexts()) yield [`hostile ${name}`, make(HOSTILE_UNITS)]
  yield* mixtures(cases.map(({ text }) => text))
}

const content = loadContent()
const lines = [...texts()].map(([name, text]) => {
  const answers = [...SETTINGS.map((it) => read(text, it)), assess(text, content), lure(text, content)]
  return `${name}\t${createHash('sha256').update(JSON.stringify(answers)).digest('hex')}`
})
if (flags.write) writeFileSync(flags.write, `${lines.join('\n')}\n`)
if (flags.against) {
  const before = readFileSync(flags.against, 'utf8').trimEnd().split('\n')
  const changed = lines.filter((line, i) => line !== before[i])
  for (const line of changed) console.log(`differs: ${line.split('\t', 1)[0]}`)
  if (changed.length > 0 || before.length !== lines.length) process.exitCode = 1
}
console.log(
  `${lines.length} texts, digest ${createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)}`,
)
