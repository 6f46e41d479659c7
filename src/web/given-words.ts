import { type WordScript, type Words, withForms } from '../extract/lexicon/by-script.ts'

/** The forms of one script, by the name of their list. */
export type GivenForms = Readonly<Record<string, Words>>

const given = new Map<WordScript, GivenForms>()

/** Keeps the forms of a script for every reading room that is opened from now on. */
export function give(script: WordScript, forms: GivenForms): void {
  given.set(script, forms)
}

/** In the order of their names. */
export function givenScripts(): WordScript[] {
  return [...given.keys()].sort()
}

/** A word list with the forms that were given; the build writes these calls into the lists of `extract/lexicon`. */
export function wordsOf<T extends Words>(name: string, base: T): T {
  return givenScripts().reduce<Words>(
    (words, script) => withForms(words, given.get(script)?.[name]),
    base,
  ) as T
}
