import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { HouseError } from '../core/errors.ts'
import {
  checkpointText,
  cosignLine,
  publicKey,
  readCheckpoint,
  readNote,
  readVerifier,
  signedBy,
  signLine,
  type Verifier,
  verifierText,
} from './note.ts'

const secret = new Uint8Array(32).fill(7)
const witness = new Uint8Array(32).fill(9)
const log: Verifier = { name: 'log.example/audit', kind: 1, key: publicKey(secret) }
const bank: Verifier = { name: 'bank.example', kind: 4, key: publicKey(witness) }
const text = checkpointText({ origin: log.name, size: 1234, root: new Uint8Array(32).fill(3) })
const at = new Date('2026-11-22T03:00:00Z')
const note = `${text}\n${signLine(text, log.name, secret)}${cosignLine(text, { name: bank.name, secret: witness, at })}`

// From the Go module mirror's checksum database, as golang.org/x/mod/sumdb/note documents it: somebody else's form.
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const PETER_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`

test('a note and a key of another implementation verify', () => {
  assert.ok(signedBy(readNote(PETER_NOTE), readVerifier(PETER)))
  assert.equal(signedBy(readNote(PETER_NOTE.replace('answer', 'Answer')), readVerifier(PETER)), false)
  assert.equal(verifierText(readVerifier(PETER)), PETER)
})

test('log and witness are known by their keys, and the witness says when', () => {
  const read = readNote(note)
  assert.deepEqual(readCheckpoint(read.text), {
    origin: log.name,
    size: 1234,
    root: new Uint8Array(32).fill(3),
  })
  assert.deepEqual(signedBy(read, log), { at: null })
  assert.deepEqual(signedBy(read, bank), { at })
  assert.equal(signedBy(read, { ...bank, name: 'other.example' }), false)
  assert.equal(signedBy(read, { ...bank, key: log.key }), false)
  assert.equal(signedBy(read, { ...log, key: new Uint8Array(32) }), false)
})

test('what is signed is what Node’s own Ed25519 verifies', () => {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), log.key])
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const [line, cosigned] = readNote(note).lines
  assert.ok(verify(null, Buffer.from(text), key, line?.bytes ?? Buffer.alloc(0)))
  const bankDer = Buffer.concat([der.subarray(0, 12), bank.key])
  const bankKey = createPublicKey({ key: bankDer, format: 'der', type: 'spki' })
  const signed = Buffer.from(`cosignature/v1\ntime ${at.getTime() / 1000}\n${text}`)
  assert.ok(verify(null, signed, bankKey, cosigned?.bytes.subarray(8) ?? Buffer.alloc(0)))
})

test('any one character changed: not read, or not signed by both', () => {
  fc.assert(
    fc.property(fc.nat(note.length - 1), fc.constantFrom('0', 'A', 'x', '\n', '—'), (where, sign) => {
      if (note[where] === sign) return
      const altered = note.slice(0, where) + sign + note.slice(where + 1)
      let read: ReturnType<typeof readNote>
      try {
        read = readNote(altered)
      } catch (error) {
        assert.ok(error instanceof HouseError && error.code === 'invalid')
        return
      }
      assert.ok(!(signedBy(read, log) && signedBy(read, bank)), altered)
    }),
    { numRuns: 300 },
  )
})

const broken = ['', '\n', 'a\n', 'a\n1\n', `${text}`, `${text}\nno dash\n`, note.slice(0, -1), `${note}\0\n`]
for (const wrong of broken)
  test(`not a note: ${JSON.stringify(wrong.slice(0, 40))}`, () => {
    assert.throws(() => readNote(wrong), { code: 'invalid', message: /^checkpoint: / })
  })

for (const [size, root] of [
  ['01', 'A'],
  ['-1', 'A'],
  ['1e3', 'A'],
  ['9007199254740993', 'A'],
  ['1', 'A'],
  ['1', 'not base64!'],
])
  test(`not a checkpoint: size ${size}, root ${root}`, () => {
    assert.throws(() => readCheckpoint(`log\n${size}\n${root}\n`), { code: 'invalid', message: /line [23]/ })
  })

for (const wrong of [
  '',
  'a',
  `${verifierText(log)}A`,
  verifierText(log).replace('log', 'lot'),
  'a+00000000+AAAA',
])
  test(`not a key: ${wrong.slice(0, 30)}`, () => {
    assert.throws(() => readVerifier(wrong), { code: 'invalid' })
  })
