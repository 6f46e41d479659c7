import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'

const content = loadContent()
const HIKE =
  'Day three of the long path, and my boots have finally forgiven me. We left early with eighteen kilometres to do and a good deal of climbing, which my watch counted twice. The hut had bunks for twelve and a warden who was strict about lights. We played cards until late and I lost forty matches. '

test('one sign in a long text that speaks of other things supports nothing, and is shown apart', () => {
  const { indicators, general, elements } = assess(
    `${HIKE}We were not allowed to leave before the fog was gone.`,
    content,
  )
  assert.deepEqual(indicators, [])
  assert.deepEqual(
    general.map(({ id }) => id),
    ['FC-M12'],
  )
  assert.equal(elements.means, 'not mentioned')
})

test('the same sign in a few words, or beside a word of the matter, or among others, is found', () => {
  const sign = 'We were not allowed to leave.'
  for (const text of [
    sign,
    `${HIKE}${sign} That was in the compound.`,
    `${HIKE}${sign} They took our passports. The guards beat us every night.`,
  ])
    assert.ok(
      assess(text, content).indicators.some(({ id }) => id === 'FC-M12'),
      text.slice(-80),
    )
})

test('violence raises safeguarding, however much else the text speaks of', () => {
  const { safeguarding, indicators } = assess(`${HIKE}He beat me with a pipe every night.`, content)
  assert.deepEqual(indicators, [])
  assert.match(safeguarding?.why ?? '', /violence/)
})
