import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'
import { merge } from './merge.ts'

const content = loadContent()
const FIRST = 'They took my passport.\nI was never beaten.\n'
const SECOND = 'The guards beat me with a pipe.\nWe were forced to scam strangers.\n'

test('a text read in parts is assessed as if in one', () => {
  const whole = assess(FIRST + SECOND, content)
  const parts = merge(assess(FIRST, content), { offset: FIRST.length, assessment: assess(SECOND, content) })
  assert.deepEqual(parts.elements, whole.elements)
  assert.deepEqual(
    parts.indicators.map(({ id }) => id),
    whole.indicators.map(({ id }) => id),
  )
  for (const { sentences } of parts.indicators)
    for (const { text, start, end } of sentences) assert.equal((FIRST + SECOND).slice(start, end), text)
})

test('what one part says outweighs what another denies', () => {
  const parts = merge(assess(FIRST, content), { offset: FIRST.length, assessment: assess(SECOND, content) })
  assert.ok(parts.indicators.some(({ id }) => id === 'FC-M04'))
  assert.ok(!parts.denied.some(({ id }) => id === 'FC-M04'))
  assert.match(parts.safeguarding?.why ?? '', /FC-M04/)
})
