import { HouseError } from '../core/errors.ts'
import { WORD_TICKS } from './script.ts'

/**
 * The language in which practitioners write what a sentence may say.
 *
 *     @they .. @took ... @papers        in this order; `..` up to 3 words between, `...` up to 8, `..5..` up to 5
 *     @beaten & {belt|cable}            in any order, up to 8 words apart; `&4` up to 4
 *     {took|kept} my passport           one of these words, then these words side by side
 *     confiscat* , *piga*               any word that begins so; any word with this inside
 *     #12-20 hours                      a number from 12 to 20, in figures or in words
 *     @locked .. room !@hotel           but not in a sentence that also says this
 */
export interface Pattern {
  readonly elements: readonly Part[]
  /** `gaps[i]`: how many ticks may lie between element i and i + 1. */
  readonly gaps: readonly number[]
  readonly unless: readonly Part[]
}

export type Part =
  | { readonly kind: 'group'; readonly name: string }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }

interface Chunk {
  readonly parts: Part[]
  readonly gaps: number[]
}

const NEAR = 3
const FAR = 8
const MAX_CHUNKS = 3

/** Reads one line; `&` gives one pattern for each order. Throws `invalid`, saying what is wrong with the line. */
export function parsePattern(line: string): Pattern[] {
  const tokens = line.match(/!?\{[^{}]*\}|[^\s{}]+|[{}]/g) ?? []
  const { chunks, joins, unless } = sortTokens(tokens, line)
  if (chunks.length > MAX_CHUNKS) throw new HouseError('invalid', `at most two & in one pattern: ${line}`)
  for (const chunk of chunks)
    if (chunk.parts.length === 0 || chunk.gaps.length !== chunk.parts.length - 1)
      throw new HouseError('invalid', `something is missing beside "..", "&" or "!": ${line}`)
  const between = Math.max(0, ...joins)
  return orders(chunks).map((order) => ({
    elements: order.flatMap((chunk) => chunk.parts),
    gaps: order.flatMap((chunk, i) => (i === 0 ? chunk.gaps : [between, ...chunk.gaps])),
    unless,
  }))
}

function sortTokens(tokens: readonly string[], line: string) {
  const chunks: Chunk[] = [{ parts: [], gaps: [] }]
  const joins: number[] = []
  const unless: Part[] = []
  let gap = 0
  for (const token of tokens) {
    const last = chunks.at(-1)
    if (!last) break
    const wide = gapOf(token)
    const join = /^&(\d*)$/.exec(token)
    if (join) {
      joins.push((join[1] ? Number(join[1]) : FAR) * WORD_TICKS)
      chunks.push({ parts: [], gaps: [] })
      gap = 0
    } else if (wide !== null) {
      gap = wide * WORD_TICKS
      if (last.parts.length === 0)
        throw new HouseError('invalid', `a pattern cannot begin with "${token}": ${line}`)
    } else if (token.startsWith('!') && token.length > 1) {
      unless.push(partOf(token.slice(1), line))
    } else if (token === '!') {
      throw new HouseError('invalid', `write "!" close to what must not be said: ${line}`)
    } else {
      if (last.parts.length > 0) last.gaps.push(gap)
      last.parts.push(partOf(token, line))
      gap = 0
    }
  }
  if (gap > 0) throw new HouseError('invalid', `a pattern cannot end with "..": ${line}`)
  return { chunks, joins, unless }
}

function gapOf(token: string): number | null {
  if (token === '..') return NEAR
  if (token === '...') return FAR
  const counted = /^\.\.(\d{1,2})\.\.$/.exec(token)
  return counted ? Number(counted[1]) : null
}

function partOf(token: string, line: string): Part {
  if (token.startsWith('@')) return { kind: 'group', name: token.slice(1) }
  if (token.startsWith('#')) {
    const [, min, max] = /^#(\d{1,9})-(\d{1,9})$/.exec(token) ?? []
    if (!min || !max || Number(min) > Number(max))
      throw new HouseError('invalid', `a number range is written #12-20: ${line}`)
    return { kind: 'number', min: Number(min), max: Number(max) }
  }
  const words = token.startsWith('{') ? token.slice(1, -1).split('|') : [token]
  const trimmed = words.map((word) => word.trim())
  if (token === '{' || token === '}' || trimmed.some((word) => word === '' || word === '*'))
    throw new HouseError('invalid', `an empty choice or a bracket without its pair: ${line}`)
  return { kind: 'words', words: trimmed }
}

function orders(chunks: readonly Chunk[]): Chunk[][] {
  if (chunks.length < 2) return [[...chunks]]
  return chunks.flatMap((first, i) =>
    orders(chunks.filter((_, j) => j !== i)).map((rest) => [first, ...rest]),
  )
}
