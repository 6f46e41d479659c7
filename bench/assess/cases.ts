import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { LureLevel } from '../../src/assess/lure.ts'
import { loadCases } from '../extract/cases.ts'

/** `seen` was looked at while patterns were written; `apart` is only measured, and its mistakes are never shown. */
export type Part = 'seen' | 'apart'

/** One labelled text: which indicators a careful reader would tick; none for silence. */
export interface Case {
  readonly language: string
  readonly part: Part
  readonly kind: string
  readonly text: string
  readonly expect: readonly string[]
  /** Ticked by one careful reader and not by another: finding them is neither right nor wrong. */
  readonly also: readonly string[]
}

/** One labelled advertisement; `null` for a text that is none. */
export interface Ad {
  readonly language: string
  readonly part: Part
  readonly level: LureLevel | null
  readonly text: string
}

interface Row {
  readonly text: string
  readonly expect: readonly string[]
  readonly also?: readonly string[]
  readonly kind?: string
}

/** Single sentences. Those marked `held` were kept apart once, and have been looked at since. */
export function loadSentences(): Case[] {
  return files('sentences').flatMap(({ language, rows }) =>
    (rows as Row[]).map(({ text, expect, also = [] }) => ({
      language,
      part: 'seen' as const,
      kind: expect.length === 0 ? 'quiet' : 'sentence',
      text,
      expect,
      also,
    })),
  )
}

/** Whole texts; every third is apart. */
export function loadTexts(): Case[] {
  return files('texts').flatMap(({ language, rows, at }) =>
    (rows as Row[]).map(({ text, expect, also = [], kind = '' }, i) => ({
      language,
      part: partOf(i, at),
      kind,
      text,
      expect,
      also,
    })),
  )
}

/** Documents of bench/extract whose indicators are labelled; all were looked at since their first sight was measured. */
export function loadFresh(
  folder: 'fresh' | 'fresh-2' | 'fresh-3' | 'fresh-4' | 'fresh-5' | 'fresh-6' | 'fresh-7',
): Case[] {
  return loadCases(join(import.meta.dirname, '../extract', folder)).flatMap((one) =>
    one.indicators === null
      ? []
      : [
          {
            language: one.language,
            part: 'seen' as const,
            kind: one.kind,
            text: one.text,
            ...one.indicators,
          },
        ],
  )
}

export const NEGATED_FOLDERS = [
  'negated',
  'negated-2',
  'negated-3',
  'negated-4',
  'negated-5',
  'negated-6',
] as const
export type NegatedFolder = (typeof NEGATED_FOLDERS)[number]

/** Sentences that plainly say it was not so; those of the numbered folders were written before the reader had seen them. */
export function loadNegated(folder: NegatedFolder): Case[] {
  return files(folder).flatMap(({ language, rows }) =>
    (rows as string[]).map((text) => ({
      language,
      part: 'seen' as const,
      kind: 'negated',
      text,
      expect: [],
      also: [],
    })),
  )
}

/** Advertisements, and texts that only look like one; every third is apart. */
export function loadAds(): Ad[] {
  return files('ads').flatMap(({ language, rows, at }) =>
    (rows as { text: string; level: LureLevel | 'no ad' }[]).map(({ text, level }, i) => ({
      language,
      part: partOf(i, at),
      level: level === 'no ad' ? null : level,
      text,
    })),
  )
}

/** The languages begin at different rows, so that each kind of text is apart in some of them. */
function partOf(row: number, language: number): Part {
  return (row + language) % 3 === 0 ? 'apart' : 'seen'
}

function files(folder: string) {
  const path = join(import.meta.dirname, folder)
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name, at) => ({
      language: name.replace('.yaml', ''),
      at,
      rows: parse(readFileSync(join(path, name), 'utf8')) as unknown[],
    }))
}
