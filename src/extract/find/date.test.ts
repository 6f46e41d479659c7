import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../../test/linear.ts'
import { fc } from '../../../test/property.ts'
import { toPlain } from '../plain.ts'
import { findDates } from './date.ts'

interface Setting {
  readonly now?: string
  readonly country?: string
}

function dates(text: string, language: string, { now, country }: Setting = {}): unknown[] {
  const context = { language, countries: country ? [country] : [], why: '', now: now ?? null }
  return findDates(toPlain(text), context).map(({ normal }) => normal)
}

const CASES: [language: string, text: string, expected: string[], setting?: Setting][] = [
  [
    'en',
    'on 2024-03-15, 15/03/2024, 15.03.2024 and 2024/3/15',
    ['2024-03-15', '2024-03-15', '2024-03-15', '2024-03-15'],
  ],
  [
    'en',
    '15 March 2024, March 15th, 2024, the 15th of March 2024, 15-Mar-24',
    ['2024-03-15', '2024-03-15', '2024-03-15', '2024-03-15'],
  ],
  ['en', 'in March 2024 and again in Sept. 2023', ['2024-03', '2023-09']],
  ['en', '15-18 March 2024', ['2024-03-15', '2024-03-18']],
  ['en', 'paid 03/04/2024', ['2024-04-03']],
  ['en', 'paid 03/04/2024', ['2024-03-04'], { country: 'US' }],
  ['en', '03/04/2024, later 03/25/2024', ['2024-03-04', '2024-03-25']],
  ['en', 'on 4 March 2024 they took me, on 9 March they sold me', ['2024-03-04', '2024-03-09']],
  ['en', 'on 28 December', ['2023-12-28'], { now: '2024-02-01' }],
  ['en', 'on 28 December', []],
  ['en', 'in 2024, at 10:30, 24/7, 3/4 of them, ratio 1-2-3, v3.11.0, 192.0.2.12, sort code 20-45-45', []],
  ['en', 'you may 10 times march 20 km; IMAD 20240409MMQ; item 12-03-2024-55', []],
  ['en', '30/02/2024, 2024-13-01, 32 March 2024x', []],
  [
    'zh',
    '2024年3月15日、2024年3月、二〇二四年三月十五日、民国113年3月15日',
    ['2024-03-15', '2024-03', '2024-03-15', '2024-03-15'],
  ],
  ['zh', '三个月，3月，第3月5日', []],
  ['zh', '8月9日', ['2024-08-09'], { now: '2024-09-01T10:00:00' }],
  ['th', '15 มีนาคม 2567, ๑๕ มี.ค. ๖๗, วันที่ 15 เดือนมีนาคม พ.ศ. 2567', ['2024-03-15', '2024-03-15', '2024-03-15']],
  ['th', 'เมื่อ 15/3/2567 และ มีนาคม 2567', ['2024-03-15', '2024-03']],
  ['vi', 'ngày 15 tháng 3 năm 2024, tháng 3 năm 2024, tháng 3/2024', ['2024-03-15', '2024-03', '2024-03']],
  ['vi', 'làm 3 tháng 6 ngày, 2 năm', [], { now: '2024-05-01' }],
  ['km', 'ថ្ងៃទី១៥ ខែមីនា ឆ្នាំ២០២៤', ['2024-03-15']],
  ['my', '၂၀၂၄ ခုနှစ် မတ်လ ၁၅ ရက်၊ ၁၅-၃-၂၀၂၄', ['2024-03-15', '2024-03-15']],
  ['lo', 'ວັນທີ 15 ມີນາ 2024, ເດືອນ 3 ປີ 2024', ['2024-03-15', '2024-03']],
  ['id', '15 Maret 2024, 12 Okt 2024', ['2024-03-15', '2024-10-12']],
  ['ms', '15hb Mac 2024, Ogos 2023', ['2024-03-15', '2023-08']],
  ['tl', 'ika-15 ng Marso 2024, Mayo 3, 2024', ['2024-03-15', '2024-05-03']],
  ['hi', '15 मार्च 2024 को', ['2024-03-15']],
  ['bn', '১৫ই মার্চ ২০২৪, ২০২৪ সালের ১৬ মার্চ', ['2024-03-15', '2024-03-16']],
  ['sw', 'tarehe 15 Machi 2024, mwezi wa tatu 2024', ['2024-03-15', '2024-03']],
  [
    'en',
    'yesterday, 3 days ago, last Tuesday, last month',
    ['2024-05-31', '2024-05-29', '2024-05-28', '2024-05'],
    { now: '2024-06-01T08:00:00' },
  ],
  ['en', 'yesterday, 3 days ago, last Tuesday, last month', []],
  [
    'zh',
    '昨天，3天前，上周五，上个月',
    ['2024-05-31', '2024-05-29', '2024-05-24', '2024-05'],
    { now: '2024-06-01' },
  ],
  [
    'vi',
    'hôm qua, ngày mai, 3 ngày trước',
    ['2024-05-31', '2024-06-02', '2024-05-29'],
    { now: '2024-06-01' },
  ],
  ['th', 'เมื่อวาน พรุ่งนี้ วันศุกร์ที่แล้ว', ['2024-05-31', '2024-06-02', '2024-05-31'], { now: '2024-06-01' }],
  ['sw', 'jana, kesho', ['2024-05-31', '2024-06-02'], { now: '2024-06-01' }],
  ['hi', 'मैंने कल पैसे भेजे।', ['2024-05-31'], { now: '2024-06-01' }],
  ['hi', 'वह कल आएगा। कल गाड़ी आई थी।', ['2024-06-02', '2024-05-31'], { now: '2024-06-01' }],
  ['hi', 'आपको कल दफ़्तर जाना है', ['2024-06-02'], { now: '2024-06-01' }],
  ['hi', 'परसों मेरा फ़ोन ले लिया गया', ['2024-05-30'], { now: '2024-06-01' }],
  ['hi', 'कल की बात है। आगे देखो।', [], { now: '2024-06-01' }],
  ['hi', 'कल', [], { now: '2024-06-01' }],
]

