import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every byte below a folder; nothing when there is none. A database that runs takes files away meanwhile: those are left out. */
export function bytesBelow(folder: string): Buffer {
  const files: Buffer[] = []
  for (const entry of unlessGone(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(bytesBelow(path))
    else if (entry.isFile()) files.push(unlessGone(() => readFileSync(path)) ?? Buffer.alloc(0))
  }
  return Buffer.concat(files)
}

function unlessGone<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return null
  }
}
