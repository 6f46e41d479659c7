import { once } from 'node:events'
import { createWriteStream, renameSync, statSync } from 'node:fs'
import { finished } from 'node:stream/promises'

/**
 * Writes lines where the person asked for them; `-` is standard output. A file appears whole or not at all, readable by its owner
 * alone. What is no file, such as a pipe or /dev/null, is written into: a file put in its place would take it from everybody.
 */
export async function writeOut(lines: AsyncIterable<string>, out: string): Promise<void> {
  const isFile = statSync(out, { throwIfNoEntry: false })?.isFile() ?? true
  const path = isFile ? `${out}.part` : out
  const to = out === '-' ? process.stdout : createWriteStream(path, { mode: 0o600 })
  for await (const line of lines) if (!to.write(line)) await once(to, 'drain')
  if (out === '-') return
  to.end()
  await finished(to)
  if (isFile) renameSync(path, out)
}
