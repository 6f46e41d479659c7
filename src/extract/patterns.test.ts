import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { danger, type Pattern, patternsIn } from '../../test/patterns.ts'

const ROOM = import.meta.dirname
const files = globSync('**/*.ts', { cwd: ROOM }).filter((file) => !file.endsWith('.test.ts'))

for (const file of files.sort())
  test(`patterns: ${file} takes linear time`, () => {
    const patterns = new Map(
      patternsIn(readFileSync(join(ROOM, file), 'utf8')).map((it) => [`${it.source}/${it.flags}`, it]),
    )
    assert.deepEqual(
      [...patterns.values()].map(danger).filter((it) => it !== null),
      [],
    )
  })

test('patterns: those built at run time take linear time too', async () => {
  const built: Pattern[] = []
  const Original = globalThis.RegExp
  globalThis.RegExp = new Proxy(Original, {
    construct(target, [source, flags]: [string | RegExp, string?]) {
      const made = new target(source, flags)
      const caller = new Error('who').stack?.split('\n')[2] ?? ''
      if (caller.includes('/src/extract/')) built.push({ source: made.source, flags: made.flags })
      return made
    },
  })
  try {
    const { read } = await import('./read.ts')
    read('โทร 081-234-5678, IBAN GB82 WEST 1234 5698 7654 32, 12/05/2024, $500, t.me/boss_88, kk[.]test')
  } finally {
    globalThis.RegExp = Original
  }
  const own = built.filter(({ source }, i) => built.findIndex((it) => it.source === source) === i)
  assert.ok(own.length > 0, 'none was seen: the recorder is broken')
  assert.deepEqual(
    own.map(danger).filter((it) => it !== null),
    [],
  )
})

test('patterns: the check itself finds a dangerous one', () => {
  const [pattern] = patternsIn('const bad = /^(a+)+$/u')
  assert.match(danger(pattern as Pattern) ?? '', /^vulnerable/)
})
