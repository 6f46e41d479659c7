import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../../test/linear.ts'
import { fc } from '../../../test/property.ts'
import { read } from '../read.ts'

const CASES: [text: string, names: string[]][] = [
  ['My name is Amara Osei. I was taken to Poipet.', ['Amara Osei']],
  ['They call me Danilo and my sister Rosa is still inside.', ['Danilo', 'Rosa']],
  [
    'Mr. Thomas Weller and Mrs Adaeze spoke to a man named Kofi Mensah-Boateng.',
    ['Thomas Weller', 'Adaeze', 'Kofi Mensah-Boateng'],
  ],
  ['Account name: MARIA TERESA DELA CRUZ, account 001234567890', ['MARIA TERESA DELA CRUZ']],
  ['Transfer in the name of Ahmad bin Razak to Maybank 512345678901', ['Ahmad bin Razak']],
  ['Full name: J. K. Otieno', ['J. K. Otieno']],
  ['我叫陈小明,今年22岁。', ['陈小明']],
  ['户名：王丽华 账号6222021234567890123', ['王丽华']],
  ['我跟林先生說過,對方是張美玲女士。', ['林', '張美玲']],
  ['ผมชื่อสมชาย ใจดี อายุ 24 ปี', ['สมชาย ใจดี']],
  ['โอนให้ นางสาวมาลี ทองคำ เมื่อวาน', ['มาลี ทองคำ']],
  ['ชื่อบัญชี: วิชัย แสงทอง เลขที่ 123-4-56789-0', ['วิชัย แสงทอง']],
  [
    'Tôi tên là Nguyễn Thị Lan, quê ở Nghệ An. Ông Trần Văn Bình đưa tôi đi.',
    ['Nguyễn Thị Lan', 'Trần Văn Bình'],
  ],
  ['Chủ tài khoản: LE VAN HUNG', ['LE VAN HUNG']],
  [
    'Nama saya Siti Rahayu, teman saya Dewi masih di sana. Pak Bambang marah.',
    ['Siti Rahayu', 'Dewi', 'Bambang'],
  ],
  ['Transfer ke BCA 1234567890 a.n. Joko Prasetyo', ['Joko Prasetyo']],
  ['Ang pangalan ko ay Jericho Ramos. Si kuya Ben ang nag-alok.', ['Jericho Ramos', 'Ben']],
  ['Jina langu ni Wanjiku Kamau. Rafiki yangu Otieno bado yupo.', ['Wanjiku Kamau', 'Otieno']],
  ['ខ្ញុំឈ្មោះ សុខា អាយុ ២៣ ឆ្នាំ', ['សុខា']],
  ['ຂ້ອຍຊື່ ສົມພອນ ອາຍຸ 20 ປີ', ['ສົມພອນ']],
  ['ကျွန်မနာမည်က သီတာ ပါ', ['သီတာ']],
  ['मेरा नाम राजेश कुमार है और मैं बिहार से हूँ', ['राजेश कुमार']],
  ['আমার নাম রহিম উদ্দিন। আমি ঢাকায় ছিলাম', ['রহিম উদ্দিন']],
]

for (const [text, names] of CASES) {
  test(`names are offered sealed: ${text.slice(0, 40)}`, () => {
    const found = read(text)
    assert.deepEqual(
      found.names.map((it) => it.text),
      names,
    )
    for (const it of found.names) assert.equal(text.slice(it.start, it.end), it.text)
  })
}

const QUIET = [
  'My name is not important. Dear Sir or Madam, the account name is below. Mr Manager said no.',
  'Account name: Golden Bridge Trading Co., Ltd. In the name of God. A woman named in the report.',
  'my brother Poipet my friend WhatsApp my sister I Monday',
  '我叫了外卖,小姐,请问。先生们。老王不在。名叫什么?',
  'นายจ้างไม่จ่ายเงิน นายหน้าหลอก เขาชื่ออะไร',
  'Ông ấy nói vậy. Bà chủ. Ibu dan Bapak. Pak, tolong. Ate, kumain ka na?',
  'मेरा नाम मत लिखना है। आपका नाम क्या है?',
  'beneficiary must pay; recipient Bank of China; payee Company',
]
for (const text of QUIET)
  test(`no names: ${text.slice(0, 40)}`, () => {
    assert.deepEqual(
      read(text).names.map((it) => it.text),
      [],
    )
  })

const CHAT = `12/03/2024, 09:10 - Mali Thong: I sent 45,000 baht to Poipet
12/03/2024, 09:11 - +66 81 234 5678: ok
12/03/2024, 09:12 - Mali Thong: my sister Noi is there too
12/03/2024, 09:13 - Admin: hello
`

test('who writes in a chat is offered once; numbers and parts that people play are not', () => {
  const { names } = read(CHAT)
  assert.deepEqual(
    names.map((it) => it.text),
    ['Mali Thong', 'Noi'],
  )
  for (const it of names) assert.equal(CHAT.slice(it.start, it.end), it.text)
})

test('no name is among the clear facts, in any of these texts', () => {
  for (const text of [...CASES.map(([it]) => it), CHAT]) {
    const { facts, names } = read(text)
    assert.ok(names.length > 0)
    for (const name of names) {
      for (const fact of facts) {
        assert.ok(fact.end <= name.start || fact.start >= name.end, `${fact.text} lies across ${name.text}`)
        const clear = [fact.text, fact.value, JSON.stringify(fact.normal), fact.system ?? ''].join('\n')
        assert.ok(!clear.includes(name.text), `the ${fact.kind} “${fact.text}” holds the name ${name.text}`)
      }
    }
  }
})

test('names lie inside the text, apart and in order, beside the facts, whatever the text', () => {
  const piece = fc.constantFrom(
    'Mr ',
    'My name is ',
    'Ana ',
    'dela ',
    'Cruz',
    '我叫',
    '王',
    '小明',
    '先生',
    'นาย',
    'สมชาย ',
    'मेरा नाम ',
    'राम ',
    ' है',
    'a.n. ',
    'KK Park',
    '\n',
    '12/03/2024, 09:10 - Bo: ',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
      const text = parts.join('')
      const { names, facts } = read(text)
      let end = 0
      for (const it of names) {
        assert.ok(it.start >= end && it.end > it.start && text.slice(it.start, it.end) === it.text)
        assert.ok(facts.every((fact) => fact.end <= it.start || fact.start >= it.end))
        end = it.end
      }
    }),
  )
})

for (const piece of [
  'Mr ',
  'my name is A',
  'A ',
  '我叫王',
  '先生',
  'นาย',
  'मेरा नाम क ',
  'a.n. ',
  '王王先生',
]) {
  test(`names stay linear in ${JSON.stringify(piece)}`, () => staysLinear(read, piece, 75_000))
}
