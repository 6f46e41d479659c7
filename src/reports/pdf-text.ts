import { HouseError } from '../core/errors.ts'
import type { Decoded } from '../extract/decode.ts'

/** Characters a page has at least when its words are words and not only a picture of them with a page number. */
const LEAST_ON_A_PAGE = 12

/**
 * The text of a PDF, page after page. The reader of PDFs (one and a half megabytes) is fetched when the first one comes.
 * @throws `invalid`, one sentence to stand behind the file's name: scanned pages, locked, damaged
 */
export async function pdfText(bytes: Uint8Array): Promise<Decoded> {
  const { extractText, getDocumentProxy } = await import('unpdf')
  let pages: string[]
  try {
    // the reader takes the bytes for itself, and the caller may need them yet
    const pdf = await getDocumentProxy(bytes.slice(), { verbosity: 0 })
    pages = (await extractText(pdf)).text
    await pdf.loadingTask.destroy()
  } catch (cause) {
    throw new HouseError('invalid', reason(cause), { cause })
  }
  const empty = pages.filter((text) => text.replace(/\s/g, '').length < LEAST_ON_A_PAGE).length
  if (empty === pages.length) throw new HouseError('invalid', SCANNED)
  const text = `${pages.map((page) => page.trim()).join('\n\n')}\n`
  return { text, encoding: 'utf-8', note: noteOf(pages.length, empty), converted: true }
}

const SCANNED =
  'this PDF holds pictures of pages and no text, as scanners make them; type or paste the words it shows, and keep the PDF itself as sealed evidence'

function noteOf(pages: number, empty: number): string {
  const said = `The text of a PDF, ${pages === 1 ? 'one page' : `${pages} pages`}.`
  if (empty === 0) return said
  return `${said} ${empty === 1 ? 'One page holds' : `${empty} pages hold`} no text, perhaps a picture of it, and could not be read.`
}

function reason(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'PasswordException')
    return 'this PDF is locked with a password; open it with the password, save it without one and try again'
  return 'this PDF is damaged, so its text cannot be read; open it in a PDF program, save it anew and try again'
}
