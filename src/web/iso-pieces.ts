import { isoToCsv } from '../ledger/iso20022.ts'

export const looksLikeXml = (bytes: Uint8Array) =>
  /^\uFEFF?\s*</.test(new TextDecoder().decode(bytes.subarray(0, 200)))

export interface IsoPieces {
  /** Throws `invalid` for a message that cannot be read. */
  push(bytes: Uint8Array): Promise<void>
  close(): Promise<void>
}

/** ISO 20022 messages (pacs.008, camt.053), turned into rows by the loader of the command line, piece by piece. */
export function isoPieces(feed: (rows: string) => void, name = 'the message'): IsoPieces {
  const pipe = new TransformStream<Uint8Array, Uint8Array>()
  const into = pipe.writable.getWriter()
  const read = (async () => {
    for await (const text of isoToCsv(name, piecesOf(pipe.readable))) feed(text)
  })()
  // told by the push or the close that comes next
  read.catch(() => into.abort().catch(() => undefined))
  const orFail = (done: Promise<void>) => Promise.race([done, read.then(() => done)])
  return {
    push: (bytes) => orFail(into.write(bytes)),
    close: () => Promise.all([into.close().catch(() => undefined), read]).then(() => undefined),
  }
}

/** Not every browser can go through a stream with `for await`. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = stream.getReader()
  for (let next = await pieces.read(); !next.done; next = await pieces.read()) yield next.value
}
