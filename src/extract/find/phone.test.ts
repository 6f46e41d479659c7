import assert from 'node:assert/strict'
import test from 'node:test'
import { read } from '../read.ts'

function phones(text: string, country?: string): string[] {
  const { facts } = read(text, country === undefined ? {} : { country })
  return facts.filter(({ kind }) => kind === 'phone').map(({ normal }) => String(normal))
}

const found: [name: string, text: string, numbers: string[], country?: string][] = [
  // International, however it is written.
  ['blanks', 'reach me at +66 81 234 5678', ['+66812345678']],
  ['no blanks', 'reach me at +66812345678.', ['+66812345678']],
  ['dashes and dots', '+855-12-345-678 or +84.912.345.678', ['+85512345678', '+84912345678']],
  ['brackets', '(+60) 12-345 6789; +60 (12) 345-6789', ['+60123456789', '+60123456789']],
  ['the zero in brackets', '+44 (0)20 7946 0958', ['+442079460958']],
  ['a blank behind the plus', '+ 95 9 420 123 456', ['+959420123456']],
  ['full width', '＋８５２ ９１２３ ４５６７', ['+85291234567']],
  ['00 for the plus', 'โทร 0066812345678', ['+66812345678']],
  ['no plus, beside WhatsApp', 'WhatsApp 66812345678', ['+66812345678']],
  ['over two lines', 'write to +66 81\n234 5678 now', ['+66812345678']],
  ['two on two lines', '+66 81 234 5678\n+66 89 876 5432', ['+66812345678', '+66898765432']],
  ['two with a slash', '+66812345678/+66898765432', ['+66812345678', '+66898765432']],
  ['zero-width signs inside', '+66\u200b81\u200b234\u200b5678', ['+66812345678']],
  ['letters for digits', 'WhatsApp me on +66 8l 234 567O', ['+66812345670']],
  ['a link with the number', 'https://wa.me/66812345678', ['+66812345678']],
  ['a send link', 'https://api.whatsapp.com/send?phone=66812345678&text=hi', ['+66812345678']],
  // Local, by the language of the text.
  ['Thai', 'โทรหาพี่นะ 081-234-5678', ['+66812345678']],
  ['Thai digits', 'เบอร์ ๐๘๙ ๘๗๖ ๕๔๓๒', ['+66898765432']],
  ['Thai, grouped otherwise', 'ติดต่อ 08-1234-5678 หรือ 0-2123-4567', ['+66812345678', '+6621234567']],
  ['Thai without a word', 'ฝากด้วยนะคะ 0812345678 ขอบคุณค่ะ', ['+66812345678']],
  ['Khmer', 'សូមទាក់ទង ០១២ ៣៤៥ ៦៧៨ ឬ 097 123 4567', ['+85512345678', '+855971234567']],
  ['Burmese', 'ဖုန်းနံပါတ် ၀၉-၄၂၀ ၁၂၃ ၄၅၆ ကိုဆက်ပါ', ['+959420123456']],
  ['Lao', 'ໂທ 020 5555 1234 ໄດ້ຕະຫຼອດ', ['+8562055551234']],
  ['Vietnamese', 'Anh gọi số 0912.345.678 giúp em', ['+84912345678']],
  ['Vietnamese landline', 'ĐT: (028) 3812 3456', ['+842838123456']],
  ['Indonesian', 'Hubungi saya di 0812-3456-7890 ya', ['+6281234567890']],
  ['Malay', 'Sila hubungi 012-345 6789 untuk temuduga', ['+60123456789']],
  ['Tagalog', 'Tawagan mo ako sa 0917 123 4567 po', ['+639171234567']],
  ['Hindi', 'मेरा मोबाइल नंबर ९८७६५ ४३२१० है', ['+919876543210']],
  ['Bengali', 'মোবাইল নম্বর: ০১৭১২-৩৪৫৬৭৮', ['+8801712345678']],
  ['Swahili', 'Nipigie simu 0712 345 678 tafadhali', ['+254712345678']],
  ['Chinese', '有事打我手机138 0013 8000就行', ['+8613800138000']],
  ['Chinese without a word', '老板说找他就好,13800138000,他是经理', ['+8613800138000']],
  ['Taiwan', '請撥0912-345-678洽林先生', ['+886912345678']],
  ['Hong Kong', '我喺香港,電話9123 4567', ['+85291234567'], 'HK'],
  // Local, by the country of other things.
  ['by the currency', 'Call me on 0812345678, the fee is 3500 baht', ['+66812345678']],
  ['by the reporter', 'Phone: 07911 123456', ['+447911123456'], 'GB'],
  [
    'by another number',
    'HQ +63 917 123 4567, agent 0918 765 4321 (call)',
    ['+639171234567', '+639187654321'],
  ],
  ['by a bank', 'bKash 01712345678 e pathan, call 01812345678', ['+8801712345678', '+8801812345678']],
  ['US brackets', 'Call (202) 555-0143 today', ['+12025550143'], 'US'],
  ['beside Zalo', 'kết bạn Zalo 0987654321', ['+84987654321']],
  ['an M-Pesa number', 'Tuma kwa M-Pesa 0722 123 456', ['+254722123456']],
  ['a bank hotline', 'Lapor ke 021-555-0123 ext. 12', ['+62215550123'], 'ID'],
]
for (const [name, text, numbers, country] of found)
  test(`phone: ${name}`, () => assert.deepEqual(phones(text, country), numbers))

