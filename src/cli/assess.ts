import type { Command } from 'commander'
import { type Assessment, assess } from '../assess/assess.ts'
import { merge } from '../assess/merge.ts'
import { HouseError } from '../core/errors.ts'
import { readChat } from '../extract/chat.ts'
import { onStdout as pc } from './colour.ts'
import { loadContent } from './content.ts'
import { eachFile } from './each-file.ts'
import { inputsOf } from './inputs.ts'
import { printable } from './printable.ts'
import { progressBar } from './progress.ts'
import { safeguardingLines, signLines } from './signs-view.ts'
import { textParts } from './text-parts.ts'

interface AssessOptions {
  readonly json?: boolean
  readonly language?: string
}

interface FileAssessment extends Assessment {
  readonly file: string
}

export function assessCommand(program: Command): void {
  program
    .command('assess')
    .description(
      'find the indicators that texts support, each with its sentences; nothing leaves this device',
    )
    .argument('<path...>', 'text files, mails, web pages, text PDFs, or folders of them; - is standard input')
    .option('--json', 'print one JSON document: an object for one file, an array for several or a folder')
    .option('--language <tag>', 'language of the support line, e.g. th')
    .addHelpText('after', '\nIndicators never decide that somebody is or is not a victim, and score no one.')
    .action(run)
}

async function run(paths: readonly string[], options: AssessOptions): Promise<void> {
  checkLanguage(options)
  const inputs = inputsOf(paths)
  const progress = progressBar(inputs.bytes)
  await eachFile(inputs, { progress, json: options.json === true }, async (file, onBytes) => {
    const found = await assessFile(file, options, onBytes)
    progress.hide()
    return (print) => print(options.json ? JSON.stringify(found) : forPeople(found))
  })
}

function checkLanguage({ language }: AssessOptions): void {
  if (language === undefined) return
  const known = loadContent().lexicons.map((lexicon) => lexicon.language)
  const tag = language.toLowerCase().split('-')[0] ?? ''
  if (!known.includes(tag))
    throw new HouseError(
      'invalid',
      `--language: no support line in ${language}; there is ${known.join(', ')}`,
    )
}

async function assessFile(
  file: string,
  { language }: AssessOptions,
  onBytes: (bytes: number) => void,
): Promise<FileAssessment> {
  const content = loadContent()
  let offset = 0
  let whole: Assessment | null = null
  for await (const text of textParts(file, onBytes)) {
    const messages = readChat(text)?.messages.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
    const assessment = assess(text, content, { messages, ...(language ? { language } : {}) })
    whole = whole ? merge(whole, { offset, assessment }) : assessment
    offset += text.length
  }
  if (!whole) throw new HouseError('invalid', `${file}: there are no words in it`)
  return { file, ...whole }
}

function forPeople({ file, ...found }: FileAssessment): string {
  const lines = [
    pc.bold(printable(file)),
    ...safeguardingLines(found),
    ...signLines(found),
    ...found.ilo.map(({ id, name, indicators }) => pc.dim(`  ILO ${id} ${name}: ${indicators.join(', ')}`)),
    `  ${found.support}`,
  ]
  return `${lines.join('\n')}\n`
}
