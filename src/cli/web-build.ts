import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import { HouseError } from '../core/errors.ts'
import { COMPRESSED } from '../http/files.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const WEB = join(ROOT, 'dist/web')
const MARK = join(WEB, '.built-from')
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
  // built beside and swapped in, so that two starts at once never serve each other's half
  const fresh = `${WEB}.${process.pid}`
  try {
    await vite(fresh)
    await compressFiles(fresh)
    writeFileSync(join(fresh, '.built-from'), from)
    rmSync(WEB, { recursive: true, force: true })
    renameSync(fresh, WEB)
  } catch (error) {
    // somebody else swapped theirs in between: it was made of the same files
    if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY') throw error
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

async function vite(outDir: string): Promise<void> {
  const args = [
    join(ROOT, 'node_modules/vite/bin/vite.js'),
    'build',
    '--logLevel',
    'warn',
    '--outDir',
    outDir,
  ]
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const keep = (bytes: Buffer) => {
    output += bytes
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  if (code !== 0) throw new HouseError('unavailable', `the pages could not be built:\n${output}`)
}

const brotli = promisify(brotliCompress)
/** The highest takes ten times as long for a tenth less, so large files have to do without. The engine of ledgers has 34 MB. */
const HIGHEST = 11
const QUALITY_OF_LARGE = 9
const QUALITY_OF_ENGINE = 5
/** Bytes. */
const LARGE = 1_000_000

/** Writes each file that is worth it a second time, compressed: the reader's worker is 0.8 MB, and 0.25 so. */
async function compressFiles(folder: string): Promise<void> {
  for (const name of globSync('**/*.{js,css,svg,wasm}', { cwd: folder })) {
    const bytes = readFileSync(join(folder, name))
    const params = { [constants.BROTLI_PARAM_QUALITY]: qualityOf(name, bytes.length) }
    writeFileSync(join(folder, `${name}${COMPRESSED}`), await brotli(bytes, { params }))
  }
}

function qualityOf(name: string, length: number): number {
  if (name.endsWith('.wasm')) return QUALITY_OF_ENGINE
  return length > LARGE ? QUALITY_OF_LARGE : HIGHEST
}

/** One hash over the names and bytes of everything the pages are made of. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of globSync(INPUTS, { cwd: ROOT })
    .filter((name) => !name.includes('.test.'))
    .sort()) {
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)))
  }
  return hash.digest('hex')
}
