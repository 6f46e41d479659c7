import type { Context, Plain } from './finder.ts'
import { LANGUAGES } from './lexicon/languages.ts'
import { isLetter, SCRIPTS, type Script, scriptAt } from './script.ts'

/** A script of the text and its share of the words, 0..1. Chinese characters are told apart where that can be done. */
export interface ScriptShare {
  readonly script: Script | 'Hans' | 'Hant'
  readonly share: number
}

export interface LanguageGuess {
  /** BCP 47 primary tag: en zh th vi km my lo id ms tl hi bn sw; 'und' when nothing can be said. */
  readonly language: string
  /** 0..1 */
  readonly confidence: number
  /** One plain sentence. */
  readonly why: string
  /** Most used first. */
  readonly scripts: readonly ScriptShare[]
  /** Every language of ours that has a part in the text, the main one included: people mix. */
  readonly present: readonly string[]
}

/** Letters that make up about one word, by script: so that ten Thai letters do not outweigh five English words. */
const LETTERS_PER_WORD: Partial<Record<Script, number>> = {
  Hani: 1.6,
  Thai: 4.5,
  Laoo: 4.5,
  Khmr: 5.5,
  Mymr: 6,
  Kana: 2,
}

/** The one language of ours that is written in a script. */
const LANGUAGE_OF: Partial<Record<Script, readonly [language: string, name: string]>> = {
  Thai: ['th', 'Thai'],
  Laoo: ['lo', 'Lao'],
  Khmr: ['km', 'Khmer'],
  Mymr: ['my', 'Burmese'],
  Deva: ['hi', 'Devanagari'],
  Beng: ['bn', 'Bengali'],
  Hani: ['zh', 'Chinese'],
}

/** Units read of a long text: a window at its head, its middle and its end. */
const WINDOW = 20_000
/** Words longer than this are keys, hashes and links. */
const LONGEST_WORD = 24

interface LatinVotes {
  words: number
  known: number
  readonly votes: Map<string, number>
  /** Words that only one language has, by language; Indonesian and Malay count as one. */
  readonly own: Map<string, number>
}

/**
 * The language of a text, by its scripts and, for Latin letters, by its little words.
 * Keeps  never throws; the same text gives the same answer.
 * Cost   linear, and bounded: at most 60,000 units are looked at.
 */
export function detectLanguage(text: string): LanguageGuess {
  const units = new Float64Array(16)
  const latin: LatinVotes = { words: 0, known: 0, votes: new Map(), own: new Map() }
  const chinese = { simplified: 0, traditional: 0 }
  for (const part of sample(text)) readPart(part, { units, latin, chinese })
  const words = SCRIPTS.map((script, i) => ({
    script,
    words: script === 'Latn' ? latin.words : (units[i] ?? 0) / (LETTERS_PER_WORD[script] ?? 5),
  })).filter((it) => it.script !== 'Other' && it.words > 0)
  const total = words.reduce((sum, it) => sum + it.words, 0)
  if (total === 0)
    return { language: 'und', confidence: 0, why: 'there are no words in it', scripts: [], present: [] }
  const ranked = words.sort((a, b) => b.words - a.words)
  const scripts = ranked.map(({ script, words: n }) => ({
    script: script === 'Hani' ? chineseForm(chinese) : script,
    share: Math.round((n / total) * 100) / 100,
  }))
  const first = mainScript(ranked, latin)
  const decision = decide(first.script, first.words / total, { latin, chinese, units })
  const mixed = new Set([decision.language, ...presentScripts(ranked, total), ...presentLatin(latin)])
  mixed.delete('und')
  return { ...decision, scripts, present: [...mixed] }
}

function sample(text: string): string[] {
  if (text.length <= WINDOW * 3) return [text]
  const middle = Math.floor((text.length - WINDOW) / 2)
  return [text.slice(0, WINDOW), text.slice(middle, middle + WINDOW), text.slice(-WINDOW)]
}

/** A script with one word in thirty has a part in the text. */
function presentScripts(ranked: Ranked, total: number): string[] {
  const used = ranked.filter(({ words }) => words / total > 1 / 30)
  return used.flatMap(({ script }) => LANGUAGE_OF[script]?.[0] ?? [])
}

/** So has a language with two common words, or one common word in twenty, that no other language has. */
function presentLatin({ words, own }: LatinVotes): string[] {
  const used = [...own].filter(
    ([language, n]) => LANGUAGES.others[language] === undefined && (n >= 2 || n * 20 > words),
  )
  return used.map(([language]) => language)
}

const PRESENT = new WeakMap<Plain, ReadonlySet<string>>()

/** The languages whose words are looked for in a text: its main one and those mixed in. */
export function languagesIn(plain: Plain, context: Pick<Context, 'language'>): ReadonlySet<string> {
  const known = PRESENT.get(plain)
  if (known?.has(context.language)) return known
  const languages = new Set([context.language, ...detectLanguage(plain.text).present])
  if (context.language === 'und') languages.add('en')
  PRESENT.set(plain, languages)
  return languages
}

interface Counts {
  readonly units: Float64Array
  readonly latin: LatinVotes
  readonly chinese: { simplified: number; traditional: number }
}

