import { closeSync, openSync, readSync } from 'node:fs'
import { HouseError } from '../core/errors.ts'
import { fileKind, INSTEAD } from '../extract/decode/kind.ts'
import { textStream } from '../extract/decode/stream.ts'
import { type Decoded, decode, isStructured } from '../extract/decode.ts'
import { pdfText } from '../reports/pdf-text.ts'

/** The text of one file, to be taken once, chunk by chunk. */
export interface TextSource {
  readonly file: string
  readonly encoding: string
  /** The text is not the file's own characters: it was taken out of a page, a mail or a PDF. */
  readonly converted: boolean
  readonly chunks: Iterable<string>
  /** What was done beside reading UTF-8; complete when the chunks are through. */
  readonly note: () => string | null
}

const MB = 1_048_576
/** Bytes by which the kind and encoding of a file are told. */
const SAMPLE = 65_536
/** Pages, mails and PDFs are read as a whole; above this that would take too much memory. */
const WHOLE = 64 * MB

/**
 * Opens a file (`-` is standard input) and tells what it is by its first bytes. Memory stays bounded for plain text of
 * any length.
 * @param onBytes  told of the bytes read so far, for a progress bar
 * @throws         `invalid`, naming the file: not there, a folder, empty, a picture, no text
 */
export async function openText(
  file: string,
  onBytes: (count: number) => void = () => {},
): Promise<TextSource> {
  const pieces = counted(piecesOf(file), onBytes)
  try {
    const { first, ended } = opening(pieces)
    if (first.length === 0) throw new HouseError('invalid', 'the file is empty')
    const kind = fileKind(first)
    if (kind === 'pdf') return converted(file, await pdfText(whole(first, pieces)))
    if (kind !== 'text') throw new HouseError('invalid', INSTEAD[kind])
    if (isStructured(first)) return converted(file, decode(whole(first, pieces)))
    const stream = textStream(first, ended)
    return {
      file,
      encoding: stream.encoding,
      converted: false,
      note: stream.note,
      chunks: streamed(stream, first, pieces),
    }
  } catch (error) {
    pieces.return(undefined)
    if (!(error instanceof HouseError) || error.message.startsWith(`${file}: `)) throw error
    throw new HouseError(error.code, `${file}: ${error.message}`, { cause: error })
  }
}

function converted(file: string, { text, encoding, note, converted }: Decoded): TextSource {
  return { file, encoding, converted, note: () => note, chunks: [text] }
}

function* streamed(
  stream: ReturnType<typeof textStream>,
  first: Uint8Array,
  pieces: Iterable<Uint8Array>,
): Generator<string> {
  yield stream.push(first)
  for (const piece of pieces) yield stream.push(piece)
  yield stream.end()
}

/** The first bytes: a pipe may give few at a time. */
function opening(pieces: Iterator<Uint8Array>): { first: Uint8Array; ended: boolean } {
  const parts: Uint8Array[] = []
  let length = 0
  while (length < SAMPLE) {
    const { value, done } = pieces.next()
    if (done) return { first: Buffer.concat(parts), ended: true }
    parts.push(value)
    length += value.length
  }
  return { first: Buffer.concat(parts), ended: false }
}

function whole(first: Uint8Array, rest: Iterable<Uint8Array>): Uint8Array {
  const parts = [first]
  let length = first.length
  for (const piece of rest) {
    parts.push(piece)
    length += piece.length
    if (length > WHOLE)
      throw new HouseError(
        'invalid',
        `this is larger than ${WHOLE / MB} MB, too large for a page, a mail or a PDF; split it`,
      )
  }
  return Uint8Array.from(Buffer.concat(parts))
}

function* counted(pieces: Iterable<Uint8Array>, onBytes: (count: number) => void): Generator<Uint8Array> {
  let count = 0
  for (const piece of pieces) {
    yield piece
    count += piece.length
    onBytes(count)
  }
}

function* piecesOf(file: string): Generator<Uint8Array> {
  const handle = file === '-' ? 0 : open(file)
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafeSlow(MB)
      const length = readInto(file, handle, buffer)
      if (length === 0) return
      yield buffer.subarray(0, length)
    }
  } finally {
    if (handle !== 0) closeSync(handle)
  }
}

function open(file: string): number {
  try {
    return openSync(file, 'r')
  } catch (error) {
    throw new HouseError('invalid', `${file}: ${reason(error)}`)
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'this is a folder'
  return code === 'EACCES' ? 'you may not read this file' : `could not be read (${code})`
}

/** Bytes read; a pipe that is not ready is asked again, one that has ended gives 0. */
function readInto(file: string, handle: number, buffer: Buffer): number {
  for (;;) {
    try {
      return readSync(handle, buffer, 0, buffer.length, null)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw new HouseError('invalid', `${file}: ${reason(error)}`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}
