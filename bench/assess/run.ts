import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { assess } from '../../src/assess/assess.ts'
import { ELEMENTS } from '../../src/assess/content.ts'
import { lure } from '../../src/assess/lure.ts'
import { loadContent } from '../../src/cli/content.ts'
import {
  type Case,
  loadAds,
  loadFresh,
  loadNegated,
  loadSentences,
  loadTexts,
  NEGATED_FOLDERS,
  type NegatedFolder,
  type Part,
} from './cases.ts'
import { floorReader } from './floor.ts'
import { alarmsOnNegated, elementOf, judge, type Mistake, type Reader, type Score, score } from './score.ts'
import { speed } from './speed.ts'

/**
 * How well are indicators and lures read?
 *
 *   node bench/assess/run.ts [--write] [--show] [--language th] [--no-speed]
 *
 * `--show` prints the mistakes in what was seen, never those in what is apart.
 */
const { values: flags } = parseArgs({
  options: {
    write: { type: 'boolean' },
    show: { type: 'boolean' },
    language: { type: 'string' },
    'no-speed': { type: 'boolean' },
  },
})

const content = loadContent()
const ours: Reader = (text) => assess(text, content).indicators.map(({ id }) => id)
const floor = floorReader(content)
const sets: [string, Case[]][] = [
  ['texts seen', loadTexts().filter(isIn('seen'))],
  ['texts apart', loadTexts().filter(isIn('apart'))],
  ['sentences', loadSentences()],
  ['documents', loadFresh('fresh')],
  ['documents 2', loadFresh('fresh-2')],
  ['documents 3', loadFresh('fresh-3')],
  ['documents 4', loadFresh('fresh-4')],
  ['documents 5', loadFresh('fresh-5')],
  ['documents 6', loadFresh('fresh-6')],
  ['documents 7', loadFresh('fresh-7')],
]

/** Sets whose mistakes `--show` never names: kept apart. */
const UNSEEN = new Set(['texts apart', 'documents 7'])

function isIn(part: Part) {
  return (one: Case) => one.part === part && (!flags.language || one.language === flags.language)
}

function compared(cases: readonly Case[]) {
  const [mine, plain] = [judge(cases, ours), judge(cases, floor)]
  const side = (only?: (one: Mistake) => boolean, ids?: (id: string) => boolean) => ({
    ours: score(only ? mine.filter(only) : mine, ids),
    floor: score(only ? plain.filter(only) : plain, ids),
  })
  const languages = [...new Set(cases.map(({ language }) => language))]
  return {
    all: side(),
    negated: { ours: alarmsOnNegated(mine), floor: alarmsOnNegated(plain) },
    elements: Object.fromEntries(
      ELEMENTS.map((element) => [element, side(undefined, (id) => elementOf(id) === element)]),
    ),
    languages: Object.fromEntries(
      languages.map((language) => [language, side((it) => it.case.language === language)]),
    ),
  }
}

const LEVELS = ['high', 'medium', 'low', 'none', 'no ad'] as const

/** Wanted level -> found level -> how many; and how many of those apart were right. */
function confusion() {
  const judged = loadAds().map(({ text, language, level, part }) => {
    const found = lure(text, content, { language, assessment: assess(text, content, { language }) })
    if (found && found.checks.length !== 5) throw new Error(`${found.checks.length} checks in ${language}`)
    return { want: level ?? 'no ad', got: found?.level ?? 'no ad', part }
  })
  const count = (want: string, got: string) =>
    judged.filter((it) => it.want === want && it.got === got).length
  const apart = judged.filter(({ part }) => part === 'apart')
  return {
    table: Object.fromEntries(
      LEVELS.map((want) => [want, Object.fromEntries(LEVELS.map((got) => [got, count(want, got)]))]),
    ),
    apart: { right: apart.filter(({ want, got }) => want === got).length, of: apart.length },
  }
}

function negatedAlone(folder: NegatedFolder) {
  const cases = loadNegated(folder)
  return {
    sentences: cases.length,
    ours: alarmsOnNegated(judge(cases, ours)),
    floor: alarmsOnNegated(judge(cases, floor)),
  }
}

const three = ({ precision, recall, f1 }: Score) =>
  [precision, recall, f1].map((it) => (it === null ? '—' : it.toFixed(3)).padStart(6)).join(' ')

function print(name: string, result: ReturnType<typeof compared>): void {
  console.log(
    `\n${name.padEnd(14)} texts  wanted wrong missed  precis. recall   F1      floor: precis. recall  F1`,
  )
  const rows = { ...result.elements, ...result.languages, all: result.all }
  for (const [label, { ours: mine, floor: plain }] of Object.entries(rows)) {
    const counts = [mine.texts, mine.right + mine.missed, mine.wrong, mine.missed]
    console.log(
      `${label.padEnd(13)}${counts.map((n) => String(n).padStart(7)).join('')}  ${three(mine)}         ${three(plain)}`,
    )
  }
  console.log(`found in texts that plainly say no: ${result.negated.ours}; the floor ${result.negated.floor}`)
}

function show(cases: readonly Case[]): void {
  for (const { case: one, wrong, missed } of judge(cases, ours)) {
    if (wrong.length + missed.length === 0) continue
    console.log(
      `\n${one.language} ${one.kind}: wrong ${wrong.join(' ') || '—'}; missed ${missed.join(' ') || '—'}\n  ${one.text}`,
    )
    for (const { id, why } of assess(one.text, content).indicators)
      if (wrong.includes(id)) console.log(`  ${id} ${why}`)
  }
}

if (flags.show) {
  for (const [name, cases] of sets) if (!UNSEEN.has(name)) show(cases.filter(isIn('seen')))
  show([...loadNegated('negated'), ...loadNegated('negated-2')].filter(isIn('seen')))
} else {
  const results = Object.fromEntries(sets.map(([name, cases]) => [name, compared(cases)]))
  for (const [name, result] of Object.entries(results)) print(name, result)
  const lures = confusion()
  const negated = NEGATED_FOLDERS.map(negatedAlone)
  for (const { sentences, ours: found, floor: plain } of negated)
    console.log(`\n${sentences} negated sentences: ${found} indicators found; the floor ${plain}`)
  console.log(
    `\nadvertisements: wanted down, found across; apart ${lures.apart.right} of ${lures.apart.of} right`,
  )
  console.table(lures.table)
  const fast = flags['no-speed'] ? null : speed(loadTexts(), content)
  if (fast)
    console.log(
      `\n${fast.ours} MB/s, ordinary text ${fast.ordinary} MB/s; the floor ${fast.floor} MB/s (${fast.ratio} times); 10 KB in ${fast.chatP95} ms at p95; compiled in ${fast.compileMs} ms`,
    )
  if (flags.write) {
    const frozen = { results, negated, lures, speed: fast }
    writeFileSync(join(import.meta.dirname, 'results.frozen.json'), `${JSON.stringify(frozen, null, 1)}\n`)
  }
}
