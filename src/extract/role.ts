import type { Plain } from './finder.ts'
import { type Label, labelsAround, type Role } from './labels.ts'

/** What the words around a number say it is. */
export interface NumberRole {
  readonly role: Role
  readonly label: Label
  /** UTF-16 units between the word and the number. */
  readonly distance: number
}

/** Words that say nothing about a number: it may be theirs or not. */
const SILENT: ReadonlySet<Role> = new Set([
  'paying',
  'site',
  'version',
  'plate',
  'ip',
  'swift',
  'wallet',
  'digest',
  'number',
])

/** A word before the number speaks for it this far; farther off, one directly behind it may be meant. */
const NEAR = 24
const BEHIND = 14

/**
 * The role of the number at `[start, end)`: the nearest word before it on its side of the sentence, else one behind it.
 * Null when no word speaks, or when another number stands between the word and this one.
 */
export function numberRole(plain: Plain, start: number, end: number): NumberRole | null {
  const { before, after } = labelsAround(plain, start, end)
  const first = namer(before, start)
  const next = after.find((label) => !SILENT.has(label.role))
  const ahead = first === undefined ? null : speaks(plain.text, first, start)
  if (ahead !== null && ahead.distance <= NEAR) return ahead
  if (next !== undefined && next.start - end <= BEHIND && belongsBehind(plain.text, end, next)) {
    return { role: next.role, label: next, distance: next.start - end }
  }
  return ahead
}

/** "passport, number A123": the word before "number" names it, unless it stands far off. */
function namer(before: readonly Label[], start: number): Label | undefined {
  const first = before.find(({ role }) => !SILENT.has(role))
  const number = before.find(({ role }) => role === 'number')
  const isFar =
    first !== undefined && number !== undefined && number.start > first.start && start - first.end > NEAR
  return first === undefined || isFar ? number : first
}

const OTHER_NUMBER = /\d{5}/
const SENTENCE_END = /[.!?](?:\s|$)|[。！？।။៖។]/
/** ID: somebody88, or ring 0912…: what the word names stands right behind it. */
const NAMES_ANOTHER = /^\s{0,2}[:：=]\s{0,2}[a-z][\w.-]{3,}\s/i
const DIRECT = /^[\s.:;#()\-=>"'*_]{0,6}$/

function speaks(text: string, label: Label, start: number): NumberRole | null {
  const between = text.slice(label.end, start)
  if (DIRECT.test(between)) return { role: label.role, label, distance: between.length }
  if (OTHER_NUMBER.test(between) || SENTENCE_END.test(between)) return null
  if (label.role === 'other' && NAMES_ANOTHER.test(between)) return null
  return { role: label.role, label, distance: between.length }
}

/** A word behind speaks for the number when only blanks, a bracket or a dash lie between, and no number of its own follows. */
function belongsBehind(text: string, end: number, label: Label): boolean {
  const between = text.slice(end, label.start)
  if (!/^[ (\-[/]{0,3}$/.test(between)) return false
  return /[([]$/.test(between) || !/^[^\n]{0,6}\d{4}/.test(text.slice(label.end, label.end + 10))
}
