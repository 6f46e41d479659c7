import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../test/linear.ts'
import { fc } from '../../test/property.ts'
import { HouseError } from '../core/errors.ts'
import { textStream } from './decode/stream.ts'
import { decode } from './decode.ts'

/** Bytes of a text in an encoding that Node only reads: its table turned round. */
function encoded(label: string, text: string): Uint8Array {
  const table = tableOf(label)
  return Uint8Array.from(
    [...text.normalize(label === 'windows-1258' ? 'NFC' : 'NFC')].flatMap((sign) => {
      const bytes = table.get(sign) ?? split1258(label, sign, table)
      assert.ok(bytes, `${label} has no ${sign}`)
      return bytes
    }),
  )
}

function split1258(label: string, sign: string, table: Map<string, number[]>): number[] | undefined {
  if (label !== 'windows-1258') return undefined
  for (const tone of '\u0300\u0301\u0303\u0309\u0323') {
    for (const base of 'aăâeêioôơuưyAĂÂEÊIOÔƠUƯY') {
      if (`${base}${tone}`.normalize('NFC') === sign)
        return [...(table.get(base) ?? []), ...(table.get(tone) ?? [])]
    }
  }
  return undefined
}

const tables = new Map<string, Map<string, number[]>>()
function tableOf(label: string): Map<string, number[]> {
  const known = tables.get(label)
  if (known) return known
  const table = new Map<string, number[]>()
  const add = (bytes: number[]) => {
    try {
      const sign = new TextDecoder(label, { fatal: true }).decode(Uint8Array.from(bytes))
      if ([...sign].length === 1 && !table.has(sign)) table.set(sign, bytes)
    } catch {
      return
    }
  }
  for (let first = 0; first < 256; first++) add([first])
  if (label === 'gb18030' || label === 'big5')
    for (let first = 0x81; first < 0xff; first++)
      for (let second = 0x40; second < 0xff; second++) add([first, second])
  tables.set(label, table)
  return table
}

function utf16(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  for (let i = 0; i < text.length; i++) {
    new DataView(bytes.buffer).setUint16(i * 2, text.charCodeAt(i), little)
  }
  return bytes
}

const utf8 = (text: string) => new TextEncoder().encode(text)

const THAI = 'เขาให้ฉันโอนเงิน 45,000 บาท เข้าบัญชี 123-4-56789-0 แล้วยึดหนังสือเดินทางไป'
const SIMPLIFIED = '他们拿走了我的护照,让我每天给陌生人打电话,说不做就不给饭吃。转账 20,000 元。'
const TRADITIONAL = '他們拿走了我的護照,讓我每天打電話給陌生人,說不做就不給飯吃。轉帳 20,000 元。'
const VIETNAMESE = 'Họ giữ hộ chiếu của tôi và bắt tôi làm việc mười sáu tiếng mỗi ngày, không trả lương.'
const CASES: [label: string, text: string][] = [
  ['windows-874', THAI],
  ['windows-874', 'สวัสดี'],
  ['gb18030', SIMPLIFIED],
  ['gb18030', '公司电话号码'],
  ['big5', TRADITIONAL],
  ['big5', '公司電話號碼在這裡'],
  ['windows-1258', VIETNAMESE],
  ['windows-1252', 'Señora José paid 300 € to the café “Niño”; she couldn’t leave.'],
  ['windows-1252', 'a plain line and one dash – no more'],
  ['windows-1250', 'Zabrali mi paszport, nie mogłem wyjść; żądali pieniędzy i groźby były codziennie.'],
  ['windows-1251', 'Они забрали мой паспорт и заставляли работать каждый день.'],
  ['windows-1253', 'Πήραν το διαβατήριό μου και με ανάγκαζαν να δουλεύω κάθε μέρα.'],
  ['windows-1254', 'Pasaportumu aldılar ve her gün çalışmaya zorladılar; şirketin adı değişti.'],
  ['windows-1255', 'הם לקחו את הדרכון שלי והכריחו אותי לעבוד כל יום'],
  ['windows-1256', 'أخذوا جواز سفري وأجبروني على العمل كل يوم'],
]

for (const [label, text] of CASES) {
  test(`${label} is recognised by its letters: ${text.slice(0, 24)}`, () => {
    const read = decode(encoded(label, text))
    assert.deepEqual([read.encoding, read.text], [label, text])
    assert.match(read.note ?? '', new RegExp(`Read as ${label}`, 'i'))
    assert.equal(read.converted, false)
  })
}

