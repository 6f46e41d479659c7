import { HouseError } from '../core/errors.ts'
import { type WasmDatabase, wasmDuck } from './duck-wasm.ts'
import { HEAD, type Host } from './host.ts'
import { parquetText } from './parquet-text.ts'

/** How duckdb-wasm reads a file where it lies, piece by piece: its protocol for the browser's own files. */
const FILE_READER = 2

export interface BrowserDatabase extends WasmDatabase {
  registerFileHandle(name: string, handle: object, protocol: number, direct: boolean): void
}

/**
 * Files that were chosen in a page, read where they lie: nothing is copied but what DuckDB asks for.
 * @param database  null where files are only looked at, which needs none
 * @param tell  how far DuckDB has come in a file, in bytes
 */
export function browserHost(
  files: ReadonlyMap<string, File>,
  database: BrowserDatabase | null,
  tell: (file: string, bytes: number) => void,
): Host {
  const fileOf = (name: string) => {
    const file = files.get(name)
    if (!file) throw new HouseError('invalid', `${name}: there is no such file`)
    return file
  }
  const engine = () => {
    if (!database) throw new HouseError('conflict', 'the engine has not started')
    return database
  }
  const bytesOf = async (part: Blob) => new Uint8Array(await part.arrayBuffer())
  return {
    openDuck: () => wasmDuck(engine()),
    ends: async (name) => {
      const file = fileOf(name)
      const tail = await bytesOf(file.slice(Math.max(0, file.size - 4)))
      return { head: await bytesOf(file.slice(0, HEAD)), tail, bytes: file.size }
    },
    bytes: (name) => bytesOf(fileOf(name)),
    pieces: (name, gzip) => piecesOf(fileOf(name), gzip),
    parquet: (name) => {
      const file = fileOf(name)
      const slice = (from: number, to?: number) => {
        tell(name, Math.min(to ?? file.size, file.size))
        return file.slice(from, to).arrayBuffer()
      }
      return parquetText({ byteLength: file.size, slice })
    },
    pathOf: (name) => {
      const file = fileOf(name)
      const path = `chosen-${[...files.keys()].indexOf(name)}`
      const slice = (from: number, to: number) => {
        tell(name, Math.min(to, file.size))
        return file.slice(from, to)
      }
      engine().registerFileHandle(path, { size: file.size, slice }, FILE_READER, false)
      return path
    },
    // the browser keeps it where it has room, which a text in memory has not
    put: async (name, text) => {
      const parts: Blob[] = []
      let piece = ''
      for await (const more of text) {
        piece += more
        if (piece.length < HEAD) continue
        parts.push(new Blob([piece]))
        piece = ''
      }
      engine().registerFileHandle(name, new Blob([...parts, piece]), FILE_READER, false)
      return name
    },
    // what was put goes with the worker
    tidy: () => {},
  }
}

async function* piecesOf(file: File, gzip: boolean): AsyncGenerator<Uint8Array> {
  const stream = gzip ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream()
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}
