import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FACT_KINDS } from '../../src/core/fact.ts'
import { read } from '../../src/extract/read.ts'
import { type Case, loadCases } from './cases.ts'
import { readPlainly } from './floor.ts'
import { countWords, type Found, key, type Score, score, type Tally, tally, tallyBy } from './score.ts'

/**
 * Runs the reader over the labelled documents and prints how good it is, beside the floor.
 *
 *   node bench/extract/run.ts [--write] [--show] [--language th] [--kind amount] [--id th-003] [--cases FOLDER]
 */
const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean' },
    show: { type: 'boolean' },
    language: { type: 'string' },
    kind: { type: 'string' },
    id: { type: 'string' },
    cases: { type: 'string' },
  },
})

interface Judged {
  readonly one: Case
  readonly ours: Score
  readonly floor: Score
  readonly words: number
  readonly language: string
  readonly isChat: boolean
  /** Near misses that the reader refused aloud. */
  readonly refused: number
  /** Claims whose words are not the slice they point at. */
  readonly broken: readonly Found[]
}

function judge(one: Case): Judged {
  const { facts, language, messages, refused } = read(one.text, one.options)
  const said = one.nearMisses.filter(({ kind, start, text }) =>
    refused.some((it) => it.kind === kind && it.start < start + text.length && start < it.end),
  )
  return {
    one,
    ours: score(one, facts),
    floor: score(one, readPlainly(one.text)),
    words: countWords(one.text),
    language,
    isChat: messages !== null,
    refused: said.length,
    broken: facts.filter((fact) => fact.text !== one.text.slice(fact.start, fact.end)),
  }
}

const CHATS = ['whatsapp', 'telegram', 'telegram-json', 'line', 'zalo', 'wechat']
const total = (scores: readonly Score[]): Tally => tallyBy(scores, () => 'all').get('all') ?? tally(0, 0, 0)
const perThousand = (wrong: number, words: number) => Math.round((wrong / Math.max(1, words)) * 100_000) / 100
const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)}%`

function summary(judged: readonly Judged[]) {
  const ordinary = judged.filter(({ one }) => one.ordinary)
  const words = ordinary.reduce((sum, { words }) => sum + words, 0)
  const wrong = ordinary.reduce((sum, { ours }) => sum + ours.wrong.length, 0)
  const floorWrong = ordinary.reduce((sum, { floor }) => sum + floor.wrong.length, 0)
  const chats = judged.filter(({ one }) => CHATS.includes(one.kind))
  const spoken = judged.filter(({ one }) => one.language !== 'mixed')
  return {
    documents: judged.length,
    ordinary: {
      documents: ordinary.length,
      words,
      wrong,
      perThousand: perThousand(wrong, words),
      floorPerThousand: perThousand(floorWrong, words),
    },
    all: { ours: total(judged.map(({ ours }) => ours)), floor: total(judged.map(({ floor }) => floor)) },
    kinds: Object.fromEntries(FACT_KINDS.map((kind) => [kind, kindRow(judged, kind)])),
    languages: Object.fromEntries(
      [...Map.groupBy(judged, ({ one }) => one.language)].map(([at, some]) => [at, languageRow(some)]),
    ),
    nearMisses: {
      said: judged.reduce((sum, { refused }) => sum + refused, 0),
      of: judged.reduce((sum, { one }) => sum + one.nearMisses.length, 0),
    },
    chats: { recognised: chats.filter(({ isChat }) => isChat).length, of: chats.length },
    language: {
      right: spoken.filter(({ one, language }) => one.language.split('-')[0] === language).length,
      of: spoken.length,
    },
    brokenSpans: judged.reduce((sum, { broken }) => sum + broken.length, 0),
  }
}

function kindRow(judged: readonly Judged[], kind: (typeof FACT_KINDS)[number]) {
  const pick = (side: 'ours' | 'floor') =>
    tallyBy(
      judged.map((it) => it[side]),
      (it) => it.kind,
    ).get(kind) ?? tally(0, 0, 0)
  return { ours: pick('ours'), floor: pick('floor') }
}

function languageRow(judged: readonly Judged[]) {
  const ordinary = judged.filter(({ one }) => one.ordinary)
  const words = ordinary.reduce((sum, { words }) => sum + words, 0)
  const wrong = ordinary.reduce((sum, { ours }) => sum + ours.wrong.length, 0)
  return {
    documents: judged.length,
    ours: total(judged.map(({ ours }) => ours)),
    floor: total(judged.map(({ floor }) => floor)),
    ordinaryPerThousand: perThousand(wrong, words),
  }
}

function row(name: string, ours: Tally, floor: Tally, last = ''): string {
  const counts = [ours.hits + ours.missed, ours.missed, ours.wrong].map((n) => String(n).padStart(7)).join('')
  return `${name.padEnd(16)}${counts}  ${[ours.precision, ours.recall, ours.f1].map(percent).join(' ')}   ${percent(floor.f1)}  ${last}`
}

function print(result: ReturnType<typeof summary>): void {
  const head = 'labels missed  false   precis. recall     F1   floor F1'
  console.log(`${'kind'.padEnd(17)}${head}`)
  for (const [kind, { ours, floor }] of Object.entries(result.kinds)) console.log(row(kind, ours, floor))
  console.log(`\n${'language'.padEnd(17)}${head}  false per 1,000 ordinary words`)
  for (const [language, it] of Object.entries(result.languages)) {
    console.log(row(language, it.ours, it.floor, it.ordinaryPerThousand.toFixed(2)))
  }
  console.log(`\n${row('all', result.all.ours, result.all.floor, result.ordinary.perThousand.toFixed(2))}`)
  const { ordinary, nearMisses, chats, language, brokenSpans } = result
  console.log(`
