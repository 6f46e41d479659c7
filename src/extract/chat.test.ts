import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../test/linear.ts'
import { fc } from '../../test/property.ts'
import { readChat } from './chat.ts'

/** `speaker | time | words` of each message. */
function told(source: string): string[] {
  const chat = readChat(source)
  return (chat?.messages ?? []).map(
    ({ speaker, at, start, end }) => `${speaker} | ${at} | ${source.slice(start, end)}`,
  )
}

const CHATS: [name: string, form: string, source: string, expected: string[]][] = [
  [
    'WhatsApp on Android, 24 hours, with a line of the app, a photo and a message over two lines',
    'whatsapp',
    '12/03/2024, 09:14 - Messages are end-to-end encrypted.\n12/03/2024, 09:15 - Ken: Hi dear\nare you looking?\n13/03/2024, 22:02 - ~ Mei: <Media omitted>\n',
    ['Ken | 2024-03-12T09:15:00 | Hi dear\nare you looking?', 'Mei | 2024-03-13T22:02:00 | <Media omitted>'],
  ],
  [
    'WhatsApp on Android in America: month first, AM and PM behind a narrow blank',
    'whatsapp',
    '3/5/24, 9:14\u202fPM - Ken: Hi\n3/6/24, 12:02\u202fAM - Mei: Hello',
    ['Ken | 2024-03-05T21:14:00 | Hi', 'Mei | 2024-03-06T00:02:00 | Hello'],
  ],
  [
    'WhatsApp on iPhone with direction marks',
    'whatsapp',
    '\u200e[03/05/2024, 18:22:10] Daniel: \u200eimage omitted\r\n[15/05/2024, 18:22:41] Ruth: look',
    ['Daniel | 2024-05-03T18:22:10 | image omitted', 'Ruth | 2024-05-15T18:22:41 | look'],
  ],
  [
    'a copy from WhatsApp on a computer',
    'whatsapp',
    '[9:14 am, 13/3/2024] Ken: come: now\n[9:15 am, 13/3/2024] Mei: ok',
    ['Ken | 2024-03-13T09:14:00 | come: now', 'Mei | 2024-03-13T09:15:00 | ok'],
  ],
  [
    'WhatsApp in Thai digits and Buddhist years',
    'whatsapp',
    '๒๐/๖/๒๕๖๗ ๑๓:๐๒ - ส้ม: ไปไหน\n๒๑/๖/๒๕๖๗ ๐๖:๓๐ - ชัย: ถึงแล้ว',
    ['ส้ม | 2024-06-20T13:02:00 | ไปไหน', 'ชัย | 2024-06-21T06:30:00 | ถึงแล้ว'],
  ],
  [
    'Telegram',
    'telegram',
    'Victor, [11.06.2024 14:02]\nurgent hiring\n\nno experience\n\nAnita K, [11.06.2024 14:20]\nis it a casino?',
    [
      'Victor | 2024-06-11T14:02:00 | urgent hiring\n\nno experience',
      'Anita K | 2024-06-11T14:20:00 | is it a casino?',
    ],
  ],
  [
    'Telegram with a month name, words on the same line',
    'telegram',
    'Victor, [Jun 11, 2024 at 2:02:05 PM]: hello\nAnita, [Jun 11, 2024 at 2:03:00 PM]: yes',
    ['Victor | 2024-06-11T14:02:05 | hello', 'Anita | 2024-06-11T14:03:00 | yes'],
  ],
  [
    'LINE with tabs',
    'line',
    '[LINE] ประวัติการแชทกับ พี่เมย์ งาน\nบันทึกเมื่อ: 2567/05/20 21:10\n\nส. 18/05/2567\n10:32\tพี่เมย์ งาน\tสวัสดี\n10:33\tต้น\tที่ไหน',
    ['พี่เมย์ งาน | 2024-05-18T10:32:00 | สวัสดี', 'ต้น | 2024-05-18T10:33:00 | ที่ไหน'],
  ],
  [
    'LINE with blanks, names found by what repeats',
    'line',
    '[LINE] Chat history with Nong May\nSaved on: 2024/05/20 21:10\n\n2024.05.18 Saturday\n10:32 Nong May Hello friend\n10:35 Pete how much\n2024.05.19 Sunday\n08:15 Pete they come',
    [
      'Nong May | 2024-05-18T10:32:00 | Hello friend',
      'Pete | 2024-05-18T10:35:00 | how much',
      'Pete | 2024-05-19T08:15:00 | they come',
    ],
  ],
  [
    'Zalo',
    'zalo-or-wechat',
    'Hương 09:12 25/03/2024\nem quan tâm không?\nBảo 09:15 25/03/2024\nở đâu vậy chị',
    ['Hương | 2024-03-25T09:12:00 | em quan tâm không?', 'Bảo | 2024-03-25T09:15:00 | ở đâu vậy chị'],
  ],
  [
    'WeChat on a telephone',
    'wechat',
    '阿强\n2024年3月8日 21:15\n还找工作不?\n\n小林\n2024年3月8日 下午9:16\n什么工作',
    ['阿强 | 2024-03-08T21:15:00 | 还找工作不?', '小林 | 2024-03-08T21:16:00 | 什么工作'],
  ],
  [
    'WeChat on a computer',
    'zalo-or-wechat',
    '阿强 2024/3/8 21:15:10\n还找工作不?\n小林 2024/3/8 21:16:00\n什么工作',
    ['阿强 | 2024-03-08T21:15:10 | 还找工作不?', '小林 | 2024-03-08T21:16:00 | 什么工作'],
  ],
  [
    'QQ',
    'qq',
    '2024-03-08 21:15:10 阿强(12345678)\n还找工作不?\n2024-03-08 21:16:10 小林(87654321)\n什么工作',
    ['阿强 | 2024-03-08T21:15:10 | 还找工作不?', '小林 | 2024-03-08T21:16:10 | 什么工作'],
  ],
  [
    'text messages with labels',
    'sms',
    'From: 0491 570 156\nSent: 14 Feb 2024, 3:12 pm\nHi mum\n\nFrom: Me\nSent: 14 Feb 2024, 3:20 pm\nWhich bank?',
    ['0491 570 156 | 2024-02-14T15:12:00 | Hi mum', 'Me | 2024-02-14T15:20:00 | Which bank?'],
  ],
  [
    'a backup of text messages',
    'sms-backup',
    '<?xml version="1.0"?>\n<smses count="2"><sms protocol="0" address="+61491570156" date="1707883920000" type="1" body="Hi &gt; mum" contact_name="(Unknown)" />\n<sms address="+61491570156" date="1707883980000" type="2" body="Who?" /></smses>',
    ['+61491570156 | 2024-02-14T04:12:00.000Z | Hi &gt; mum', 'Me | 2024-02-14T04:13:00.000Z | Who?'],
  ],
  [
    'Telegram JSON, with text in parts and a service line',
    'telegram-json',
    '{"name":"x","messages":[{"id":1,"type":"service","date":"2024-02-17T20:00:00","actor":"A","text":""},{"id":2,"type":"message","date":"2024-02-17T20:41:09","from":"Teacher \\"W\\"","text":["send to ",{"type":"link","text":"gold.example"}," now"]},{"id":3,"date":"2024-02-17T20:44:51","from":"Marie","reply":{"text":"no"},"text":"ok"}]}',
    [
      'Teacher "W" | 2024-02-17T20:41:09 | send to ",{"type":"link","text":"gold.example"}," now',
      'Marie | 2024-02-17T20:44:51 | ok',
    ],
  ],
  [
    'names and words without times',
    'copied',
    'Them: pay 9000\nMe: we are poor\nThem: no. Last price\nMe: How?',
    ['Them | null | pay 9000', 'Me | null | we are poor', 'Them | null | no. Last price', 'Me | null | How?'],
  ],
]

