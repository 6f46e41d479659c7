import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { HouseError } from '../core/errors.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const MARK = join(ROOT, 'dist/web/.built-from')
const INPUTS = [
  'src/**/*.{ts,tsx,css,html,svg}',
  'content/**/*.{yaml,csv,json}',
  'vite.config.ts',
  'package-lock.json',
]

/** Builds the member pages when what they are made of has changed; otherwise does nothing. */
export async function buildWeb(say: (line: string) => void): Promise<void> {
  const from = fingerprint()
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === from) return
  say('Building the pages (once, and after each update) ...')
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (bytes) => (output += bytes))
  child.stderr.on('data', (bytes) => (output += bytes))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  if (code !== 0) throw new HouseError('unavailable', `the pages could not be built:\n${output}`)
  writeFileSync(MARK, from)
}

/** One hash over the names and bytes of everything the pages are made of; tests and server-only changes rebuild too, which costs seconds. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of globSync(INPUTS, { cwd: ROOT })
    .filter((name) => !name.includes('.test.'))
    .sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}
