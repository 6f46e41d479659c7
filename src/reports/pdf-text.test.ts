import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { pdfText } from './pdf-text.ts'

/** A PDF of pages with these lines; a page without lines is one that a scanner made. */
function pdf(pages: readonly (readonly string[])[]): Uint8Array {
  const objects: string[] = []
  const kids = pages.map((_, i) => `${3 + i * 2} 0 R`).join(' ')
  objects.push(
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
  )
  pages.forEach((lines, i) => {
    const content = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join('\n')
    const stream = `BT /F1 12 Tf 14 TL 50 750 Td\n${content}\nET`
    const font = '/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << ${font} >> /Contents ${4 + i * 2} 0 R >>`,
      `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    )
  })
  let file = '%PDF-1.4\n'
  const at = objects.map((object, i) => {
    const offset = file.length
    file += `${i + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const table = at.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const end = file.length
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`
  return new TextEncoder().encode(file)
}

test('the text of a PDF, line by line and page by page; the bytes stay as they were', async () => {
  const bytes = pdf([
    ['Offer of employment', 'Salary: $1,500 (monthly)'],
    ['Transfer to IBAN DE89 3704 0044 0532 0130 00'],
  ])
  const before = bytes.slice()
  const { text, note, converted } = await pdfText(bytes)
  assert.equal(
    text,
    'Offer of employment\nSalary: $1,500 (monthly)\n\nTransfer to IBAN DE89 3704 0044 0532 0130 00\n',
  )
  assert.match(note ?? '', /2 pages\.$/)
  assert.equal(converted, true)
  assert.deepEqual(bytes, before)
})

test('a page without text among others is said', async () => {
  const { note } = await pdfText(pdf([['Offer of employment, first page'], []]))
  assert.match(note ?? '', /One page holds no text/)
})

test('scanned and damaged PDFs say what to do instead', async () => {
  const refused: [Uint8Array, RegExp][] = [
    [pdf([[], ['3']]), /pictures of pages and no text.*sealed evidence/],
    [new TextEncoder().encode('%PDF-1.7\nnothing more'), /damaged/],
    [pdf([['Offer of employment']]).subarray(0, 60), /damaged/],
  ]
  for (const [bytes, why] of refused)
    await assert.rejects(pdfText(bytes), (error) => error instanceof HouseError && why.test(error.message))
})
