import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysLinear } from '../../../test/linear.ts'
import { fc } from '../../../test/property.ts'
import { toPlain } from '../plain.ts'
import { findOrganisations } from './organisation.ts'

function organisations(text: string, language: string): unknown[] {
  const context = { language, countries: [], why: '', now: null }
  return findOrganisations(toPlain(text), context).map(({ normal }) => normal)
}

const CASES: [language: string, text: string, expected: string[]][] = [
  ['en', 'I worked for Golden Phoenix Entertainment in Bavet.', ['Golden Phoenix Entertainment']],
  ['en', 'They moved us to the Blue Whale compound near the river.', ['Blue Whale']],
  [
    'en',
    'The recruiter was from Sunrise Manpower Services and the casino was named Lucky Star.',
    ['Sunrise Manpower Services', 'Lucky Star'],
  ],
  ['en', 'She invested through CryptoLeaf, an app she found on TikTok.', ['CryptoLeaf']],
  [
    'en',
    'The money went to an account at Pacific Trust Bank in the name of Orient Wealth Ltd.',
    ['Pacific Trust Bank', 'Orient Wealth Ltd'],
  ],
  ['en', 'My agency, Horizon Overseas Placement, took my passport.', ['Horizon Overseas Placement']],
  ['und', 'Employer: Dragon Gate Group (Cambodia)', ['Dragon Gate Group']],
  ['en', 'He said the platform is called MetaGold Exchange.', ['MetaGold Exchange']],
  ['en', 'Police raided the Royal Jade Hotel and Casino.', ['Royal Jade Hotel and Casino']],
  ['en', 'We were kept in a building known as Fortune Tower.', ['Fortune Tower']],
  ['en', 'Job offer from TechBridge Asia Co., Ltd. in Mae Sot', ['TechBridge Asia Co., Ltd.']],
  ['en', 'the trading site "FX Harbor" disappeared', ['FX Harbor']],
  ['zh', '我被骗到金凤凰园区,公司叫华盛科技。', ['金凤凰园区', '华盛科技']],
  ['zh', '他在万豪娱乐公司做客服', ['万豪娱乐公司']],
  ['zh', '投资平台“聚宝金融”打不开了', ['聚宝金融']],
  ['zh', '对方让我下载“天天赚”APP', ['天天赚']],
  ['zh', '把钱转到中国农业银行,户名是深圳市宏图贸易有限公司', ['中国农业银行', '深圳市宏图贸易有限公司']],
  ['zh', '我們公司是永利國際集團', ['永利國際集團']],
  ['zh', '在新葡京赌场二楼', ['新葡京赌场']],
  ['zh', '看到“金海湾国际”招人，还有“绿色”两个字', ['金海湾国际']],
  ['hi', 'वे जिनशुई टेक नाम की कंपनी में थे', ['जिनशुई टेक']],
  ['hi', 'आज मोबाइल नेटवर्क खराब है, सोशल मीडिया नहीं चला', []],
  ['bn', 'কোম্পানির নাম ছিল হুয়াসিন নেটওয়ার্ক।', ['হুয়াসিন নেটওয়ার্ক']],
  ['bn', 'আজ মোবাইল নেটওয়ার্ক ভালো নেই', []],
  ['id', 'Saya tertipu aplikasi DanaUntung. Admin bernama Rani.', ['DanaUntung']],
  ['th', 'ผมทำงานให้บริษัท สกายไลน์ มีเดีย จำกัด ที่ปอยเปต', ['สกายไลน์ มีเดีย จำกัด']],
  ['th', 'โดนขังอยู่ที่คาสิโนมังกรทอง', ['คาสิโนมังกรทอง']],
  ['th', 'เขาให้โหลดแอปชื่อ ฟอร์จูนพลัส', ['ฟอร์จูนพลัส']],
  ['th', 'โอนเข้าธนาคารกรุงไทย และ ไทยพาณิชย์ เลขที่ 123-4-56789-0', ['ธนาคารกรุงไทย', 'ไทยพาณิชย์']],
  ['th', 'บริษัทชื่อ โกลด์เด้น สตาร์ อยู่ชั้น 5', ['โกลด์เด้น สตาร์']],
  ['vi', 'Em làm cho công ty TNHH Phát Đạt ở Bavet', ['công ty TNHH Phát Đạt']],
  ['vi', 'Tôi bị đưa tới casino Kim Cương', ['casino Kim Cương']],
  ['vi', 'Chuyển tiền vào Agribank số 1234567890123', ['Agribank']],
  ['vi', 'app đầu tư tên là VinaCoin', ['VinaCoin']],
  ['vi', 'tập đoàn Hưng Thịnh Holdings', ['tập đoàn Hưng Thịnh Holdings']],
  ['id', 'Saya kerja di PT Cahaya Nusantara Abadi', ['PT Cahaya Nusantara Abadi']],
  ['id', 'Dikirim ke kasino Naga Mas di Poipet', ['kasino Naga Mas']],
  ['und', 'Aplikasinya namanya GoldTrade88', ['GoldTrade88']],
  ['id', 'transfer ke BCA 1234567890 a.n. orang', ['BCA']],
  ['ms', 'Syarikat Maju Jaya Sdn Bhd tipu saya', ['Maju Jaya Sdn Bhd']],
  ['tl', 'Ang kumpanya namin ay Pacific Star Gaming', ['Pacific Star Gaming']],
  ['tl', 'pinadala sa BDO 001234567890', ['BDO']],
  ['und', 'Kampuni inaitwa Bright Future Ltd', ['Bright Future Ltd']],
  ['sw', 'Nilituma kwa akaunti ya KCB 1234567890', ['KCB']],
  ['hi', 'मैं रॉयल स्टार टेक्नोलॉजी में काम करता था', ['रॉयल स्टार टेक्नोलॉजी']],
  ['hi', 'कंपनी का नाम गोल्डन ड्रैगन था', ['गोल्डन ड्रैगन']],
  ['hi', 'मैंने एचडीएफसी बैंक में पैसे जमा किए', ['एचडीएफसी बैंक']],
  ['hi', '"ट्रेड किंग" ऐप पर निवेश किया', ['ट्रेड किंग']],
  ['bn', 'আমি রয়েল ড্রাগন গ্রুপে কাজ করতাম', ['রয়েল ড্রাগন গ্রুপ']],
  ['bn', 'কোম্পানির নাম ব্লু ওশান', ['ব্লু ওশান']],
  ['bn', 'সোনালী ব্যাংকে টাকা পাঠাই', ['সোনালী ব্যাংক']],
  ['km', 'ខ្ញុំធ្វើការនៅក្រុមហ៊ុន ហ្គោលដិនស្តារ ក្នុងបាវិត', ['ក្រុមហ៊ុន ហ្គោលដិនស្តារ']],
  ['km', 'កាស៊ីណូ ណាហ្គា នៅប៉ោយប៉ែត', ['កាស៊ីណូ ណាហ្គា']],
  ['km', 'ធនាគារ អេស៊ីលីដា លេខ 1234567890', ['ធនាគារ អេស៊ីលីដា']],
  ['lo', 'ຂ້ອຍເຮັດວຽກຢູ່ບໍລິສັດ ໂກລເດັນ ສະຕາ ໃນບໍ່ແກ້ວ', ['ໂກລເດັນ ສະຕາ']],
  ['lo', 'ໂອນເຂົ້າທະນາຄານການຄ້າ 1234567890', ['ທະນາຄານການຄ້າ']],
  ['my', 'ကျွန်တော် ရွှေမိုး ကုမ္ပဏီမှာ အလုပ်လုပ်ခဲ့တယ်', ['ရွှေမိုး ကုမ္ပဏီ']],
  ['my', 'ကမ္ဘောဇဘဏ် အကောင့် 1234567890', ['ကမ္ဘောဇဘဏ်']],
  ['my', 'Golden Dragon ကာစီနိုမှာ', ['Golden Dragon ကာစီနို']],
  ['my', 'Golden Orchid ဟိုတယ်မှာ လုပ်တယ်', ['Golden Orchid']],
  ['my', 'ကုမ္ပဏီနာမည်က ဟွာရှင်းတဲ့။', ['ဟွာရှင်း']],
  ['my', 'အင်တာဗျူးပြီးရင် ကုမ္ပဏီက ဆက်သွယ်မယ်', []],
  ['lo', 'ບໍລິສັດ ສະກາຍລິ້ງ ໄອທີ ຈຳກັດ ຢູ່ວຽງຈັນ', ['ບໍລິສັດ ສະກາຍລິ້ງ ໄອທີ ຈຳກັດ']],
  ['lo', 'ບໍລິສັດບໍ່ຈ່າຍເງິນເດືອນ', []],
  ['km', 'អគារក្រោយកាស៊ីណូ Moon Bay', ['Moon Bay']],
  ['km', 'ក្រុមហ៊ុនចិនមួយបានជួលអគារ', []],
  ['hi', 'नकली लोन ऐप RupeeJet के नाम पर ठगवाया', ['RupeeJet']],
  ['hi', 'उनसे क्रिप्टो में पैसा लगवाना था', []],
  // No word announces these: what stands around them, and what they are made of, is weighed.
  [
    'en',
    'I worked for Silverline Vista for months. Zenith Crown froze my account.',
    ['Silverline Vista', 'Zenith Crown'],
  ],
  ['en', 'BluePeak HR wrote to me. Log in to Tradevanta to see your balance.', ['BluePeak', 'Tradevanta']],
  ['en', 'I worked for Daniel Cooper in a fish scam. I was hired by Maria Santos, and paid to John.', []],
  ['en', 'We moved to Silver Spring and joined Anna for tea at Christmas.', []],
  ['id', 'HRD Permata Global menghubungi saya, uang dikirim ke Budi Santoso.', ['Permata Global']],
  ['vi', 'Chị tôi nạp tiền vào VinaTrade24 rồi bị khóa.', ['VinaTrade24']],
  ['th', 'ฝ่ายบุคคลของ Lucky Star โทรมา', ['Lucky Star']],
  [
    'zh',
    '我在汇丰盛做了半年客服,鑫牛客服说要交税,朋友传了MaxProfit的链接。',
    ['汇丰盛', '鑫牛', 'MaxProfit'],
  ],
  ['zh', '他很发达,在天海一样蓝的水里,用现金,在通信公司上班。', []],
  ['hi', 'मैंने ट्रेडगुरु में पैसा लगाया।', ['ट्रेडगुरु']],
  // A chat without capitals, and what a name is said behind it.
  ['th', 'โดนหลอกไปอยู่กับดราก้อนเวิร์ค', ['ดราก้อนเวิร์ค']],
  ['km', 'គេបោកខ្ញុំ ប្អូននៅជាមួយតៃឆាង', ['តៃឆាង']],
  ['lo', 'ຖືກຍຶດພາສປອດ ເຮັດຫຍັງໃຫ້ຈິນມ້າ', ['ຈິນມ້າ']],
  ['th', 'โอนเงินจอง คอนโดสกายวิว ห้อง 888', []],
  [
    'en',
    'they call it emerald heights, n we push brightnest fx all day',
    ['emerald heights', 'brightnest fx'],
  ],
  ['en', 'i worked for some company and they call it a nice place', []],
  ['en', 'A spokesman for Coinharbor, the exchange through which it left.', ['Coinharbor']],
  ['hi', "नकली ऐप 'फिनग्रोथ प्राइम' बेचना था।", ['फिनग्रोथ प्राइम']],
  ['km', 'ខ្ញុំនៅក្រុមហ៊ុន ហ្វូជាង ឥឡូវ', ['ក្រុមហ៊ុន ហ្វូជាង']],
  ['lo', 'ຝາກໄວ້ຮ້ານປ້າສີ', []],
  ['id', 'Partner resmi CV Cahaya Rantau Sejahtera Medan', ['CV Cahaya Rantau Sejahtera']],
]

