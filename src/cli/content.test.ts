import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { assess } from '../assess/assess.ts'
import { parsePattern } from '../assess/pattern.ts'
import { CONTENT, loadContent, yamlFiles } from './content.ts'
import { IndicatorShape, LexiconShape, LureFamilyShape, LureGuideShape } from './content-shapes.ts'

const content = loadContent()
const shapes = [
  [yamlFiles(join(CONTENT, 'indicators')), IndicatorShape],
  [yamlFiles(join(CONTENT, 'lexicon/words')), LexiconShape],
  [yamlFiles(join(CONTENT, 'lexicon/lure')).filter((file) => !file.endsWith('guide.yaml')), LureFamilyShape],
  [[join(CONTENT, 'lexicon/lure/guide.yaml')], LureGuideShape],
] as const

for (const [files, shape] of shapes)
  for (const file of files)
    test(`shape of ${basename(file)}`, () => {
      const { error } = shape.safeParse(parse(readFileSync(file, 'utf8')))
      assert.equal(
        error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
        undefined,
      )
    })

test('every indicator of the field has its file, named by its id', () => {
  const wanted = { A: 20, M: 26, P: 12, X: 6 }
  const ids = Object.entries(wanted).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, i) => `FC-${letter}${String(i + 1).padStart(2, '0')}`),
  )
  // practitioners add to them
  const there = content.indicators.map(({ id }) => id).sort()
  assert.deepEqual(
    ids.filter((id) => !there.includes(id)),
    [],
  )
  const names = yamlFiles(join(CONTENT, 'indicators')).map((file) => basename(file, '.yaml'))
  assert.deepEqual(names.sort(), there)
})

test('every indicator brings examples of both kinds in English and at least two other languages', () => {
  for (const { id, examples } of content.indicators)
    for (const kind of ['found', 'quiet'] as const) {
      const languages = Object.keys(examples[kind])
      assert.ok(languages.includes('en') && languages.length >= 3, `${id} ${kind}: ${languages}`)
    }
})

test('the ILO mapping is the one of the field', () => {
  const map = new Map(content.indicators.map(({ id, ilo }) => [id, ilo]))
  const wanted: [number, string[]][] = [
    [1, ['FC-M21', 'FC-M22', 'FC-M23', 'FC-M24', 'FC-M25', 'FC-M26']],
    [2, ['FC-M01', 'FC-M02', 'FC-M03']],
    [3, ['FC-M12']],
    [4, ['FC-M13', 'FC-M14']],
    [5, ['FC-M04', 'FC-M05', 'FC-M06', 'FC-M07']],
    [6, ['FC-M08', 'FC-M09']],
    [7, ['FC-M11']],
    [8, ['FC-M18']],
    [9, ['FC-M16', 'FC-M17']],
    [10, ['FC-M10', 'FC-A17']],
    [11, ['FC-P06']],
  ]
  for (const [number, ids] of wanted)
    for (const id of ids) assert.ok(map.get(id)?.includes(number), `${id} is not mapped to ILO ${number}`)
})

test('nothing claims to be the official wording of the UN', () => {
  const text = JSON.stringify(content.indicators.map(({ name, meaning }) => [name, meaning]))
  assert.doesNotMatch(text, /\bofficial\b|UNODC/i)
})

for (const { id, examples } of content.indicators)
  test(`examples of ${id}`, () => {
    const found = (text: string) => assess(text, content).indicators.some((one) => one.id === id)
    for (const text of Object.values(examples.found).flat()) assert.ok(found(text), `not found: ${text}`)
    for (const text of Object.values(examples.quiet).flat()) assert.ok(!found(text), `not quiet: ${text}`)
  })

test('shared patterns use only groups that some language has', () => {
  const groups = new Set(content.lexicons.flatMap((lexicon) => Object.keys(lexicon.groups)))
  for (const { id, patterns } of content.indicators)
    for (const line of Object.values(patterns).flat()) {
      parsePattern(line)
      for (const [, name = ''] of line.matchAll(/@(\w+)/g))
        assert.ok(groups.has(name), `${id}: no language has @${name}: ${line}`)
    }
})
