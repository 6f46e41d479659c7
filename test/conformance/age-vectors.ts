import { armor, Decrypter } from 'age-encryption'
import * as files from 'cctv-age'

const FILES = new Map<string, unknown>(Object.entries(files))

/** The names of all CCTV vectors of the age format (github.com/C2SP/CCTV/age), 143 in cctv-age 0.2.0. */
export const AGE_VECTORS: readonly string[] = [...FILES.keys()].filter(
  (name) => FILES.get(name) instanceof Uint8Array,
)

/** Runs one vector; null when it went as the vector says, else what went wrong. Pure: the same in Node and a browser. */
export async function runAgeVector(name: string): Promise<string | null> {
  const vector = await parse(FILES.get(name) as Uint8Array)
  const opened = await open(vector)
  if (vector.expect !== 'success')
    return opened.plain === null ? null : `should fail with "${vector.expect}", but opened`
  if (opened.plain === null) return `should open, but: ${opened.error}`
  const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', opened.plain)))
  return hash === vector.payload ? null : `opened to ${hash}, not ${vector.payload}`
}

interface Vector {
  readonly expect: string
  readonly payload: string
  readonly identities: readonly string[]
  readonly passphrases: readonly string[]
  readonly armored: boolean
  readonly file: Uint8Array<ArrayBuffer>
}

async function parse(bytes: Uint8Array): Promise<Vector> {
  const end = bytes.findIndex((byte, i) => byte === 10 && bytes[i + 1] === 10)
  const lines = new TextDecoder().decode(bytes.subarray(0, end)).split('\n')
  const values = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2))
  const body = bytes.slice(end + 2)
  return {
    expect: values('expect')[0] ?? '',
    payload: values('payload')[0] ?? '',
    identities: values('identity'),
    passphrases: values('passphrase'),
    armored: values('armored')[0] === 'yes',
    file: values('compressed')[0] === 'zlib' ? await inflate(body) : body,
  }
}

async function open(vector: Vector): Promise<{ plain: Uint8Array<ArrayBuffer> | null; error: string }> {
  try {
    const decrypter = new Decrypter()
    for (const passphrase of vector.passphrases) decrypter.addPassphrase(passphrase)
    for (const identity of vector.identities) decrypter.addIdentity(identity)
    const file = vector.armored ? armor.decode(new TextDecoder().decode(vector.file)) : vector.file
    return { plain: new Uint8Array(await decrypter.decrypt(file)), error: '' }
  } catch (error) {
    return { plain: null, error: String(error) }
  }
}

async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
