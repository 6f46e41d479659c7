import { chatSeam } from './chat.ts'

/** A part of a long text that is read by itself. */
export interface Piece {
  /** What is read: the lead, then the words of the text. */
  readonly text: string
  /** UTF-16 units in front of the words that come from further up and are not read again. */
  readonly lead: number
  /** Where the words begin and end in the whole text. */
  readonly start: number
  readonly end: number
}

/** Units up to which a text is read in one piece: some two hundred pages. */
export const LONGEST = 300_000
/** Where a longer text is parted: somewhere between these two. */
const LEAST = 100_000
const MOST = 200_000

/**
 * Parts a text that comes in chunks of any size into pieces of bounded size, at places that no fact lies across:
 * the beginning of a chat message, a blank line, a line end, at the worst a blank.
 * Keeps  the pieces are the same however the text was chunked, and their words, one after the other, are the text.
 */
export class Cutter {
  private waiting = ''
  private lead = ''
  private start = 0

  private take(length: number): Piece {
    const { lead, start } = this
    const text = lead + this.waiting.slice(0, length)
    this.waiting = this.waiting.slice(length)
    this.start += length
    return { text, lead: lead.length, start, end: this.start }
  }

  /** The pieces that are complete now that `chunk` has come. */
  *push(chunk: string): Generator<Piece> {
    this.waiting += chunk
    while (this.waiting.length > LONGEST) {
      const head = this.lead + this.waiting.slice(0, MOST)
      const seam = chatSeam(head, this.lead.length + LEAST)
      const cut = seam?.cut == null ? border(this.waiting) : seam.cut - this.lead.length
      yield this.take(cut)
      this.lead = seam?.lead ?? ''
    }
  }

  /** What is left, once no chunk comes any more; of an empty text the one empty piece. */
  *end(): Generator<Piece> {
    if (this.waiting !== '' || this.start === 0) yield this.take(this.waiting.length)
  }
}

/** The last place at which a text may be parted, between LEAST and MOST units. */
function border(text: string): number {
  for (const sign of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(sign, MOST - sign.length)
    if (at >= LEAST) return at + sign.length
  }
  const unit = text.charCodeAt(MOST - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? MOST - 1 : MOST
}

/** The pieces of a text that is there as a whole. */
export function* piecesOf(source: string): Generator<Piece> {
  const cutter = new Cutter()
  for (let from = 0; from < source.length; from += LONGEST)
    yield* cutter.push(source.slice(from, from + LONGEST))
  yield* cutter.end()
}
