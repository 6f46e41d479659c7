import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HouseError } from '../core/errors.ts'

/** How PostgreSQL's programs are started: it refuses to run as root, and `npm start` must work as root too. */
export interface Launcher {
  readonly how: 'as you' | 'in a user namespace' | 'as an unprivileged user'
  readonly bin: string
  /** Where the database files lie. */
  readonly dataDir: string
  readonly prefix: readonly string[]
  readonly owner: { readonly uid: number; readonly gid: number } | null
}

const NAMESPACE = ['unshare', '--user', '--map-user=1000', '--map-group=1000']
const NOBODY = { uid: 65534, gid: 65534 }
const SHARED = '/var/lib/firebreak'

/**
 * Chooses how to run: directly for an ordinary user; for root in a user namespace; where that is forbidden, as `nobody`
 * with binaries and data where `nobody` can reach them. Throws `unavailable` with one clear message when nothing works.
 * `FIREBREAK_POSTGRES_AS` (namespace | nobody) narrows the choice.
 */
export function chooseLauncher(native: string, dataDir: string): Launcher {
  const bin = join(native, 'bin')
  if (process.getuid?.() !== 0) return { how: 'as you', bin, dataDir, prefix: [], owner: null }
  const wanted = process.env.FIREBREAK_POSTGRES_AS
  const runs = (command: readonly string[]) =>
    spawnSync(command[0] ?? '', command.slice(1), { stdio: 'ignore' }).status === 0
  if (wanted !== 'nobody' && runs([...NAMESPACE, join(bin, 'postgres'), '--version'])) {
    return { how: 'in a user namespace', bin, dataDir, prefix: NAMESPACE, owner: null }
  }
  if (wanted !== 'namespace') {
    const launcher = asNobody(native, dataDir)
    const postgres = join(launcher.bin, 'postgres')
    if (spawnSync(postgres, ['--version'], { stdio: 'ignore', ...NOBODY }).status === 0) return launcher
  }
  throw new HouseError(
    'unavailable',
    'PostgreSQL does not run as root, and here neither a user namespace nor an unprivileged user can run it. ' +
      'Start Firebreak as an ordinary user, or set DATABASE_URL to a server of your own (PostgreSQL 15 or newer).',
  )
}

function asNobody(native: string, dataDir: string): Launcher {
  const parent = dirname(dataDir)
  if (reachable(join(native, 'bin', 'postgres')) && reachable(parent)) {
    return { how: 'as an unprivileged user', bin: join(native, 'bin'), dataDir, prefix: [], owner: NOBODY }
  }
  const version = createHash('sha256').update(native).digest('hex').slice(0, 12)
  const copy = join(SHARED, `postgres-${version}`)
  mkdirSync(SHARED, { recursive: true, mode: 0o755 })
  if (!existsSync(join(copy, 'bin', 'postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  const place = placeForNobody(dataDir)
  mkdirSync(place, { recursive: true, mode: 0o711 })
  return {
    how: 'as an unprivileged user',
    bin: join(copy, 'bin'),
    dataDir: join(place, 'postgres'),
    prefix: [],
    owner: NOBODY,
  }
}

/** Where the database of a data folder lies when only `nobody` can run it and `nobody` cannot reach that folder. */
export function placeForNobody(dataDir: string): string {
  return join(SHARED, createHash('sha256').update(dataDir).digest('hex').slice(0, 12))
}

/** Whether `nobody` may walk to the path: asked of the kernel, not computed from modes. */
function reachable(path: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'test -x "$0"', path], { stdio: 'ignore', ...NOBODY }).status === 0
}

/** Makes the folder that PostgreSQL will own. */
export function makeOwned(launcher: Launcher, path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (launcher.owner) chownSync(path, launcher.owner.uid, launcher.owner.gid)
}