// Words of work, payment and confinement make a name of what stands beside them.
CASES.push(
  ['en', 'She put her savings into the Quantum Yield app', ['Quantum Yield']],
  ['en', 'The casino, Lucky Orchid, is owned by a Chinese man', ['Lucky Orchid']],
  ['en', 'he said he worked at Vertex Capital', ['Vertex Capital']],
  ['en', 'Account holder: Sunrise Agencies', ['Sunrise Agencies']],
  ['en', 'broker TitanFX asked for more fees', ['TitanFX']],
  ['en', 'compound known locally as Dragon Gate', ['Dragon Gate']],
  ['zh', '下载了一个叫优投宝的软件', ['优投宝']],
  ['zh', '她下载了一个叫做“盈富宝”的软件', ['盈富宝']],
  ['zh', '軟體名稱是富達通，客服很兇', ['富達通']],
  ['zh', '群里推荐聚鑫财富平台', ['聚鑫财富']],
  ['zh', '被卖给新天地公司', ['新天地公司']],
  ['zh', '收款人杭州云帆商贸有限公司', ['杭州云帆商贸有限公司']],
  ['th', 'โดนหลอกลงทุนในแอปฟินโกลด์', ['ฟินโกลด์']],
  ['th', 'เว็บ Alpha Trade88 ปิดหนีไปแล้ว', ['Alpha Trade88']],
  ['vi', 'bị nhốt trong khu Kim Long', ['Kim Long']],
  ['vi', 'qua Công ty Môi giới Sao Biển', ['Công ty Môi giới Sao Biển']],
  ['id', 'Ditipu lewat agen Mitra Sejahtera', ['Mitra Sejahtera']],
  ['ms', 'skim Untung Cepat itu palsu', ['Untung Cepat']],
  ['sw', 'Kasino ya Joka Dhahabu', ['Kasino ya Joka Dhahabu']],
  ['hi', 'प्रॉफिटकिंग नाम का ऐप', ['प्रॉफिटकिंग']],
  ['hi', 'फिनग्रो ऐप में निवेश किया', ['फिनग्रो']],
  ['bn', 'ট্রেডনেক্স নামে একটি ওয়েবসাইট', ['ট্রেডনেক্স']],
  ['bn', 'ড্রাগন ক্যাসিনোতে কাজ করতাম', ['ড্রাগন ক্যাসিনো']],
  ['km', 'ក្រុមហ៊ុនឈ្មោះ ហួស៊ីន', ['ហួស៊ីន']],
  ['my', 'ငွေလမင်း ဆိုတဲ့ ကုမ္ပဏီ', ['ငွေလမင်း']],
)

