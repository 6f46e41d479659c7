import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openDuck } from './duck-native.ts'
import { boundWords, compiled, listsIn, wordLists, wordPattern } from './word-lists.ts'

const duck = await openDuck({ memory: 256 * 1024 ** 2 })
after(() => duck.close())

/** What a list says of texts, by DuckDB; JavaScript, which reads the same pattern in the bench, must say the same. */
async function found(list: string, texts: readonly string[]): Promise<string[]> {
  const pattern = wordPattern(list).replaceAll("'", "''")
  const values = texts.map((it) => `('${it.replaceAll("'", "''")}')`).join(', ')
  const said = await duck.texts(
    `select t from (values ${values}) as v(t) where regexp_matches(lower(t), '${pattern}') order by t`,
  )
  const script = new RegExp(wordPattern(list))
  assert.deepEqual(texts.filter((it) => script.test(it.toLowerCase())).toSorted(), said.toSorted())
  return said.toSorted()
}

const CASES: Readonly<
  Record<string, { readonly says: readonly string[]; readonly saysNot: readonly string[] }>
> = {
  wages: {
    says: [
      ...[
        'salary 03/2026',
        'WAGES',
        'SALARYMAR',
        'Lohn März',
        'Gehalt 3/26',
        'LOEHNE',
        'salaire mars',
        'salario',
        'nómina',
      ],
      ...[
        'salário de março',
        'gaji bulan 3',
        'upah',
        'sahod',
        'sweldo',
        'mshahara wa Machi',
        'LUONG 03/2026',
        'Lương',
      ],
      ...[
        'tra luong thang 3',
        'trả lương tháng 3',
        'trả lương'.normalize('NFD'),
        'เงินเดือนมีนาคม',
        'โอนเงินเดือน',
        'ເງິນເດືອນ',
      ],
      ...[
        'ប្រាក់ខែមីនា',
        'မတ်လလစာ',
        '三月工资',
        '工資',
        '薪水',
        '薪资',
        '3월급여',
        '3월 급여'.normalize('NFD'),
        'मार्च का वेतन',
        'বেতনের টাকা',
      ],
    ],
    saysNot: [
      ...[
        'sewage bill',
        'wager',
        'Belohnung',
        'es lohnt sich',
        'aufgehalten',
        'Alkoholgehalt',
        'so luong 3',
        'số lượng 3',
      ],
      ...[
        'chat luong',
        'Lương Văn A',
        'chuyển cho Lương Thị B',
        'lương thực',
        'လုပ်ခဲ့သည်',
        '员工资料',
        '职工资格',
        '职工资格考试',
      ],
      ...['지급여부', '5월급식', 'अवेतन', 'fondo', 'wageningen', ''],
    ],
  },
  cash: {
    says: [
      'cash',
      'cash_withdrawal',
      'CashDeposit',
      'ATM 12',
      'Barauszahlung',
      'retrait espèces',
      'tarik tunai',
      'tien mat',
      'เงินสด',
      '现金',
      '現金',
      '현금',
      'नकद',
      'নগদ উত্তোলন',
      'ငွေသား',
    ],
    saysNot: [
      'cashew nuts',
      'cashback',
      'treatment',
      'batman',
      'Bar Celona',
      '现金流',
      '现金券',
      '현금영수증',
      'নগদ',
    ],
  },
  living: {
    says: [
      'rent',
      'RENT MARCH',
      'groceries',
      'Miete 3/26',
      'loyer',
      'alquiler',
      'sewa rumah',
      'tien nha',
      'ค่าเช่าบ้าน',
      'ค่าน้ำประปา',
      'ค่าไฟฟ้า',
      '房租',
      '월세',
      'किराया',
      'বাসা ভাড়া',
      'বাসা ভাড়া'.normalize('NFD'),
      'kodi ya nyumba',
    ],
    saysNot: [
      'parents',
      'current account',
      'torrent',
      'เติมค่าน้ำมัน',
      'ค่าไฟแนนซ์',
      'ค่าเช่าซื้อ',
      'tien dien tu',
      'Vermieterbund',
    ],
  },
  release: {
    says: [
      'release fee',
      'contract penalty',
      'Lösegeld',
      'rescate',
      'tebusan',
      'tien chuoc con',
      'ค่าไถ่ตัว',
      'ប្រាក់លោះ',
      'សំណងការខូចខាត',
      '赎金',
      '贖金',
      '违约金',
      'फिरौती',
      'মুক্তিপণ',
    ],
    saysNot: ['ค่าไถ่ถอนจำนอง', 'សំណង់ផ្ទះ', 'pembebasan lahan', 'resgate de fundo', 'contract'],
  },
  loans: {
    says: [
      'personal loan',
      'sale of land',
      'Kredit',
      'préstamo',
      'jual tanah',
      'bán đất',
      'ขายที่ดิน',
      '贷款',
      '借款',
      'कर्ज',
      'ঋণের টাকা',
      'mkopo',
      'အပေါင်ဆိုင်',
    ],
    saysNot: ['Kreditkarte', 'tay ban nha', 'Sloane', 'pret a manger', 'အပေါင်းအသင်း'],
  },
  debts: {
    says: ['debt repayment', 'hutang', 'tra no', 'ชำระหนี้', 'បំណុល', 'အကြွေးဆပ်', '还款', '還款', 'किस्त', 'deni'],
    saysNot: ['အကြွေးဝယ်ကတ်', 'indebtedness', 'dental'],
  },
  gold: {
    says: [
      'Goldbarren',
      'gold bars',
      '购买金条',
      '黄金交易',
      'ซื้อทองคำแท่ง',
      'vang mieng',
      'ရွှေတုံး',
      '금괴',
      'सोने की छड़',
    ],
    saysNot: ['marigold barn', '黄金周房费', 'jaded'],
  },
  low_pay: {
    says: [
      'Student',
      'étudiante',
      'Mahasiswa',
      'Sinh viên',
      'hoc sinh',
      'นักศึกษา',
      'និស្សិត',
      '学生',
      '移工',
      'छात्र',
      'বেকার',
    ],
    saysNot: ['international lawyer', 'internist', 'interne'],
  },
  fences: {
    says: [
      'fencing',
      'Stacheldraht',
      'alambre de puas',
      'kawat berduri',
      'dây thép gai',
      'ลวดหนาม',
      '铁丝网',
      '철조망',
    ],
    saysNot: ['legal defence', 'offence', 'clôture de compte'],
  },
  guards: {
    says: [
      'guard service',
      'Wachdienst',
      'gardiennage',
      'satpam',
      'dịch vụ bảo vệ',
      'รปภ',
      '保安费',
      'चौकीदार',
    ],
    saysNot: ['safeguarding', 'guardian insurance', 'bao ve moi truong'],
  },
  airport: {
    says: [
      'Flughafen Süd',
      'aéroport',
      'bandara',
      'san bay',
      'สนามบิน',
      'ສະໜາມບິນ',
      'លេចព្រលានយន្តហោះ',
      '国际机场',
      '공항',
      'विमान हवाई अड्डा',
    ],
    saysNot: ['transitional', 'hubert', 'terminate'],
  },
}

