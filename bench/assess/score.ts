import type { Element } from '../../src/assess/content.ts'
import type { Case } from './cases.ts'

/** Finds the ids of the indicators that a text supports. */
export type Reader = (text: string, language: string) => readonly string[]

export interface Score {
  readonly texts: number
  readonly right: number
  readonly wrong: number
  readonly missed: number
  /** null when nothing was found, or nothing was there to be found. */
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
}

export interface Mistake {
  readonly case: Case
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
}

/** Every case with what was found wrongly and what was missed; those without a mistake too. */
export function judge(cases: readonly Case[], reader: Reader): Mistake[] {
  return cases.map((one) => {
    const found = reader(one.text, one.language)
    return {
      case: one,
      wrong: found.filter((id) => !one.expect.includes(id) && !one.also.includes(id)),
      missed: one.expect.filter((id) => !found.includes(id)),
    }
  })
}

/** Counts indicators, each once a text; `only` keeps those of one element. */
export function score(judged: readonly Mistake[], only: (id: string) => boolean = () => true): Score {
  let [right, wrong, missed] = [0, 0, 0]
  for (const one of judged) {
    const lost = one.missed.filter(only).length
    right += one.case.expect.filter(only).length - lost
    wrong += one.wrong.filter(only).length
    missed += lost
  }
  const precision = share(right, right + wrong)
  const recall = share(right, right + missed)
  const f1 = share(2 * right, 2 * right + wrong + missed)
  return { texts: judged.length, right, wrong, missed, precision, recall, f1 }
}

/** Indicators found in texts that plainly say it was not so. */
export function alarmsOnNegated(judged: readonly Mistake[]): number {
  return judged.filter((one) => one.case.kind === 'negated').reduce((sum, { wrong }) => sum + wrong.length, 0)
}

/** `FC-M04` -> Means. */
export function elementOf(id: string): Element {
  const letters: Record<string, Element> = { A: 'Act', M: 'Means', P: 'Purpose', X: 'Post-exit' }
  const element = letters[id.charAt(3)]
  if (!element) throw new Error(`${id} names no element`)
  return element
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000
}
