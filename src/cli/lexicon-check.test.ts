import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { CONTENT } from './content.ts'
import { checkList } from './lexicon-check.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-lexicon-'))
let copies = 0
function changed(name: string, change: (text: string) => string): string {
  const path = join(folder, `${copies++}-${name.replaceAll('/', '-')}`)
  writeFileSync(path, change(readFileSync(join(CONTENT, 'lexicon', name), 'utf8')))
  return path
}

const lists = readdirSync(join(CONTENT, 'lexicon')).filter((name) => name.endsWith('.yaml'))
for (const name of lists)
  test(`the house’s own ${name} is good`, () => {
    assert.deepEqual(checkList(join(CONTENT, 'lexicon', name)).faults, [])
  })

test('the words of a language: its examples are run, and it is known for what it is', () => {
  const { faults, held } = checkList(join(CONTENT, 'lexicon/words/sw.yaml'))
  assert.deepEqual(faults, [])
  assert.match(held, /examples read as they should be, \d+ of \d+ texts known for Swahili/)
})

test('what is wrong is told with its line and what to do', () => {
  const cases: [file: string, line: number | null, what: RegExp][] = [
    [
      changed('money.yaml', (text) => text.replace(/^version: .*$/m, 'version: none')),
      null,
      /version: must be a whole number/,
    ],
    [changed('chat.yaml', (text) => `${text}\nfoo: [a]\n`), null, /foo: no such word is known here/],
    [
      changed('names.yaml', (text) => text.replace(/^kin: \[/m, 'kin: [true, ')),
      null,
      /kin: must be a text; put quotes/,
    ],
    [changed('names.yaml', (text) => text.replace(/^kin:/m, 'relatives:')), 1, /kin: is missing/],
    [
      changed('words/sw.yaml', (text) => text.replace(/^language: sw$/m, 'language: xx')),
      1,
      /no indicator has an example in xx/,
    ],
  ]
  for (const [file, line, what] of cases) {
    const { faults } = checkList(file)
    const fault = faults.find((it) => what.test(it.what))
    assert.ok(fault, `${file}: ${JSON.stringify(faults)}`)
    if (line !== null) assert.equal(fault.line, line)
    else assert.ok(fault.line > 1)
  }
})

test('what is no list is refused with its name', () => {
  const bad = join(folder, 'bad.yaml')
  writeFileSync(bad, 'id: chat\nam: [\n')
  assert.throws(() => checkList(bad), /bad\.yaml:\d+: /)
  writeFileSync(bad, 'id: ../../etc/passwd\n')
  assert.throws(() => checkList(bad), /is no list that the reader has/)
  writeFileSync(bad, '- a\n')
  assert.throws(() => checkList(bad), /no word list/)
  assert.throws(() => checkList(folder), /this is a folder/)
  assert.throws(() => checkList(join(folder, 'none.yaml')), /there is no such file/)
})
