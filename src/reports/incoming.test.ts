import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../extract/read.ts'
import { checkTyped } from './by-hand.ts'
import { BOX_LIMIT, incoming, READ_LIMIT, SEAL_LIMIT, tooLong } from './incoming.ts'

const files: [
  string,
  { name: string; size: number; type: string },
  'text' | 'evidence' | 'refused',
  RegExp,
][] = [
  ['a chat export is read', { name: 'WhatsApp Chat.txt', size: 90_000, type: 'text/plain' }, 'text', /^$/],
  ['a statement is read', { name: 'st.CSV', size: 90_000, type: '' }, 'text', /^$/],
  ['an empty file', { name: 'a.txt', size: 0, type: 'text/plain' }, 'refused', /a\.txt is empty/],
  ['a picture is evidence', { name: 'slip.jpg', size: 2_000_000, type: 'image/jpeg' }, 'evidence', /picture/],
  ['a PDF is read', { name: 'letter.pdf', size: 5_000, type: 'application/pdf' }, 'text', /^$/],
  [
    'a voice message is evidence',
    { name: 'a.opus', size: 5_000, type: 'audio/ogg' },
    'evidence',
    /recording.*Write into/,
  ],
  [
    'a Word file says what to do',
    { name: 'A.DOCX', size: 5_000, type: '' },
    'evidence',
    /Save it there as plain text/,
  ],
  [
    'a packed export says what to do',
    { name: 'chat.zip', size: 5_000, type: '' },
    'evidence',
    /Unpack it.*_chat\.txt/,
  ],
  ['what an unknown program wrote', { name: 'a.bin', size: 5_000, type: '' }, 'evidence', /not read/],
  ['a backup of short messages is read', { name: 'sms.xml', size: 5_000, type: '' }, 'text', /^$/],
  [
    'a text too large to read',
    { name: 'a.txt', size: READ_LIMIT + 1, type: 'text/plain' },
    'evidence',
    /20 MB/,
  ],
  [
    'a file too large to seal',
    { name: 'a.mp4', size: SEAL_LIMIT + 1, type: 'video/mp4' },
    'refused',
    /Split it/,
  ],
]
for (const [name, file, as, say] of files)
  test(`a dropped file: ${name}`, () => {
    const it = incoming(file, 0)
    assert.equal(it.as, as)
    assert.match('note' in it ? it.note : 'why' in it ? it.why : '', say)
  })

test('a paste of 50 MB gets an answer that says what to do; one that fits gets none', () => {
  assert.match(tooLong(0, 50_000_000) ?? '', /50 million letters.*Nothing was changed.*drop it here/)
  assert.equal(tooLong(0, BOX_LIMIT), null)
  assert.ok(tooLong(1, BOX_LIMIT))
})

test('typed facts take the form that the reader gives them', () => {
  const typed = checkTyped({ kind: 'iban', value: 'de89 3704 0044 0532 0130 00' }, read)
  assert.equal('said' in typed && typed.said.normal, 'DE89370400440532013000')
})

test('a typed IBAN whose check digits fail is refused with the reason, and never taken', () => {
  const typed = checkTyped({ kind: 'iban', value: 'DE89 3704 0044 0532 0130 01' }, read)
  assert.match('refused' in typed ? typed.refused : '', /check digits/)
})

test('what proves nothing is taken as it was typed', () => {
  const typed = checkTyped({ kind: 'organisation', value: ' Golden Lotus Park ' }, () => ({
    facts: [],
    refused: [],
  }))
  assert.equal('said' in typed && typed.said.normal, 'Golden Lotus Park')
})

test('amounts: exact in their currency, hundredths when it is not known, refused when they cannot be', () => {
  const money = (value: string, currency: string) => {
    const typed = checkTyped({ kind: 'amount', value, currency }, read)
    return 'said' in typed ? typed.said.normal : typed.refused
  }
  assert.deepEqual(money('48,200.50', 'SGD'), { minor: 4_820_050, currency: 'SGD' })
  assert.deepEqual(money('48,200', ''), { minor: 4_820_000, currency: null })
  assert.match(String(money('45 triệu', '')), /does not belong in an amount;/)
})

test('days: as they are, never a day that does not exist', () => {
  const day = (value: string) => checkTyped({ kind: 'date', value }, () => ({ facts: [], refused: [] }))
  assert.ok('said' in day('2026-02-28'))
  assert.ok('said' in day('2026-02'))
  assert.ok('refused' in day('2026-02-30'))
})
