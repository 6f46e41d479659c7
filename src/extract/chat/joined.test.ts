import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../../test/linear.ts'
import { readChat } from '../chat.ts'
import { piecesOf } from '../pieces.ts'
import { read } from '../read.ts'

/** `speaker | time | words` of each message. */
function told(source: string): string[] {
  const chat = readChat(source)
  return (chat?.messages ?? []).map(
    ({ speaker, at, start, end }) => `${speaker} | ${at} | ${source.slice(start, end)}`,
  )
}

const WHATSAPP =
  '[21/11/2026, 21:04:12] Nok: Please help my friend.\n[21/11/2026, 21:05:40] Jib: Where is she?'
const SAID_THERE = [
  'Nok | 2026-11-21T21:04:12 | Please help my friend.',
  'Jib | 2026-11-21T21:05:40 | Where is she?',
]
const SECOND: [name: string, source: string, expected: string[]][] = [
  [
    'LINE with tabs',
    '[LINE] Chat history with Mai\nSaved on: 2026/11/21 08:00\n\n2026/11/20(Fri)\n09:15\tMai\tSend 45,000 baht\n09:16\tArunee\tI will not',
    ['Mai | 2026-11-20T09:15:00 | Send 45,000 baht', 'Arunee | 2026-11-20T09:16:00 | I will not'],
  ],
  [
    'LINE with blanks',
    '[LINE] Chat history with Mai\nSaved on: 2026/11/21 08:00\n\n2026.11.20 Friday\n09:15 Mai Send 45,000 baht\n09:16 Ton I will not\n09:17 Ton No',
    [
      'Mai | 2026-11-20T09:15:00 | Send 45,000 baht',
      'Ton | 2026-11-20T09:16:00 | I will not',
      'Ton | 2026-11-20T09:17:00 | No',
    ],
  ],
  [
    'Telegram',
    'Victor, [11.06.2026 14:02]\nurgent hiring\n\nAnita K, [11.06.2026 14:20]\nis it a casino?',
    ['Victor | 2026-06-11T14:02:00 | urgent hiring', 'Anita K | 2026-06-11T14:20:00 | is it a casino?'],
  ],
  [
    'Zalo',
    'Hương 09:12 25/03/2026\nem quan tâm không?\nBảo 09:15 25/03/2026\nở đâu vậy chị',
    ['Hương | 2026-03-25T09:12:00 | em quan tâm không?', 'Bảo | 2026-03-25T09:15:00 | ở đâu vậy chị'],
  ],
  [
    'WeChat on a telephone',
    '阿强\n2026年3月8日 21:15\n还找工作不?\n\n小林\n2026年3月8日 下午9:16\n什么工作',
    ['阿强 | 2026-03-08T21:15:00 | 还找工作不?', '小林 | 2026-03-08T21:16:00 | 什么工作'],
  ],
]

for (const [name, source, expected] of SECOND) {
  test(`two chats in one text: ${name} under and above WhatsApp`, () => {
    for (const between of ['\n', '\n\n', '\n\nand this is from the other phone\n\n\n']) {
      const words = between.trim() === '' ? '' : `\n\n${between.trim()}`
      const [first = '', second = ''] = SAID_THERE
      assert.deepEqual(told(`${WHATSAPP}${between}${source}`), [first, `${second}${words}`, ...expected])
      const last = expected.at(-1) ?? ''
      const above = [...expected.slice(0, -1), `${last}${words}`, ...SAID_THERE]
      assert.deepEqual(told(`${source}${between}${WHATSAPP}`), above)
    }
  })
}

test('three chats in one text, and the first going on below', () => {
  const [, [, line, inLine], [, telegram, inTelegram]] = SECOND.slice(0, 3) as [
    never,
    (typeof SECOND)[0],
    (typeof SECOND)[0],
  ]
  assert.deepEqual(told([WHATSAPP, line, telegram, WHATSAPP].join('\n')), [
    ...SAID_THERE,
    ...inLine,
    ...inTelegram,
    ...SAID_THERE,
  ])
})

test('day and month are told apart for each of two chats alone', () => {
  const source =
    '3/25/26, 9:14 PM - Ken: Hi\n3/4/26, 9:15 PM - Mei: Yes\nAn, [05.04.2026 14:02]\na\n\nBo, [13.04.2026 14:02]\nb'
  assert.deepEqual(
    readChat(source)?.messages.map(({ at }) => at),
    ['2026-03-25T21:14:00', '2026-03-04T21:15:00', '2026-04-05T14:02:00', '2026-04-13T14:02:00'],
  )
})

