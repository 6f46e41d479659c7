import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { assess } from '../../src/assess/assess.ts'
import type { Content } from '../../src/assess/content.ts'

/** One labelled text: which indicators a careful reader would tick. */
export interface Case {
  readonly language: string
  readonly set: 'dev' | 'held'
  readonly text: string
  readonly expect: readonly string[]
}

export interface Score {
  readonly cases: number
  readonly right: number
  readonly wrong: number
  readonly missed: number
}

export interface Mistake {
  readonly case: Case
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
  readonly why: readonly string[]
}

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** Every `cases.*.yaml` beside this file. */
export function loadCases(): Case[] {
  return readdirSync(FOLDER)
    .filter((name) => /^cases\.[a-z]+\.yaml$/.test(name))
    .sort()
    .flatMap((name) => {
      const language = name.split('.')[1] ?? ''
      const rows = parse(readFileSync(FOLDER + name, 'utf8')) as {
        text: string
        expect: string[]
        set?: 'held'
      }[]
      return rows.map((row) => ({ language, set: row.set ?? 'dev', text: row.text, expect: row.expect }))
    })
}

/** Reads every case and compares; mistakes name the words that led there. */
export function measure(cases: readonly Case[], content: Content): { score: Score; mistakes: Mistake[] } {
  let [right, wrong, missed] = [0, 0, 0]
  const mistakes: Mistake[] = []
  for (const one of cases) {
    const { indicators } = assess(one.text, content)
    const found = indicators.map(({ id }) => id)
    const extra = indicators.filter(({ id }) => !one.expect.includes(id))
    const lost = one.expect.filter((id) => !found.includes(id))
    right += found.length - extra.length
    wrong += extra.length
    missed += lost.length
    if (extra.length + lost.length > 0)
      mistakes.push({
        case: one,
        wrong: extra.map(({ id }) => id),
        missed: lost,
        why: extra.map(({ id, why }) => `${id} ${why}`),
      })
  }
  return { score: { cases: cases.length, right, wrong, missed }, mistakes }
}