function readPart(text: string, { units, latin, chinese }: Counts): void {
  const latinScript = SCRIPTS.indexOf('Latn')
  const han = SCRIPTS.indexOf('Hani')
  for (let i = 0; i < text.length; i++) {
    const script = scriptAt(text, i)
    if (script === 0) continue
    if (script !== latinScript) {
      units[script] = (units[script] ?? 0) + 1
      if (script === han) countChinese(text[i] ?? '', chinese)
      continue
    }
    let end = i + 1
    while (end < text.length && isLetter(text, end) && scriptAt(text, end) === latinScript) end++
    if (end - i <= LONGEST_WORD && !isPartOfCode(text, i, end)) vote(text.slice(i, end).toLowerCase(), latin)
    i = end - 1
  }
}

/** Letters beside a digit, a dot without a blank, a slash or an at sign belong to a number, a link or an address. */
function isPartOfCode(text: string, start: number, end: number): boolean {
  return /[\d@/_#=]/.test(text[start - 1] ?? '') || /[\d@/_=]|\.[a-z0-9]/i.test(text.slice(end, end + 2))
}

const WORDS = wordVotes()
const VIETNAMESE = /[ăơưđ\u1ea0-\u1ef9]/

function wordVotes(): ReadonlyMap<string, readonly string[]> {
  const votes = new Map<string, string[]>()
  for (const [language, list] of Object.entries({ ...LANGUAGES.languages, ...LANGUAGES.others })) {
    for (const word of new Set(list.split(/\s+/))) votes.set(word, [...(votes.get(word) ?? []), language])
  }
  return votes
}

function vote(word: string, latin: LatinVotes): void {
  latin.words++
  const add = (language: string, weight: number) =>
    latin.votes.set(language, (latin.votes.get(language) ?? 0) + weight)
  const languages = WORDS.get(word)
  const vietnamese = VIETNAMESE.test(word)
  if (languages !== undefined || vietnamese) latin.known++
  for (const language of languages ?? []) add(language, 1 / (languages?.length ?? 1))
  if (vietnamese) add('vi', 1)
  const [only, ...more] = languages ?? (vietnamese ? ['vi'] : [])
  const alike = only === 'id' && more.length === 1 && more[0] === 'ms'
  if (only !== undefined && (more.length === 0 || alike)) latin.own.set(only, (latin.own.get(only) ?? 0) + 1)
}

const SIMPLIFIED = new Set(LANGUAGES.simplified)
const TRADITIONAL = new Set(LANGUAGES.traditional)

function countChinese(sign: string, chinese: Counts['chinese']): void {
  if (SIMPLIFIED.has(sign)) chinese.simplified++
  else if (TRADITIONAL.has(sign)) chinese.traditional++
}

function chineseForm({ simplified, traditional }: Counts['chinese']): 'Hani' | 'Hans' | 'Hant' {
  if (simplified === traditional) return 'Hani'
  return simplified > traditional ? 'Hans' : 'Hant'
}

type Ranked = readonly { script: Script; words: number }[]

/** The script with most words; Latin letters win only when some of their words are known, else they may be names. */
function mainScript(ranked: Ranked, latin: LatinVotes): Ranked[number] {
  const [first = { script: 'Other' as const, words: 0 }, second] = ranked
  const unknown = first.script === 'Latn' && latin.known / Math.max(1, latin.words) < 0.12
  return unknown && second !== undefined && second.words * 4 > first.words ? second : first
}

type Decision = Omit<LanguageGuess, 'scripts' | 'present'>

function decide(script: Script, share: number, counts: Counts): Decision {
  if (script === 'Latn') return decideLatin(share, counts.latin)
  const kana = counts.units[SCRIPTS.indexOf('Kana')] ?? 0
  const han = counts.units[SCRIPTS.indexOf('Hani')] ?? 0
  if (script === 'Kana' || (script === 'Hani' && kana > han * 0.1)) return unread('Japanese', share)
  const found = LANGUAGE_OF[script]
  if (found === undefined) return unread(SCRIPT_NAMES[script] ?? script, share)
  const [language, name] = found
  const form = { Hans: 'simplified ', Hant: 'traditional ', Hani: '' }[chineseForm(counts.chinese)]
  const why = `${percent(share)} of its words are in ${script === 'Hani' ? form : ''}${name} ${script === 'Hani' ? 'characters' : 'letters'}`
  return { language, confidence: rounded(0.5 + share / 2), why }
}

const SCRIPT_NAMES: Partial<Record<Script, string>> = {
  Hang: 'Korean',
  Arab: 'Arabic',
  Cyrl: 'Cyrillic',
  Grek: 'Greek',
}

function unread(name: string, share: number): Decision {
  const why = `${percent(share)} of its words are in ${name} letters, a language that is not read here`
  return { language: 'und', confidence: 0, why }
}

function decideLatin(share: number, { words, known, votes }: LatinVotes): Decision {
  const order = Object.keys(LANGUAGES.languages)
  const ranked = [...votes].sort((a, b) => b[1] - a[1] || order.indexOf(a[0]) - order.indexOf(b[0]))
  const [best, next] = ranked
  if (best === undefined || known / words < 0.05)
    return { language: 'und', confidence: 0, why: 'it is in Latin letters, but hardly a word of it is known' }
  const [language, weight] = best
  if (LANGUAGES.others[language] !== undefined)
    return { language: 'und', confidence: 0, why: `it looks like '${language}', which is not read here` }
  const lead = weight / (weight + (next?.[1] ?? 0))
  const enough = Math.min(1, weight / 4)
  const why = `${percent(share)} of its words are in Latin letters, and ${known} of ${words} are common words, most of them '${language}'`
  return { language, confidence: rounded(lead * (0.4 + 0.6 * enough)), why }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
