import type { Plain } from './finder.ts'
import { LABELS, type Meaning } from './label-words.ts'
import { LABEL } from './marks.ts'
import { isAlphanumericUnit, isDigitUnit, type Run } from './scan.ts'
import { isEdge, isUpper, LATN, scriptAt } from './script.ts'
import { swept } from './sweep.ts'

export type { Role } from './label-words.ts'

/** A word of the lexicon in the text; offsets are into `Plain.text`. */
export interface Label extends Meaning {
  readonly start: number
  readonly end: number
}

/** All labels of the text by start, none inside another. */
export function allLabels(plain: Plain): readonly Label[] {
  plain.seen.labels ??= search(plain)
  return plain.seen.labels
}

/** The labels that begin in `[from, to)`. */
export function labelsIn(plain: Plain, from: number, to: number): readonly Label[] {
  const labels = allLabels(plain)
  const first = firstFrom(labels, from)
  let last = first
  while ((labels[last]?.start ?? to) < to) last++
  return last === first ? [] : labels.slice(first, last)
}

/** The index of the first label that begins at `offset` or later. */
function firstFrom(labels: readonly Label[], offset: number): number {
  let low = 0
  let high = labels.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((labels[middle]?.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}

function search(plain: Plain): Label[] {
  const { text } = plain
  const { at, bits } = swept(plain)
  const found: Label[] = []
  let start = 0
  let reach = 0
  const accepts = (meaning: Meaning, end: number) => isEdge(text, end) && mayMean(text, start, end, meaning)
  for (let i = 0; i < at.length; i++) {
    start = at[i] as number
    if (((bits[i] as number) & LABEL) === 0 || start < reach || isInCode(text, start)) continue
    const hit = LABELS.longest(text, start, accepts)
    if (hit === null) continue
    const { role, system, bank, platform, capital, language } = hit.value
    found.push({ role, system, bank, platform, capital, language, start, end: hit.end })
    reach = hit.end
  }
  return found
}

/** A Latin letter behind a digit is part of a code. */
function isInCode(text: string, start: number): boolean {
  return isDigitUnit(text.charCodeAt(start - 1)) && scriptAt(text, start) === LATN
}

/** Platforms are not named inside codes ("fb92427a"), and some banks only with a capital or before a number. */
function mayMean(text: string, start: number, end: number, { platform, capital }: Meaning): boolean {
  if (
    platform !== null &&
    isAlphanumericUnit(text.charCodeAt(end)) &&
    isAlphanumericUnit(text.charCodeAt(end - 1))
  )
    return false
  return !capital || isUpper(text, start) || /^[ :]{0,2}\d/.test(text.slice(end, end + 3))
}

/**
 * Marks the runs near a wanted label: those it may name, before or behind it (see BEFORE and AFTER).
 * @returns  1 at the index of each such run; an empty list when there is none
 */
export function runsNear(plain: Plain, runs: readonly Run[], wanted: (label: Label) => boolean): Uint8Array {
  const labels = allLabels(plain)
  let near = NONE
  let first = 0
  for (let k = 0; k < labels.length && first < runs.length; k++) {
    const label = labels[k] as Label
    if (!wanted(label)) continue
    if (near === NONE) near = new Uint8Array(runs.length)
    while (first < runs.length && (runs[first] as Run).end < label.start - AFTER) first++
    for (let i = first; i < runs.length && (runs[i] as Run).start <= label.end + BEFORE; i++) near[i] = 1
  }
  return near
}

const NONE = new Uint8Array(0)

/** How far a label may stand from what it names, in UTF-16 units. */
const BEFORE = 64
const AFTER = 28

export interface Around {
  /** Labels before, the nearest first; the text between may hold one line break, not two. */
  readonly before: readonly Label[]
  /** Labels behind on the same line, the nearest first. */
  readonly after: readonly Label[]
}

/** The labels around `[start, end)`. */
export function labelsAround(plain: Plain, start: number, end: number): Around {
  const { text } = plain
  const earliest = Math.max(0, start - BEFORE)
  const labels = allLabels(plain)
  const first = firstFrom(labels, earliest)
  if ((labels[first]?.start ?? Number.POSITIVE_INFINITY) >= end + AFTER) return NOTHING
  let from = start
  while (from > earliest && !(isLineEnd(text, from - 1) && isLineEnd(text, from - 2) && from - 2 >= earliest))
    from--
  const before: Label[] = []
  let behind = first
  for (; behind < labels.length && (labels[behind] as Label).start < start; behind++) {
    const label = labels[behind] as Label
    if (label.start >= from && label.end <= start && !namesEarlierNumber(text, label)) before.push(label)
  }
  before.reverse()
  let stop = end
  while (stop < end + AFTER && stop < text.length && !isLineEnd(text, stop)) stop++
  if (stop === text.length) stop = end + AFTER
  return { before, after: labelsIn(plain, end, stop) }
}

function isLineEnd(text: string, i: number): boolean {
  return text.charCodeAt(i) === 10
}

const NOTHING: Around = { before: [], after: [] }

/** "081-234-5678 (phone), 123-4-56789-0": the word in brackets belongs to the number before it. */
function namesEarlierNumber(text: string, label: Label): boolean {
  if (text.charCodeAt(label.end) !== 41) return false
  let i = label.start - 1
  while (text.charCodeAt(i) === 32) i--
  if (text.charCodeAt(i) !== 40) return false
  for (i--; text.charCodeAt(i) === 32; ) i--
  const unit = text.charCodeAt(i)
  return unit >= 48 && unit <= 57
}
