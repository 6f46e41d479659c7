import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../../test/linear.ts'
import { fc } from '../../../test/property.ts'
import type { Context } from '../finder.ts'
import { toPlain } from '../plain.ts'
import { findAmounts } from './amount.ts'

const context = (language: string, ...countries: string[]): Context => ({
  language,
  countries,
  why: '',
  now: null,
})

function amounts(text: string, it: Context): string[] {
  return findAmounts(toPlain(text), it).map(({ normal }) => {
    assert.ok(typeof normal === 'object')
    return `${normal.minor} ${normal.currency}`
  })
}

const CASES: [language: string, text: string, expected: string[], country?: string][] = [
  ['en', 'They wanted 5,000 baht, ฿45,000 or US$1.2m.', ['500000 THB', '4500000 THB', '120000000 USD']],
  ['en', 'S$48,200 then RM2,500.00 and 20,000 USDT', ['4820000 SGD', '250000 MYR', '20000000000 USDT']],
  ['en', '€9,990 and 4.500,00 €, later EUR 4.500', ['999000 EUR', '450000 EUR', '450000 EUR']],
  ['en', 'I sent .5 BTC, 0.15 BTC and 750k USDT', ['50000000 BTC', '15000000 BTC', '750000000000 USDT']],
  ['en', 'Rs. 12 lakh and Rs 8,500/-', ['120000000 INR', '850000 INR'], 'IN'],
  ['en', 'a debt of 1.5 lakh', ['15000000 null']],
  ['en', 'a debt of 1 crore 20 lakh', ['1200000000 BDT'], 'BD'],
  ['en', 'two hundred and fifty thousand baht', ['25000000 THB']],
  ['en', 'half a million dollars, a hundred dollars', ['50000000 USD', '10000 USD']],
  ['en', '$500 SGD is not $500', ['50000 SGD', '50000 USD']],
  ['en', '$1,980 to this account', ['198000 AUD'], 'AU'],
  ['en', '$800-1,500, £50 - £300', ['80000 USD', '150000 USD', '5000 GBP', '30000 GBP']],
  ['en', 'from 50,000 to 100,000 baht', ['5000000 THB', '10000000 THB']],
  ['en', 'pay S$300 to 9123 4567', ['30000 SGD']],
  ['zh', '给我2万，两百三十万元，三万五千块', ['2000000 CNY', '230000000 CNY', '3500000 CNY']],
  [
    'en',
    'she sent 3.500 usdt, then 0.500 USDC and 3.500000 USDT',
    ['3500000000 USDT', '500000 USDC', '3500000 USDT'],
  ],
  ['zh', '赔了3万5，5000多块，5000U', ['3500000 CNY', '500000 CNY', '5000000000 USDT']],
  ['zh', '月薪2-3万', ['2000000 CNY', '3000000 CNY']],
  ['zh', '家屬須付50萬元新台幣', ['50000000 TWD']],
  ['zh', '三千五百萬元新台幣', ['3500000000 TWD']],
  ['hi', 'सवा दो लाख रुपये, पौने तीन लाख रुपये, सवा लाख रुपये', ['22500000 INR', '27500000 INR', '12500000 INR']],
  ['zh', '家里给他转账八万五到招商银行', ['8500000 CNY']],
  ['en', 'one and a half million pesos', ['150000000 PHP']],
  ['und', 'dua ratus ribu rupiah', ['20000000 IDR']],
  ['zh', '給他三萬元', ['3000000 HKD'], 'HK'],
  ['zh', '3万人，2万个，三个月，万一，一块去，210千卡，第3元', []],
  ['th', 'โอน 2 แสน 5 หมื่นบาท สองแสนห้าหมื่นบาท 5,000.-', ['25000000 THB', '25000000 THB', '500000 THB']],
  ['th', 'มีคนดู 2 แสนคน ครั้งที่ 3 บาท', []],
  [
    'vi',
    'chuyển 45 triệu, 1tr5, 2 triệu rưỡi, 1,2 tỷ',
    ['45000000 VND', '1500000 VND', '2500000 VND', '1200000000 VND'],
  ],
  ['vi', 'chuyển 500k, hai mươi lăm triệu đồng, 5.000.000đ', ['500000 VND', '25000000 VND', '5000000 VND']],
  ['vi', 'xoay 90 độ, ngã tư đèn đỏ 6h, năm 2024, 2 triệu người', []],
  [
    'id',
    'Rp 3.500.000, gaji 1,5 jt, dua juta rupiah, Rp2M',
    ['350000000 IDR', '150000000 IDR', '200000000 IDR', '200000000000 IDR'],
  ],
  ['id', 'anak laki-laki 24 th, 2 juta orang', []],
  ['ms', 'RM 5 ribu, 3 juta, lima ribu ringgit', ['500000 MYR', '300000000 MYR', '500000 MYR']],
  ['tl', 'sahod 30k, P25,000, limang libong piso', ['3000000 PHP', '2500000 PHP', '500000 PHP']],
  ['hi', '₹1,50,000, डेढ़ लाख रुपये, साढ़े तीन लाख रुपये', ['15000000 INR', '15000000 INR', '35000000 INR']],
  ['hi', 'पाँच लाख लोग आए', []],
  ['vi', '45 triệu', ['45000000 VND']],
  ['vi', 'có 40 đồng nghiệp, dân số 45 triệu.', []],
  ['en', 'Grandpa lost 12 pounds and won 3 rounds; a flat with 2 bath', []],
  ['en', 'I paid 50 pounds and later 5,000 pounds', ['5000 GBP', '500000 GBP']],
  ['lo', 'ກະທຽມ 5 ກີບ', []],
  ['my', 'ငါး ၅၀ ကျပ်သား', []],
  ['bn', '৫০ হাজার টাকা, ১,৫০,০০০ টাকার, ২০,০০০/-', ['5000000 BDT', '15000000 BDT', '2000000 BDT']],
  ['my', 'သိန်း ၃၀ ကျပ်၊ ကျပ် ၅ သိန်း၊ ငါးသောင်းကျပ်', ['300000000 MMK', '50000000 MMK', '5000000 MMK']],
  ['km', '៥០០ ដុល្លារ ឬ ២លានរៀល', ['50000 USD', '200000000 KHR']],
  ['lo', '5 ລ້ານກີບ 500.000 ກີບ ສອງລ້ານກີບ', ['500000000 LAK', '50000000 LAK', '200000000 LAK']],
  [
    'sw',
    'KSh 85,000, elfu kumi na tano shilingi, milioni moja na laki tano shilingi',
    ['8500000 KES', '1500000 TZS', '150000000 TZS'],
    'TZ',
  ],
  [
    'en',
    '500 members, 99%, 12.03.2024 USD, 1.2.3 USD, A500 USD, order 123-456-789 USD, 3 million people',
    [],
  ],
  ['en', 'BTC 1C6y1A3QuStSka, passport P1234567A, 0xAE04cDFaC20f3EC', []],
]