for (const [language, text, expected, setting] of CASES) {
  test(`dates, ${language}: ${text} ${JSON.stringify(setting ?? {})}`, () => {
    assert.deepEqual(dates(text, language, setting), expected)
  })
}

test('in a chat each message is its own day', () => {
  const text = 'paid yesterday\npaid yesterday'
  const context = { language: 'en', countries: [], why: '', now: null }
  const found = findDates(toPlain(text), context, {
    momentAt: (at) => (at < 15 ? '2024-03-01T10:00:00' : '2024-04-01T10:00:00'),
  })
  assert.deepEqual(
    found.map(({ normal }) => normal),
    ['2024-02-29', '2024-03-31'],
  )
})

test('dates lie inside the text, in order, and are real days, whatever the text', () => {
  const piece = fc.constantFrom(
    '15',
    '03',
    '2024',
    '/',
    '-',
    '.',
    ' ',
    'March',
    'tháng',
    '年',
    '月',
    '日',
    'มี.ค.',
    'yesterday',
    'last ',
    'Monday',
    '၊',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
      const plain = toPlain(parts.join(''))
      const context = { language: 'en', countries: [], why: '', now: '2024-06-01T00:00:00' }
      for (const found of findDates(plain, context)) {
        assert.ok(found.end > found.start && found.end <= plain.text.length)
        assert.match(String(found.normal), /^\d{4}-\d{2}(-\d{2})?$/)
        assert.ok(!Number.isNaN(Date.parse(String(found.normal))))
      }
    }),
  )
})

for (const piece of [
  '1',
  '1/',
  '1/2/',
  '1 ',
  'March ',
  '1 March ',
  '十',
  '十月',
  'last ',
  '年',
  '1.',
  'ngày ',
]) {
  test(`dates stay linear in ${JSON.stringify(piece)}`, () =>
    staysLinear(
      (text) => findDates(toPlain(text), { language: 'en', countries: [], why: '', now: '2024-06-01' }),
      piece,
    ))
}

test('कल without a verb that tells is said to be unclear', () => {
  const said: string[] = []
  const context = { language: 'hi', countries: ['IN'], why: '', now: '2024-06-01' }
  const found = findDates(toPlain('कल की बात है।'), context, {
    refuse: (kind, _, why) => said.push(`${kind}: ${why}`),
  })
  assert.deepEqual(found, [])
  assert.match(said[0] ?? '', /^date: 'कल' may be before or after today/)
})
