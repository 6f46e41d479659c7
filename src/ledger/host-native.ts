import {
  closeSync,
  createReadStream,
  createWriteStream,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { HouseError } from '../core/errors.ts'
import { openDuck } from './duck-native.ts'
import { type Ends, HEAD, type Host } from './host.ts'

/**
 * This machine: its files, and DuckDB native to it. What is put lies in a folder only its owner reads, until `tidy`.
 * @param paths  where those files lie whose names are no paths: standard input, or what was uploaded
 */
export function nativeHost(paths: ReadonlyMap<string, string> = new Map()): Host {
  const pathOf = (file: string) => paths.get(file) ?? file
  const scratch = mkdtempSync(join(tmpdir(), 'firebreak-book-'))
  return {
    openDuck,
    ends: async (file) => ends(file, pathOf(file)),
    bytes: async (file) => new Uint8Array(readFileSync(pathOf(file))),
    pieces: (file, gzip) => {
      const raw = createReadStream(pathOf(file), { highWaterMark: HEAD })
      return gzip ? raw.pipe(createGunzip()) : raw
    },
    pathOf,
    put: async (name, text) => {
      const path = join(scratch, name)
      await pipeline(Readable.from(text), createWriteStream(path, { mode: 0o600 }))
      return path
    },
    tidy: () => rmSync(scratch, { recursive: true, force: true }),
  }
}

function ends(file: string, path: string): Ends {
  let handle: number
  try {
    handle = openSync(path, 'r')
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'EACCES' ? 'may not be read' : 'there is no such file'
    throw new HouseError('invalid', `${file}: ${reason}`)
  }
  try {
    const stat = fstatSync(handle)
    if (stat.isDirectory()) throw new HouseError('invalid', `${file}: this is a folder; name the files in it`)
    const head = new Uint8Array(Math.min(HEAD, stat.size))
    readSync(handle, head, 0, head.length, 0)
    const tail = new Uint8Array(Math.min(4, stat.size))
    readSync(handle, tail, 0, tail.length, Math.max(0, stat.size - 4))
    return { head, tail, bytes: stat.size }
  } finally {
    closeSync(handle)
  }
}