for (const [name, form, source, expected] of CHATS) {
  test(`chat: ${name}`, () => {
    assert.equal(readChat(source)?.form, form)
    assert.deepEqual(told(source), expected)
  })
}

const NOT_CHATS: [name: string, source: string][] = [
  ['a form', 'Name: withheld\nAge: 27\nPlace: Kisumu\nDate: 12/03/2024\nAmount: 500'],
  ['a log', '2024-06-01 04:12:55 ok from 198.51.100.2\n2024-06-01 04:13:20 address changed: yes'],
  [
    'an e-mail',
    'From: Desk <desk@northmoor.example>\nDate: Mon, 12 Aug 2024 10:31:44 +0100\nSubject: mule account\n\nHi',
  ],
  ['prose', 'I went there on 12/03/2024 at 09:14 and came back on 13/03/2024, 22:02.\nThat is all.'],
  ['a timetable', 'Stop 1 Old Mill Lane 07:05 07:35\nStop 2 Chapel Corner 07:11 07:41'],
  ['nothing', ''],
]

for (const [name, source] of NOT_CHATS) {
  test(`no chat: ${name}`, () => assert.equal(readChat(source), null))
}

test('words before a chat stay outside of its messages', () => {
  const source = 'My cousin sent me this:\n12/03/2024, 09:14 - Ken: Hi\n'
  const chat = readChat(source)
  assert.deepEqual(chat?.headers, [{ start: 24, end: 49 }])
  assert.equal(source.slice(chat?.messages[0]?.start, chat?.messages[0]?.end), 'Hi')
})

