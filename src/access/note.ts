import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { HouseError } from '../core/errors.ts'

/**
 * Signed notes, checkpoints and cosignatures as the log world writes them, so that foreign tools can read ours.
 * Source  C2SP signed-note, tlog-checkpoint and tlog-cosignature (cosignature/v1), v1.0.0. Pure: Node and browsers alike.
 */
export interface Checkpoint {
  /** Which log: a name of its own, so that one key never vouches for two. */
  readonly origin: string
  /** How many leaves. */
  readonly size: number
  readonly root: Uint8Array
}

/** Whose signature it is. `kind` 1 signs the note, 4 is a witness that also says when (unix seconds). */
export interface Verifier {
  readonly name: string
  readonly kind: 1 | 4
  readonly key: Uint8Array
}

/** One signature line: `— name base64(key id, signature)`. */
interface Line {
  readonly name: string
  readonly id: string
  readonly bytes: Uint8Array
}

export interface Note {
  /** What is signed: it ends with a newline. */
  readonly text: string
  readonly lines: readonly Line[]
}

const KEY_ID_BYTES = 4
const LONGEST = 100_000
const utf8 = (text: string) => new TextEncoder().encode(text)

export function publicKey(secret: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secret)
}

/** The note of a checkpoint: origin, size and root, each on its line. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64.encode(root)}\n`
}

/** Throws `invalid`, naming the line, for whatever is not exactly the text of a checkpoint. */
export function readCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = '', end, ...more] = text.split('\n')
  if (origin === '' || end !== '' || more.length > 0)
    throw bad('three lines are needed: origin, size and root hash')
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw bad(`line 2: “${size.slice(0, 30)}” is not the size of a log`)
  const bytes = unbase64(root)
  if (bytes?.length !== 32) throw bad('line 3: not a root hash (32 bytes in base64)')
  return { origin, size: Number(size), root: bytes }
}

/** A text and its signature lines. Throws `invalid` naming what is wrong; signatures are not checked here. */
export function readNote(note: string): Note {
  const cut = note.lastIndexOf('\n\n')
  if (note.length > LONGEST || cut < 0 || !note.endsWith('\n') || /[^\n\P{Cc}]/u.test(note))
    throw bad('not a signed note: text, an empty line, and lines that begin with —')
  const lines = note
    .slice(cut + 2, -1)
    .split('\n')
    .map(readLine)
  return { text: note.slice(0, cut + 1), lines }
}

function readLine(line: string): Line {
  const [, name = '', signature = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? []
  const bytes = unbase64(signature)
  if (!bytes || bytes.length <= KEY_ID_BYTES) throw bad(`not a signature line: “${line.slice(0, 60)}”`)
  return { name, id: hex(bytes.subarray(0, KEY_ID_BYTES)), bytes: bytes.subarray(KEY_ID_BYTES) }
}

/** Signs as the log itself (Ed25519 over the text). Returns the line, with its newline. */
export function signLine(text: string, name: string, secret: Uint8Array): string {
  const key: Verifier = { name, kind: 1, key: publicKey(secret) }
  return lineOf(key, ed25519.sign(utf8(text), secret))
}

/** Countersigns as a witness: this text was seen, and it is consistent with all that this witness signed before. */
export function cosignLine(text: string, it: { name: string; secret: Uint8Array; at: Date }): string {
  const seconds = Math.floor(it.at.getTime() / 1000)
  const key: Verifier = { name: it.name, kind: 4, key: publicKey(it.secret) }
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(seconds))
  const signature = ed25519.sign(cosigned(text, BigInt(seconds)), it.secret)
  return lineOf(key, Uint8Array.of(...stamp, ...signature))
}

/**
 * Whether this key signed the note; for a witness, when.
 * False without a line of that key; a line that names the key and does not verify is false as well.
 */
export function signedBy(
  note: Note,
  it: Verifier,
  verify: Verify = ed25519.verify,
): { readonly at: Date | null } | false {
  const id = keyId(it)
  for (const line of note.lines.filter((one) => one.name === it.name && one.id === id)) {
    const signed = partsOf(note.text, line, it.kind)
    if (signed && isSigned(signed, it.key, verify)) return { at: signed.at }
  }
  return false
}

/** Whether every signature line is one that these keys made: none is broken, and none is a stranger's. */
export function signedOnlyBy(
  note: Note,
  keys: readonly Verifier[],
  verify: Verify = ed25519.verify,
): boolean {
  return note.lines.every((line) =>
    keys.some((key) => {
      if (line.name !== key.name || line.id !== keyId(key)) return false
      const signed = partsOf(note.text, line, key.kind)
      return signed !== null && isSigned(signed, key.key, verify)
    }),
  )
}

/** Ed25519 (RFC 8032): the library's own, or a faster one of the platform. */
export type Verify = (signature: Uint8Array, message: Uint8Array, key: Uint8Array) => boolean

interface Signed {
  readonly signature: Uint8Array
  readonly message: Uint8Array
  readonly at: Date | null
}

function partsOf(text: string, { bytes }: Line, kind: 1 | 4): Signed | null {
  if (kind === 1) return bytes.length === 64 ? { signature: bytes, message: utf8(text), at: null } : null
  if (bytes.length !== 72) return null
  const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
  const at = new Date(Number(seconds) * 1000)
  if (Number.isNaN(at.getTime())) return null
  return { signature: bytes.subarray(8), message: cosigned(text, seconds), at }
}

function isSigned({ signature, message }: Signed, key: Uint8Array, verify: Verify): boolean {
  try {
    return verify(signature, message, key)
  } catch {
    return false // a key or signature that is no point of the curve verifies nothing
  }
}

function cosigned(text: string, seconds: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/** The checkpoint that a note carries, when the log of this key signed it. Throws `invalid` otherwise. */
export function checkpointOf(note: string, log: Verifier): Checkpoint {
  const read = readNote(note)
  const it = readCheckpoint(read.text)
  if (it.origin !== log.name || !signedBy(read, log)) throw bad('not signed by the key of this log')
  return it
}

/** `name+keyid+base64(kind, key)`: how a key is handed about. */
export function verifierText(it: Verifier): string {
  return `${it.name}+${keyId(it)}+${base64.encode(Uint8Array.of(it.kind, ...it.key))}`
}

/** Throws `invalid` when the text is not a key in this form or its id does not fit. */
export function readVerifier(text: string): Verifier {
  const [, name = '', id = '', key = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text.trim()) ?? []
  const bytes = unbase64(key)
  const kind = bytes?.[0]
  if (bytes?.length !== 33 || (kind !== 1 && kind !== 4))
    throw bad('not a verifier key: name+id+key is expected, with an Ed25519 key')
  const it: Verifier = { name, kind, key: bytes.subarray(1) }
  if (keyId(it) !== id) throw bad(`the id ${id} does not belong to this key; a character is wrong`)
  return it
}

function keyId({ name, kind, key }: Verifier): string {
  return hex(sha256(Uint8Array.of(...utf8(`${name}\n`), kind, ...key)).subarray(0, KEY_ID_BYTES))
}

function lineOf(it: Verifier, signature: Uint8Array): string {
  const id = Uint8Array.from(keyId(it).match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
  return `— ${it.name} ${base64.encode(Uint8Array.of(...id, ...signature))}\n`
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function unbase64(text: string): Uint8Array | null {
  try {
    return base64.decode(text)
  } catch {
    return null
  }
}

function bad(why: string): HouseError {
  return new HouseError('invalid', `checkpoint: ${why}`)
}
