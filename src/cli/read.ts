import type { Command } from 'commander'
import { HouseError } from '../core/errors.ts'
import { ISO_COUNTRIES } from '../extract/iso-countries.ts'
import { eachFile, type Print } from './each-file.ts'
import { inputsOf } from './inputs.ts'
import { type Progress, progressBar } from './progress.ts'
import { readSource } from './read-file.ts'
import { JsonFile } from './read-json.ts'
import { FileView } from './read-view.ts'
import { openText } from './text-source.ts'

interface ReadCommandOptions {
  readonly json?: boolean
  readonly country?: string
  readonly now?: string
}

export function readCommand(program: Command): void {
  program
    .command('read')
    .description('read facts and indicators out of texts, on this device and nowhere else')
    .argument('<path...>', 'text files, mails, web pages, text PDFs, or folders of them; - is standard input')
    .option('--json', 'print one JSON document: an object for one file, an array for several or a folder')
    .option('--country <code>', 'the reporter’s country, e.g. TH: helps with local numbers')
    .option('--now <time>', 'the moment relative dates count from, e.g. 2026-11-21T22:00')
    .addHelpText('after', '\nIndicators never decide that somebody is or is not a victim.')
    .action(run)
}

async function run(paths: readonly string[], options: ReadCommandOptions): Promise<void> {
  checkOptions(options)
  const inputs = inputsOf(paths)
  const progress = progressBar(inputs.bytes)
  await eachFile(inputs, { progress, json: options.json === true }, (file, onBytes) =>
    options.json ? readAsJson(file, options, onBytes) : readForPeople(file, options, { onBytes, progress }),
  )
}

function checkOptions({ country, now }: ReadCommandOptions): void {
  if (country !== undefined && !ISO_COUNTRIES.has(country.toUpperCase())) {
    throw new HouseError('invalid', `--country: ${country} is no country code of two letters, e.g. TH`)
  }
  if (now !== undefined && Number.isNaN(Date.parse(now))) {
    throw new HouseError('invalid', `--now: ${now} is not a time, e.g. 2026-11-21T22:00`)
  }
}

async function readAsJson(file: string, options: ReadCommandOptions, onBytes: (bytes: number) => void) {
  const source = await openText(file, onBytes)
  return async (out: Print) => {
    const json = new JsonFile(source, out)
    await json.end(await readSource(source, readOptions(options), (piece) => json.piece(piece)))
  }
}

interface Watched {
  readonly onBytes: (bytes: number) => void
  readonly progress: Progress
}

async function readForPeople(file: string, options: ReadCommandOptions, { onBytes, progress }: Watched) {
  const source = await openText(file, onBytes)
  const view = new FileView()
  const whole = await readSource(source, readOptions(options), async (piece) => view.piece(piece))
  return async (out: Print) => {
    progress.hide()
    await out(view.print(file, source.note(), whole))
  }
}

function readOptions({ country, now }: ReadCommandOptions) {
  return { ...(country ? { country: country.toUpperCase() } : {}), ...(now ? { now } : {}) }
}
