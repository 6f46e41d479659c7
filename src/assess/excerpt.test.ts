import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'
import { excerpt } from './excerpt.ts'

const content = loadContent()

test('speech written down without a full stop: each sign shows what stands around its own words', () => {
  const text = `okay so my cousin told me there was work ${'and then we waited a while '.repeat(8)}and they took my passport ${'and nothing happened that day '.repeat(4)}and the guards beat me with a pipe ${'and we drove on '.repeat(6)}`
  const shown = (id: string) => assess(text, content).indicators.find((one) => one.id === id)?.sentences[0]
  const [papers, beaten] = [shown('FC-M11'), shown('FC-M04')]
  assert.match(papers?.text ?? '', /they took my passport/)
  assert.doesNotMatch(papers?.text ?? '', /beat me|cousin/)
  assert.match(beaten?.text ?? '', /the guards beat me/)
  assert.doesNotMatch(beaten?.text ?? '', /passport/)
  for (const one of [papers, beaten]) {
    assert.equal(text.slice(one?.start, one?.end), one?.text)
    assert.doesNotMatch(text.charAt((one?.start ?? 0) - 1), /\w/, 'a word is not cut in two')
    assert.doesNotMatch(text.charAt(one?.end ?? 0), /\w/, 'a word is not cut in two')
  }
})

test('a sentence of ordinary length is shown whole', () => {
  const text =
    'They took my passport on the first day, said the manager kept it safe, and never gave it back.'
  assert.deepEqual(excerpt(text, { start: 0, end: text.length }, [[10, 18]]), { start: 0, end: text.length })
})

test('whatever the letters: inside the sentence, around the words, no surrogate pair or mark cut off', () => {
  const letters = fc.constantFrom('a', ' ', '护', 'ទ', 'ូ', '😀', 'က', 'ြ', '\n')
  fc.assert(
    fc.property(
      fc.array(letters, { minLength: 300, maxLength: 900 }),
      fc.nat(),
      fc.nat(60),
      (all, at, long) => {
        const text = all.join('')
        const from = at % text.length
        const to = Math.min(text.length, from + long + 1)
        const cut = excerpt(text, { start: 0, end: text.length }, [[from, to]])
        assert.ok(0 <= cut.start && cut.start <= from && to <= cut.end && cut.end <= text.length)
        const inside = (i: number) => i > 0 && /^[\uDC00-\uDFFF]/.test(text.charAt(i))
        assert.ok(cut.start === from || !inside(cut.start))
        assert.ok(cut.end === to || !inside(cut.end))
      },
    ),
  )
})
