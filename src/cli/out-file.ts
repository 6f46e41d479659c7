import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, renameSync, rmSync, statSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { HouseError } from '../core/errors.ts'

/**
 * Writes lines where the person asked for them; `-` is standard output. A file appears whole or not at all, readable by its owner
 * alone. What is no file, such as a pipe or /dev/null, is written into: a file put in its place would take it from everybody.
 * Until it is whole it has a name that nobody can guess and that was free: in a folder of many people, a link or a file of somebody
 * else's that waited there would be written through, or would stay theirs to read.
 * @throws `invalid`, naming the file, where it cannot be written
 */
export async function writeOut(lines: AsyncIterable<string>, out: string): Promise<void> {
  if (out === '-') return drained(lines, process.stdout)
  const isFile = statSync(out, { throwIfNoEntry: false })?.isFile() ?? true
  const path = isFile ? `${out}.${randomUUID()}.part` : out
  const to = createWriteStream(path, isFile ? { mode: 0o600, flags: 'wx' } : {})
  const written = finished(to)
  // told below, also while nothing is being written
  written.catch(() => undefined)
  try {
    await drained(lines, to)
    to.end()
    await written
    if (isFile) renameSync(path, out)
  } catch (error) {
    to.destroy()
    await written.catch(() => undefined)
    if (isFile) rmSync(path, { force: true })
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall === undefined) throw error
    throw new HouseError('invalid', `${out}: cannot be written (${code})`, { cause: error })
  }
}

async function drained(lines: AsyncIterable<string>, to: NodeJS.WritableStream): Promise<void> {
  for await (const line of lines) if (!to.write(line)) await once(to, 'drain')
}