for (const [language, text, expected, country] of CASES) {
  test(`amounts, ${language}: ${text}`, () => {
    assert.deepEqual(amounts(text, context(language, ...(country ? [country] : []))), expected)
  })
}

test('an amount carries its own words, its reason and a form for people', () => {
  const text = 'She paid ฿45,000 on the spot.'
  const [found] = findAmounts(toPlain(text), context('en'))
  assert.equal(text.slice(found?.start, found?.end), '฿45,000')
  assert.equal(found?.value, 'THB 45,000.00')
  assert.match(found?.why ?? '', /฿/)
})

test('an unknown currency is said to be unknown, and counted in hundredths', () => {
  const [found] = findAmounts(toPlain('the debt is 3 lakh'), context('en'))
  assert.deepEqual(found?.normal, { minor: 30_000_000, currency: null })
  assert.match(found?.why ?? '', /hundredths/)
})

test('amounts lie inside the text, in order, whatever the text', () => {
  const piece = fc.constantFrom(
    '5',
    '1,5',
    ' ',
    'k',
    '$',
    '万',
    'บาท',
    'triệu',
    'thousand',
    'elfu ',
    '-',
    'to',
    '二',
    '百',
    'USD',
    '.',
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }),
      fc.constantFrom('en', 'zh', 'vi', 'sw'),
      (parts, language) => {
        const plain = toPlain(parts.join(''))
        let end = 0
        for (const found of findAmounts(plain, context(language))) {
          assert.ok(found.start >= end && found.end > found.start && found.end <= plain.text.length)
          assert.ok(typeof found.normal === 'object' && Number.isSafeInteger(found.normal.minor))
          end = found.end
        }
      },
    ),
  )
})

for (const piece of [
  '1',
  '1,',
  '万',
  '一',
  '1万 ',
  '$',
  'elfu ',
  'a hundred ',
  '5k to ',
  '1 000 ',
  '十',
  'บาท5',
]) {
  test(`amounts stay linear in ${JSON.stringify(piece)}`, () =>
    staysLinear((text) => findAmounts(toPlain(text), context('zh')), piece))
}
