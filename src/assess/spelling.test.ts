import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'

const content = loadContent()
const found = (text: string) => assess(text, content).indicators.map(({ id }) => id)

test('a space inside a Burmese word parts nothing, and one between two clauses joins nothing that would deny', () => {
  const parted = 'အပြင် ထွက်ခွင့် မရှိဘူး။'
  assert.ok(found(parted).includes('FC-M12'))
  assert.deepEqual(found(parted), found(parted.replaceAll(' ', '')))
  assert.deepEqual(found('ကျွန်မ ရိုက်ခံရတယ်။'), ['FC-M04'])
  assert.deepEqual(found('ကျွန်မကို ဘယ်သူမှ မရိုက်ပါဘူး။'), [])
})

test('Khmer is read in either of two spellings: DA or TA below the line, either sign of "give"', () => {
  for (const text of ['គេមិនឱ្យចេញក្រៅទេ បើប្តឹង គេធ្វើបាបម្តាយ។', 'គេមិនឲ្យចេញក្រៅទេ បើប្ដឹង គេធ្វើបាបម្ដាយ។'])
    assert.deepEqual(found(text).sort(), ['FC-M09', 'FC-M12'])
})

test('a figure set off by spaces stands in the same clause in Khmer and Lao', () => {
  assert.deepEqual(found('នាងទើបតែអាយុ ១៦'), ['FC-M26'])
  assert.deepEqual(found('ເຮັດມື້ລະ 16 ຊົ່ວໂມງ'), ['FC-P06'])
})

test('Lao is read with either sign behind a high H', () => {
  assert.deepEqual(found('ເຂົາບັງຄັບໃຫ້ຫຼອກຄົນ'), found('ເຂົາບັງຄັບໃຫ້ຫລອກຄົນ'))
  assert.ok(found('ເຂົາບັງຄັບໃຫ້ຫລອກຄົນ').includes('FC-P02'))
})

test('Hindi is read with and without the dot below, and with either sign of the nasal', () => {
  assert.ok(found('ज़ंजीर से बाँधकर रखा, फ़ोन छीन लिया').includes('FC-M13'))
  assert.deepEqual(found('पाँच महीने क़ैद में रखा'), found('पांच महीने कैद में रखा'))
})

test('a telephone number in figures of any script counts no telephones', () => {
  assert.deepEqual(found('ဖုန်း ၀၉-၇၉၁၂၃၄၅၆၇ တစ်ယောက်'), [])
})

test('"now and then" in a later clause does not make a rule of what was done', () => {
  assert.ok(found('फोन छीन लिया गया, कभी-कभी किसी और के नंबर से लिखती है').includes('FC-M13'))
})
