import assert from 'node:assert/strict'
import test from 'node:test'
import { fc } from '../../test/property.ts'
import type { Fact } from '../core/fact.ts'
import { read } from './read.ts'

/** Pieces that set off every finder, broken and whole, and signs that break offsets. */
const piece = fc.constantFrom(
  ...[
    '+66 81 234 5678',
    '๐๘๑-๒๓๔-๕๖๗๘',
    'โทร ',
    'บัญชี 012-3-45678-9 ',
    'พร้อมเพย์ 0812345678',
    'GB82 WEST 1234 5698 7654 32',
  ],
  ...[
    'GB82 WEST 1234 5698 7654 33',
    'hxxps://kk[.]test/a',
    'hr (at) kk (dot) test',
    'kk-invest.example',
    '192.0.2.1',
    '2001:db8::1',
  ],
  ...[
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8',
    'Telegram @boss_88',
    'LINE ID: nokk2541',
  ],
  ...[
    'SWIFT: VELOLT21XXX',
    'IMEI 490154203237518',
    'passport no. AK0912345',
    'ทะเบียน กข 4567',
    'UTR 412345678901',
    '$1,200',
    '12/05/2024',
  ],
  ...[
    '12/03/2024, 09:14 - Ken: ',
    '[15.04.2024 19:20]',
    'P<UTO<<',
    '１２３',
    '\u200b',
    '\u00ad',
    '\ufe0f',
    '𝟎𝟖',
    '😀',
    '\ud835',
    '\udc00',
    '\n',
    '\n\n',
  ],
  ...[
    ' ',
    '.',
    '-',
    '(',
    ')',
    '@',
    '[.]',
    ' dot com',
    ' at ',
    '。',
    '账号：6222021234567890123',
    'မြန်မာ',
    'টাকা',
    'ខ្ញុំ',
    'ลาว',
  ],
)
const anyText = fc.array(
  fc.oneof({ weight: 4, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 12 })),
  {
    maxLength: 24,
  },
)

test('read: whatever the string, it does not throw; every span slices to its words; facts never overlap', () => {
  fc.assert(
    fc.property(anyText, (pieces) => {
      const source = pieces.join('')
      const { facts, refused } = read(source, { country: 'TH', now: '2024-06-01T10:00:00' })
      let reach = 0
      for (const fact of facts) {
        assert.equal(source.slice(fact.start, fact.end), fact.text)
        assert.ok(fact.start >= reach && fact.end > fact.start, `${fact.kind} at ${fact.start}`)
        assert.ok(fact.confidence > 0 && fact.confidence <= 1)
        assert.notEqual(fact.why, '')
        reach = fact.end
      }
      for (const it of refused) assert.equal(source.slice(it.start, it.end), it.text)
    }),
    { numRuns: 1500 },
  )
})

test('read: lone surrogates and noise', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }), (units) => {
      const source = String.fromCharCode(...units)
      for (const fact of read(source).facts) assert.equal(source.slice(fact.start, fact.end), fact.text)
    }),
    { numRuns: 500 },
  )
})

/** How a canonical form is written so that its kind is plain again. */
const WRITTEN: Partial<Record<Fact['kind'], (fact: Fact) => string>> = {
  phone: (fact) => String(fact.normal),
  email: (fact) => String(fact.normal),
  url: (fact) => String(fact.normal),
  domain: (fact) => `website ${fact.normal}`,
  iban: (fact) => String(fact.normal),
  bic: (fact) => `SWIFT ${fact.normal}`,
  crypto_address: (fact) => `wallet ${fact.normal}`,
  crypto_tx: (fact) => `tx hash ${fact.normal}`,
  bank_account: (fact) => `account number ${fact.normal}`,
  ip: (fact) => `IP ${fact.normal}`,
  imei: (fact) => `IMEI ${fact.normal}`,
  passport: (fact) => `passport ${fact.normal}`,
  handle: (fact) => String(fact.normal).replace(':@', ' @'),
  payment_ref: (fact) => `${fact.system ?? 'transaction reference'} ${fact.normal}`,
}

test('read: canonical forms parse back to themselves', () => {
  fc.assert(
    fc.property(anyText, (pieces) => {
      for (const fact of read(pieces.join(''), { country: 'TH' }).facts) {
        const written = WRITTEN[fact.kind]?.(fact)
        if (written === undefined) continue
        const again = read(written).facts.filter(({ kind }) => kind === fact.kind)
        assert.deepEqual(
          again.map(({ normal }) => normal),
          [fact.normal],
          `${fact.kind} ${written}, from ${JSON.stringify(fact.text)}`,
        )
      }
    }),
    { numRuns: 400 },
  )
})

test('read: in a chat, facts know who said them and when; headers are not facts', () => {
  const chat = [
    '12/03/2024, 09:14 - Agent Ken: transfer to DBS account 012-34567-8',
    '12/03/2024, 09:15 - Mei: ok, call me +65 9123 4567',
  ].join('\n')
  const { facts, messages } = read(chat)
  assert.equal(messages?.length, 2)
  const told = facts.map(({ kind, speaker, at }) => [kind, speaker, at])
  assert.ok(
    told.some(
      ([kind, speaker, at]) =>
        kind === 'bank_account' && speaker === 'Agent Ken' && at?.startsWith('2024-03-12T09:14'),
    ),
  )
  assert.ok(told.some(([kind, speaker]) => kind === 'phone' && speaker === 'Mei'))
  assert.deepEqual(
    facts.filter(({ kind }) => kind === 'date'),
    [],
  )
})

test('read: one thing per place', () => {
  const kinds = (text: string) => read(text).facts.map(({ kind }) => kind)
  assert.deepEqual(kinds('https://kk.test/x?mail=a@kk.test&ip=192.0.2.1'), ['url'])
  assert.deepEqual(kinds('hr@kk.test'), ['email'])
  assert.deepEqual(kinds('IBAN GB82WEST12345698765432'), ['iban'])
})

test('read: nothing in nothing', () => {
  const { language, facts, names, messages, refused, countries } = read('')
  assert.deepEqual([language, facts, names, messages, refused, countries], ['und', [], [], null, [], []])
})
