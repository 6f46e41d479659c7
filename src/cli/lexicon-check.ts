import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { type Document, parseDocument } from 'yaml'
import type { Lexicon } from '../assess/content.ts'
import { HouseError } from '../core/errors.ts'
import { type LineOf, yamlOf, yamlValue } from '../core/yaml-value.ts'
import { read } from '../extract/read.ts'
import type { Fault } from './checked-page.ts'
import { onStdout as pc } from './colour.ts'
import { CONTENT } from './content.ts'
import { contentBeside } from './content-beside.ts'
import { checkFile } from './indicators-check.ts'

interface CheckedList {
  readonly file: string
  readonly faults: readonly Fault[]
  /** What was tried and held: examples run, or entries looked at. */
  readonly held: string
}

/** Examples recognised as another language, of all, above which the little words of the language are not good enough. */
const MOST_MISTAKEN = 1 / 3

export function lexiconCommand(program: Command): void {
  program
    .command('lexicon')
    .description('check the words of a language and the word lists of the reader')
    .command('check')
    .description('check files of content/lexicon and run the examples of their language')
    .argument('<file...>', 'e.g. content/lexicon/words/sw.yaml or content/lexicon/money.yaml')
    .option('--json', 'print one JSON document')
    .addHelpText('after', '\nHow to add a language: docs/guide/add-a-language.md')
    .action(run)
}

function run(files: readonly string[], options: { readonly json?: boolean }): void {
  const checked = files.map(checkList)
  if (options.json) process.stdout.write(`${JSON.stringify(checked)}\n`)
  else process.stdout.write(checked.map(forPeople).join(''))
  if (checked.some(({ faults }) => faults.length > 0)) process.exitCode = 1
}

function forPeople({ file, faults, held }: CheckedList): string {
  if (faults.length === 0) return `${pc.green('good')}  ${file}: ${held}\n`
  return faults.map(({ line, what }) => `${pc.red(`${file}:${line}`)}  ${what}\n`).join('')
}

/** Everything that is wrong with one list. Throws `invalid`, naming file and line, for what is no YAML or no list of ours. */
export function checkList(file: string): CheckedList {
  const { document, lineOf } = open(file)
  const value = yamlValue(file, document)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new HouseError(
      'invalid',
      `${file}:1: this is no word list; copy a file of content/lexicon and change it`,
    )
  if ('groups' in value) return checkWords(file, value as Lexicon)
  const id = 'id' in value && typeof value.id === 'string' ? value.id : ''
  const house = houseList(id)
  if (house === null)
    throw new HouseError(
      'invalid',
      `${file}:${lineOf(['id'])}: id: “${id}” is no list that the reader has; the id stays that of the file it was copied from`,
    )
  const faults = [...headFaults(value, lineOf), ...differences(value, house, { path: [], lineOf })]
  return {
    file,
    faults: faults.sort((a, b) => a.line - b.line),
    held: `${count(value)} entries, each where the reader looks for it`,
  }
}

function open(file: string): { document: Document; lineOf: LineOf } {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'EISDIR' ? 'this is a folder; name its files' : 'there is no such file'
    throw new HouseError('invalid', `${file}: ${why}`)
  }
  return yamlOf(file, text)
}

/** The words of a language: its groups, every example of the indicators in it, and whether the reader knows it. */
function checkWords(file: string, lexicon: Lexicon): CheckedList {
  const { faults, examples } = checkFile(file, contentBeside(file))
  if (faults.length > 0) return { file, faults, held: '' }
  const texts = examplesIn(lexicon.language, file)
  if (texts.length === 0) {
    const what = `no indicator has an example in ${lexicon.language}: add sentences under examples of files in content/indicators`
    return { file, faults: [{ line: 1, what }], held: '' }
  }
  const mistaken = texts.filter((text) => !isRead(text, lexicon.language))
  if (mistaken.length > texts.length * MOST_MISTAKEN) {
    const what = `${mistaken.length} of ${texts.length} examples are taken for another language, the first: ${mistaken[0]} (add its little words to content/lexicon/languages.yaml and run npx node scripts/compile-lexicon.ts)`
    return { file, faults: [{ line: 1, what }], held: '' }
  }
  const known = texts.length - mistaken.length
  return {
    file,
    faults: [],
    held: `${examples} examples read as they should be, ${known} of ${texts.length} texts known for ${lexicon.name}`,
  }
}

