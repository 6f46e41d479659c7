import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { type Assessment, assess } from '../assess/assess.ts'
import { type Lure, lure } from '../assess/lure.ts'
import { HouseError } from '../core/errors.ts'
import type { Fact } from '../core/fact.ts'
import { formatMoney } from '../core/money.ts'
import { type Reading, read } from '../extract/read.ts'
import { onStdout as pc } from './colour.ts'
import { loadContent } from './content.ts'

interface ReadCommandOptions {
  readonly json?: boolean
  readonly country?: string
  readonly now?: string
}

export function readCommand(program: Command): void {
  program
    .command('read')
    .description('read facts and indicators out of texts, on this device and nowhere else')
    .argument('<file...>', 'text files; - is standard input')
    .option('--json', 'print one JSON document: an object for one file, an array for several')
    .option('--country <code>', 'the reporter’s country, e.g. TH: helps with local numbers')
    .option('--now <time>', 'the moment relative dates count from, e.g. 2026-11-21T22:00')
    .addHelpText('after', '\nIndicators never decide that somebody is or is not a victim.')
    .action(run)
}

export interface FileReading {
  readonly file: string
  readonly reading: Reading
  readonly assessment: Assessment
  /** Null when the text is not a job advertisement. */
  readonly lure: Lure | null
}

async function run(files: readonly string[], options: ReadCommandOptions): Promise<void> {
  checkOptions(options)
  const found: FileReading[] = []
  for (const [i, file] of files.entries()) {
    if (files.length > 1 && process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${files.length} files`)
    found.push(readOne(file, options))
  }
  if (files.length > 1 && process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  const output = options.json ? json(found) : found.map(forPeople).join('\n')
  process.stdout.write(`${output}\n`)
}

function checkOptions({ country, now }: ReadCommandOptions): void {
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw new HouseError('invalid', `--country: ${country} is not a two-letter country code, e.g. TH`)
  }
  if (now !== undefined && Number.isNaN(Date.parse(now))) {
    throw new HouseError('invalid', `--now: ${now} is not a time, e.g. 2026-11-21T22:00`)
  }
}

function readOne(file: string, { country, now }: ReadCommandOptions): FileReading {
  const text = textOf(file)
  const reading = read(text, { ...(country ? { country } : {}), ...(now ? { now } : {}) })
  const messages = reading.messages?.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
  const content = loadContent()
  return { file, reading, assessment: assess(text, content, { messages }), lure: lure(text, content) }
}

/** Throws `invalid` naming the file for what cannot be read as text. */
function textOf(file: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'this is a folder' : String(code)
    throw new HouseError('invalid', `${file}: ${why}`)
  }
  if (bytes.length === 0) throw new HouseError('invalid', `${file}: the file is empty`)
  return decoded(bytes, file)
}

function decoded(bytes: Buffer, file: string): string {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  if (encoding === 'utf-8' && bytes.subarray(0, 4_096).includes(0)) {
    throw new HouseError('invalid', `${file}: this is not a text, whatever its name says`)
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new HouseError('invalid', `${file}: this is not UTF-8 or UTF-16; save it as UTF-8 and try again`)
  }
}

function json(found: readonly FileReading[]): string {
  const all = found.map(asJson)
  return JSON.stringify(all.length === 1 ? all[0] : all)
}

/** The contract of the command line: scripts depend on these names. */
function asJson({ file, reading, assessment, lure: advert }: FileReading) {
  return {
    file,
    language: reading.language,
    facts: reading.facts,
    indicators: assessment.indicators,
    lure: advert,
    elements: assessment.elements,
    safeguarding: assessment.safeguarding,
    support: assessment.support,
    refused: reading.refused,
  }
}

function forPeople({ file, reading, assessment, lure: advert }: FileReading): string {
  const lines = [pc.bold(file), pc.dim(`${reading.languageWhy}`)]
  for (const fact of reading.facts) lines.push(factLine(fact))
  for (const { text, why } of reading.refused)
    lines.push(`  ${pc.yellow('not a fact')}  ${text}  ${pc.dim(why)}`)
  if (reading.facts.length === 0) lines.push('  no facts found')
  for (const it of assessment.indicators) {
    lines.push(`  ${pc.cyan(it.id)}  ${it.name}  ${pc.dim(it.why)}`)
    for (const sentence of it.sentences) lines.push(pc.dim(`      “${sentence.text.trim()}”`))
  }
  if (advert) lines.push(...advertLines(advert))
  if (assessment.safeguarding) lines.push(pc.red(`  ${assessment.safeguarding.why}`))
  lines.push(`  ${assessment.support}`)
  return `${lines.join('\n')}\n`
}

function advertLines({ level, reasons, checks }: Lure): string[] {
  const signs = reasons.map(({ name, line }) => `    ${name}  ${pc.dim(`“${line.trim()}”`)}`)
  const before = level === 'none' ? [] : ['  Before you travel:', ...checks.map((check) => `    ${check}`)]
  return [`  A job advertisement; signs of a lure: ${pc.bold(level)}`, ...signs, ...before]
}

function factLine({ kind, normal, why, confidence }: Fact): string {
  const value = typeof normal === 'string' ? normal : money(normal)
  return `  ${kind.padEnd(14)} ${value.padEnd(36)} ${pc.dim(`${why} (${words(confidence)})`)}`
}

function money({ minor, currency }: { minor: number; currency: string | null }): string {
  return currency ? formatMoney(minor, currency) : `${minor} minor units, currency not known`
}

function words(confidence: number): string {
  if (confidence >= 0.95) return 'sure'
  return confidence >= 0.75 ? 'likely' : 'possible'
}
