import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { check } from '../core/check.ts'
import { HouseError } from '../core/errors.ts'
import { type MappingFile, MappingShape } from './columns.ts'
import type { Stage } from './screening-words.ts'

/** The first line of an upload: what follows it, file after file, without anything between. */
const UploadHead = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(200), bytes: z.number().int().nonnegative() }))
    .min(1)
    .max(20)
    .refine((files) => new Set(files.map((it) => it.name)).size === files.length, 'two files have one name'),
  rules: z.array(z.string().max(10)).max(500).optional(),
  own: z.record(z.string(), MappingShape).optional(),
})

export interface Upload {
  /** Where each file lies now, and the name it came with. */
  readonly files: readonly { readonly path: string; readonly name: string }[]
  readonly rules: readonly string[] | null
  readonly own: Readonly<Record<string, MappingFile>>
}

const HEAD_LIMIT = 100_000

interface Receiving {
  readonly folder: string
  /** Bytes of all files together. */
  readonly limit: number
  /** Told how far it is, in MB. */
  readonly tell: (stage: Stage) => void
  /** Ms without a byte after which the sender is taken to be gone. */
  readonly patience?: number
}

/**
 * Writes an upload into a folder as it arrives, holding no more of it than a piece.
 * @throws `invalid` when the first line does not say what follows or the body is cut short, `too_large` beyond `limit`,
 *   `unavailable` when nothing more comes or this computer has no room for it
 */
export async function receive(
  body: ReadableStream<Uint8Array>,
  { folder, limit, tell, patience = 60_000 }: Receiving,
): Promise<Upload> {
  const reader = body.getReader()
  const pieces: Pieces = { read: () => nextOf(reader, patience) }
  const { head, rest } = await headOf(pieces)
  const total = head.files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > limit)
    throw new HouseError(
      'too_large',
      `files: together ${total} bytes; at most ${limit} are taken at once. Use the command line for larger books`,
    )
  const files = head.files.map(({ name }, i) => ({ path: join(folder, `file-${i}`), name }))
  let [left, before] = [rest, 0]
  for (const [i, { name, bytes }] of head.files.entries()) {
    const arrived = (here: number) =>
      tell({ at: 'arriving', what: name, done: (before + here) / 1e6, total: total / 1e6, unit: 'MB' })
    const handle = await open(files[i]?.path ?? '', 'wx', 0o600)
    try {
      left = await fill(handle, { bytes, name, pieces, left, arrived })
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? noRoom(error) : error
    } finally {
      await handle.close()
    }
    before += bytes
  }
  if (left.length > 0 || !(await pieces.read()).done)
    throw new HouseError('invalid', 'body: more bytes than its first line names')
  return { files, rules: head.rules ?? null, own: head.own ?? {} }
}

interface Pieces {
  readonly read: () => Promise<ReadableStreamReadResult<Uint8Array>>
}

/** The next piece. One that never comes, or a line that breaks, must not hold a place for ever. */
async function nextOf(reader: ReadableStreamDefaultReader<Uint8Array>, patience: number) {
  const late = Promise.withResolvers<never>()
  const seconds = patience / 1_000
  const timer = setTimeout(
    () =>
      late.reject(new HouseError('unavailable', `body: nothing came for ${seconds} seconds; send it again`)),
    patience,
  )
  try {
    return await Promise.race([reader.read(), late.promise])
  } catch (error) {
    reader.cancel().catch(() => undefined) // its end is what is being told
    if (error instanceof HouseError) throw error
    throw new HouseError('invalid', 'body: it was broken off; send it again', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

const noRoom = (cause: unknown) =>
  new HouseError(
    'unavailable',
    'this server has no room on its disk for these files; nothing of them is kept',
    {
      cause,
    },
  )

async function headOf(pieces: Pieces): Promise<{ head: z.infer<typeof UploadHead>; rest: Uint8Array }> {
  let got: Uint8Array = new Uint8Array()
  for (let end = -1; ; ) {
    const next = await pieces.read()
    if (!next.done) got = Buffer.concat([got, next.value])
    end = got.indexOf(10)
    if (end >= 0) {
      const text = new TextDecoder().decode(got.subarray(0, end))
      return { head: check(UploadHead, parsed(text)), rest: got.subarray(end + 1) }
    }
    if (next.done || got.length > HEAD_LIMIT)
      throw new HouseError(
        'invalid',
        'body: its first line must be JSON that names the files and their bytes',
      )
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new HouseError('invalid', 'body: its first line is not JSON')
  }
}

interface Filling {
  readonly bytes: number
  readonly name: string
  readonly pieces: Pieces
  readonly left: Uint8Array
  readonly arrived: (bytes: number) => void
}

/** Writes one file's bytes; gives back what of the last piece belongs to the next. */
async function fill(
  handle: FileHandle,
  { bytes, name, pieces, left, arrived }: Filling,
): Promise<Uint8Array> {
  let missing = bytes
  let piece = left
  while (true) {
    const mine = piece.subarray(0, missing)
    await handle.writeFile(mine)
    missing -= mine.length
    arrived(bytes - missing)
    if (missing === 0) return piece.subarray(mine.length)
    const next = await pieces.read()
    if (next.done) throw new HouseError('invalid', `${name}: the upload ended ${missing} bytes early`)
    piece = next.value
  }
}
