import assert from 'node:assert/strict'
import test from 'node:test'
import type { FactKind } from '../../core/fact.ts'
import { read } from '../read.ts'

function said(kind: FactKind, text: string): string[] {
  return read(text)
    .facts.filter((fact) => fact.kind === kind)
    .map(({ normal }) => String(normal))
}

const passports: [name: string, text: string, normals: string[]][] = [
  ['English', 'my passport no. AK0912345 was taken', ['AK0912345']],
  ['number behind a comma', 'they took my passport, number B7654321, and phone', ['B7654321']],
  ['a blank inside', 'Passport: E 12345678', ['E12345678']],
  ['digits only', 'passport number 312345678', ['312345678']],
  ['a last letter', 'Pasaporte P1234567A', ['P1234567A']],
  ['Chinese', '护照号码：E12345678', ['E12345678']],
  ['Thai', 'หนังสือเดินทางเลขที่ AA1234567', ['AA1234567']],
  ['Vietnamese', 'hộ chiếu số C1234567', ['C1234567']],
  ['Burmese', 'နိုင်ငံကူးလက်မှတ်အမှတ် MC123456', ['MC123456']],
  ['Indonesian', 'paspor saya, nomor C7654321', ['C7654321']],
  ['Swahili', 'pasipoti yangu namba CK1234567', ['CK1234567']],
  ['behind', 'AB1234567 (passport)', ['AB1234567']],
  [
    'machine-readable zone',
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10',
    ['L898902C3'],
  ],
]
for (const [name, text, normals] of passports)
  test(`passport: ${name}`, () => assert.deepEqual(said('passport', text), normals))

const noPassports: [name: string, text: string][] = [
  ['nothing named', 'the code AK0912345 was on the door'],
  ['a visa', 'visa number AK0912345'],
  ['a phone behind it', 'passport taken, call +66 81 234 5678'],
  ['a date', 'passport expires 2027-05-06'],
  ['a broken zone', 'P<UTOA<<B<\nL898902C35UTO7408122F1204159ZE184226B<<<<<10'],
  ['another sentence', 'He took my passport. Later I got the badge AB1234567 there.'],
]
for (const [name, text] of noPassports)
  test(`passport: quiet on ${name}`, () => assert.deepEqual(said('passport', text), []))

const plates: [name: string, text: string, normals: string[]][] = [
  ['TH', 'รถตู้ทะเบียน กข 4567 กรุงเทพ', ['กข4567']],
  ['TH joined', 'ทะเบียนรถ 1กข2345', ['1กข2345']],
  ['LA', 'ລົດທະບຽນ ກຂ 5678', ['ກຂ5678']],
  ['VN', 'xe biển số 51B-123.45 màu trắng', ['51B12345']],
  ['MM', 'ကားနံပါတ် 7K-1234', ['7K1234']],
  ['KH', 'រថយន្តផ្លាកលេខ 2AB-1234', ['2AB1234']],
  ['IN', 'van with number plate DL 8C AB 4321', ['DL8CAB4321']],
  ['BD', 'গাড়ির নম্বর ঢাকা মেট্রো-গ ১২-৩৪৫৬', ['ঢাকামেট্রোগ123456']],
  ['CN', '车牌是粤B12345', ['粤B12345']],
  ['HK', '車牌AB 1234', ['AB1234']],
  ['ID', 'mobil plat B 1234 XYZ', ['B1234XYZ']],
  ['MY', 'nombor plat JQK 4567', ['JQK4567']],
  ['PH', 'may plakang NBC 1234', ['NBC1234']],
  ['KE', 'gari namba KDA 123A', ['KDA123A']],
  ['GB', 'a grey car, registration AB12 CDE', ['AB12CDE']],
  ['a form that needs no word but car', 'a white car, 51F-123.45, took us', ['51F12345']],
]
for (const [name, text, normals] of plates)
  test(`plate: ${name}`, () => assert.deepEqual(said('plate', text), normals))

const noPlates: [name: string, text: string][] = [
  ['a car and its year', 'the car was a Toyota 2019 model'],
  ['a room', 'room B 1234'],
  ['a bus and a time', 'the bus leaves at 10 pm from gate 12'],
  ['people in a van', 'a van for 12 people, 3 vans'],
  ['a flight', 'flight TG 1234 then a car'],
]
for (const [name, text] of noPlates)
  test(`plate: quiet on ${name}`, () => assert.deepEqual(said('plate', text), []))

test('imei: right by Luhn, in groups, in a list', () => {
  assert.deepEqual(said('imei', 'IMEI 490154203237518'), ['490154203237518'])
  assert.deepEqual(said('imei', 'IMEI: 35-209900-176148-1'), ['352099001761481'])
  assert.deepEqual(said('imei', 'IMEI 1: 352099001761481 / 2: 490154203237518'), [
    '352099001761481',
    '490154203237518',
  ])
  assert.deepEqual(said('imei', 'serial 490154203237518'), [])
})

test('imei: a wrong digit is refused, with the reason', () => {
  const { facts, refused } = read('IMEI 490154203237517')
  assert.deepEqual(facts, [])
  assert.deepEqual(
    refused.map(({ kind, text }) => [kind, text]),
    [['imei', '490154203237517']],
  )
})

test('bic: named, or marked and near a bank; words in capitals are none', () => {
  assert.deepEqual(said('bic', 'SWIFT: VELOLT21XXX'), ['VELOLT21XXX'])
  assert.deepEqual(said('bic', 'bic code testdeff'), [])
  assert.deepEqual(said('bic', 'SWIFT code ARNKIDJA'), ['ARNKIDJA'])
  assert.deepEqual(said('bic', 'bank account at VELOLT21XXX'), ['VELOLT21XXX'])
  assert.deepEqual(said('bic', 'BIC TESTQQ22'), [])
  assert.deepEqual(said('bic', 'GO TO THE HOSPITAL, NATIONAL BANK'), [])
})