function examplesIn(language: string, file: string): string[] {
  return contentBeside(file).indicators.flatMap(({ examples }) => [
    ...(examples.found[language] ?? []),
    ...(examples.quiet[language] ?? []),
  ])
}

/** Indonesian and Malay share their words; of a text too short to tell nothing is said. */
function isRead(text: string, language: string): boolean {
  const found = read(text).language
  return found === language || found === 'und' || (language === 'id' && found === 'ms')
}

/** The house's own list of this id, as plain data; null when there is none. */
function houseList(id: string): unknown {
  if (!/^[a-z-]{1,40}$/.test(id)) return null
  try {
    return parseDocument(readFileSync(join(CONTENT, 'lexicon', `${basename(id)}.yaml`), 'utf8')).toJS()
  } catch {
    // no file of that name: then it is no list of the reader
    return null
  }
}

function headFaults(value: object, lineOf: LineOf): Fault[] {
  const faults: Fault[] = []
  const { version, source } = value as { version?: unknown; source?: unknown }
  if (!Number.isInteger(version) || Number(version) < 1)
    faults.push({ line: lineOf(['version']), what: 'version: must be a whole number from 1 on' })
  if (typeof source !== 'string' || source.trim() === '')
    faults.push({ line: lineOf(['source']), what: 'source: must say where the words are from' })
  return faults
}

interface Where {
  readonly path: readonly PropertyKey[]
  readonly lineOf: LineOf
}

/** Where a list is built otherwise than the house's own: words that are missing or unknown, texts that are none. */
function differences(mine: unknown, house: unknown, { path, lineOf }: Where): Fault[] {
  const at = path.join('.')
  const fault = (what: string): Fault[] => [{ line: lineOf(path), what: `${at}: ${what}` }]
  if (Array.isArray(house)) {
    if (!Array.isArray(mine)) return fault('must be a list')
    const [first] = house
    if (typeof first !== 'string') return []
    return mine.flatMap((entry, i) =>
      typeof entry === 'string' && entry.trim() !== ''
        ? []
        : [
            {
              line: lineOf([...path, i]),
              what: `${at}: must be a text; put quotes around words like "no" or "true"`,
            },
          ],
    )
  }
  if (typeof house !== 'object' || house === null)
    return typeof mine === typeof house
      ? []
      : fault(`must be a ${typeof house === 'string' ? 'text' : typeof house}`)
  if (typeof mine !== 'object' || mine === null || Array.isArray(mine))
    return fault('must have words with values')
  // below the second level the words are the practitioners' own: currencies, languages, months
  if (path.length >= 1) return []
  const entries = mine as Record<string, unknown>
  const missing = Object.keys(house).filter((key) => !(key in entries))
  return [
    ...missing.map((key) => ({ line: 1, what: `${[...path, key].join('.')}: is missing` })),
    ...Object.entries(entries).flatMap(([key, value]) =>
      key in house
        ? differences(value, (house as Record<string, unknown>)[key], { path: [...path, key], lineOf })
        : [{ line: lineOf([...path, key]), what: `${[...path, key].join('.')}: no such word is known here` }],
    ),
  ]
}

function count(value: unknown): number {
  if (typeof value === 'string') return value.split(/\s+/).length
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>(
    (sum, one) => sum + (typeof one === 'string' && Array.isArray(value) ? 1 : count(one)),
    0,
  )
}
