import assert from 'node:assert/strict'
import test from 'node:test'
import { read } from '../read.ts'

function references(text: string, country?: string): string[] {
  const { facts } = read(text, country === undefined ? {} : { country })
  return facts.filter(({ kind }) => kind === 'payment_ref').map(({ normal }) => String(normal))
}

const found: [name: string, text: string, normals: string[], country?: string][] = [
  ['PromptPay', 'พร้อมเพย์ 081-234-5678 ชื่อ สมหญิง', ['0812345678']],
  ['PromptPay with an ID number', 'PromptPay: 1-1005-01234-56-7', ['1100501234567']],
  ['PromptPay behind', 'โอน 0812345678 (พร้อมเพย์)', ['0812345678']],
  ['PromptPay Thai digits', 'พร้อมเพย์ ๐๘๑๒๓๔๕๖๗๘', ['0812345678']],
  ['PayNow', 'PayNow to 9123 4567 please', ['91234567']],
  ['PayNow to a firm', 'PayNow UEN 201912345K', ['201912345K']],
  ['DuitNow', 'DuitNow ID 012-3456789', ['0123456789']],
  ['DuitNow to an identity card', 'DuitNow 900101-14-5678', ['900101145678']],
  ['UPI', 'Pay to UPI ID agent.ravi@okaxis only', ['agent.ravi@okaxis']],
  ['UPI without a word', 'भेजो 9876543210@ybl पर', ['9876543210@ybl']],
  ['UPI, an unknown bank, called so', 'UPI: task99@testupi', ['task99@testupi']],
  ['PayID', 'PayID 0491 570 157 (A Citizen)', ['0491570157'], 'AU'],
  ['UTR', 'UTR 412345678901 for Rs 40,000', ['412345678901']],
  ['transaction ID', 'Transaction ID: FT24123ABCDE1', ['FT24123ABCDE1']],
  ['bKash', 'bKash TrxID 9C5K7H2M1X', ['9C5K7H2M1X']],
  ['Vietnamese', 'Mã giao dịch: FT24085123456789', ['FT24085123456789']],
  ['Thai', 'โอนแล้ว เลขที่รายการ 2024051914320088', ['2024051914320088']],
  ['Chinese', '转账成功,流水号：20240519143200881234', ['20240519143200881234']],
  ['Indonesian', 'Transfer berhasil. No. Ref 240519ABC778', ['240519ABC778']],
  ['in groups', 'GCash sent. Ref No. 9001 234 567890', ['9001234567890']],
  ['small letters', 'wire transfer ref: ab-99812-x', ['AB-99812-X']],
]
for (const [name, text, normals, country] of found)
  test(`payment reference: ${name}`, () => assert.deepEqual(references(text, country), normals))

const quiet: [name: string, text: string][] = [
  ['a mail address', 'write to agent@example.com'],
  ['a handle', 'follow @okaxis_fan on Telegram'],
  ['a letter without money', 'Our reference: AB-12345. Please attend the meeting.'],
  ['a job', 'Job ref 2024-118, apply now'],
  ['a case', 'police case reference 20240098123'],
  ['an amount', 'transaction of 50000000 VND'],
  ['a date', 'transaction 2024-05-19'],
  ['an order', 'order ID 20240519001'],
  ['words', 'reference letter required'],
]
for (const [name, text] of quiet)
  test(`payment reference: quiet on ${name}`, () => assert.deepEqual(references(text), []))