const SCRIPTS = [
  'They took my passport.',
  THAI,
  SIMPLIFIED,
  VIETNAMESE,
  'គេយកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយបង្ខំឱ្យធ្វើការ',
  'သူတို့က ပတ်စပို့ယူထားတယ်\nအလုပ်လုပ်ခိုင်းတယ်',
  'उन्होंने मेरा पासपोर्ट ले लिया',
]
for (const text of SCRIPTS) {
  test(`UTF-16 in both orders, with its mark and without: ${text.slice(0, 20)}`, () => {
    for (const little of [true, false]) {
      const label = little ? 'utf-16le' : 'utf-16be'
      for (const mark of ['\ufeff', '']) {
        const read = decode(utf16(mark + text, little))
        assert.deepEqual([read.encoding, read.text], [label, text])
        assert.match(read.note ?? '', /UTF-16 (?:LE|BE)/)
      }
    }
  })
}

test('UTF-8 with and without its mark needs no word', () => {
  for (const text of SCRIPTS) {
    assert.deepEqual(decode(utf8(text)), { text, encoding: 'utf-8', note: null, converted: false })
    assert.equal(decode(utf8(`\ufeff${text}`)).text, text)
  }
})

test('a text cut inside its last sign keeps everything before it, and says so', () => {
  const read = decode(utf8(`${THAI}\n${THAI}`).subarray(0, -1))
  assert.ok(read.text.startsWith(`${THAI}\n${THAI.slice(0, -1)}`))
  assert.match(read.note ?? '', /One sign is damaged and shown as \ufffd, first on line 2/)
  const chinese = decode(encoded('gb18030', SIMPLIFIED).subarray(0, -1))
  assert.ok(chinese.text.startsWith(SIMPLIFIED.slice(0, -1)))
  assert.match(chinese.note ?? '', /damaged/)
})

test('lines in another encoding inside a text in UTF-8 are read in theirs, and the first is named', () => {
  const thai = encoded('windows-874', THAI)
  const bytes = [utf8(`${THAI}\n`), thai, utf8(`\n${VIETNAMESE}\n`), thai]
  const read = decode(Uint8Array.from(bytes.flatMap((part) => [...part])))
  assert.equal(read.text, [THAI, THAI, VIETNAMESE, THAI].join('\n'))
  assert.match(read.note ?? '', /2 lines are written in windows-874 inside a text in UTF-8, first line 2/)
})

const page = (head: string, body: string) =>
  `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`

test('of a page only the words are read, with line ends where a reader sees them', () => {
  const html = page(
    '<title>x</title><style>p{color:red}</style>',
    '<p>Paid&nbsp;&#3647;45,000 to <b>Mali</b></p><script>var a="999-9-99999-9"</script><div>caf&eacute; &lt;3</div>' +
      '<a href="https://pay.example/x?a=1&amp;b=2">pay here</a><table><tr><td>IBAN</td><td>12</td></tr></table>',
  )
  const { text, converted, note } = decode(utf8(html))
  assert.equal(
    text,
    'Paid ฿45,000 to Mali\n\ncafé <3\npay here (https://pay.example/x?a=1&b=2)\n\nIBAN\t12\n',
  )
  assert.equal(converted, true)
  assert.match(note ?? '', /web page/)
})

test('a page is read in the charset it names, in the one its letters show, and in UTF-16', () => {
  const named = encoded('windows-874', page('<meta charset="windows-874">', `<p>${THAI}`))
  assert.deepEqual([decode(named).text, decode(named).encoding], [`${THAI}\n`, 'windows-874'])
  const wrong = encoded('big5', page('<meta charset="utf-8">', `<p>${TRADITIONAL}`))
  assert.deepEqual([decode(wrong).text, decode(wrong).encoding], [`${TRADITIONAL}\n`, 'big5'])
  assert.equal(decode(utf16(`\ufeff${page('', THAI)}`, true)).text, `${THAI}\n`)
})

test('a story that speaks of tags or of mail heads is neither page nor mail', () => {
  for (const text of [
    'He wrote <html> in the chat.',
    'From: the beginning\nTo: the end\n\nmy story',
    'a < b & c > d',
  ])
    assert.equal(decode(utf8(text)).text, text)
})

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/.{60}/g, '$&\r\n')
const mail = (lines: readonly string[]) => utf8(lines.join('\r\n'))