for (const [list, { says, saysNot }] of Object.entries(CASES))
  test(`${list}: found in every language, and not in words that mean something else`, async () => {
    assert.deepEqual(await found(list, [...says, ...saysNot]), [...says].toSorted())
  })

test('every word of every list is found by its own list, in DuckDB and in JavaScript', async () => {
  const lists = wordLists()
  for (const [name, { words, with: taken }] of Object.entries(lists)) {
    const texts = [
      ...new Set(
        [words, ...taken.map((it) => lists[it]?.words ?? {})]
          .flatMap((it) => Object.values(it).flat())
          .map((it) => it.replace(/!.*$/, '').replace(/[*^$]/g, '')),
      ),
    ]
    assert.deepEqual(await found(name, texts), texts.toSorted(), name)
    assert.equal(
      (
        await found(
          name,
          texts.map((it) => `12 ${it}, 3`).filter((it) => !/lương|luong/.test(it)),
        )
      ).length > 0,
      true,
    )
  }
})

test('a list that is not there is named', () => {
  assert.throws(
    () => boundWords('select 1 where regexp_like(purpose, :words_nothing)'),
    /nothing: there is no such list/,
  )
})

test('a list is words: nothing in it becomes a pattern, or SQL, of its own', () => {
  for (const word of ['a(b', 'a|b', 'x!a]|(?:x+x+)+y|[b', 'x!^a', 'x!a-z', 'x!\\d', 'x!', 'a+', 'a\\d'])
    assert.throws(() => compiled([word]), /not a word that can be read/, word)
  assert.equal(new RegExp(compiled(["o'neill"])).test("to o'neill."), true)
  const list = { mcc: ['6051'], words: { en: ['coin'] } }
  for (const name of ["x from read_text('/etc/passwd') --", 'a b', 'A', '1', '_x', 'é'])
    assert.throws(() => listsIn({ version: 1, [name]: list }), /a name of a list is small letters/, name)
  assert.deepEqual(Object.keys(listsIn({ version: 1, crypto: list })), ['crypto'])
})
