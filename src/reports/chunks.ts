import type { Edit, Span } from './edit.ts'

/** A run of whole lines of the text. The id stays while the words stay, so that only changed runs are drawn again. */
export interface Chunk {
  readonly id: number
  readonly text: string
}

/** A chunk ends at the first line end after so many code units. */
const CHUNK = 2_000

/** Splits a text into runs of whole lines. Keeps: the runs joined are the text. */
export function chunksOf(text: string, firstId = 0): Chunk[] {
  const chunks: Chunk[] = []
  for (let start = 0; start < text.length; ) {
    const lineEnd = text.indexOf('\n', Math.min(start + CHUNK, text.length))
    const end = lineEnd < 0 ? text.length : lineEnd + 1
    chunks.push({ id: firstId + chunks.length, text: text.slice(start, end) })
    start = end
  }
  return chunks
}

/**
 * The runs of the text after an edit: runs that the edit did not touch keep their id.
 * Keeps  the same text as `chunksOf(after)` (chunks.test.ts).
 */
export function chunksAfter(chunks: readonly Chunk[], edit: Edit, after: string): Chunk[] {
  const nextId = chunks.reduce((most, { id }) => Math.max(most, id), -1) + 1
  const before: Chunk[] = []
  const behind: Chunk[] = []
  let at = 0
  let from = 0
  let kept = 0
  for (const chunk of chunks) {
    const end = at + chunk.text.length
    // a run without its own line end may grow by what is typed right behind it
    if (end < edit.start || (end === edit.start && chunk.text.endsWith('\n'))) {
      before.push(chunk)
      from = end
    } else if (
      at >= edit.start + edit.removed &&
      at > edit.start &&
      startsLine(after, at + edit.inserted - edit.removed)
    ) {
      behind.push(chunk)
      kept += chunk.text.length
    }
    at = end
  }
  return [...before, ...chunksOf(after.slice(from, after.length - kept), nextId), ...behind]
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text.charCodeAt(at - 1) === 10
}

/** A piece of a chunk: `mark` is the index of the span that covers it, or null. */
export interface Piece {
  readonly text: string
  readonly mark: number | null
}

/** A chunk cut where marks begin and end, for browsers that cannot paint ranges. `at` is where the chunk starts. */
export function piecesOf(text: string, at: number, marks: readonly Span[]): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  marks.forEach(({ start, end }, mark) => {
    const from = Math.max(start - at, done)
    const to = Math.min(end - at, text.length)
    if (to <= from) return
    if (from > done) pieces.push({ text: text.slice(done, from), mark: null })
    pieces.push({ text: text.slice(from, to), mark })
    done = to
  })
  if (done < text.length) pieces.push({ text: text.slice(done), mark: null })
  return pieces
}
