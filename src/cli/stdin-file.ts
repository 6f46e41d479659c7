import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A path for a command's file argument: `-` is standard input, kept in a private file until the process ends. */
export function fileOfStdin(file: string): string {
  if (file !== '-') return file
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-stdin-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'standard-input')
  writeFileSync(path, readFileSync(0), { mode: 0o600 })
  return path
}
