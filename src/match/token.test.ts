import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { FACT_KINDS, type FactKind } from '../core/fact.ts'
import { canonical } from './canonical.ts'
import { formsOf } from './forms.ts'
import { isMatchable, tokenInput, tokenInputs } from './token.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const HASH = '9fc5b1d2e3f4a5968778695a4b3c2d1e0f9e8d7c6b5a49382716f5e4d3c2b1a0'

/**
 * What is blinded, byte for byte. These lines are a contract: a change parts every report made before from every one made
 * after, so it needs a new version in the prefix and a new epoch.
 */
const vectors: [FactKind, string, string][] = [
  ['phone', '+66812345678', 'phone|e1|+66812345678'],
  ['phone', '+66 81-234 5678', 'phone|e1|+66812345678'],
  ['email', 'someone@example.com', 'email|e1|someone@example.com'],
  ['email', 'Some.One@EXAMPLE.com', 'email|e1|some.one@example.com'],
  ['email', 'Some.One+scam@gmail.com', 'email|e1|someone@gmail.com'],
  ['email', 's.o.m.e.o.n.e@googlemail.com', 'email|e1|someone@gmail.com'],
  ['email', 'some.one+tag@outlook.com', 'email|e1|some.one@outlook.com'],
  ['email', 'some+one@example.com', 'email|e1|some+one@example.com'],
  ['email', 'jemand@bücher.example', 'email|e1|jemand@xn--bcher-kva.example'],
  ['email', 'a@www.example.com', 'email|e1|a@www.example.com'],
  ['handle', 'telegram:@Quick_Agent', 'handle|e1|telegram:quick_agent'],
  ['handle', 'twitter:quick_agent', 'handle|e1|x:quick_agent'],
  ['handle', 'whatsapp:+66812345678', 'phone|e1|+66812345678'],
  ['handle', 'wechat:ＡＢＣ客服', 'handle|e1|wechat:abc客服'],
  ['iban', 'GB33BUKB20201555555555', 'iban|e1|GB33BUKB20201555555555'],
  ['iban', 'gb33 bukb 2020 1555 5555 55', 'iban|e1|GB33BUKB20201555555555'],
  ['bank_account', '0123456789', 'account|e1|123456789'],
  ['bank_account', '012-3-45678-9', 'account|e1|123456789'],
  ['bank_account', '１２３４５６７８９', 'account|e1|123456789'],
  [
    'crypto_address',
    '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
    'wallet|e1|0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed',
  ],
  [
    'crypto_address',
    'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4',
    'wallet|e1|bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  ],
  ['crypto_address', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', 'wallet|e1|1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'],
  ['crypto_tx', `0x${HASH.toUpperCase()}`, `transaction|e1|${HASH}`],
  ['crypto_tx', HASH, `transaction|e1|${HASH}`],
  ['payment_ref', 'ft26-0112 3344', 'payment|e1|FT2601123344'],
  ['payment_ref', 'someone@okbank', 'payment|e1|SOMEONE@OKBANK'],
  ['domain', 'WWW.Example.COM.', 'site|e1|example.com'],
  ['domain', 'ตัวอย่าง.example', 'site|e1|xn--72c1a1bt4awk9o.example'],
  ['url', 'https://www.example.com/win?id=42#top', 'site|e1|example.com'],
  ['url', 'login.example.com:8443/a', 'site|e1|login.example.com'],
  ['url', 'https://t.me/+AbCdEf123', 'page|e1|t.me/+AbCdEf123'],
  ['url', 'https://m.facebook.com/groups/12345/?utm_source=x&fbclid=y', 'page|e1|facebook.com/groups/12345'],
  ['url', 'https://docs.google.com/forms/d/abc?b=2&a=1', 'page|e1|docs.google.com/forms/d/abc?a=1&b=2'],
  ['passport', 'aa 1234567', 'passport|e1|AA1234567'],
  ['imei', '49-015420-323751-8', 'imei|e1|49015420323751'],
  ['imei', '4901542032375101', 'imei|e1|49015420323751'],
]
for (const [kind, normal, wanted] of vectors)
  test(`${kind} ${normal.slice(0, 50)}`, () => {
    assert.equal(text(tokenInput(kind, normal, 'e1')), `firebreak/match/v1|${wanted}`)
    assert.ok(isMatchable(kind, normal))
  })

const refused: [FactKind, string, RegExp][] = [
  ['phone', '0812345678', /country/],
  ['phone', '+12', /country/],
  ['email', 'nobody', /e-mail/],
  ['email', 'a@b@', /e-mail/],
  ['email', 'a b@example.com', /e-mail/],
  ['handle', '@admin', /platform/],
  ['handle', 'telegram:@', /platform/],
  ['iban', 'GB33', /IBAN/],
  ['bank_account', '00012345', /fewer than six/],
  ['bank_account', '', /fewer than six/],
  ['crypto_address', '0x12', /wallet/],
  ['crypto_tx', 'abc', /transaction/],
  ['payment_ref', 'INV-1', /fewer than six/],
  ['domain', 'facebook.com', /everybody/],
  ['domain', 'www.t.me', /everybody/],
  ['domain', 'localhost', /domain/],
  ['domain', 'two words.example', /domain/],
  ['url', 'https://t.me/', /everybody/],
  ['url', 'javascript:alert(1)', /web address/],
  ['url', 'ftp://example.com/x', /web address/],
  ['passport', 'AA1', /short/],
  ['imei', '123', /14 to 16/],
  ['plate', 'กก 1234', /not matched/],
  ['organisation', 'Example Holdings', /not matched/],
  ['email', `${'a'.repeat(3_000)}@example.com`, /too long/],
]
for (const [kind, normal, why] of refused)
  test(`refused, with the reason: ${kind} ${normal.slice(0, 30)}`, () => {
    assert.throws(() => tokenInput(kind, normal, 'e1'), { code: 'invalid', message: why })
    assert.equal(isMatchable(kind, normal), false)
  })

test('an amount is not an identifier, and the kinds that are', () => {
  assert.throws(() => tokenInput('amount', { minor: 100, currency: 'THB' }, 'e1'), { code: 'invalid' })
  const matched = FACT_KINDS.filter((kind) => isMatchable(kind)).sort()
  const wanted =
    'bank_account crypto_address crypto_tx domain email handle iban imei passport payment_ref phone url'
  assert.equal(matched.join(' '), wanted)
})

test('another epoch is another input; an epoch that could reach into the value is refused', () => {
  assert.notDeepEqual(tokenInput('phone', '+66812345678', 'e1'), tokenInput('phone', '+66812345678', 'e2'))
  for (const epoch of ['', 'a|b', 'E1', 'x'.repeat(33), 'é'])
    assert.throws(() => tokenInput('phone', '+66812345678', epoch), { code: 'invalid', message: /epoch/ })
  const missing = JSON.parse('{}').epoch
  assert.throws(() => tokenInput('phone', '+66812345678', missing), { code: 'invalid', message: /epoch/ })
})

test('the same digits in two kinds never meet', () => {
  const kinds: FactKind[] = ['bank_account', 'payment_ref', 'passport', 'imei']
  const inputs = kinds.map((kind) => text(tokenInput(kind, '123456789012345', 'e1')))
  assert.equal(new Set(inputs).size, kinds.length)
})

const several: [Parameters<typeof tokenInputs>[0], string[]][] = [
  [
    { kind: 'iban', normal: 'GB33BUKB20201555555555' },
    ['iban|e1|GB33BUKB20201555555555', 'account|e1|20201555555555', 'account|e1|55555555'],
  ],
  [
    { kind: 'bank_account', normal: '20201555555555', country: 'GB' },
    ['account|e1|20201555555555', 'account|e1|55555555'],
  ],
  [{ kind: 'bank_account', normal: '20201555555555' }, ['account|e1|20201555555555']],
  [{ kind: 'phone', normal: '0812345678', country: 'TH' }, ['phone|e1|+66812345678']],
  [{ kind: 'phone', normal: '0812345678' }, []],
  [
    { kind: 'payment_ref', normal: '0812345678', country: 'TH' },
    ['payment|e1|0812345678', 'phone|e1|+66812345678'],
  ],
  [{ kind: 'payment_ref', normal: '1234567890123', country: 'TH' }, ['payment|e1|1234567890123']],
  [
    { kind: 'url', normal: 'https://t.me/Quick_Agent' },
    ['page|e1|t.me/Quick_Agent', 'handle|e1|telegram:quick_agent'],
  ],
  [
    { kind: 'url', normal: 'https://wa.me/66812345678' },
    ['page|e1|wa.me/66812345678', 'phone|e1|+66812345678'],
  ],
  [{ kind: 'place', normal: 'Example Town' }, []],
]
for (const [it, wanted] of several)
  test(`every form, itself first: ${it.kind} ${it.normal} ${it.country ?? ''}`, () => {
    const inputs = tokenInputs(it, 'e1').map(({ input }) => text(input))
    assert.deepEqual(
      inputs,
      wanted.map((one) => `firebreak/match/v1|${one}`),
    )
  })

test('a form says which kind it is, of which country, and how it came about', () => {
  const [, whole] = tokenInputs({ kind: 'iban', normal: 'GB33BUKB20201555555555' }, 'e1')
  assert.equal(whole?.kind, 'bank_account')
  assert.equal(whole?.country, 'GB')
  assert.match(whole?.how ?? '', /inside the IBAN of GB/)
})

const anything = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.webUrl(),
  fc.emailAddress(),
  fc.domain(),
  fc.stringMatching(/^[+0-9 ().-]{0,30}$/),
  fc.stringMatching(/^[0-9A-Za-z+/=_:@.-]{0,90}$/),
)

test('whatever the string: never anything but an answer, and its canonical form is its own canonical form', () => {
  const kindOf: Record<string, FactKind> = {
    account: 'bank_account',
    wallet: 'crypto_address',
    transaction: 'crypto_tx',
    payment: 'payment_ref',
    site: 'domain',
    page: 'url',
  }
  fc.assert(
    fc.property(
      fc.constantFrom(...FACT_KINDS),
      anything,
      fc.option(fc.constantFrom('TH', 'GB', 'AU', 'XX', '')),
      (kind, normal, country) => {
        const found = canonical(kind, normal)
        const forms = formsOf({ kind, normal, ...(country === null ? {} : { country }) })
        if ('why' in found) return assert.ok(found.why.length > 10)
        assert.equal(forms[0]?.value, found.value)
        const again = canonical(kindOf[found.space] ?? (found.space as FactKind), found.value)
        assert.deepEqual(again, found)
      },
    ),
    { numRuns: 3_000 },
  )
})