test('a mail: encoded words, the plain one of two versions, what was attached is named', () => {
  const { text, note } = decode(
    mail([
      'From: =?UTF-8?B?4Liq4Lih4LiK4Liy4Lii?= <somchai@mail.example>',
      'Subject: =?iso-8859-1?q?caf=E9_job?=',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="a1"',
      '',
      'preamble',
      '--a1',
      'Content-Type: multipart/alternative; boundary=b2',
      '',
      '--b2',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      base64(THAI),
      '--b2',
      'Content-Type: text/html',
      '',
      '<p>the page</p>',
      '--b2--',
      '--a1',
      'Content-Type: application/pdf; name="offer.pdf"',
      'Content-Disposition: attachment; filename="offer.pdf"',
      '',
      'JVBERi0=',
      '--a1--',
      '',
    ]),
  )
  assert.equal(text, `From: สมชาย <somchai@mail.example>\nSubject: café job\n\n${THAI}`)
  assert.match(note ?? '', /Attached and not read here: offer\.pdf/)
})

test('a mail that is a page in quoted-printable, in an old charset, cut off before its end', () => {
  const body = [...encoded('windows-874', `<p>${THAI}</p>`)]
    .map((byte) =>
      byte < 0x80 && byte !== 61 ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase()}`,
    )
    .join('')
    .replace(/(?:[^=]|=..){60}/g, '$&=\r\n')
  const head = ['Date: Mon, 2 Feb 2026 10:00:00 +0700', 'Content-Type: multipart/related; boundary=x', '']
  const part = [
    '--x',
    'Content-Type: text/html; charset=windows-874',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    body,
  ]
  const { text, encoding } = decode(mail([...head, ...part]))
  assert.equal(text, `Date: Mon, 2 Feb 2026 10:00:00 +0700\n\n${THAI}\n`)
  assert.equal(encoding, 'windows-874')
})

const bytes = (...list: number[]) => Uint8Array.from(list)
const REFUSED: [name: string, bytes: Uint8Array, why: RegExp][] = [
  ['nothing', bytes(), /the file is empty/],
  ['a PNG', bytes(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0), /a picture.*sealed evidence/],
  ['a JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 0), /type or paste the words it shows/],
  ['a voice message', utf8('OggS\0\0\0'), /write down what is said/],
  ['a PDF', utf8('%PDF-1.7\n'), /PDF/],
  ['a Word file', utf8('PK\x03\x04 [Content_Types].xml'), /save it as plain text/],
  ['an archive', utf8('PK\x03\x04 chat.txt'), /unpack it/],
  ['a telephone’s database', utf8('SQLite format 3\0'), /Export chat/],
  ['zeros', new Uint8Array(1_000), /not a text/],
  [
    'noise',
    Uint8Array.from({ length: 4_000 }, (_, i) => (i * i * 31 + (i >> 3) * 7) & 255),
    /not a text|not written in/,
  ],
  [
    'noise without zeros',
    Uint8Array.from({ length: 997 }, (_, i) => 128 + ((i * i * 7) % 127)),
    /save it as UTF-8|not a text/,
  ],
]
for (const [name, content, why] of REFUSED) {
  test(`${name} is refused, with what to do instead`, () => {
    assert.throws(
      () => decode(content),
      (error) => error instanceof HouseError && error.code === 'invalid' && why.test(error.message),
    )
  })
}

test('in parts of any size the text is the same as in one', () => {
  for (const [label, text] of [['utf-8', `${THAI}\n${SIMPLIFIED}\n`], ...CASES.slice(0, 6)] as [
    string,
    string,
  ][]) {
    const all = label === 'utf-8' ? utf8(text) : encoded(label, text)
    for (const size of [1, 2, 3, 7, 64]) {
      const stream = textStream(all, true)
      let read = ''
      for (let i = 0; i < all.length; i += size) read += stream.push(all.slice(i, i + size))
      assert.equal(read + stream.end(), text, `${label} in parts of ${size}`)
    }
  }
})

test('whatever the bytes: a text or a reason, never another error', () => {
  const piece = fc.constantFrom(
    '<p>',
    '<!--',
    '<script>',
    '&#x',
    '--x',
    'Content-Type: multipart/mixed; boundary=x\n',
    '\n\n',
    'From: a\n',
    '=?utf-8?b?',
    '=E9',
  )
  const some = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.array(fc.oneof(piece, fc.string())).map((it) => utf8(it.join(''))),
  )
  fc.assert(
    fc.property(some, (content) => {
      try {
        assert.equal(typeof decode(content).text, 'string')
      } catch (error) {
        assert.ok(error instanceof HouseError, String(error))
      }
    }),
    { numRuns: 500 },
  )
})

for (const part of ['<', '<a', '<script>', '<!--', '&#', '<p>', '<td>\t', '<a href="', '</a>']) {
  test(`a page stays linear in ${JSON.stringify(part)}`, () =>
    staysLinear((text) => decode(utf8(`<html>${text}`)), part))
}
