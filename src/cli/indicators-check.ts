import { basename } from 'node:path'
import type { Command } from 'commander'
import type { z } from 'zod'
import { assess } from '../assess/assess.ts'
import type { Content, Indicator, Lexicon, LureFamily } from '../assess/content.ts'
import { lure } from '../assess/lure.ts'
import { HouseError } from '../core/errors.ts'
import { type Fault, openPage, type Page, shapeFaults } from './checked-page.ts'
import { onStdout as pc } from './colour.ts'
import { contentBeside } from './content-beside.ts'
import { IndicatorShape, LexiconShape, LureFamilyShape, shapeOf } from './content-shapes.ts'
import { exampleFaults, languageFaults, patternFaults, togetherFaults } from './pattern-faults.ts'

interface CheckedFile {
  readonly file: string
  readonly faults: readonly Fault[]
  readonly examples: number
}

/** Languages in which an indicator must bring examples, at least. */
const LANGUAGES_WITH_EXAMPLES = 3

export function indicatorsCommand(program: Command): void {
  program
    .command('indicators')
    .description('check what practitioners wrote: indicators, words of a language, red flags of job ads')
    .command('check')
    .description('check files of content/ and run their examples')
    .argument('<file...>', 'e.g. content/indicators/FC-M11.yaml or content/lexicon/words/th.yaml')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nHow to write them: docs/guide/add-an-indicator.md')
    .action(run)
}

function run(files: readonly string[], options: { readonly json?: boolean }): void {
  const checked = files.map((file) => checkFile(file, contentBeside(file)))
  const faulty = checked.some(({ faults }) => faults.length > 0)
  if (options.json) process.stdout.write(`${JSON.stringify(checked)}\n`)
  else process.stdout.write(checked.map(forPeople).join(''))
  if (faulty) process.exitCode = 1
}

function forPeople({ file, faults, examples }: CheckedFile): string {
  if (faults.length === 0)
    return `${pc.green('good')}  ${file}: ${examples} examples read as they should be\n`
  return faults.map(({ line, what }) => `${pc.red(`${file}:${line}`)}  ${what}\n`).join('')
}

/** Everything that is wrong with one file. Throws `invalid` for a file that cannot be read as YAML at all. */
export function checkFile(file: string, content: Content): CheckedFile {
  const page = openPage(file)
  const shape = shapeOf(page.value)
  if (shape === null)
    throw new HouseError(
      'invalid',
      `${file}:1: neither an indicator, nor words of a language, nor red flags; copy a file of content/ and change it`,
    )
  const faults = shapeFaults(shape, page)
  if (faults.length > 0) return { file, faults, examples: 0 }
  const { faults: found, examples } = CHECKS.get(shape)?.(page, content) ?? { faults: [], examples: 0 }
  return { file, faults: [...found].sort((a, b) => a.line - b.line), examples }
}

type Check = (page: Page, content: Content) => { faults: Fault[]; examples: number }

const CHECKS: ReadonlyMap<z.ZodType, Check> = new Map<z.ZodType, Check>([
  [IndicatorShape, checkIndicator],
  [LexiconShape, checkLexicon],
  [LureFamilyShape, checkLures],
])

function checkIndicator(page: Page, content: Content) {
  const indicator = page.value as Indicator
  const faults = [
    ...nameFaults(indicator, page, content),
    ...patternFaults(indicator.patterns, { page, content, path: ['patterns'] }),
    ...patternFaults(indicator.denials ?? {}, { page, content, path: ['denials'] }),
    ...togetherFaults(indicator.together ?? [], { page, content, path: ['together'] }),
  ]
  if (Object.keys(indicator.examples.found).length < LANGUAGES_WITH_EXAMPLES) {
    const what = `examples in at least ${LANGUAGES_WITH_EXAMPLES} languages are wanted under "found"`
    faults.push({ line: page.lineOf(['examples', 'found']), what })
  }
  faults.push(...languageFaults(indicator.examples, { page, content, path: ['examples'] }))
  if (faults.length > 0) return { faults, examples: 0 }
  const others = content.indicators.filter(({ id }) => id !== indicator.id)
  const mine: Content = { ...content, indicators: [...others, indicator] }
  const read = (text: string) => {
    const { indicators, denied, general } = assess(text, mine)
    const holds = (all: readonly { readonly id: string }[]) => all.some(({ id }) => id === indicator.id)
    if (holds(indicators)) return 'found'
    if (holds(denied)) return 'read as a denial'
    return holds(general) ? 'read as advice, a condition or a question' : 'fitted by no pattern'
  }
  return exampleFaults(indicator.examples, { page, path: ['examples'], read })
}