${result.documents} documents, ${ordinary.documents} of them ordinary (${ordinary.words} words): ${ordinary.wrong} false facts there,
${ordinary.perThousand} per 1,000 words; the floor ${ordinary.floorPerThousand}.
Near misses said aloud ${nearMisses.said} of ${nearMisses.of}. Chats recognised ${chats.recognised} of ${chats.of}. Language right ${language.right} of ${language.of}.
Spans that do not slice to their words: ${brokenSpans}.`)
}

/** The documents with most errors first; each missed label and each false claim on its own line. */
function show(judged: readonly Judged[]): void {
  const ofKind = (it: { readonly kind: string }) => !flags.kind || it.kind === flags.kind
  const rows = judged.map(({ one, ours }) => ({
    one,
    missed: ours.missed.filter(ofKind),
    wrong: ours.wrong.filter(ofKind),
  }))
  const worst = rows.filter(({ missed, wrong }) => missed.length + wrong.length > 0)
  worst.sort((a, b) => b.missed.length + b.wrong.length - a.missed.length - a.wrong.length)
  for (const { one, missed, wrong } of worst) {
    console.log(`\n${one.id} (${one.kind})`)
    for (const it of missed) console.log(`  missed ${key(it.kind, it.normal)}   “${it.text}”`)
    for (const it of wrong) {
      const around = one.text.slice(Math.max(0, it.start - 15), it.end + 10).replaceAll('\n', '⏎')
      console.log(`  false  ${it.kind} ${key(it.kind, it.normal)}   “${it.text}” in “${around}”`)
    }
  }
}

const chosen = loadCases(flags.cases).filter(
  (one) => (!flags.language || one.language === flags.language) && (!flags.id || one.id === flags.id),
)
const judged = chosen.map(judge)
const result = summary(judged)
if (flags.show) show(judged)
print(result)
if (flags.write) {
  if (flags.language || flags.id)
    throw new Error('--write freezes the whole set: leave out --language and --id')
  writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(result, null, 1)}\n`)
}
