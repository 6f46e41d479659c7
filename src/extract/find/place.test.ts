import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../../test/linear.ts'
import { fc } from '../../../test/property.ts'
import { toPlain } from '../plain.ts'
import { findPlaces } from './place.ts'

function places(text: string, language: string, ...countries: string[]): unknown[] {
  return findPlaces(toPlain(text), { language, countries, why: '', now: null }).map(({ normal }) => normal)
}

const CASES: [language: string, text: string, expected: string[]][] = [
  [
    'en',
    'from Kisumu to Mae Sot, then MYAWADDY and Shwe Kokko',
    ['Kisumu', 'Mae Sot', 'Myawaddy', 'Shwe Kokko'],
  ],
  ['en', 'we go to poipet tomorrow', ['Poipet']],
  [
    'en',
    "Cambodia's coast, Golden Triangle SEZ, the UAE and the UK",
    ['Cambodia', 'Golden Triangle Special Economic Zone', 'United Arab Emirates', 'United Kingdom'],
  ],
  ['en', 'Chinese and Thai bosses, a Vietnamese girl, Filipino food', []],
  ['en', 'Chad and Jordan ate turkey on good china; Clark was nice; Georgia smiled', []],
  ['en', 'a job in Clark, Pampanga', ['Clark', 'Pampanga']],
  ['en', 'he read the Bangkok Post; contact us now; Kulim is a name', []],
  ['en', 'he lives in Kulim', ['Kulim']],
  ['zh', '从瑞丽到缅甸果敢老街，后来去了西港', ['Ruili', 'Myanmar', 'Laukkaing', 'Sihanoukville']],
  ['zh', '中国人说泰国话，周末逛老街', []],
  ['zh', '被賣到緬甸妙瓦底', ['Myanmar', 'Myawaddy']],
  ['th', 'ข้ามจากแม่สอดไปเมียวดี คนไทยในปอยเปต', ['Mae Sot', 'Myawaddy', 'Poipet']],
  ['th', 'คนจีนพูดภาษาไทย กสิกรไทย ตากผ้า', []],
  ['th', 'กลับไทย จังหวัดตาก', ['Thailand', 'Tak']],
  ['vi', 'từ Hà Nội sang Campuchia qua Mộc Bài, Bà Vẹt', ['Hanoi', 'Cambodia', 'Moc Bai', 'Bavet']],
  ['vi', 'tu Ha Noi sang campuchia', ['Hanoi', 'Cambodia']],
  ['vi', 'chị Huệ nói tiếng Trung Quốc, trang web', []],
  ['vi', 'ở Phan Thiết', ['Phan Thiet']],
  ['km', 'ទៅប៉ោយប៉ែត ប្រទេសកម្ពុជា', ['Poipet', 'Cambodia']],
  ['my', 'မြဝတီကနေ ရန်ကုန်ကို', ['Myawaddy', 'Yangon']],
  ['my', 'တရုတ်လူမျိုး ထိုင်းဘတ်', []],
  ['lo', 'ຢູ່ບໍ່ແກ້ວ ເຂດເສດຖະກິດພິເສດສາມຫຼ່ຽມຄຳ', ['Bokeo', 'Golden Triangle Special Economic Zone']],
  ['lo', 'ລາວບອກຄົນໄທ', []],
  ['id', 'dari Medan ke Kamboja, orang Vietnam di lapangan', ['Medan', 'Cambodia']],
  ['hi', 'दिल्ली से म्यांमार भेजा', ['Delhi', 'Myanmar']],
  ['bn', 'ঢাকা থেকে থাইল্যান্ডে, মিয়ানমারের কাছে; আকাশ মেঘে ঢাকা', ['Dhaka', 'Thailand', 'Myanmar']],
  ['sw', 'kutoka Nairobi hadi Kambodia', ['Nairobi', 'Cambodia']],
  ['tl', 'taga-Cebu ako, papuntang Maynila', ['Cebu', 'Manila']],
]

for (const [language, text, expected] of CASES) {
  test(`places, ${language}: ${text}`, () => assert.deepEqual(places(text, language), expected))
}

test('a place says which country it is in', () => {
  const [found] = findPlaces(toPlain('in Laukkaing'), { language: 'en', countries: [], why: '', now: null })
  assert.equal(found?.country, 'MM')
  assert.match(found?.why ?? '', /gazetteer/)
})

test('places lie inside the text, in order, whatever the text', () => {
  const piece = fc.constantFrom(
    'Mae ',
    'Sot',
    'in ',
    '老街',
    'ตาก',
    'จังหวัด',
    '\u0e32',
    'ঢাকা',
    'র',
    ', ',
    'Clark',
    '\u0301',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
      const plain = toPlain(parts.join(''))
      let end = 0
      for (const found of findPlaces(plain, { language: 'th', countries: [], why: '', now: null })) {
        assert.ok(found.start >= end && found.end > found.start && found.end <= plain.text.length)
        end = found.end
      }
    }),
  )
})

for (const piece of ['Mae ', '老', 'สนามบิน', 'Golden Triangle ', 'in Clark ', 'San ']) {
  test(`places stay linear in ${JSON.stringify(piece)}`, () =>
    staysLinear(
      (text) => findPlaces(toPlain(text), { language: 'en', countries: [], why: '', now: null }),
      piece,
    ))
}
