import { type WordScript, type Words, withForms } from '../extract/lexicon/by-script.ts'
import { unpacked } from '../extract/lexicon/packed.ts'

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

/** A packed word list with the forms that were given; the build writes these calls into the lists of `extract/lexicon`. */
export function wordsOf(name: string, base: Words): Words {
  const words = unpacked(base)
  return givenScripts().reduce((it, script) => withForms(it, given.get(script)?.[name]), words)
}
