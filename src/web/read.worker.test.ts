import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { loadCases } from '../../bench/extract/cases.ts'
import { type BuiltReader, builtReader, onTheLine } from '../../test/reader-in-node.ts'
import { buildWeb } from '../cli/web-build.ts'
import { scriptsIn } from '../extract/lexicon/by-script.ts'
import { read } from '../extract/read.ts'
import { WEB } from '../http/files.ts'

/** Bytes: what somebody on a slow line waits for before the first text is read; 300 KB (issue of the reading room). */
const MOST = 300 * 1024

/** The reader's languages beside English, with the script whose words come with them. */
const LANGUAGES: readonly (readonly [string, string | null])[] = [
  ['th', 'Thai'],
  ['zh', 'Han'],
  ['km', 'Khmer'],
  ['my', 'Myanmar'],
  ['lo', 'Lao'],
  ['hi', 'Devanagari'],
  ['bn', 'Bengali'],
  ['vi', null],
  ['id', null],
  ['tl', null],
  ['sw', null],
]

let reader: BuiltReader
before(async () => {
  await buildWeb(console.log)
  reader = await builtReader()
})

async function readingOf(text: string, options: { country?: string; now?: string; language?: string } = {}) {
  const said = await reader.ask('read', { text, ...options })
  assert.ok('answer' in said, JSON.stringify(said))
  return said.answer
}

let english = 0
const documents = loadCases()

/** The documents whose reading differs from that of a reader that has had all words from its start. */
async function misread(scripts: readonly string[]): Promise<string[]> {
  const changed: string[] = []
  for (const { id, text, options } of documents) {
    if (scriptsIn(text).join() !== scripts.join()) continue
    const { reading } = await readingOf(text, options)
    if (!isDeepStrictEqual(reading, read(text, options))) changed.push(id)
  }
  return changed
}

test('English alone: the worker, its words and its signs are below the limit', async () => {
  await readingOf('a')
  english = onTheLine(reader.fetched)
  assert.ok(reader.fetched.size > 2)
  assert.ok(english < MOST, `${english} bytes`)
})

test('documents in Latin letters are read with those words alone', async () => {
  assert.deepEqual(await misread([]), [])
  assert.deepEqual(
    [...reader.fetched].filter((name) => name.startsWith('words_')),
    [],
  )
})

test('while the words of a script cannot be fetched the text says so; later it is read with them', async () => {
  const text = 'ผมโอน 45,000 บาท ที่ปอยเปต'
  const [words] = globSync('words_Thai-*.js', { cwd: join(WEB, 'assets') })
  reader.down.add(words ?? '')
  const refused = await reader.ask('read', { text })
  assert.ok('code' in refused && refused.code === 'unavailable', JSON.stringify(refused))
  assert.match(refused.message, /words of this language/)
  reader.down.clear()
  assert.deepEqual((await readingOf(text)).reading, read(text))
})

test('texts that come at once in scripts that nobody has met are each read with their words', async () => {
  const texts = ['ຂ້ອຍຢູ່ວຽງຈັນ ໂອນ 500,000 ກີບ', 'ខ្ញុំនៅប៉ោយប៉ែត វេរ 100 ដុល្លារ', 'I paid 300 USD in Poipet']
  const answers = await Promise.all(texts.map((text) => readingOf(text)))
  assert.deepEqual(
    answers.map(({ reading }) => reading),
    texts.map((text) => read(text)),
  )
})

for (const [language, script] of LANGUAGES) {
  test(`English and ${language}: all that is fetched before the first answer is below the limit`, async () => {
    const known = new Set(reader.fetched)
    await readingOf('a', { language })
    const isOwn = (name: string) =>
      name.startsWith(`${language}-`) || (script !== null && name.startsWith(`words_${script}-`))
    assert.deepEqual(
      [...reader.fetched].filter((name) => !known.has(name) && !isOwn(name)),
      [],
    )
    const own = [...reader.fetched].filter(isOwn)
    assert.equal(own.length, script === null ? 1 : 2)
    const bytes = english + onTheLine(own)
    assert.ok(bytes < MOST, `${bytes} bytes`)
  })

  if (script === null) continue
  test(`documents in ${language} are read as if all words had been there from the start`, async () => {
    assert.deepEqual(await misread([script]), [])
  })
}

test('so are documents in several scripts', async () => {
  const several = documents.map(({ text }) => scriptsIn(text)).filter(({ length }) => length > 1)
  const kinds = [...new Set(several.map((scripts) => scripts.join()))]
  assert.ok(kinds.length > 2)
  for (const scripts of kinds) assert.deepEqual(await misread(scripts.split(',')), [])
})

test('a file is read with the words of its script, and what a person types is checked with them', async () => {
  const text = 'He paid 45,000 baht. จ่ายเงิน 45,000 บาท ที่ปอยเปต'
  const bytes = new TextEncoder().encode(text)
  const file = await reader.ask('file', { name: 'note.txt', bytes, box: '' })
  assert.ok('answer' in file && file.answer.text === text, JSON.stringify(file))
  const typed = await reader.ask('check', { kind: 'place', value: 'ปอยเปต' })
  assert.ok('answer' in typed && 'said' in typed.answer, JSON.stringify(typed))
  assert.equal(typed.answer.said.normal, 'Poipet')
})
