import assert from 'node:assert/strict'
import test from 'node:test'
import { read } from '../read.ts'

function accounts(text: string, country?: string): string[] {
  const { facts } = read(text, country === undefined ? {} : { country })
  return facts.filter(({ kind }) => kind === 'bank_account').map(({ normal }) => String(normal))
}

const found: [name: string, text: string, numbers: string[], country?: string][] = [
  ['TH named', 'โอนเข้าบัญชีเลขที่ 012-3-45678-9 ธนาคารกสิกรไทย ชื่อ นาย ก', ['0123456789']],
  ['TH by the bank alone', 'กสิกร 0123456789 ค่ะ', ['0123456789']],
  ['TH by its groups alone', 'โอนมาที่ 987-6-54321-0 นะ', ['9876543210']],
  ['TH Thai digits', 'เลขบัญชี ๐๑๒-๓-๔๕๖๗๘-๙', ['0123456789']],
  ['TH two of a list', 'บัญชี 012-3-45678-9 และ 987-6-54321-0', ['0123456789', '9876543210']],
  ['TH savings bank', 'ออมสิน 020123456789', ['020123456789']],
  ['KH', 'ផ្ញើទៅគណនី ABA 000 123 456', ['000123456']],
  ['VN', 'CK vào STK 0071000123456 Vietcombank NGUYEN VAN A', ['0071000123456']],
  ['VN bank first', 'Techcombank 19034567890123 - TRAN THI B', ['19034567890123']],
  ['MM', 'KBZ ဘဏ်အကောင့်နံပါတ် 123 456 789 012 34567', ['12345678901234567']],
  ['LA', 'ໂອນໃສ່ບັນຊີ BCEL ເລກບັນຊີ 010-12-00-01234567-001', ['010120001234567001']],
  ['MY', 'Sila bank in ke Maybank 5140 1234 5678 (Tan Enterprise)', ['514012345678']],
  ['SG', 'Please transfer to DBS account 012-34567-8', ['012345678'], 'SG'],
  ['PH', 'Ipadala sa BDO account number 0012 3456 7890', ['001234567890']],
  ['ID', 'Transfer ke rekening BCA 123 456 7890 a.n. Budi', ['1234567890']],
  ['ID bank first', 'No rek BRI 0123-01-012345-50-1', ['012301012345501']],
  ['IN', 'HDFC Bank A/c No. 50100123456789, IFSC TEST0001234', ['50100123456789']],
  ['IN Hindi', 'खाता संख्या ३०१२३४५६७८९ (एसबीआई)', ['30123456789']],
  ['BD', 'ডাচ বাংলা ব্যাংক হিসাব নম্বর ১২৩.১০১.১২৩৪৫৬৭', ['1231011234567']],
  ['CN', '收款账号：6222 0212 3456 7890 123，工商银行', ['6222021234567890123']],
  ['CN by the bank', '打到建设银行6217001234567890123', ['6217001234567890123']],
  ['HK', '請過數到恒生戶口 123-456789-882', ['123456789882'], 'HK'],
  ['TW', '國泰世華 帳號 012345678901', ['012345678901']],
  ['GB behind the sort code', 'sort code 04-00-99 account 12345678', ['12345678'], 'GB'],
  ['GB sort code and account', 'Pay Mr Hale, 04-00-99 12345678, today', ['12345678'], 'GB'],
  ['US', 'Routing 021000021, checking account 000123456789', ['000123456789'], 'US'],
  ['AU', 'BSB 062-000 Account 1234 5678', ['12345678'], 'AU'],
  ['SW', 'Tuma kwenye akaunti ya CRDB namba 0150123456789', ['0150123456789']],
  ['the bank behind in brackets', 'send to 0123456789 (KBank)', ['0123456789'], 'TH'],
  ['a label on the line before', 'Account number:\n000123456789', ['000123456789'], 'US'],
]
for (const [name, text, numbers, country] of found)
  test(`account: ${name}`, () => assert.deepEqual(accounts(text, country), numbers))

const quiet: [name: string, text: string, country?: string][] = [
  ['a bare number', 'the number was 0123456789012'],
  ['an order', 'order 0123456789 was paid from my account'],
  ['a price in an account', 'โอนเข้าบัญชี 150000 บาท'],
  ['thousands in an account', 'the account has 1,234,567,890 dong'],
  ['a date', 'opened the account 12/05/2024 and closed it 2024-06-01'],
  ['a phone near a bank', 'call the bank at +66 2 123 4567'],
  ['a phone called one', 'KBank, โทร 081-234-5678'],
  ['a sort code alone', 'sort code 04-00-99', 'GB'],
  ['the last digits', 'account ending 1234'],
  ['a range of pay', 'Account Management\n28000-32000 a year'],
  ['a case number', 'bank fraud, case no. 20240012345'],
  ['a wallet number', 'TrueMoney 0812345678', 'TH'],
]
for (const [name, text, country] of quiet)
  test(`account: quiet on ${name}`, () => assert.deepEqual(accounts(text, country), []))

test('account: bank and country are told', () => {
  const [fact] = read('โอนเข้าบัญชี ไทยพาณิชย์ 012-3-45678-9').facts.filter(({ kind }) => kind === 'bank_account')
  assert.deepEqual([fact?.system, fact?.country], ['Siam Commercial Bank', 'TH'])
})
