import type { Book } from './book.ts'
import type { Screening } from './screen.ts'

/** What of a book stands in an answer. */
export type Told = Pick<Book, 'rows' | 'rejects' | 'rejectedCount' | 'notes' | 'mappings'>

/** The answer of a screening as JSON, the same from the command line, the server and a browser. */
export function answerOf(book: Told, { alerts, cases, missing }: Screening) {
  return {
    rows: book.rows,
    rejected: book.rejects,
    rejectedCount: book.rejectedCount,
    alerts,
    cases,
    missing,
    notes: book.notes,
    mappings: book.mappings.map((it) => ({
      file: it.file,
      kind: it.kind,
      columns: Object.fromEntries([...it.columns].map(([ours, at]) => [ours, it.header[at] ?? ''])),
    })),
  }
}
