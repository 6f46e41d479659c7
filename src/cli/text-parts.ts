import { openText } from './text-source.ts'

/** Characters of one part: a whole statement fits, and a hundred megabytes never stand in memory at once. */
const PART = 4_000_000

/**
 * The text of a file (`-` is standard input) in parts that end at a line end where there is one. Memory is bounded.
 * Throws `invalid`, naming the file: not there, a folder, empty, not text.
 */
export async function* textParts(file: string, onBytes?: (count: number) => void): AsyncGenerator<string> {
  let rest = ''
  for (const piece of (await openText(file, onBytes)).chunks) {
    rest += piece
    while (rest.length > PART) {
      const cut = lineEnd(rest)
      yield rest.slice(0, cut)
      rest = rest.slice(cut)
    }
  }
  if (rest !== '') yield rest
}

/** After the last line end of the part; else anywhere but inside a character. */
function lineEnd(text: string): number {
  const at = text.lastIndexOf('\n', PART - 1) + 1
  if (at > 0) return at
  const code = text.charCodeAt(PART - 1)
  return code >= 0xd800 && code <= 0xdbff ? PART - 1 : PART
}
