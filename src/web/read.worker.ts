import { type AssessOptions, assess } from '../assess/assess.ts'
import { lure } from '../assess/lure.ts'
import { HouseError } from '../core/errors.ts'
import type { Decoded } from '../extract/decode.ts'
import { scriptsIn, type WordScript } from '../extract/lexicon/by-script.ts'
import type { ReadOptions } from '../extract/read.ts'
import type { Reading } from '../extract/reading.ts'
import { checkTyped } from '../reports/by-hand.ts'
import { contentFor } from './read-content.ts'
import { readByPieces } from './read-pieces.ts'
import type { ReadAnswer, ReadWork } from './read-words.ts'
import { roomFor } from './room.ts'
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
      const scripts = scriptsIn(text)
      // fetched beside the words, not after them; what is missing then is said where it is needed
      contentFor([...languagesOf(scripts), language ?? 'en']).catch(() => undefined)
      const room = await roomFor([...scripts, ...scriptsOf(language)])
      const reading =
        text.length > LONG ? await readByPieces(room, { text, ...options }, turn) : room.read(text, options)
      const messages = messagesOf(reading)
      const languages = [reading.language, ...languagesOf(scripts)]
      const signs = await signsOf(text, languages, { messages, language })
      return { reading, ...signs, took: performance.now() - began }
    },
    async file({ name, bytes, box, ...options }, turn) {
      const settings = options satisfies ReadOptions
      const files = await import('./read-any-file.ts')
      const { text, note } = await decoded(files, name, bytes)
      const scripts = scriptsIn(text)
      const room = await roomFor(scripts)
      const { read, readChat } = room
      return files.readDecoded(
        { text, note, box },
        {
          read: (text) => read(text, settings),
          readLong: (text, tell) =>
            readByPieces(room, { text, ...settings }, { tell, isStopped: turn.isStopped }),
          tell: turn.tell,
          isChat: (it) => readChat(it) !== null,
          safety: async (it, language) => {
            const messages = messagesOf({ messages: readChat(it)?.messages ?? null })
            const languages = [language, ...languagesOf(scripts)]
            const signs = await signsOf(it, languages, { messages, language: undefined })
            if (signs.noSigns) throw new HouseError('unavailable', `${name}: ${signs.noSigns}`)
            return signs.assessment?.safeguarding?.why ?? null
          },
        },
      )
    },
    async check(typed) {
      // as it is read: folding may make letters of signs
      const { read } = await roomFor(scriptsIn(typed.value.normalize('NFKC')))
      return checkTyped(typed, (text) => read(text))
    },
  },
  'this text could not be read; it is still here, untouched',
)

/** As the signs want them: a message without a time has an empty one. */
function messagesOf({ messages }: Pick<Reading, 'messages'>) {
  return messages?.map((it) => ({ ...it, at: it.at ?? '' })) ?? null
}

type Signs = Omit<AssessOptions, 'language'> & { readonly language: string | undefined }

type Found = Pick<ReadAnswer, 'assessment' | 'lure' | 'noSigns'>

const NO_SIGNS = 'the words of these languages could not be had'

/** Without the content it says so: the facts must not wait for it, and nobody may take silence for an answer. */
async function signsOf(
  text: string,
  languages: readonly string[],
  { messages, language }: Signs,
): Promise<Found> {
  if (text.length > MOST_ASSESSED) return { assessment: null, lure: null, noSigns: null }
  try {
    const content = await contentFor(language ? [...languages, language] : languages)
    const assessment = assess(text, content, {
      messages: messages ?? null,
      ...(language ? { language } : {}),
    })
    const found = lure(text, content, { language, messages: messages ?? null, assessment })
    return { assessment, lure: found, noSigns: null }
  } catch (error) {
    console.error(error)
    return { assessment: null, lure: null, noSigns: NO_SIGNS }
  }
}

type Files = typeof import('./read-any-file.ts')

/** The text of a file, with its name in front of the reason when there is none. */
async function decoded(files: Files, name: string, bytes: Uint8Array): Promise<Decoded> {
  try {
    return files.fileKind(bytes) === 'pdf' ? await files.pdfText(bytes) : files.decode(bytes)
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    throw new HouseError(error.code, `${name}: ${error.message}. It is kept as evidence, unchanged`, {
      cause: error,
    })
  }
}

const LANGUAGES: Readonly<Record<WordScript, string>> = {
  Thai: 'th',
  Lao: 'lo',
  Khmer: 'km',
  Myanmar: 'my',
  Han: 'zh',
  Devanagari: 'hi',
  Bengali: 'bn',
}

/** Those whose script stands in the text beside its main language: people change languages in one chat. */
function languagesOf(scripts: readonly WordScript[]): string[] {
  return scripts.map((script) => LANGUAGES[script])
}

/** The script of the language of whoever reads: it comes with the first text, whatever that is written in. */
function scriptsOf(language = ''): WordScript[] {
  return (Object.keys(LANGUAGES) as WordScript[]).filter((script) => LANGUAGES[script] === language)
}
