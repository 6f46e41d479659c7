/** What the first bytes of a file say it is, whatever its name says. */
export type FileKind = 'text' | 'pdf' | 'picture' | 'sound' | 'office' | 'database' | 'archive' | 'other'

/** Leading bytes as Latin-1, at an offset. Source: the formats' own specifications. */
const SIGNS: readonly (readonly [FileKind, number, string])[] = [
  ['pdf', 0, '%PDF-'],
  ['picture', 0, '\x89PNG\r\n'],
  ['picture', 0, '\xff\xd8\xff'],
  ['picture', 0, 'GIF87a'],
  ['picture', 0, 'GIF89a'],
  ['picture', 8, 'WEBP'],
  ['picture', 0, 'II*\0'],
  ['picture', 0, 'MM\0*'],
  ['picture', 4, 'ftypheic'],
  ['picture', 4, 'ftypheix'],
  ['picture', 4, 'ftypmif1'],
  ['picture', 4, 'ftypavif'],
  ['sound', 4, 'ftyp'],
  ['sound', 0, 'ID3'],
  ['sound', 0, 'OggS'],
  ['sound', 0, '#!AMR'],
  ['sound', 8, 'WAVE'],
  ['sound', 8, 'AVI '],
  ['sound', 0, '\x1a\x45\xdf\xa3'],
  ['sound', 0, 'fLaC'],
  ['office', 0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['database', 0, 'SQLite format 3\0'],
  ['archive', 0, '\x1f\x8b'],
  ['archive', 0, '7z\xbc\xaf\x27\x1c'],
  ['archive', 0, 'Rar!\x1a\x07'],
]

/** What is inside a ZIP by the names at its head: Word, Excel, PowerPoint and OpenDocument files are ZIPs too. */
const OFFICE = /word\/|xl\/|ppt\/|\[Content_Types\]|mimetypeapplication\/vnd\.oasis/

/** What a file is by its first few kilobytes. */
export function fileKind(bytes: Uint8Array): FileKind {
  const head = latin(bytes.subarray(0, 4_096))
  if (head.startsWith('PK\x03\x04')) return OFFICE.test(head) ? 'office' : 'archive'
  for (const [kind, at, sign] of SIGNS) if (head.startsWith(sign, at)) return kind
  if (/^\s{0,64}%PDF-\d/.test(head)) return 'pdf'
  // a bitmap: BM, its size, and four bytes of nothing; "BM" alone opens many a text
  if (head.startsWith('BM') && head.startsWith('\0\0\0\0', 6)) return 'picture'
  return 'text'
}

/** What to do instead, for everything that is no text: one sentence, to stand behind the file's name. */
export const INSTEAD: Readonly<Record<Exclude<FileKind, 'text'>, string>> = {
  pdf: 'this is a PDF; open it, copy its text and paste that',
  picture:
    'this is a picture, and pictures are not read; type or paste the words it shows, and keep the picture itself as sealed evidence',
  sound:
    'this is a recording, and recordings are not read; write down what is said, and keep the recording itself as sealed evidence',
  office:
    'this is a document of an office program; open it there and save it as plain text (.txt) or as a PDF, or copy its text and paste that',
  database:
    'this is a database, as telephones keep their chats in; in the chat’s own app choose “Export chat” and take the text it gives',
  archive:
    'this is a packed archive; unpack it and take the files inside it (of a WhatsApp export: _chat.txt)',
  other:
    'this is not a text, whatever its name says; open it in the program it came from and save it as plain text (.txt), and keep the file itself as sealed evidence',
}

const NAMES: readonly (readonly [Exclude<FileKind, 'text'>, RegExp])[] = [
  ['picture', /\.(?:png|jpe?g|gif|webp|heic|bmp|tiff?)$/i],
  ['sound', /\.(?:mp[34]|m4a|ogg|opus|wav|amr|mov|avi|webm|3gp)$/i],
  ['office', /\.(?:docx?|odt|rtf|pages|xlsx?|ods|pptx?|odp)$/i],
  ['archive', /\.(?:zip|gz|7z|rar|tar)$/i],
  ['database', /\.(?:db|sqlite3?|crypt\d+)$/i],
]

/** What a file that is no text seems to be by its name; null when the name does not tell. */
export function kindByName(name: string): Exclude<FileKind, 'text'> | null {
  return NAMES.find(([, names]) => names.test(name))?.[0] ?? null
}

/** Bytes as the characters of the same numbers, for looking at structure that is ASCII. */
export function latin(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192))
  return text
}
