// What only files are read with: it is fetched with the first file, not with the first text.
export { fileKind } from '../extract/decode/kind.ts'
export { decode } from '../extract/decode.ts'
export { pdfText } from '../reports/pdf-text.ts'
export { readDecoded } from '../reports/read-file.ts'
