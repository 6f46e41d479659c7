import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Content } from '../assess/content.ts'
import { HouseError } from '../core/errors.ts'
import { CONTENT, loadContent } from './content.ts'
import { firstFault } from './content-faults.ts'
import { checkFile } from './indicators-check.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-indicators-'))
// Three languages and one indicator are enough to see what the check says, and are compiled at once.
const all = loadContent()
const content: Content = {
  ...all,
  indicators: all.indicators.filter(({ id }) => id === 'FC-M11'),
  lexicons: all.lexicons.filter(({ language }) => ['en', 'th', 'vi'].includes(language)),
}
const GOOD = `id: FC-M11
version: 2
element: Means
name: "Passport or identity papers kept"
meaning: "Somebody else holds the passport."
ilo: [7]
source:
  from: "a test"
  standing: memory
patterns:
  all:
    - "@seize & @papers"
examples:
  found:
    en: ["They confiscated my passport."]
    th: ["พาสปอร์ตของผมถูกยึด"]
    vi: ["Họ tịch thu hộ chiếu của tôi."]
  quiet:
    en: ["They did not confiscate my passport."]
`

function check(text: string, name = 'new.yaml') {
  const path = join(folder, name)
  writeFileSync(path, text)
  return checkFile(path, content)
}

test('a good indicator has no faults and says how many examples were read', () => {
  const { faults, examples } = check(GOOD)
  assert.deepEqual(faults, [])
  assert.equal(examples, 4)
})

test('a copy that kept the id of the file it was made from is told so', () => {
  const { faults } = check(GOOD, 'FC-M27.yaml')
  assert.deepEqual(faults, [
    { line: 1, what: 'id: the file is called FC-M27.yaml, so the id is FC-M27, not FC-M11' },
  ])
})

const cases: [string, (text: string) => string, number, RegExp][] = [
  ['a wrong element', (text) => text.replace('Means', 'Meanz'), 3, /element/],
  ['an unknown word in the file', (text) => `${text}colour: red\n`, 20, /colour/],
  ['a pattern with an open bracket', (text) => text.replace('@seize &', '{took|kept &'), 12, /bracket/],
  ['a pattern that ends in dots', (text) => text.replace(' & @papers', ' ..'), 12, /cannot end/],
  [
    'an example that is not found',
    (text) => text.replace('They confiscated', 'They admired'),
    15,
    /must be found/,
  ],
  [
    'a quiet example that is found',
    (text) => text.replace('did not confiscate', 'confiscated'),
    19,
    /stay quiet/,
  ],
  [
    'a part of a whole text that is no indicator',
    (text) => text.replace('examples:', 'together:\n  - ["FC-A77", "@papers"]\nexamples:'),
    14,
    /no indicator FC-A77/,
  ],
  [
    'a whole text without any indicator in it',
    (text) => text.replace('examples:', 'together:\n  - ["@seize", "@papers"]\nexamples:'),
    14,
    /at least one part/,
  ],
  [
    'a part of a whole text with a group that nobody has',
    (text) => text.replace('examples:', 'together:\n  - ["FC-M11", "@pasport"]\nexamples:'),
    14,
    /@pasport/,
  ],
  ['examples in one language only', (text) => text.replace(/ {4}(?:th|vi): .*\n/g, ''), 15, /3 languages/],
]
for (const [name, change, line, what] of cases)
  test(`${name} is named with its line`, () => {
    const { faults } = check(change(GOOD))
    assert.ok(faults.length > 0)
    assert.equal(faults[0]?.line, line)
    assert.match(faults[0]?.what ?? '', what)
  })

test('a group that a language does not have is named', () => {
  const { faults } = check(GOOD.replace('  all:\n', '  en:\n    - "@taek & @papers"\n  all:\n'))
  assert.equal(faults[0]?.line, 12)
  assert.match(faults[0]?.what ?? '', /@taek/)
})

test('a group, a language or an id that nobody has is named, and what became of an example', () => {
  const first = (text: string) => check(text).faults[0] ?? { line: 0, what: '' }
  const group = first(GOOD.replace('@papers', '@pasport'))
  assert.equal(group.line, 12)
  assert.match(group.what, /no language has a group @pasport; there are .*@papers/)
  const language = first(GOOD.replace('    th: [', '    xx: ['))
  assert.equal(language.line, 16)
  assert.match(language.what, /xx: there are no words of this language.*words\/xx\.yaml/)
  assert.match(first(GOOD.replace('id: FC-M11', 'id: FC-A11')).what, /an indicator of Means is called FC-M/)
  assert.match(
    first(GOOD.replace('Passport or identity papers kept', 'Shoes kept')).what,
    /FC-M11 is already/,
  )
  assert.match(
    first(GOOD.replace('They conf', 'They never conf')).what,
    /must be found, and is read as a denial/,
  )
  assert.match(first(GOOD.replace('ilo: [7]\n', '')).what, /ilo: is missing/)
  assert.deepEqual(first(GOOD.replace('meaning:', 'meanin:')).line, 1)
})

test('the file in the guide is good', () => {
  const guide = readFileSync(new URL('../../docs/guide/add-an-indicator.md', import.meta.url), 'utf8')
  const [, yaml = ''] = /```yaml\n([\s\S]+?)```/.exec(guide) ?? []
  const path = join(folder, 'FC-M27.yaml')
  writeFileSync(path, yaml)
  const { faults, examples } = checkFile(path, all)
  assert.deepEqual(faults, [])
  assert.equal(examples, 7)
})

test('what is no YAML, no content or not there is refused in one line with file and line', () => {
  const refused = (path: string, message: RegExp) =>
    assert.throws(
      () => checkFile(path, content),
      (error) => error instanceof HouseError && message.test(error.message) && !error.message.includes('\n'),
    )
  writeFileSync(join(folder, 'bad.yaml'), 'id: "FC\nname: [\n')
  refused(join(folder, 'bad.yaml'), /bad\.yaml:\d+: /)
  writeFileSync(join(folder, 'list.yaml'), '- one\n')
  refused(join(folder, 'list.yaml'), /neither an indicator/)
  refused(join(folder, 'none.yaml'), /no such file/)
  refused(folder, /this is a folder/)
})

test('words of a language are checked by the examples of every indicator in that language', () => {
  const path = join(CONTENT, 'lexicon/words/vi.yaml')
  const { faults, examples } = checkFile(path, content)
  assert.deepEqual(faults, [])
  assert.ok(examples >= 2)
  const without = readFileSync(path, 'utf8').replace(/^ {2}papers: .*$/m, '  papers: [giấy tờ]')
  assert.match(check(without, 'vi.yaml').faults[0]?.what ?? '', /FC-M11: no longer found/)
  const unknown = readFileSync(path, 'utf8').replace(/^ {2}papers: .*$/m, '  papers: ["@nothing"]')
  assert.match(check(unknown, 'vi.yaml').faults[0]?.what ?? '', /@nothing is not a group/)
})

test('a file of content that is not right yet is named with its line, and so is what to do', () => {
  const written = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
  }
  const good = written('good.yaml', GOOD)
  assert.equal(firstFault([good]), null)
  const misspelt = written('misspelt.yaml', GOOD.replace('patterns:', 'pattern:'))
  assert.equal(firstFault([good, misspelt]), `${misspelt}:1: patterns: is missing`)
  const other = written('other.yaml', 'hello')
  assert.match(firstFault([other]) ?? '', /other\.yaml:1: neither an indicator/)
  assert.throws(() => firstFault([written('broken.yaml', 'name: a: b')]), /broken\.yaml:1: /)
})
