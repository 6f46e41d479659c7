import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { type Assessment, assess, type IndicatorFinding } from '../assess/assess.ts'
import { merge } from '../assess/merge.ts'
import { HouseError } from '../core/errors.ts'
import { readChat } from '../extract/chat.ts'
import { onStdout as pc } from './colour.ts'
import { loadContent } from './content.ts'
import { textParts } from './text-parts.ts'

interface AssessOptions {
  readonly json?: boolean
  readonly language?: string
}

interface FileAssessment extends Assessment {
  readonly file: string
}

/** In a folder, only what is a text by its name is read; a file named outright is always tried. */
const TEXTS = /\.(?:txt|md|text|log|csv|eml|html?|json)$/i

export function assessCommand(program: Command): void {
  program
    .command('assess')
    .description(
      'find the indicators that texts support, each with its sentences; nothing leaves this device',
    )
    .argument('<path...>', 'text files or folders; - is standard input')
    .option('--json', 'print one JSON document: an object for one file, an array for several')
    .option('--language <tag>', 'language of the support line, e.g. th')
    .addHelpText('after', '\nIndicators never decide that somebody is or is not a victim, and score no one.')
    .action(run)
}

function run(paths: readonly string[], options: AssessOptions): void {
  const files = paths.flatMap(filesOf)
  if (files.length === 0) throw new HouseError('invalid', `${paths.join(', ')}: no text files there`)
  const found = files.map((file, i) => {
    if (files.length > 1 && process.stderr.isTTY) process.stderr.write(`\r${i + 1} of ${files.length} files`)
    return assessFile(file, options)
  })
  if (files.length > 1 && process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  const single = files.length === 1 && paths.length === 1 && files[0] === paths[0]
  const output = options.json ? JSON.stringify(single ? found[0] : found) : found.map(forPeople).join('\n')
  process.stdout.write(`${output}\n`)
}

function filesOf(path: string): string[] {
  if (path === '-' || !existsSync(path) || !statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && TEXTS.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function assessFile(file: string, { language }: AssessOptions): FileAssessment {
  const content = loadContent()
  let offset = 0
  let whole: Assessment | null = null
  for (const text of textParts(file)) {
    const messages = readChat(text)?.messages.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
    const assessment = assess(text, content, { messages, ...(language ? { language } : {}) })
    whole = whole ? merge(whole, { offset, assessment }) : assessment
    offset += text.length
  }
  if (!whole) throw new HouseError('invalid', `${file}: the file is empty`)
  return { file, ...whole }
}

function forPeople({ file, ...found }: FileAssessment): string {
  const { act, means, purpose } = found.elements
  const lines = [
    pc.bold(file),
    `  Act ${covered(act)}   Means ${covered(means)}   Purpose ${covered(purpose)}`,
    ...found.indicators.flatMap((one) => findingLines(one)),
    ...listed('said not to be so', found.denied),
    ...listed('only in general, as a condition or a question', found.general),
    ...found.ilo.map(({ id, name, indicators }) => pc.dim(`  ILO ${id} ${name}: ${indicators.join(', ')}`)),
  ]
  if (found.indicators.length === 0) lines.push('  no indicators found, which is not the same as none')
  if (found.safeguarding) lines.push(pc.red(`  Safeguarding: ${found.safeguarding.why}`))
  lines.push(`  ${found.support}`)
  return `${lines.join('\n')}\n`
}

function covered(coverage: string): string {
  return coverage === 'supported' ? pc.cyan(coverage) : pc.dim(coverage)
}

function findingLines({ id, name, about, why, sentences }: IndicatorFinding): string[] {
  const shown = sentences.slice(0, 5).map((sentence) => pc.dim(`      “${sentence.text.trim()}”`))
  const more = sentences.length > 5 ? [pc.dim(`      and ${sentences.length - 5} more`)] : []
  return [`  ${pc.cyan(id)}  ${name} (${about})  ${pc.dim(why)}`, ...shown, ...more]
}

function listed(label: string, found: readonly IndicatorFinding[]): string[] {
  return found.length === 0 ? [] : [pc.dim(`  ${label}: ${found.map(({ id }) => id).join(', ')}`)]
}
