import { type Assessment, type AssessOptions, assess } from '../assess/assess.ts'
import { HouseError } from '../core/errors.ts'
import { type ReadOptions, read } from '../extract/read.ts'
import { checkTyped } from '../reports/by-hand.ts'
import { type Decoded, readDecoded } from '../reports/read-file.ts'
import { contentFor } from './read-content.ts'
import type { ReadWork } from './read-words.ts'
import { answerCalls } from './worker-calls.ts'

/** Letters up to which indicators are looked for while somebody types; a longer text is a file, not a story. */
const MOST_ASSESSED = 500_000

/** Reads texts on this device and nowhere else, away from the page, so that typing never waits. */
answerCalls<ReadWork>(
  {
    async read({ text, language, ...options }) {
      const began = performance.now()
      const reading = read(text, options)
      const messages = reading.messages?.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
      const assessment =
        text.length > MOST_ASSESSED ? null : await signsOf(text, [reading.language], { messages, language })
      return { reading, assessment, took: performance.now() - began }
    },
    file({ name, bytes, ...options }) {
      return readDecoded(decoded(name, bytes), (text) => read(text, options satisfies ReadOptions))
    },
    check: (typed) => checkTyped(typed, (text) => read(text)),
  },
  'this text could not be read; it is still here, untouched',
)

type Signs = Omit<AssessOptions, 'language'> & { readonly language: string | undefined }

/** Null when a file of content is broken: the facts must not wait for somebody to put it right. */
async function signsOf(
  text: string,
  languages: readonly string[],
  { messages, language }: Signs,
): Promise<Assessment | null> {
  try {
    const content = await contentFor(language ? [...languages, language] : languages)
    return assess(text, content, { messages: messages ?? null, ...(language ? { language } : {}) })
  } catch (error) {
    console.error(error)
    return null
  }
}

function decoded(name: string, bytes: Uint8Array): Decoded {
  if (bytes.subarray(0, 4_096).includes(0))
    throw new HouseError('invalid', `${name} is not a text, whatever its name says; it is kept as evidence`)
  return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8', note: null }
}