const QUOTES: [name: string, words: string][] = [
  [
    'a line of another chat',
    'look what he wrote\nVictor, [11.06.2026 14:02]\nurgent hiring\nwhat do you think',
  ],
  ['a list of payments', 'I paid\nPaid 500 09:14 12/03/2026\nto Mai\nPaid 700 09:16 12/03/2026\nto Ken'],
  ['payments with their time', 'Sent at 09:14 12/03/2026\n500 baht\nSent at 09:16 12/03/2026\n700 baht'],
  ['a timetable', 'the bus\n2026.05.18 Monday\n10:32 leaves Mae Sot\n13:05 is in Tak\n14:10 goes on'],
  ['an e-mail', 'they wrote\nFrom: Desk\nSent: 14 Feb 2026, 3:12 pm\nSubject: your account\n\nit is closed'],
]

for (const [name, words] of QUOTES) {
  test(`one chat: a message that quotes ${name} stays whole`, () => {
    const source = `[21/11/2026, 21:04:12] Nok: ${words}\n[21/11/2026, 21:05:40] Jib: I see`
    assert.deepEqual(told(source), [
      `Nok | 2026-11-21T21:04:12 | ${words}`,
      'Jib | 2026-11-21T21:05:40 | I see',
    ])
  })
}

test('an account in the second chat is laid to who wrote it there, and when', () => {
  const [[, line]] = SECOND as [(typeof SECOND)[0]]
  const { facts } = read(`${WHATSAPP}\n${line} to account 1234567890 at Kasikornbank`)
  const account = facts.find(({ kind }) => kind === 'bank_account')
  assert.equal(account?.speaker, 'Arunee')
  assert.equal(account?.at, '2026-11-20T09:16:00')
})

test('a long second chat is parted at its own messages, with its own day in front', () => {
  const [[, line]] = SECOND as [(typeof SECOND)[0]]
  const more = Array.from({ length: 9_000 }, (_, i) => `10:${10 + (i % 50)}\tMai\tmessage number ${i} to you`)
  const [, second] = [...piecesOf([WHATSAPP, line, ...more].join('\n'))]
  assert.ok(second)
  assert.match(second.text.slice(0, second.lead), /^\[LINE\] Chat history with Mai\n2026\/11\/20\(Fri\)\n$/)
  const [first] = readChat(second.text)?.messages ?? []
  assert.deepEqual([first?.speaker, first?.at?.slice(0, 10)], ['Mai', '2026-11-20'])
})

for (const piece of [
  '12/03/2024, 09:14 - A: b\nC, [11.06.2024 14:02]\n',
  'C, [11.06.2024 14:02]\nd\nE, [11.06.2024 14:02]\nd\n2024.05.18\n10:32\tA\tb\n10:32\tA\tb\n',
  '[LINE]\n2024.05.18\n',
  '\n12/03/2024, 09:14 - A: b\n\nHuong 09:12 25/03/2024\nx\nBao 09:12 25/03/2024\ny\n',
]) {
  test(`joined chats stay linear in ${JSON.stringify(piece)}`, () => staysLinear(readChat, piece))
}

const FILES: [string, string][] = [
  [
    'telegram-json',
    '{"name":"x","messages":[{"id":1,"date":"2024-02-17T20:41:09","from":"W","text":"pay 300 USD"}]}',
  ],
  [
    'sms-backup',
    '<?xml version="1.0"?>\n<smses count="1"><sms address="+61491570156" date="1707883920000" type="1" body="pay 300 USD" /></smses>',
  ],
]

for (const [form, file] of FILES)
  test(`joined: what was typed behind a file of the form ${form} is read, and nobody in it said it`, () => {
    const source = `${file}\n\nShe also sent 4,500 EUR to help@gold.example {later`
    const { facts } = read(source)
    const mine = facts.filter(({ text }) => ['300 USD', '4,500 EUR', 'help@gold.example'].includes(text))
    assert.deepEqual(
      mine.map(({ text, speaker }) => [text, speaker ?? null]),
      [
        ['300 USD', form === 'sms-backup' ? '+61491570156' : 'W'],
        ['4,500 EUR', null],
        ['help@gold.example', null],
      ],
    )
    assert.equal(readChat(source)?.form, form)
    assert.ok(!facts.some(({ kind }) => kind === 'date'), 'the times in the file are no facts')
  })
