import type { Fact } from '../core/fact.ts'
import type { Decoded } from '../extract/decode.ts'
import type { Reading } from '../extract/reading.ts'
import type { Checked, ReadText, Typed } from './by-hand.ts'
import { readCsv } from './csv.ts'
import type { PaymentRow } from './draft.ts'
import { INTO_BOX } from './incoming.ts'
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
    ask: { name: string; bytes: Uint8Array; country?: string; now?: string }
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
}

/** What a file says, once its bytes are text. */
export async function readDecoded(
  { text, note }: Pick<Decoded, 'text' | 'note'>,
  { read, readLong, tell }: Readers,
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
    }
  }
  if (text.length <= INTO_BOX) return { text, facts: [], payments: [], note: said.join(' '), problems: [] }
  const { keep, left } = limiter()
  const facts: Fact[] = []
  const reading = await readLong(text, (part) => {
    const more = keep(part.facts)
    facts.push(...more)
    tell({ done: part.done, total: part.total, facts: more })
  })
  const why = `Too long for the box (${text.length.toLocaleString('en')} letters), so it was read here.`
  return {
    text: null,
    facts,
    payments: [],
    note: [...said, why, ...left()].join(' '),
    problems: reading.refused.slice(0, 50).map((refusal) => `“${refusal.text}”: ${refusal.why}`),
  }
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
        return times < 3 && (times > 0 || seen.size <= MOST_FACTS)
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
