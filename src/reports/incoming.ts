import { count } from './kinds.ts'

const MB = 1_000_000

/** Letters the box holds: beyond that typing would no longer be smooth, and a draft would not fit. */
export const BOX_LIMIT = 500_000
/** Letters of a file that go into the box; a longer one is read beside it. */
export const INTO_BOX = 200_000
/** Bytes of a file that are read for facts. */
export const READ_LIMIT = 20 * MB
/** Bytes that are sealed in one piece (src/seal/padding.ts). */
export const SEAL_LIMIT = 64 * 1024 * 1024
export const MOST_FILES = 100
/** Places of one fact that a file brings into the list. */
export const MOST_TIMES = 3

/** What becomes of a file: read for facts, or kept as evidence; `refused` says what to do instead. */
export type Incoming =
  | { readonly as: 'text' }
  | { readonly as: 'evidence'; readonly note: string }
  | { readonly as: 'refused'; readonly why: string }

interface Dropped {
  readonly name: string
  readonly size: number
  readonly type: string
}

const TEXTS = /\.(?:txt|csv|tsv|json|html?|eml|md|log|pdf|xml)$/i

/** Files that hold no text, by their names, and what to do to have their words read. */
const NOT_READ: readonly { readonly names: RegExp; readonly types?: RegExp; readonly note: string }[] = [
  {
    names: /\.(?:png|jpe?g|gif|webp|heic|bmp|tiff?)$/i,
    types: /^image\//,
    note: 'A picture, kept as it is. Type into the text what it shows, to have it read.',
  },
  {
    names: /\.(?:mp[34]|m4a|ogg|opus|wav|amr|mov|avi|webm|3gp)$/i,
    types: /^(?:audio|video)\//,
    note: 'A recording, kept as it is. Write into the text what is said in it, to have it read.',
  },
  {
    names: /\.(?:docx?|odt|rtf|pages|xlsx?|ods|pptx?|odp)$/i,
    note: 'A document of an office program, kept as it is and not read. Save it there as plain text or PDF and drop that here, or paste its words into the text.',
  },
  {
    names: /\.(?:zip|gz|7z|rar|tar)$/i,
    note: 'A packed file, kept as it is and not read. Unpack it and drop what is in it; of a WhatsApp export that is _chat.txt.',
  },
]

/** Decides by name and size alone; whether a text really is one, its bytes say later. */
export function incoming({ name, size, type }: Dropped, already: number): Incoming {
  if (size === 0) return { as: 'refused', why: `${name} is empty: there is nothing in it to keep.` }
  if (already >= MOST_FILES)
    return { as: 'refused', why: `${name} was not taken: a report holds at most ${MOST_FILES} files.` }
  if (size > SEAL_LIMIT)
    return {
      as: 'refused',
      why: `${name} has ${bytesWords(size)}; one file can have up to ${bytesWords(SEAL_LIMIT)}. Split it, or keep it elsewhere and say where in the notes.`,
    }
  const without = NOT_READ.find(({ names, types }) => names.test(name) || types?.test(type))
  if (without) return { as: 'evidence', note: without.note }
  if (!TEXTS.test(name) && !type.startsWith('text/') && type !== 'application/pdf')
    return { as: 'evidence', note: 'Kept as it is; files of this kind are not read.' }
  if (size > READ_LIMIT)
    return {
      as: 'evidence',
      note: `Kept as it is, but not read for facts: only files up to ${bytesWords(READ_LIMIT)} are. Drop the part that matters.`,
    }
  return { as: 'text' }
}

/** What to say of pasted text that is too long for the box and becomes a file beside it. */
export function pastedAside(length: number): string {
  return `That is ${count(length, 'letter')}, more than the box holds. It is kept as the file “${PASTED}” below, sealed, and read there.`
}

export const PASTED = 'pasted text.txt'

/** What to say of text that is too long for the box; null when it fits. */
export function tooLong(now: number, more: number): string | null {
  if (now + more <= BOX_LIMIT) return null
  const size = more > MB ? `${(more / MB).toFixed(0)} million letters` : count(more, 'letter')
  return `That is ${size}; the box holds ${BOX_LIMIT.toLocaleString('en')}. Nothing was changed. Save the text as a .txt file and drop it here: files of up to ${bytesWords(READ_LIMIT)} are read in the background.`
}

/** “48.2 MB”, “12 KB”, “300 bytes”. */
export function bytesWords(bytes: number): string {
  if (bytes >= MB) return `${(bytes / MB).toFixed(bytes >= 10 * MB ? 0 : 1)} MB`
  if (bytes >= 1_000) return `${Math.round(bytes / 1_000)} KB`
  return count(bytes, 'byte')
}