/** The letter of the id is the element's, and an id is never used for two indicators. */
function nameFaults(indicator: Indicator, { file, lineOf: where }: Page, content: Content): Fault[] {
  const { id, element, name } = indicator
  const letter = element === 'Post-exit' ? 'X' : element.charAt(0)
  const taken = content.indicators.find((one) => one.id === id)
  const free = content.indicators.filter((one) => one.id.charAt(3) === letter).length + 1
  const next = `FC-${letter}${String(free).padStart(2, '0')}`
  const faults: Fault[] = []
  const called = /^FC-[AMPX]\d+(?=\.yaml$)/.exec(basename(file))?.[0] ?? id
  if (called !== id)
    faults.push({
      line: where(['id']),
      what: `id: the file is called ${basename(file)}, so the id is ${called}, not ${id}`,
    })
  else if (id.charAt(3) !== letter)
    faults.push({ line: where(['id']), what: `id: an indicator of ${element} is called ${next}, not ${id}` })
  else if (taken && taken.name !== name && basename(file) !== `${id}.yaml`)
    faults.push({ line: where(['id']), what: `id: ${id} is already "${taken.name}"; take ${next}` })
  return faults
}

/** A lexicon has no examples of its own: those of every indicator in its language are run. */
function checkLexicon(page: Page, content: Content) {
  const lexicon = page.value as Lexicon
  const faults = groupFaults(lexicon, page)
  if (faults.length > 0) return { faults, examples: 0 }
  const others = content.lexicons.filter(({ language }) => language !== lexicon.language)
  const mine: Content = { ...content, lexicons: [...others, lexicon] }
  let examples = 0
  for (const { id, examples: own } of content.indicators) {
    const found = (text: string) => assess(text, mine).indicators.some((one) => one.id === id)
    for (const [kind, wanted] of [
      ['found', true],
      ['quiet', false],
    ] as const)
      for (const text of own[kind][lexicon.language] ?? []) {
        examples++
        if (found(text) !== wanted)
          faults.push({
            line: 1,
            what: `${id}: ${wanted ? 'no longer found' : 'should stay quiet'}: ${text}`,
          })
      }
  }
  return { faults, examples }
}

function groupFaults(lexicon: Lexicon, page: Page): Fault[] {
  return Object.entries(lexicon.groups).flatMap(([name, terms]) =>
    terms.flatMap((term, i) => {
      if (!term.startsWith('@')) return wordFaults(term, page.lineOf(['groups', name, i]))
      const known = term.slice(1) in lexicon.groups
      return known
        ? []
        : [{ line: page.lineOf(['groups', name, i]), what: `${term} is not a group of this file` }]
    }),
  )
}

function wordFaults(term: string, line: number): Fault[] {
  if (!/[|{}]/.test(term) && /[\p{L}\p{N}$€£฿]/u.test(term)) return []
  return [{ line, what: `"${term}" has no word in it, or a bracket that belongs into patterns` }]
}

function checkLures(page: Page, content: Content) {
  const family = page.value as LureFamily
  const others = content.lures.filter(({ id }) => id !== family.id)
  const mine: Content = { ...content, lures: [...others, family] }
  const faults: Fault[] = []
  let examples = 0
  family.flags.forEach((flag, i) => {
    const path = ['flags', i]
    const wrong = patternFaults(flag.patterns, { page, content, path: [...path, 'patterns'] })
    faults.push(...wrong)
    if (wrong.length > 0) return
    // Made an advertisement by its first line, so that the flag alone decides.
    const read = (text: string) =>
      lure(`Job vacancy.\n${text}`, mine)?.reasons.some(({ id }) => id === flag.id)
        ? 'found'
        : 'fitted by no pattern'
    const done = exampleFaults(flag.examples, { page, path: [...path, 'examples'], read })
    faults.push(...done.faults)
    examples += done.examples
  })
  return { faults, examples }
}
