import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assess } from '../assess/assess.ts'
import { lure } from '../assess/lure.ts'
import { CONTENT, loadContent, yamlFiles } from './content.ts'
import { cachedContent } from './content-cache.ts'

const made = loadContent(CONTENT.replace(/\/$/, '/.'))
const files = yamlFiles(join(CONTENT, 'indicators'))
const STORY =
  'They took my passport and beat me. I was not paid. We are hiring, apply now, free flight, no experience.'

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'firebreak-cache-'))
}

test('content from the file reads as content that was just compiled', () => {
  const cache = folder()
  let times = 0
  const make = () => {
    times++
    return { ...made }
  }
  const first = cachedContent(files, make, cache)
  const second = cachedContent(files, make, cache)
  assert.equal(times, 1)
  assert.notEqual(first, second)
  assert.deepEqual(second, first)
  const texts = [STORY, ...made.indicators.flatMap(({ examples }) => Object.values(examples.found).flat())]
  for (const text of texts) {
    assert.deepEqual(assess(text, second), assess(text, made))
    assert.deepEqual(lure(text, second), lure(text, made))
  }
})

test('a changed content file is never answered with what was kept before', () => {
  const cache = folder()
  const file = join(folder(), 'a.yaml')
  const [name] = [1, 2].map((version) => {
    writeFileSync(file, `version: ${version}`)
    cachedContent([file], () => ({ ...made, guide: { ...made.guide, version } }), cache)
    const names = readdirSync(cache)
    assert.equal(names.length, 1, 'the older one is gone')
    return names[0]
  })
  assert.notDeepEqual(readdirSync(cache), [name])
  const again = cachedContent([file], () => assert.fail('made twice'), cache)
  assert.equal(again.guide.version, 2)
})

test('a file that was cut off or changed is made anew', () => {
  const cache = folder()
  cachedContent(files, () => ({ ...made }), cache)
  const path = join(cache, readdirSync(cache)[0] ?? '')
  const whole = readFileSync(path)
  for (const damaged of [whole.subarray(0, 5_000), whole.subarray(0, 2), Buffer.concat([whole, whole])]) {
    writeFileSync(path, damaged)
    let times = 0
    cachedContent(files, () => ({ ...made, guide: { ...made.guide, version: ++times } }), cache)
    assert.equal(times, 1)
    assert.ok(readFileSync(path).length > 5_000)
  }
})

test('where nothing can be written the content is made each time', () => {
  const blocked = join(folder(), 'file')
  writeFileSync(blocked, '')
  assert.equal(
    cachedContent(files, () => made, blocked),
    made,
  )
})
