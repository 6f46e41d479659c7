import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'
import { commonOf, partOf, withParts } from './by-language.ts'
import type { Content } from './content.ts'
import { lure } from './lure.ts'

const content = loadContent()
const common = commonOf(content)
const languages = content.lexicons.map(({ language }) => language)
const part = (language: string) => partOf(content, language)

test('all parts together are the content, pattern for pattern, in its order', () => {
  const again = withParts(common, languages.map(part))
  const pieces = (it: Content) => [...it.indicators, ...it.lures, ...it.lexicons, it.guide]
  const written = pieces(again).map((it) => JSON.stringify(it))
  const changed = pieces(content).filter((it, i) => written[i] !== JSON.stringify(it))
  assert.deepEqual(
    changed.map(({ id }) => id),
    [],
  )
  assert.equal(written.length, pieces(content).length)
})

test('what is common has no line of any one language', () => {
  assert.deepEqual(common.lexicons, [])
  const tables = common.indicators.flatMap(({ patterns, denials = {} }) => [patterns, denials])
  for (const table of tables)
    for (const [key, lines] of Object.entries(table))
      assert.ok(key === 'all' || key.includes(' ') || lines.length === 0, key)
})

for (const language of languages.filter((it) => it !== 'en')) {
  test(`English and ${language} alone find what the whole content finds with their words`, () => {
    const here: Content = withParts(common, ['en', language].sort().map(part))
    const whole: Content = {
      ...content,
      lexicons: content.lexicons.filter((it) => it.language === 'en' || it.language === language),
    }
    const texts = content.indicators.flatMap(({ examples }) => [
      ...(examples.found[language] ?? []),
      ...(examples.quiet[language] ?? []),
      ...(examples.found.en ?? []).slice(0, 1),
    ])
    const adverts = content.lures.flatMap(({ flags }) =>
      flags.flatMap(({ examples }) => examples.found[language] ?? []),
    )
    const text = adverts.join('\n')
    assert.ok(texts.length > 20)
    for (const it of texts) assert.deepEqual(assess(it, here, { language }), assess(it, whole, { language }))
    assert.deepEqual(lure(text, here, { language }), lure(text, whole, { language }))
  })
}

test('a language that was not fetched has no sentences of its own, and English stands in', () => {
  const english = withParts(common, [part('en')])
  assert.deepEqual(
    lure('We are hiring, apply now.', english, { language: 'th' })?.checks,
    content.guide.checks.en,
  )
})

test('a language without words is named', () => {
  assert.throws(() => part('xx'), /xx/)
})
