import { closeSync, openSync, readSync } from 'node:fs'
import { HouseError } from '../core/errors.ts'

/** Characters of one part: a whole statement fits, and a hundred megabytes never stand in memory at once. */
const PART = 4_000_000
const CHUNK = 1_048_576

/**
 * The text of a file (`-` is standard input) in parts that end at a line end where there is one. Memory is bounded.
 * Throws `invalid`, naming the file: not there, a folder, empty, not text, not UTF-8 or UTF-16.
 */
export function* textParts(file: string): Generator<string> {
  let rest = ''
  let any = false
  for (const piece of pieces(file)) {
    any = true
    rest += piece
    while (rest.length > PART) {
      const cut = lineEnd(rest)
      yield rest.slice(0, cut)
      rest = rest.slice(cut)
    }
  }
  if (!any) throw new HouseError('invalid', `${file}: the file is empty`)
  if (rest !== '') yield rest
}

/** After the last line end of the part; else anywhere but inside a character. */
function lineEnd(text: string): number {
  const at = text.lastIndexOf('\n', PART) + 1
  if (at > 0) return at
  const code = text.charCodeAt(PART - 1)
  return code >= 0xd800 && code <= 0xdbff ? PART - 1 : PART
}

function* pieces(file: string): Generator<string> {
  const handle = file === '-' ? 0 : open(file)
  const buffer = Buffer.alloc(CHUNK)
  let decoder: TextDecoder | null = null
  try {
    for (;;) {
      const bytes = buffer.subarray(0, readInto(file, handle, buffer))
      if (bytes.length === 0) break
      decoder ??= decoderFor(file, bytes)
      const piece = decode(file, decoder, bytes)
      if (piece !== '') yield piece
    }
    const last = decoder ? decode(file, decoder, null) : ''
    if (last !== '') yield last
  } finally {
    if (handle !== 0) closeSync(handle)
  }
}

function open(file: string): number {
  try {
    return openSync(file, 'r')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new HouseError('invalid', `${file}: ${code === 'ENOENT' ? 'there is no such file' : String(code)}`)
  }
}

/** Bytes read; a pipe that is not ready is asked again, one that has ended gives 0. */
function readInto(file: string, handle: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(handle, buffer, 0, buffer.length, null)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw new HouseError('invalid', `${file}: could not be read (${code})`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

function decoderFor(file: string, bytes: Buffer): TextDecoder {
  const mark = bytes.subarray(0, 2).toString('hex')
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8'
  if (encoding === 'utf-8' && bytes.subarray(0, 4_096).includes(0))
    throw new HouseError('invalid', `${file}: this is not a text, whatever its name says`)
  return new TextDecoder(encoding, { fatal: true })
}

function decode(file: string, decoder: TextDecoder, bytes: Buffer | null): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
  } catch {
    throw new HouseError('invalid', `${file}: this is not UTF-8 or UTF-16; save it as UTF-8 and try again`)
  }
}
