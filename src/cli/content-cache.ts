import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deserialize, serialize } from 'node:v8'
import { crc32 } from 'node:zlib'
import type { Content } from '../assess/content.ts'
import { type Kept, keep, take } from '../assess/kept.ts'

/** Where things are kept that can be made again at any time; npm clears it with the packages. */
export const CACHE = fileURLToPath(new URL('../../node_modules/.cache/firebreak/', import.meta.url))

const ASSESS = fileURLToPath(new URL('../assess/', import.meta.url))
const CHECKSUM_BYTES = 4

/**
 * The content with its compiled rules, kept in a file from one process to the next: reading YAML and compiling take
 * more than a second, taking them from the file some fifty milliseconds.
 * Keeps    never stale: the file is named by the hash of every content file, of the code that compiles them and of the
 *          version of Node; a file that is cut off or changed fails its checksum and is made anew.
 * @param files  every content file that `make` reads
 */
export function cachedContent(files: readonly string[], make: () => Content, folder = CACHE): Content {
  const name = `content-${keyOf(files)}.bin`
  const known = taken(join(folder, name))
  if (known !== null) {
    take(known.content, known.kept)
    return known.content
  }
  const content = make()
  store(folder, name, { content, kept: keep(content) })
  return content
}

interface Cached {
  readonly content: Content
  readonly kept: Kept
}

function keyOf(files: readonly string[]): string {
  const code = readdirSync(ASSESS).filter((name) => !name.endsWith('.test.ts'))
  const hash = createHash('sha256').update(process.version)
  for (const file of [
    ...code.sort().map((name) => join(ASSESS, name)),
    fileURLToPath(import.meta.url),
    ...files,
  ]) {
    const bytes = readFileSync(file)
    hash.update(`\0${file}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex').slice(0, 32)
}

function taken(path: string): Cached | null {
  try {
    const bytes = readFileSync(path)
    const body = bytes.subarray(CHECKSUM_BYTES)
    return bytes.readUInt32LE(0) === crc32(body) ? (deserialize(body) as Cached) : null
  } catch {
    // Not there yet, or not to be read by this user: then it is made as if there were no cache.
    return null
  }
}

/** Written under another name first, so that no other process ever sees half of it; older ones go. */
function store(folder: string, name: string, cached: Cached): void {
  const body = serialize(cached)
  const checksum = Buffer.alloc(CHECKSUM_BYTES)
  checksum.writeUInt32LE(crc32(body))
  const draft = join(folder, `${name}.${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(draft, Buffer.concat([checksum, body]))
    renameSync(draft, join(folder, name))
    for (const old of readdirSync(folder))
      if (old.startsWith('content-') && old !== name) rmSync(join(folder, old), { force: true })
  } catch {
    // A folder that this user may not write to, or a full disk: only the next start is slower.
  }
}