const QUIET: [language: string, text: string][] = [
  ['en', 'The Royal Thai Police and the Ministry of Labour met the Red Cross and the Embassy of Kenya.'],
  ['en', 'He wrote to me on WhatsApp, then on the Telegram app; I use the Facebook platform.'],
  ['en', 'a Chinese company, an Indian casino and a Poipet casino'],
  ['en', 'Health Insurance, Sales and Marketing, and Customer Services are included.'],
  ['en', 'I love South Park. We walked in Hyde Park and saw the National Bridge.'],
  ['en', 'The Language app on my phone and the HOUSING LOAN SCHEME; we met in building Monday.'],
  ['en', 'I asked for a bank transfer and a bank card.'],
  ['zh', '一个叫什么的公司,送到附近公司,公司名字是什么'],
  ['hi', 'मौसम ऐप ने बताया, रेलवे ऐप से टिकट; एक नाम की सूची'],
  ['id', 'kami ke gedung Serbaguna untuk rapat'],
  ['zh', '这家公司是电信公司,不是投资公司。去银行,住五星级酒店,在园区里。'],
  ['zh', '我妈叫我十点半睡觉,他名字叫什么?'],
  ['th', 'บริษัทนี้เป็นบริษัทจีน ธนาคารได้โอนเงิน คาสิโนบังหน้า'],
  ['vi', 'công ty này ở San Francisco, ngân hàng của tôi'],
  ['hi', 'कंपनी ने कहा कि बैंक में जाओ'],
  ['bn', 'কোম্পানি বলেছে ব্যাংকে যান'],
  ['my', 'တရုတ် ကုမ္ပဏီက ဗဟိုဘဏ်'],
]

