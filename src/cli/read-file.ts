import { type Assessment, assess } from '../assess/assess.ts'
import { type Lure, lure } from '../assess/lure.ts'
import { merge } from '../assess/merge.ts'
import { type PieceReading, type ReadOptions, readInChunks } from '../extract/read.ts'
import { loadContent } from './content.ts'
import type { TextSource } from './text-source.ts'

/** One piece of a text with what it says; of a text of usual length it is the only one. */
export interface PieceRead extends PieceReading {
  /** The words of this piece: `reading` has offsets into the whole text, of which it begins at `start`. */
  readonly text: string
}

/** What is known once a whole text was read. */
export interface WholeRead {
  readonly assessment: Assessment
  /** Null when the text is not a job advertisement, or far too long to be one. */
  readonly lure: Lure | null
}

/** Reads a text piece by piece, hands each on, and returns what the whole of it says. */
export async function readSource(
  { chunks }: TextSource,
  options: ReadOptions,
  take: (piece: PieceRead) => Promise<void>,
): Promise<WholeRead> {
  const content = loadContent()
  const kept = { text: '', start: 0 }
  let assessment: Assessment | null = null
  let advert: Lure | null = null
  for await (const { start, end, reading } of readInChunks(keeping(chunks, kept), options)) {
    const text = kept.text.slice(start - kept.start, end - kept.start)
    kept.text = kept.text.slice(end - kept.start)
    kept.start = end
    const messages = reading.messages?.map((it) => ({
      ...it,
      at: it.at ?? '',
      start: it.start - start,
      end: it.end - start,
    }))
    const found = assess(text, content, { messages: messages ?? null })
    advert =
      assessment === null ? lure(text, content, { messages: messages ?? null, assessment: found }) : null
    assessment = assessment === null ? found : merge(assessment, { offset: start, assessment: found })
    await take({ start, end, reading, text })
  }
  return { assessment: assessment ?? assess('', content, { messages: null }), lure: advert }
}

/** The chunks, with those that no piece was made of yet kept. */
function* keeping(chunks: Iterable<string>, kept: { text: string }): Generator<string> {
  for (const chunk of chunks) {
    kept.text += chunk
    yield chunk
  }
}
