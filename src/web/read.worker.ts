import { type Assessment, type AssessOptions, assess } from '../assess/assess.ts'
import { type Lure, lure } from '../assess/lure.ts'
import { HouseError } from '../core/errors.ts'
import { readChat } from '../extract/chat.ts'
import { fileKind } from '../extract/decode/kind.ts'
import { type Decoded, decode } from '../extract/decode.ts'
import { type ReadOptions, read } from '../extract/read.ts'
import { checkTyped } from '../reports/by-hand.ts'
import { pdfText } from '../reports/pdf-text.ts'
import { readDecoded } from '../reports/read-file.ts'
import { contentFor } from './read-content.ts'
import { readByPieces } from './read-pieces.ts'
import type { ReadWork } from './read-words.ts'
import { answerCalls } from './worker-calls.ts'

/** Letters up to which indicators are looked for while somebody types; a longer text is a file, not a story. */
const MOST_ASSESSED = 500_000
/** Letters from which a text is read in pieces: about what takes longer than somebody waits for. */
const LONG = 200_000

/** Reads texts on this device and nowhere else, away from the page, so that typing never waits. */
answerCalls<ReadWork>(
  {
    async read({ text, language, ...options }, turn) {
      const began = performance.now()
      const reading = text.length > LONG ? await readByPieces(text, options, turn) : read(text, options)
      const messages = reading.messages?.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
      const signs = await signsOf(text, languagesIn(text, reading.language), { messages, language })
      return { reading, ...signs, took: performance.now() - began }
    },
    async file({ name, bytes, box, ...options }, turn) {
      const settings = options satisfies ReadOptions
      const { text, note } = await decoded(name, bytes)
      return readDecoded(
        { text, note, box },
        {
          read: (text) => read(text, settings),
          readLong: (text, tell) => readByPieces(text, settings, { tell, isStopped: turn.isStopped }),
          tell: turn.tell,
          isChat: (it) => readChat(it) !== null,
          safety: async (it, language) => {
            const messages = readChat(it)?.messages.map((one) => ({ ...one, at: one.at ?? '' })) ?? null
            const signs = await signsOf(it, languagesIn(it, language), { messages, language: undefined })
            return signs.assessment?.safeguarding?.why ?? null
          },
        },
      )
    },
    check: (typed) => checkTyped(typed, (text) => read(text)),
  },
  'this text could not be read; it is still here, untouched',
)

type Signs = Omit<AssessOptions, 'language'> & { readonly language: string | undefined }

interface Found {
  readonly assessment: Assessment | null
  readonly lure: Lure | null
}

/** Nothing when a file of content is broken: the facts must not wait for somebody to put it right. */
async function signsOf(
  text: string,
  languages: readonly string[],
  { messages, language }: Signs,
): Promise<Found> {
  if (text.length > MOST_ASSESSED) return { assessment: null, lure: null }
  try {
    const content = await contentFor(language ? [...languages, language] : languages)
    const assessment = assess(text, content, {
      messages: messages ?? null,
      ...(language ? { language } : {}),
    })
    return { assessment, lure: lure(text, content, { language, messages: messages ?? null, assessment }) }
  } catch (error) {
    console.error(error)
    return { assessment: null, lure: null }
  }
}

/** The text of a file, with its name in front of the reason when there is none. */
async function decoded(name: string, bytes: Uint8Array): Promise<Decoded> {
  try {
    return fileKind(bytes) === 'pdf' ? await pdfText(bytes) : decode(bytes)
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    throw new HouseError(error.code, `${name}: ${error.message}. It is kept as evidence, unchanged`, {
      cause: error,
    })
  }
}

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['th', /\p{Script=Thai}/u],
  ['lo', /\p{Script=Lao}/u],
  ['km', /\p{Script=Khmer}/u],
  ['my', /\p{Script=Myanmar}/u],
  ['zh', /\p{Script=Han}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['bn', /\p{Script=Bengali}/u],
]

/** The language of the text, and those whose script stands in it: people change languages in one chat. */
function languagesIn(text: string, main: string): string[] {
  return [main, ...SCRIPTS.filter(([, script]) => script.test(text)).map(([language]) => language)]
}
