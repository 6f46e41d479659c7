import type { Content, Lexicon } from '../../src/assess/content.ts'
import { type Part, parsePattern } from '../../src/assess/pattern.ts'
import type { Reader } from './score.ts'

/** Whether one of some phrases stands in a sentence; the sentence begins and ends with a space. */
type Search = (sentence: string) => boolean

interface Phrase {
  readonly id: string
  readonly parts: readonly Search[]
}

const SENTENCES = /[.!?\n。！？।။។]+/u

/**
 * The floor: the same words and phrases, searched plainly. An indicator is found when a sentence holds a phrase for each part of
 * one of its patterns. No "not", no "if", no order, no distance, no exceptions. It is told the language, which the room is not.
 */
export function floorReader(content: Content): Reader {
  const byLanguage = new Map(content.lexicons.map((lexicon) => [lexicon.language, phrases(content, lexicon)]))
  return (text, language) => {
    const sentences = text.toLowerCase().split(SENTENCES).map(padded)
    const found = (byLanguage.get(language) ?? []).filter(({ parts }) =>
      sentences.some((sentence) => parts.every((part) => part(sentence))),
    )
    return [...new Set(found.map(({ id }) => id))]
  }
}

function phrases(content: Content, lexicon: Lexicon): Phrase[] {
  return content.indicators.flatMap(({ id, patterns }) =>
    Object.entries(patterns)
      .filter(([key]) => key === 'all' || key.split(' ').includes(lexicon.language))
      .flatMap(([, lines]) => lines.flatMap((line) => parsePattern(line)))
      .map(({ elements }) => elements.map((part) => searchOf(part, lexicon)))
      .filter((parts): parts is Search[] => parts.every((part) => part !== null))
      .map((parts) => ({ id, parts })),
  )
}

function searchOf(part: Part, lexicon: Lexicon): Search | null {
  if (part.kind === 'number') return (sentence) => /\p{Nd}/u.test(sentence)
  const words = part.kind === 'group' ? (lexicon.groups[part.name] ?? []) : part.words
  const written = [...new Set(words.flatMap((word) => expanded(word, lexicon)).map(edged))]
  return written.length === 0 ? null : (sentence) => written.some((word) => sentence.includes(word))
}

function expanded(word: string, lexicon: Lexicon): string[] {
  if (!word.startsWith('@')) return [String(word).toLowerCase()]
  return (lexicon.groups[word.slice(1)] ?? []).flatMap((inner) => expanded(inner, lexicon))
}

/** A Latin word has a space on each side that is not open. */
function edged(word: string): string {
  if (!/^[\p{Script=Latin}\p{N}*' -]+$/u.test(word)) return word.replaceAll('*', '')
  return ` ${word} `.replace(/^ \*|\* $/g, '')
}

function padded(sentence: string): string {
  return ` ${sentence.replaceAll(/[,;:()"“”]/g, ' ').trim()} `
}
