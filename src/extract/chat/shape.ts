import { digitsIn } from '../scan.ts'
import type { Stamp } from './stamp.ts'

/** A line of the plain text, without its line break. */
export interface Line {
  readonly start: number
  readonly end: number
  /** The stamp at its head, once somebody asked (`openingOf`); null when there is none. */
  opening?: Stamp | null
}

/** What opens a message: who and when, and where its words begin. Offsets are into the plain text. */
export interface Header {
  readonly start: number
  /** Where the message's own words begin. */
  readonly end: number
  /** null for a line of the app itself (somebody joined, messages are encrypted). */
  readonly speaker: string | null
  readonly stamp: Omit<Stamp, 'end'> | null
  /** The part of the header that is read for facts after all: the number of a sender without a name. */
  readonly open?: { readonly start: number; readonly end: number }
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start)
    const stop = found < 0 ? text.length : found
    const end = text[stop - 1] === '\r' && stop > start ? stop - 1 : stop
    lines.push({ start, end })
    start = stop + 1
  }
  return lines
}

/** Where the first colon of a line stands, among its first `most` units; -1 when none does. */
export function colonIn(text: string, { start, end }: Line, most: number): number {
  const stop = Math.min(end, start + most)
  for (let i = start; i < stop; i++) if (text.charCodeAt(i) === COLON) return i
  return -1
}

const COLON = 58

/** Longest name of a speaker that is believed, in UTF-16 units. */
export const LONGEST_NAME = 60

/** A name without the tilde that WhatsApp puts before people who are no contacts. */
export function tidyName(written: string): string {
  return written.replace(/^[~\s]+/, '').trimEnd()
}

/** Whether a sender's name is a telephone number: at least eight digits and no letters. */
export function isNumber(name: string): boolean {
  return digitsIn(name) >= 8 && !/\p{L}/u.test(name)
}
