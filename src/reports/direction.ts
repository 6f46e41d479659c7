import type { Chunk } from './chunks.ts'

/** Letters, and nothing but letters, of scripts that are written from right to left (Unicode, bidirectional class R and AL). */
const RIGHT_TO_LEFT =
  /[\p{L}&&[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]]/v

const asked = new WeakMap<Chunk, boolean>()

/**
 * Whether a run of text holds a letter of a script written from right to left. Invisible marks (U+200F and its kind), which
 * some phones put into every exported line, are no letters: they alone never turn a line around.
 */
export function readsRightToLeft(chunk: Chunk): boolean {
  const known = asked.get(chunk)
  if (known !== undefined) return known
  const reads = RIGHT_TO_LEFT.test(chunk.text)
  asked.set(chunk, reads)
  return reads
}
