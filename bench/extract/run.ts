import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadCases } from './cases.ts'
import { type Judged, judge, summary } from './judge.ts'
import { key, type Tally } from './score.ts'

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

const percent = (share: number) => `${(share * 100).toFixed(1).padStart(5)}%`

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
Near misses said aloud ${nearMisses.said} of ${nearMisses.of}. Chats recognised ${chats.recognised} of ${chats.of},\nfacts in them that know who wrote them and when ${chats.attributed} of ${chats.facts}. Language right ${language.right} of ${language.of}.
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
  writeFileSync(
    join(
      import.meta.dirname,
      flags.cases ? `results.${basename(flags.cases)}.frozen.json` : 'results.frozen.json',
    ),
    `${JSON.stringify(result, null, 1)}\n`,
  )
}
