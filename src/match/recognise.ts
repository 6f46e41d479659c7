import type { Fact, FactKind } from '../core/fact.ts'
import { isMatchableKind } from './canonical.ts'
import type { Identifier } from './identifier.ts'

/** One thing that will be asked about. */
export interface Asked {
  /** Stays the same while the text grows around it. */
  readonly id: string
  readonly identifier: Identifier
  /** Why it is taken for what it is. */
  readonly why: string
}

interface Read {
  readonly facts: readonly Fact[]
  readonly refused: readonly {
    readonly text: string
    readonly start: number
    readonly end: number
    readonly why: string
  }[]
}

const MOST = 50

/**
 * What in a text can be asked about: every fact that can be matched, and each line that is only digits and letters and in
 * which nothing was found, as an account number, so that the person can say what it is. Each thing once, in order.
 * @param before  what stood there a moment ago: where the person said what something is, that stays
 */
export function recognised(text: string, { facts, refused }: Read, before: readonly Asked[] = []): Asked[] {
  const found = facts
    .filter(({ kind, normal }) => isMatchableKind(kind) && typeof normal === 'string')
    .map(({ kind, normal, country, system, why, start }) => ({
      start,
      why,
      identifier: { kind, normal, ...(country ? { country } : {}), ...(system ? { system } : {}) },
    }))
  const lines = plainLines(text)
    .filter(({ start, end }) => !facts.some((fact) => fact.start < end && fact.end > start))
    .map(({ start, end, value }) => ({
      start,
      why:
        refused.find((it) => it.start < end && it.end > start)?.why ??
        'not recognised: taken for an account number, say if it is something else',
      identifier: { kind: 'bank_account' as FactKind, normal: value },
    }))
  const all = [...found, ...lines].sort((a, b) => a.start - b.start)
  const unique = new Map(all.map(({ identifier, why }) => [String(identifier.normal), { identifier, why }]))
  return [...unique].slice(0, MOST).map(([id, it]) => {
    const said = before.find((one) => one.id === id && one.why === 'you say so')
    return said ?? { id, ...it }
  })
}

/** Lines that may be a bare number or name of something: one to sixty signs, at least one digit, no sentence. */
function plainLines(text: string): { start: number; end: number; value: string }[] {
  const lines: { start: number; end: number; value: string }[] = []
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const value = match[0].trim()
    const bare = value.replace(/[\s-]/g, '')
    if (/^[\p{L}\p{N}@._]{4,60}$/u.test(bare) && /\p{Nd}/u.test(bare) && value.split(/\s+/).length <= 8)
      lines.push({ start: match.index, end: match.index + match[0].length, value: bare })
  }
  return lines
}