test('a sender without a name keeps the number once, for the finders', () => {
  const source = '12/03/2024, 09:14 - +66 81 234 5678: Hi\n12/03/2024, 09:15 - +66 81 234 5678: There'
  const chat = readChat(source)
  const at = source.indexOf('+66')
  assert.ok(!chat?.headers.some(({ start, end }) => start <= at && at < end))
  const again = source.lastIndexOf('+66')
  assert.ok(chat?.headers.some(({ start, end }) => start <= again && again < end))
})

test('a cut-off Telegram file still gives the messages before the cut', () => {
  assert.deepEqual(
    told('{"messages":[{"date":"2024-02-17T20:41:09","from":"A","text":"one"},{"date":"2024-'),
    ['A | 2024-02-17T20:41:09 | one'],
  )
})

test('messages and headers lie inside the source, apart and in order, whatever the source', () => {
  const piece = fc.constantFrom(
    '12/03/2024, 09:14 - ',
    '[03/05/2024, 18:22:10] ',
    'Ken: ',
    'Ken, [11.06.2024 14:02]',
    '\n',
    '\t',
    '2024.05.18',
    '10:32 A b',
    '{"messages":[{"text":"',
    '"}',
    '<sms body="',
    '‎',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
      const source = parts.join('')
      const chat = readChat(source)
      const spans = [...(chat?.messages ?? []), ...(chat?.headers ?? [])].sort(
        (a, b) => a.start - b.start || a.end - b.end,
      )
      for (const [i, { start, end }] of spans.entries()) {
        assert.ok(start >= (spans[i - 1]?.end ?? 0) && end >= start && end <= source.length)
      }
    }),
  )
})

for (const piece of [
  '[',
  '12/03/2024, 09:14 - A: b\n',
  '1',
  '{"messages":[',
  ', [',
  '<sms ',
  '10:32\t',
  'a: b\n',
  '[[[[{"messages"',
]) {
  test(`chats stay linear in ${JSON.stringify(piece)}`, () => staysLinear(readChat, piece))
}

test('the weekday of a LINE day tells which number is the month', () => {
  const chat = (day: string) =>
    `[LINE] Chat history with Nok\n\n${day}\n03:07 PM\tNok\thello\n03:08 PM\tTon\tbye`
  const at = (day: string) => readChat(chat(day))?.messages[0]?.at
  assert.equal(at('Fri, 1/5/2024'), '2024-01-05T15:07:00')
  assert.equal(at('Wed, 1/5/2024'), '2024-05-01T15:07:00')
  assert.equal(at('1/5/2024 Friday'), '2024-01-05T15:07:00')
})

test('a Burmese comma stands between day and time', () => {
  const chat = readChat('၅/၁/၂၀၂၄၊ ၃:၀၇ ညနေ - မောင်: ဟေး\n၅/၁/၂၀၂၄၊ ၉:၀၇ နံနက် - မ: ဟုတ်')
  assert.deepEqual(
    chat?.messages.map(({ at }) => at),
    ['2024-01-05T15:07:00', '2024-01-05T09:07:00'],
  )
})
