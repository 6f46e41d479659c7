import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import type { FactKind } from '../core/fact.ts'
import { sameIdentifier } from './compare.ts'
import type { Identifier } from './identifier.ts'
import { tokenInputs } from './token.ts'

const account = (normal: string, country?: string, system?: string): Identifier => ({
  kind: 'bank_account',
  normal,
  ...(country === undefined ? {} : { country }),
  ...(system === undefined ? {} : { system }),
})
const iban = (normal: string): Identifier => ({ kind: 'iban', normal })
const phone = (normal: string, country?: string): Identifier => ({
  kind: 'phone',
  normal,
  ...(country ? { country } : {}),
})
const it = (kind: FactKind, normal: string): Identifier => ({ kind, normal })

const GB = 'GB33BUKB20201555555555'
const cases: [string, Identifier, Identifier, boolean, RegExp][] = [
  ['the same IBAN', iban(GB), iban(GB), true, /^the same IBAN$/],
  ['an IBAN with blanks', iban(GB), iban('GB33 BUKB 2020 1555 5555 55'), true, /written differently/],
  ['another IBAN', iban(GB), iban('DE89370400440532013000'), false, /not the same IBAN$/],
  ['a slip in an IBAN', iban(GB), iban('GB33BUKB20201555555556'), false, /one character/],
  ['two banks, one number', iban(GB), iban('GB94BARC10201530093459'), false, /not the same IBAN/],
  [
    'the same number at two British banks',
    iban('GB33BUKB20201555555555'),
    iban('GB16BARC30303055555555'),
    false,
    /different banks/,
  ],
  ['IBAN and account of one country', iban(GB), account('55555555', 'GB'), true, /inside the IBAN of GB/],
  ['IBAN and account, country unknown', iban(GB), account('55555555'), true, /inside the IBAN of GB/],
  [
    'IBAN and account with sort code',
    iban(GB),
    account('20201555555555', 'GB'),
    true,
    /bank and branch inside/,
  ],
  [
    'IBAN and account of another sort code',
    iban(GB),
    account('30303055555555', 'GB'),
    false,
    /different banks/,
  ],
  [
    'IBAN and account of another country',
    iban(GB),
    account('55555555', 'TH'),
    false,
    /GB and the other to TH/,
  ],
  [
    'German IBAN, account without zeros',
    iban('DE89370400440532013000'),
    account('532013000', 'DE'),
    true,
    /inside the IBAN of DE/,
  ],
  [
    'IBAN of a country whose layout is not known',
    iban('XX33BUKB20201555555555'),
    account('55555555'),
    false,
    /nothing in common/,
  ],
  [
    'account with and without its country',
    account('0123456789', 'TH'),
    account('0123456789'),
    true,
    /^the same account number$/,
  ],
  [
    'account in two countries',
    account('0123456789', 'TH'),
    account('0123456789', 'VN'),
    false,
    /one belongs to TH/,
  ],
  [
    'only one knows the bank',
    account('0123456789', 'TH', 'Example Bank'),
    account('0123456789', 'TH'),
    true,
    /^the same account number$/,
  ],
  [
    'banks by two names',
    account('0123456789', 'TH', 'Example Bank'),
    account('0123456789', 'TH', 'EXB'),
    true,
    /check$/,
  ],
  [
    'one bank, two spellings',
    account('0123456789', 'TH', 'Example Bank'),
    account('0123456789', 'TH', 'example-bank'),
    true,
    /^the same account number$/,
  ],
  ['a zero eaten by a spreadsheet', account('0123456789'), account('123456789'), true, /leading zeros/],
  ['an account with hyphens', account('012-3-45678-9'), account('0123456789'), true, /written differently$/],
  ['an account number too short', account('12345'), account('12345'), false, /fewer than six/],
  [
    'sort code known to one',
    account('20201555555555', 'GB'),
    account('55555555'),
    true,
    /behind the sort code/,
  ],
  ['phone, exact', phone('+66812345678'), phone('+66812345678'), true, /^the same phone number$/],
  [
    'phone without country, other full',
    phone('0812345678'),
    phone('+66812345678'),
    true,
    /if the one without a country is one of \+66/,
  ],
  [
    'phone without country, another number',
    phone('0812345679'),
    phone('+66812345678'),
    false,
    /even if both are of \+66/,
  ],
  [
    'phone of a known country',
    phone('0812345678', 'TH'),
    phone('+66812345678'),
    true,
    /read as a number of TH/,
  ],
  ['phone of another country', phone('0812345678', 'VN'), phone('+66812345678'), false, /not the same phone/],
  ['phones both without country', phone('0812345678'), phone('0812345678'), false, /needs its country/],
  [
    'PromptPay number and phone',
    { ...it('payment_ref', '0812345678'), country: 'TH' },
    phone('+66812345678'),
    true,
    /payment name/,
  ],
  [
    'mailbox of a provider that drops dots',
    it('email', 'a.b+c@gmail.com'),
    it('email', 'ab@googlemail.com'),
    true,
    /one mailbox/,
  ],
  ['two mailboxes', it('email', 'a.b@example.com'), it('email', 'ab@example.com'), false, /one character/],
  [
    'handle on one platform',
    it('handle', 'telegram:@Agent_X'),
    it('handle', 'telegram:agent_x'),
    true,
    /handle/,
  ],
  [
    'handle on two platforms',
    it('handle', 'telegram:@agent_x'),
    it('handle', 'line:@agent_x'),
    false,
    /not the same handle/,
  ],
  [
    'handle without platform',
    it('handle', '@agent_x'),
    it('handle', 'telegram:@agent_x'),
    false,
    /say which platform/,
  ],
  ['link and domain', it('url', 'https://www.example.com/x'), it('domain', 'example.com'), true, /one site/],
  [
    'two links of one site',
    it('url', 'https://example.com/x'),
    it('url', 'https://example.com/y'),
    true,
    /one site/,
  ],
  [
    'two pages of a platform',
    it('url', 'https://x.com/one_agent'),
    it('url', 'https://x.com/two_agent'),
    false,
    /not the same link/,
  ],
  [
    'profile link and handle',
    it('url', 'https://t.me/Agent_X'),
    it('handle', 'telegram:@agent_x'),
    true,
    /profile the link/,
  ],
  [
    'wallet in two cases',
    it('crypto_address', `0x${'aB'.repeat(20)}`),
    it('crypto_address', `0x${'ab'.repeat(20)}`),
    true,
    /written differently/,
  ],
  [
    'IMEI and IMEISV',
    it('imei', '490154203237518'),
    it('imei', '4901542032375101'),
    true,
    /behind the fourteenth/,
  ],
  [
    'passports of two countries',
    { ...it('passport', 'AA1234567'), country: 'TH' },
    { ...it('passport', 'AA1234567'), country: 'VN' },
    false,
    /TH and the other to VN/,
  ],
  [
    'digits of two kinds',
    account('0812345678'),
    phone('+66812345678'),
    false,
    /nothing in common between the account number and the phone number/,
  ],
  ['places', it('place', 'Example Town'), it('place', 'Example Town'), false, /not matched/],
  [
    'amounts',
    { kind: 'amount', normal: { minor: 1, currency: 'THB' } },
    { kind: 'amount', normal: { minor: 1, currency: 'THB' } },
    false,
    /not matched/,
  ],
]
for (const [name, a, b, same, why] of cases)
  test(`${same ? 'same' : 'not the same'}: ${name}`, () => {
    const answer = sameIdentifier(a, b)
    assert.equal(answer.same, same, answer.why)
    assert.match(answer.why, why)
    assert.equal(sameIdentifier(b, a).same, same, 'the other way round')
  })

