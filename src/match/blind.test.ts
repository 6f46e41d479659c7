import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ristretto255 } from '@noble/curves/ed25519.js'
import { fc } from '../../test/property.ts'
import { blind, evaluate, LARGEST_BATCH, newMatchKey, publicMatchKey } from './blind.ts'
import { tokenInput } from './token.ts'

const { secretKey, publicKey } = newMatchKey()
const other = newMatchKey()
const input = (name: string) => new TextEncoder().encode(name)
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

function tokens(names: string[], secret = secretKey, key = publicKey): string[] {
  const { blinded, finish } = blind(names.map(input))
  return finish(evaluate(secret, blinded), key)
}

test('the same identifier is the same token in every question, alone or among others', () => {
  const [a, b] = tokens(['a', 'b'])
  assert.deepEqual(tokens(['a']), [a])
  assert.deepEqual(tokens(['b', 'a', 'a']), [b, a, a])
  assert.match(a ?? '', /^[0-9a-f]{64}$/)
  assert.notEqual(a, b)
})

test('another key, another token', () => {
  assert.notEqual(tokens(['a'])[0], tokens(['a'], other.secretKey, other.publicKey)[0])
})

test('what is sent never looks the same twice, and shows nothing of the identifier', () => {
  const sent = Array.from({ length: 8 }, () => blind([tokenInput('phone', '+66812345678', 'e1')]).blinded[0])
  assert.equal(new Set(sent).size, sent.length)
})

test('an answer under another key than the published one is refused: nobody can be tagged', () => {
  const { blinded, finish } = blind([input('a'), input('b')])
  const isUnproven = { code: 'invalid', message: /does not prove that the published matching key was used/ }
  const right = evaluate(secretKey, blinded)
  const foreign = evaluate(other.secretKey, blinded)
  assert.throws(() => finish(foreign, publicKey), isUnproven)
  assert.throws(() => finish({ evaluated: foreign.evaluated, proof: right.proof }, publicKey), isUnproven)
  assert.throws(() => finish({ evaluated: right.evaluated, proof: foreign.proof }, publicKey), isUnproven)
  assert.throws(() => finish(right, other.publicKey), isUnproven)
  assert.throws(() => finish({ ...right, evaluated: right.evaluated.toReversed() }, publicKey), isUnproven)
  const mixed = [right.evaluated[0] ?? '', foreign.evaluated[1] ?? '']
  assert.throws(() => finish({ evaluated: mixed, proof: right.proof }, publicKey), isUnproven)
  assert.equal(finish(right, publicKey).length, 2)
})

test('a broken answer is refused: any byte, too few, too many, not hex', () => {
  const { blinded, finish } = blind([input('a')])
  const { evaluated, proof } = evaluate(secretKey, blinded)
  fc.assert(
    fc.property(fc.nat(63), fc.constantFrom(...'0123456789abcdef'), fc.boolean(), (at, digit, inProof) => {
      const target = inProof ? proof : (evaluated[0] ?? '')
      const altered = target.slice(0, at) + digit + target.slice(at + 1)
      if (altered === target) return
      const answer = inProof ? { evaluated, proof: altered } : { evaluated: [altered], proof }
      assert.throws(() => finish(answer, publicKey), { code: 'invalid' })
    }),
    { numRuns: 60 },
  )
  assert.throws(() => finish({ evaluated: [], proof }, publicKey), {
    code: 'invalid',
    message: /1 were asked and 0 answered/,
  })
  assert.throws(() => finish({ evaluated: [...evaluated, ...evaluated], proof }, publicKey), {
    code: 'invalid',
  })
  for (const bad of ['', 'zz', `${proof}00`])
    assert.throws(() => finish({ evaluated, proof: bad }, publicKey), { code: 'invalid' })
  for (const bad of ['', 'zz', '0'.repeat(64)])
    assert.throws(() => finish({ evaluated, proof }, bad), { code: 'invalid' })
})

const good = ristretto255.Point.BASE.toHex()
const elements: [string, string][] = [
  ['the identity', '0'.repeat(64)],
  ['nothing', ''],
  ['not hex', 'z'.repeat(64)],
  ['too short', good.slice(2)],
  ['too long', `${good}00`],
  ['the field’s order, not in its one form', `ed${'ff'.repeat(30)}7f`],
  ['a negative element', `01${'00'.repeat(31)}`],
  ['off the group', `26948d35ca62e643e26a83177332e6b6afeb9d08e4268b650f1f5bbd8d81d371`],
]
for (const [name, element] of elements)
  test(`refused by the key holder, by its place: ${name}`, () => {
    assert.throws(() => evaluate(secretKey, [good, good, element]), {
      code: 'invalid',
      message: /^blinded\.2: /,
    })
  })

test('no more than a batch; nothing asked is nothing answered', () => {
  const many = new Array<string>(LARGEST_BATCH + 1)
  assert.throws(() => evaluate(secretKey, many.fill(good)), { code: 'invalid', message: /at most 100.*101/ })
  assert.throws(() => blind(many.map(() => input('a'))), { code: 'invalid', message: /at most 100/ })
  assert.deepEqual(evaluate(secretKey, []), { evaluated: [], proof: '' })
  assert.deepEqual(blind([]).finish({ evaluated: [], proof: '' }, publicKey), [])
})

test('a secret that is not a key turns matching off, and is never repeated', () => {
  const order = Buffer.from(ORDER.toString(16).padStart(64, '0'), 'hex').reverse().toString('hex')
  for (const bad of ['', 'abc', '0'.repeat(64), order, secretKey.slice(2)]) {
    const isOff = (error: unknown) =>
      error instanceof Error &&
      /matching is off/.test(error.message) &&
      (bad === '' || !error.message.includes(bad))
    assert.throws(() => evaluate(bad, [good]), isOff)
    assert.throws(() => publicMatchKey(bad), { code: 'unavailable' })
  }
})

test('the public half belongs to the secret', () => assert.equal(publicMatchKey(secretKey), publicKey))
