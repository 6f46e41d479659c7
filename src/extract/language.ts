import type { Context, Plain } from './finder.ts'
import { LANGUAGES } from './lexicon/languages.ts'
import { type ChineseVotes, LANGUAGE_NAMES, type LatinVotes, noVotes, type Votes } from './little-words.ts'
import { SCRIPTS, type Script } from './script.ts'
import { sweep } from './sweep.ts'

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

/**
 * The language of a text, found when it is first asked for: by its scripts and, for Latin letters, by its little words.
 * Keeps  never throws; the same text gives the same answer.
 * Cost   linear, and bounded: at most 60,000 units are looked at.
 */
export function languageOf(plain: Plain): LanguageGuess {
  plain.seen.language ??= languageBy(votesOf(plain))
  return plain.seen.language
}

/** A text that is read whole is swept at once; of a longer one three windows are swept for their votes alone. */
function votesOf(plain: Plain): Votes {
  const { text } = plain
  const votes = noVotes()
  if (text.length <= WINDOW * 3) plain.seen.sweep = sweep(text, votes)
  else for (const part of sample(text)) sweep(part, votes)
  return votes
}

function languageBy(votes: Votes): LanguageGuess {
  const { latin, chinese } = votes
  const ranked = rankedScripts(votes)
  const total = ranked.reduce((sum, it) => sum + it.words, 0)
  if (total === 0)
    return { language: 'und', confidence: 0, why: 'there are no words in it', scripts: [], present: [] }
  const scripts = ranked.map(({ script, words: n }) => ({
    script: script === 'Hani' ? chineseForm(chinese) : script,
    share: Math.round((n / total) * 100) / 100,
  }))
  const first = mainScript(ranked, latin)
  const decision = decide(first.script, first.words / total, votes)
  const present: string[] = []
  addPresent(present, decision.language)
  // A script with one word in thirty has a part in the text.
  for (const { script, words } of ranked)
    if (words / total > 1 / 30) addPresent(present, LANGUAGE_OF[script]?.[0] ?? 'und')
  addLatin(present, latin)
  const { language, confidence, why } = decision
  return { language, confidence, why, scripts, present }
}

/** The scripts of a text, that with most words first. */
function rankedScripts({ units, latin }: Votes): { script: Script; words: number }[] {
  const words: { script: Script; words: number }[] = []
  for (let i = 1; i < SCRIPTS.length; i++) {
    const script = SCRIPTS[i] as Script
    const n = script === 'Latn' ? latin.words : (units[i] ?? 0) / (LETTERS_PER_WORD[script] ?? 5)
    if (n > 0) words.push({ script, words: n })
  }
  return words.length < 2 ? words : words.sort((a, b) => b.words - a.words)
}

function sample(text: string): string[] {
  const middle = Math.floor((text.length - WINDOW) / 2)
  return [text.slice(0, WINDOW), text.slice(middle, middle + WINDOW), text.slice(-WINDOW)]
}

function addPresent(present: string[], language: string): void {
  if (language !== 'und' && !present.includes(language)) present.push(language)
}

/** A language with two common words, or one common word in twenty, that no other language has, has a part in the text. */
function addLatin(present: string[], { words, own }: LatinVotes): void {
  for (let i = 0; i < own.length; i++) {
    const n = own[i] as number
    const language = LANGUAGE_NAMES[i] ?? 'und'
    if (n > 0 && LANGUAGES.others[language] === undefined && (n >= 2 || n * 20 > words))
      addPresent(present, language)
  }
}

/** The languages whose words are looked for in a text: its main one and those mixed in. */
export function languagesIn(plain: Plain, context: Pick<Context, 'language'>): ReadonlySet<string> {
  const known = plain.seen.languages
  if (known?.main === context.language) return known.all
  const all = new Set<string>()
  all.add(context.language)
  for (const language of languageOf(plain).present) all.add(language)
  if (context.language === 'und') all.add('en')
  plain.seen.languages = { main: context.language, all }
  return all
}

function chineseForm({ simplified, traditional }: ChineseVotes): 'Hani' | 'Hans' | 'Hant' {
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

function decide(script: Script, share: number, counts: Votes): Decision {
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
  const { best, next } = twoHighest(votes)
  const weight = votes[best] ?? 0
  const language = LANGUAGE_NAMES[best] ?? 'und'
  if (weight === 0 || known / words < 0.05)
    return { language: 'und', confidence: 0, why: 'it is in Latin letters, but hardly a word of it is known' }
  if (LANGUAGES.others[language] !== undefined)
    return { language: 'und', confidence: 0, why: `it looks like '${language}', which is not read here` }
  const lead = weight / (weight + (votes[next] ?? 0))
  const enough = Math.min(1, weight / 4)
  const why = `${percent(share)} of its words are in Latin letters, and ${known} of ${words} are common words, most of them '${language}'`
  return { language, confidence: rounded(lead * (0.4 + 0.6 * enough)), why }
}

/** The languages with most votes, -1 for none; of equals the first. */
function twoHighest(votes: readonly number[]): { best: number; next: number } {
  let best = -1
  let next = -1
  for (let i = 0; i < votes.length; i++) {
    const n = votes[i] as number
    if (n > (votes[best] ?? 0)) {
      next = best
      best = i
    } else if (n > (votes[next] ?? 0)) next = i
  }
  return { best, next }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
