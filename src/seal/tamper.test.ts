import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { HouseError } from '../core/errors.ts'
import { importMemberKey, newMemberKey } from './member-key.ts'
import { openRecord, openWith, sealRecord, sealTo } from './record.ts'

// What a server, a thief of backups or a peer could do to what is stored: nothing of it may open, and every refusal reads the same.

const { identity, recipient } = await newMemberKey()
const key = await importMemberKey(identity)
const CHUNK = 64 * 1024 + 16 // age: 64 KiB and a tag

/** 200 KiB fill a class of 256 KiB and a head: five chunks to move about. */
const plain =
  fc.sample(fc.uint8Array({ minLength: 200 * 1024, maxLength: 200 * 1024, size: 'max' }), 1)[0] ??
  new Uint8Array()
const sealed = await sealTo(plain, recipient)
const other = await sealTo(plain, recipient)

test('each bit of the header, and random bits of the body', async () => {
  const small = await sealTo(Uint8Array.of(1, 2, 3), recipient)
  const body = bodyOf(small)
  for (let at = 0; at < body; at++) await isRefused(flipped(small, at, at % 8), `header byte ${at}`)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: body, max: small.length - 1 }), fc.nat(7), (at, bit) =>
      isRefused(flipped(small, at, bit), `body byte ${at}, bit ${bit}`),
    ),
    { numRuns: 500 },
  )
})

test('random bits of content that has several chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), fc.nat(7), (at, bit) =>
      isRefused(flipped(sealed, at, bit), `byte ${at}, bit ${bit}`),
    ),
    { numRuns: 200 },
  )
})

test('cut off at every chunk border, one byte beside it, and anywhere', async () => {
  for (const border of [0, ...borders(sealed).slice(0, -1)])
    for (const at of [border - 1, border, border + 1, border + 16].filter((one) => one >= 0))
      await isRefused(sealed.subarray(0, at), `cut at ${at}`)
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), (at) => isRefused(sealed.subarray(0, at), `cut at ${at}`)),
    { numRuns: 60 },
  )
})

test('chunks swapped, doubled, left out, appended', async () => {
  const [head, ...chunks] = pieces(sealed)
  assert.equal(chunks.length, 5)
  for (let i = 0; i < chunks.length; i++) {
    const [before, here, behind] = [chunks.slice(0, i), chunks.slice(i, i + 1), chunks.slice(i + 1)]
    await isRefused(join(head, ...before, ...here, ...here, ...behind), `chunk ${i} twice`)
    await isRefused(join(head, ...before, ...behind), `chunk ${i} left out`)
    if (i > 0) await isRefused(join(head, ...here, ...before, ...behind), `chunk ${i} first`)
  }
  await isRefused(join(sealed, new Uint8Array(1)), 'a byte appended')
  await isRefused(join(sealed, chunks[0]), 'a chunk appended')
  await isRefused(join(sealed, sealed), 'the file twice')
})

test('the header of one file on the body of another, both to the same key', async () => {
  const [head, ...chunks] = pieces(sealed)
  const [otherHead, ...otherChunks] = pieces(other)
  await isRefused(join(head, ...otherChunks), 'old header, new body')
  await isRefused(join(otherHead, ...chunks), 'new header, old body')
  for (let i = 0; i < chunks.length; i++)
    await isRefused(
      join(head, ...chunks.with(i, otherChunks[i] ?? new Uint8Array())),
      `chunk ${i} of another file`,
    )
})

test('no body, no file, another file', async () => {
  const [head] = pieces(sealed)
  await isRefused(join(head), 'no chunk at all')
  await isRefused(join(head, new Uint8Array(16)), 'an empty chunk')
  await isRefused(new Uint8Array(0), 'nothing')
  await isRefused(new TextEncoder().encode('age-encryption.org/v1\n'), 'a first line')
  await isRefused(crypto.getRandomValues(new Uint8Array(5_000)), 'noise')
})

test('a file age would open, but not padded as here', async () => {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  for (const content of ['', 'bare', `fbp1${'\0'.repeat(4096)}`])
    await isRefused(await encrypter.encrypt(content), content)
})

test('each character of a wrap', async () => {
  const { ciphertext, wraps } = await sealRecord(Uint8Array.of(9), [{ memberId: 'm', recipient }])
  const wrapped = wraps[0]?.wrapped ?? ''
  assert.deepEqual(await openRecord(ciphertext, wrapped, key), Uint8Array.of(9))
  for (let at = 0; at < wrapped.length; at++) {
    for (const sign of [wrapped[at] === 'A' ? 'B' : 'A', '', ' '].filter((one) => one !== wrapped[at])) {
      const altered = wrapped.slice(0, at) + sign + wrapped.slice(at + 1)
      await isShut(openRecord(ciphertext, altered, key), `"${sign}" at ${at}`)
    }
  }
  for (const altered of [` ${wrapped}`, `${wrapped}\n`, wrapped.trimEnd(), wrapped.replaceAll('\n', '\r\n')])
    await isShut(openRecord(ciphertext, altered, key), 'blanks')
})

/** The one refusal, for whatever was done to a file. */
async function isRefused(file: Uint8Array, what: string): Promise<void> {
  await isShut(openWith(file, key), what)
}

async function isShut(opening: Promise<Uint8Array>, what: string): Promise<void> {
  const outcome = await opening.then(
    () => 'opened',
    (error: unknown) =>
      error instanceof HouseError && error.cause === undefined
        ? `${error.code}: ${error.message}`
        : `other: ${error}`,
  )
  assert.equal(outcome, 'invalid: this could not be opened: it is not sealed to you, or it is damaged', what)
}

function flipped(file: Uint8Array, at: number, bit: number): Uint8Array {
  const altered = file.slice()
  altered[at] = (altered[at] ?? 0) ^ (1 << bit)
  return altered
}

/** Where the chunks begin: behind the line of the header's MAC and 16 bytes of nonce. */
function bodyOf(file: Uint8Array): number {
  const text = new TextDecoder('latin1').decode(file.subarray(0, 1_000))
  return text.indexOf('\n', text.indexOf('\n--- ') + 1) + 1 + 16
}

/** The ends of header, each chunk, and file. */
function borders(file: Uint8Array): number[] {
  const ends = []
  for (let end = bodyOf(file); end < file.length; end += CHUNK) ends.push(end)
  return [...ends, file.length]
}

function pieces(file: Uint8Array): Uint8Array[] {
  return [0, ...borders(file)].slice(0, -1).map((start, i) => file.subarray(start, borders(file)[i]))
}

function join(...parts: (Uint8Array | undefined)[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts.filter((part) => part !== undefined)))
}
