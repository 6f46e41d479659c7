import type { Fact } from '../core/fact.ts'
import type { Decoded } from '../extract/decode.ts'
import type { Reading } from '../extract/reading.ts'
import type { Checked, ReadText, Typed } from './by-hand.ts'
import { readCsv } from './csv.ts'
import type { PaymentRow } from './draft.ts'
import { INTO_BOX, MOST_TIMES } from './incoming.ts'
import { count } from './kinds.ts'
import { type Cell, readStatement } from './statement.ts'

/** What a dropped text file holds. */
export interface FileRead {
  /** For the box; null when it is a table or too long for it, and was read beside it. */
  readonly text: string | null
  readonly facts: readonly Fact[]
  readonly payments: readonly PaymentRow[]
  /** What was done with it, in sentences. */
  readonly note: string
  /** What could not be read, each with its line. */
  readonly problems: readonly string[]
  /** Of a text that was read beside the box: that it speaks of a child or of violence, which may not wait. */
  readonly safety: string | null
}

/** What is known of a long file while it is read. */
export interface FilePart {
  /** Letters read, of how many. */
  readonly done: number
  readonly total: number
  /** Those read since the part before. */
  readonly facts: readonly Fact[]
}

/** Works of the reader's worker beside reading the box. */
export type FileWork = {
  file: {
    /** `box` is what stands in the box already. */
    ask: { name: string; bytes: Uint8Array; box: string; country?: string; now?: string }
    answer: FileRead
    part: FilePart
  }
  check: { ask: Typed; answer: Checked }
}

/** Most different facts that one file brings into the list; a draft must stay small. */
const MOST_FACTS = 2_000

export interface Readers {
  readonly read: (text: string) => Reading
  /** Piece by piece, each told as it is read. */
  readonly readLong: (text: string, tell: (part: FilePart) => void) => Promise<Reading>
  readonly tell: (part: FilePart) => void
  readonly isChat: (text: string) => boolean
  /** Why a text in this language asks for safeguarding; null when nothing in it does. */
  readonly safety: (text: string, language: string) => Promise<string | null>
}

/**
 * What a file says, once its bytes are text.
 * @param box  what stands in the box already
 */
export async function readDecoded(
  { text, note, box }: Pick<Decoded, 'text' | 'note'> & { readonly box: string },
  { read, readLong, tell, isChat, safety }: Readers,
): Promise<FileRead> {
  const said = note ? [note] : []
  const table = readCsv(text)
  const statement = table && readStatement(table, cellReader(read))
  if (statement) {
    const { keep, left } = limiter()
    const facts = keep(statement.facts)
    const columns = statement.mapping.map(({ column, as }) => `${column} as ${as.replaceAll('_', ' ')}`)
    return {
      text: null,
      facts,
      payments: statement.payments.slice(0, MOST_FACTS),
      note: [
        ...said,
        `A table of ${count(statement.rows, 'transaction')}: ${columns.join(', ')}.`,
        ...left(),
      ].join(' '),
      problems: statement.problems,
      safety: null,
    }
  }
  const apart = staysApart(text, box, isChat)
  if (apart === null)
    return { text, facts: [], payments: [], note: said.join(' '), problems: [], safety: null }
  const { keep, left } = limiter()
  const facts: Fact[] = []
  const reading = await readLong(text, (part) => {
    const more = keep(part.facts)
    facts.push(...more)
    tell({ done: part.done, total: part.total, facts: more })
  })
  return {
    text: null,
    facts,
    payments: [],
    note: [...said, apart, 'Signs are listed for the box alone.', ...left()].join(' '),
    problems: reading.refused.slice(0, 50).map((refusal) => `“${refusal.text}”: ${refusal.why}`),
    safety: await safety(text, reading.language),
  }
}

/**
 * Why a text is read beside the box; null when it goes into it. Two chats in one text are read as one: what somebody wrote
 * in the second would be laid in the mouth, and to the hour, of whoever wrote last in the first.
 */
function staysApart(text: string, box: string, isChat: Readers['isChat']): string | null {
  if (text.length > INTO_BOX)
    return `Too long for the box (${text.length.toLocaleString('en')} letters), so it was read here.`
  if (box.trim() === '') return null
  if (isChat(text)) return 'A chat of its own, so it was read here and not mixed with what the box holds.'
  return isChat(box) ? 'The box holds a chat, so this was read here and not mixed with it.' : null
}

/** Each fact at its first places, and not more of them than a draft can carry. */
function limiter(): { keep: (facts: readonly Fact[]) => Fact[]; left: () => string[] } {
  const seen = new Map<string, number>()
  return {
    keep: (facts) =>
      facts.filter((fact) => {
        const key = `${fact.kind}|${JSON.stringify(fact.normal)}`
        const times = seen.get(key) ?? 0
        seen.set(key, times + 1)
        return times < MOST_TIMES && (times > 0 || seen.size <= MOST_FACTS)
      }),
    left: () => {
      const more = seen.size - MOST_FACTS
      return more > 0 ? [`${more} facts more are in the file and not in the list.`] : []
    },
  }
}

/** One cell of an account column through the reader: the whole of it, or nothing. */
function cellReader(read: (text: string) => Reading): (cell: string) => Cell {
  const KINDS = ['iban', 'crypto_address', 'crypto_tx', 'bank_account', 'payment_ref']
  return (cell) => {
    const { facts, refused } = read(cell)
    const fact = facts.find((it) => KINDS.includes(it.kind) && it.text.length >= cell.length - 2)
    if (fact) {
      const { kind, value, normal, confidence, why, country, system } = fact
      const aside = {
        ...(country === undefined ? {} : { country }),
        ...(system === undefined ? {} : { system }),
      }
      return { fact: { kind, value, normal, confidence, why, ...aside } }
    }
    const refusal = refused.find((it) => KINDS.includes(it.kind))
    return refusal ? { refused: refusal.why } : null
  }
}

export type { Checked, ReadText, Typed }
