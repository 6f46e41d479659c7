import { HouseError } from '../core/errors.ts'
import { onStderr as pc } from './colour.ts'
import { type Inputs, skippedLines } from './inputs.ts'
import { printable } from './printable.ts'
import type { Progress } from './progress.ts'

/** Reads one file when called; what it prints may be written in parts. */
export type One = (file: string, onBytes: (bytes: number) => void) => Promise<(print: Print) => Promise<void>>

export type Print = (text: string) => Promise<void>

/**
 * One file after the other. A file that cannot be read is told on standard error and costs the exit code, never the
 * others; in a folder it is only told. Throws when it was the only one.
 */
export async function eachFile(
  inputs: Inputs,
  view: { progress: Progress; json: boolean },
  one: One,
): Promise<void> {
  for (const line of skippedLines(inputs.skipped)) process.stderr.write(`${pc.dim(printable(line))}\n`)
  let printed = 0
  for (const file of inputs.files) {
    try {
      const write = await one(file, (bytes) => view.progress.at(file, bytes))
      if (view.json && !inputs.single) await print(printed === 0 ? '[' : ',')
      if (!view.json && printed > 0) await print('\n')
      printed++
      await write(print)
    } catch (error) {
      view.progress.hide()
      if (!(error instanceof HouseError) || inputs.single) throw error
      const isNamed = inputs.named.has(file)
      process.stderr.write(
        `${isNamed ? pc.red(printable(error.message)) : pc.dim(`skipped ${printable(error.message)}`)}\n`,
      )
      if (isNamed) process.exitCode = 2
    }
  }
  view.progress.hide()
  if (view.json && printed > 0) await print(inputs.single ? '\n' : ']\n')
}

/** Waits while the reader of standard output is slower than we are, so that nothing piles up. */
async function print(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text))
    await new Promise((done) => process.stdout.once('drain', done))
}
