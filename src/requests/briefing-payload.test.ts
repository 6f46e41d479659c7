import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '../core/ids.ts'
import { briefingFrom, isPicture, safeName } from './briefing-payload.ts'

const whole = {
  v: 1,
  identity: { name: 'An invented person', contact: 'Signal, after 9', notes: '' },
  files: [{ sealedId: newId(), name: 'slip.png', type: 'image/png', size: 10 }],
}

test('a briefing as it is sealed is read', () => {
  assert.equal(briefingFrom(whole).identity.contact, 'Signal, after 9')
  assert.equal(briefingFrom({ ...whole, text: 'the story' }).text, 'the story')
  assert.deepEqual(briefingFrom({ v: 1, identity: {} }).files, [])
})

for (const [name, value] of [
  ['another version', { ...whole, v: 2 }],
  ['a text in place of an identity', { ...whole, identity: 'name' }],
  ['a file that points anywhere else', { ...whole, files: [{ ...whole.files[0], sealedId: '../../x' }] }],
  ['nothing', null],
  ['a list', [whole]],
] as const)
  test(`not believed: ${name}`, () => {
    assert.throws(() => briefingFrom(value), /not a briefing that this version can read/)
  })

test('only pictures that cannot hold a script are shown', () => {
  assert.equal(isPicture({ type: 'image/png' }), true)
  assert.equal(isPicture({ type: 'image/svg+xml' }), false)
  assert.equal(isPicture({ type: 'text/html' }), false)
})

for (const [given, wanted] of [
  ['slip.png', 'slip.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\a.csv', 'a.csv'],
  ['exe\u202Egpj.png', 'exegpj.png'],
  ['..', 'file'],
  ['', 'file'],
  ['สลิป.png', 'สลิป.png'],
] as const)
  test(`saved as ${wanted}: ${JSON.stringify(given)}`, () => {
    assert.equal(safeName(given), wanted)
  })