const quiet: [name: string, text: string, country?: string][] = [
  ['an order number', 'คำสั่งซื้อ 0812345678 จัดส่งแล้ว'],
  ['a tracking number', 'เลขพัสดุ 0898765432'],
  ['an account', 'โอนเข้าบัญชี 081-2-34567-8 กสิกร'],
  ['PromptPay', 'พร้อมเพย์ 0812345678'],
  ['a price', 'ราคา 0812345678 บาท'],
  ['thousands', 'lương 15.000.000 đồng, thưởng 2 500 000 VND'],
  ['dates', 'from 2025-05-06 to 06/05/2025, 20250506, 06-05-2568'],
  ['a time and a date', '09/02/24 08.01 kirim', 'ID'],
  ['years', 'between 2019-2023', 'SG'],
  ['an address of the internet', 'server 192.168.10.123'],
  ['versions', 'version 10.20.30.4050, build 20240512.1', 'US'],
  ['a card', 'card 4532 0151 1283 0366', 'GB'],
  ['an ID card', 'บัตรประชาชน 1-1005-01234-56-7'],
  ['a decimal', 'pi is 3.14159265358979', 'US'],
  ['a code with letters', 'part no. AB-0812345678 and 0812345678-AB', 'TH'],
  ['a range of pay', 'CALL CENTER 23000-28000 per month', 'IN'],
  ['a one-time code', 'OTP 081234 expires', 'TH'],
  ['plus points', 'you earned +1000 points and +20000000 coins'],
  ['coordinates', '13.756331, 100.501762', 'TH'],
  ['a hash sign', 'ticket #0812345678', 'TH'],
  ['a local number of no known country', 'write 0812345678'],
]
for (const [name, text, country] of quiet)
  test(`phone: quiet on ${name}`, () => assert.deepEqual(phones(text, country), []))

test('phone: the country of a local number is explained', () => {
  const [fact] = read('โทร 081-234-5678').facts
  assert.equal(fact?.country, 'TH')
  assert.match(fact?.why ?? '', /most likely TH: the text is in 'th'/)
})

test('phone: a number in no known range is told with less certainty', () => {
  const [sure] = read('Phone +44 7911 123456').facts
  const [possible] = read('Phone +44 7700 900123').facts
  assert.equal(possible?.normal, '+447700900123')
  assert.ok((possible?.confidence ?? 1) < (sure?.confidence ?? 0))
})
