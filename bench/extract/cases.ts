import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { FACT_KINDS, type FactKind, type Money, type Normal } from '../../src/core/fact.ts'

/** One labelled document: the text without its marks, and everything it states. */
export interface Case {
  readonly id: string
  /** en zh-Hans zh-Hant th vi km my lo id ms tl hi bn sw mixed */
  readonly language: string
  /** What sort of paper it is: whatsapp, job-ad, bank-letter, recipe … */
  readonly kind: string
  /** An everyday text in which nothing is to be found. */
  readonly ordinary: boolean
  /** What the reader is told beside the text: the reporter's country and the present moment. */
  readonly options: { readonly country?: string; readonly now?: string }
  readonly text: string
  readonly facts: readonly Label[]
  /** What looks like a fact and is none, because a check digit fails: to be refused, and said so. */
  readonly nearMisses: readonly NearMiss[]
  /** The indicators a careful reader ticks, and those that one ticks and another does not; null where nobody labelled them. */
  readonly indicators: { readonly expect: readonly string[]; readonly also: readonly string[] } | null
}

export interface NearMiss {
  readonly kind: FactKind
  readonly text: string
  readonly start: number
}

export interface Label {
  readonly kind: FactKind
  readonly normal: Normal
  /** The words that state it. */
  readonly text: string
  readonly start: number
  /** A grey case under the conventions: neither missed nor false, whatever the reader says. */
  readonly optional: boolean
  /** Other readings that are as right as the first (`t.me/name` is a URL and a handle). */
  readonly or: readonly { readonly kind: FactKind; readonly normal: Normal }[]
}

interface Written {
  id: string
  kind: string
  ordinary?: boolean
  country?: string
  now?: string
  indicators?: string[]
  also?: string[]
  text: string
}

const HERE = join(import.meta.dirname, 'cases')

/** Decimals of the currencies in the documents: ISO 4217 exponents, and those of issue 3 for coins. Two otherwise. */
const EXPONENT: Record<string, number> = {
  VND: 0,
  JPY: 0,
  KRW: 0,
  UGX: 0,
  KWD: 3,
  BHD: 3,
  OMR: 3,
  USDT: 6,
  USDC: 6,
  BTC: 8,
}

/** Reads `45000 THB` (major units, `?` when the currency is unknown) as minor units. */
function money(written: string): Money {
  const found = /^(\d+)(?:\.(\d+))? ([A-Z]{3,5}|\?)$/.exec(written)
  if (!found) throw new Error(`not an amount: ${written}`)
  const [, whole = '', part = '', code = '?'] = found
  const exponent = EXPONENT[code] ?? 2
  if (part.length > exponent) throw new Error(`${code} has ${exponent} decimals: ${written}`)
  return { minor: Number(whole + part.padEnd(exponent, '0')), currency: code === '?' ? null : code }
}

function reading(written: string, text: string): { kind: FactKind; normal: Normal } {
  const [word = '', ...rest] = written.split(' ')
  const kind = FACT_KINDS.find((known) => known === word)
  if (!kind) throw new Error(`unknown kind ${word}`)
  const normal = rest.join(' ') || text
  return { kind, normal: kind === 'amount' ? money(normal) : normal }
}

const MARK = /⟦([?!]?)([^|⟦⟧]+)\|([^⟦⟧]*)⟧/g

/**
 * Takes the marks out of a text: `⟦kind normal|words⟧`, `⟦kind|words⟧` when the words are the canonical form,
 * `⟦?kind …⟧` for a grey case, `⟦!kind|words⟧` for a near miss, ` / ` between readings that are equally right.
 */
export function unmark(marked: string): { text: string; facts: Label[]; nearMisses: NearMiss[] } {
  const facts: Label[] = []
  const nearMisses: NearMiss[] = []
  let text = ''
  let from = 0
  for (const found of marked.matchAll(MARK)) {
    const [whole, sign, spec = '', words = ''] = found
    text += marked.slice(from, found.index)
    const start = text.length
    const [first, ...or] = spec.split(' / ').map((one) => reading(one, words))
    if (first && sign === '!') nearMisses.push({ kind: first.kind, text: words, start })
    else if (first) facts.push({ ...first, text: words, start, optional: sign === '?', or })
    text += words
    from = found.index + whole.length
  }
  text += marked.slice(from)
  if (/[⟦⟧]/.test(text)) throw new Error(`a mark is not closed: ${/.{0,30}[⟦⟧].{0,30}/s.exec(text)?.[0]}`)
  return { text, facts, nearMisses }
}

/** Every document, by file and then in the order of the file. */
export function loadCases(folder = HERE): Case[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return files.sort().flatMap((file) => {
    const written = parse(readFileSync(join(folder, file), 'utf8')) as Written[]
    return written.map((one) => toCase(one, file.replace('.yaml', '')))
  })
}

function toCase(one: Written, language: string): Case {
  try {
    const { text, facts, nearMisses } = unmark(one.text)
    const { id, kind, ordinary = false, country, now } = one
    const options = { ...(country ? { country } : {}), ...(now ? { now } : {}) }
    const indicators = one.indicators ? { expect: one.indicators, also: one.also ?? [] } : null
    return { id, language, kind, ordinary, options, text, facts, nearMisses, indicators }
  } catch (error) {
    throw new Error(`${language}.yaml, ${one.id}: ${(error as Error).message}`)
  }
}
