import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const STDIN = 'standard input'

/** The file arguments of a command under the names that messages use, and where those lie that are no paths. */
export interface NamedFiles {
  readonly files: readonly string[]
  readonly paths: ReadonlyMap<string, string>
}

/** `-` is standard input, kept in a private file until the process ends. */
export function withStdin(files: readonly string[]): NamedFiles {
  if (!files.includes('-')) return { files, paths: new Map() }
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-stdin-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'standard-input')
  writeFileSync(path, readFileSync(0), { mode: 0o600 })
  return { files: files.map((it) => (it === '-' ? STDIN : it)), paths: new Map([[STDIN, path]]) }
}
