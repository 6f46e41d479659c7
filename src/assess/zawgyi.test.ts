import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { loadContent } from '../cli/content.ts'
import { fromZawgyi, isZawgyi } from '../core/zawgyi.ts'
import { assess } from './assess.ts'
import { lure } from './lure.ts'

const content = loadContent()

/** The passport is kept; they beat me. Sign by sign as Zawgyi stores it. */
const KEPT = 'ပတ္စပို႔ကို သိမ္းထားတယ္။'
const BEATEN = 'ကၽြန္ေတာ့္ကို ႐ိုက္တယ္။'
const found = (text: string) => assess(text, content).indicators.map(({ id }) => id)

test('a story in Zawgyi has the indicators of the same story in Unicode, and its sentences are those that were written', () => {
  const story = `${KEPT} ${BEATEN}`
  assert.equal(isZawgyi(story), true)
  assert.deepEqual(found(story), found(fromZawgyi(story).text))
  assert.deepEqual(found(story), ['FC-M04', 'FC-M11'])
  const { indicators } = assess(story, content)
  const sentences = indicators.flatMap((one) => one.sentences)
  assert.deepEqual(sentences.map(({ text }) => text).sort(), [KEPT, BEATEN].sort())
  for (const { text, start, end } of sentences) assert.equal(story.slice(start, end), text)
  const why = indicators.find(({ id }) => id === 'FC-M04')?.why ?? ''
  assert.ok(why.includes('႐ိုက္'), 'the words are quoted as they were written')
})

test('a plain no in Zawgyi is a no', () => {
  const denied = assess('ကၽြန္ေတာ့္ကို မ႐ိုက္ခဲ့ပါဘူး။ ပတ္စပို႔ကို မသိမ္းပါဘူး။', content)
  assert.deepEqual(denied.indicators, [])
  assert.ok(denied.denied.some(({ id }) => id === 'FC-M04'))
})

test('in a chat in Zawgyi a sentence knows who wrote it', () => {
  const head = '[12/03/2025, 09:00] Thida: '
  const text = `${head}${KEPT}\n${head}${BEATEN}`
  const second = text.length - BEATEN.length
  const messages = [
    { speaker: 'Thida', at: '2025-03-12T09:00', start: head.length, end: head.length + KEPT.length },
    { speaker: 'Aung', at: '2025-03-12T09:01', start: second, end: text.length },
  ]
  const { indicators } = assess(text, content, { messages })
  const said = new Map(indicators.map((one) => [one.id, one.sentences[0]]))
  assert.equal(said.get('FC-M11')?.speaker, 'Thida')
  assert.equal(said.get('FC-M04')?.speaker, 'Aung')
})

test('Burmese signs in any order: nothing throws, and every sentence slices to the text', () => {
  const sign = fc.integer({ min: 0x1000, max: 0x109f }).map((unit) => String.fromCharCode(unit))
  const piece = fc.oneof(sign, fc.constantFrom(' ', '။', KEPT, BEATEN))
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join('')
      const { indicators, denied, general } = assess(text, content)
      for (const { sentences } of [...indicators, ...denied, ...general])
        for (const one of sentences) assert.equal(text.slice(one.start, one.end), one.text)
      for (const { line, start, end } of lure(text, content)?.reasons ?? [])
        assert.equal(text.slice(start, end), line)
    }),
  )
})