const digits = fc.stringMatching(/^0{0,2}[1-3]{6,8}$/)
const country = fc.constantFrom('TH', 'VN', 'GB', 'AU', undefined)
const british = digits.map((n) => n.slice(-8).padStart(8, '0'))
const anyone: fc.Arbitrary<Identifier> = fc.oneof(
  fc
    .tuple(
      fc.oneof(
        digits,
        british.map((n) => `202015${n}`),
      ),
      country,
    )
    .map(([n, c]) => account(n, c)),
  fc.tuple(british, fc.constantFrom('202015', '303030')).map(([n, sort]) => iban(`GB00BUKB${sort}${n}`)),
  fc.tuple(fc.stringMatching(/^08[12]{8}$/), country).map(([n, c]) => phone(n, c)),
  fc.stringMatching(/^\+668[12]{8}$/).map((n) => phone(n)),
  fc
    .tuple(fc.stringMatching(/^08[12]{8}$/), country)
    .map(([n, c]) => ({ ...it('payment_ref', n), ...(c ? { country: c } : {}) })),
  fc
    .constantFrom('a.b@gmail.com', 'ab@gmail.com', 'ab@example.com', 'a.b@example.com')
    .map((n) => it('email', n)),
  fc
    .constantFrom('https://t.me/agent', 'https://t.me/Agent', 'https://example.com/a', 'example.com')
    .map((n) => it('url', n)),
  fc.constantFrom('example.com', 'www.example.com', 't.me').map((n) => it('domain', n)),
  fc.constantFrom('telegram:@agent', 'telegram:AGENT', 'line:agent', 'agent').map((n) => it('handle', n)),
)

test('symmetric; and where it says "same", blind matching meets too', () => {
  let met = 0
  fc.assert(
    fc.property(anyone, anyone, (a, b) => {
      const { same, why } = sameIdentifier(a, b)
      assert.equal(sameIdentifier(b, a).same, same)
      if (!same || /without a country/.test(why)) return
      const inputs = (one: Identifier) =>
        tokenInputs(one, 'e1').map(({ input }) => new TextDecoder().decode(input))
      assert.ok(
        inputs(a).some((input) => inputs(b).includes(input)),
        why,
      )
      met++
    }),
    { numRuns: 4_000 },
  )
  assert.ok(met > 50, `only ${met} pairs were the same: the property was hardly tried`)
})

test('what can be matched is the same as itself', () => {
  fc.assert(
    fc.property(anyone, (a) => assert.equal(sameIdentifier(a, a).same, tokenInputs(a, 'e1').length > 0)),
    { numRuns: 500 },
  )
})
