import { HouseError } from '../core/errors.ts'

const KIB = 1024
const MIB = 1024 * KIB

/** The sizes sealed content may show, in bytes: eight, so that the length of a ciphertext says almost nothing. */
export const SIZE_CLASSES = [
  4 * KIB,
  16 * KIB,
  64 * KIB,
  256 * KIB,
  MIB,
  4 * MIB,
  16 * MIB,
  64 * MIB,
] as const

export const LARGEST = 64 * MIB

/** `fbp1`: the version of this form. The content's length follows in four bytes, big-endian, then content, then zeros. */
const HEAD = [0x66, 0x62, 0x70, 0x31]
const HEAD_BYTES = 8

/** Brings content to its size class. Throws `too_large` above 64 MiB. */
export function pad(content: Uint8Array): Uint8Array {
  const size = SIZE_CLASSES.find((largest) => content.length <= largest)
  if (size === undefined) {
    const mib = (content.length / MIB).toFixed(1)
    throw new HouseError(
      'too_large',
      `at most 64 MiB can be sealed in one piece; this has ${mib} MiB. Split it.`,
    )
  }
  const padded = new Uint8Array(HEAD_BYTES + size)
  padded.set(HEAD)
  new DataView(padded.buffer).setUint32(4, content.length)
  padded.set(content, HEAD_BYTES)
  return padded
}

/** Undoes `pad`. Throws when the form is not exactly what `pad` makes: another size, or padding that is not zero. */
export function unpad(padded: Uint8Array): Uint8Array {
  if (padded.length < HEAD_BYTES || HEAD.some((byte, i) => padded[i] !== byte)) throw new Error('not padded')
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(4)
  const size = SIZE_CLASSES.find((largest) => length <= largest)
  if (size === undefined || padded.length !== HEAD_BYTES + size) throw new Error('not its size class')
  const end = HEAD_BYTES + length
  for (let i = end; i < padded.length; i++) if (padded[i] !== 0) throw new Error('padding is not zero')
  return padded.slice(HEAD_BYTES, end)
}