for (const [language, text, expected] of CASES) {
  test(`organisations, ${language}: ${text}`, () => assert.deepEqual(organisations(text, language), expected))
}

for (const [language, text] of QUIET) {
  test(`no organisation, ${language}: ${text}`, () => assert.deepEqual(organisations(text, language), []))
}

test('a bank is known under all of its names', () => {
  const [found] = findOrganisations(toPlain('sent to KBank 012-3-45678-9'), {
    language: 'en',
    countries: [],
    why: '',
    now: null,
  })
  assert.equal(found?.normal, 'KBank')
  assert.equal(found?.system, 'Kasikornbank')
  assert.equal(found?.country, 'TH')
})

test('a short name is a bank only beside an account', () => {
  assert.deepEqual(organisations('the ABA of lawyers met; NMB/FC/24-00871', 'en'), [])
  assert.deepEqual(organisations('ABA 000 123 456', 'en'), ['ABA'])
})

test('organisations lie inside the text, apart and in order, whatever the text', () => {
  const piece = fc.constantFrom(
    'Golden ',
    'Group ',
    'Co., Ltd. ',
    'called ',
    '"',
    '公司叫',
    '集团',
    'บริษัท',
    'จำกัด',
    ' ',
    'बैंक ',
    'KK Park',
    'BCA 12345678',
    'App ',
    'Bit',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (parts) => {
      const plain = toPlain(parts.join(''))
      let end = 0
      for (const found of findOrganisations(plain, { language: 'en', countries: [], why: '', now: null })) {
        assert.ok(found.start >= end && found.end > found.start && found.end <= plain.text.length)
        end = found.end
      }
    }),
  )
})

for (const piece of [
  'Group ',
  'company ',
  'Aa',
  '公司',
  '集团',
  'บริษัท',
  '"',
  'ธนาคาร ',
  'Golden Park ',
  'called A ',
  'बैंक ',
  'ABA ',
]) {
  test(`organisations stay linear in ${JSON.stringify(piece)}`, () =>
    staysLinear(
      (text) => findOrganisations(toPlain(text), { language: 'en', countries: [], why: '', now: null }),
      piece,
    ))
}
