import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'node:test'
import { checkSync } from 'recheck'
import { parseAst } from 'vite'

interface Pattern {
  readonly source: string
  readonly flags: string
}

/** Every regular expression written in a file, by its syntax tree. */
function patternsIn(code: string): Pattern[] {
  const found: Pattern[] = []
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const child of node) visit(child)
    else if (typeof node === 'object' && node !== null) {
      const { regex } = node as { regex?: { pattern: string; flags: string } }
      if (regex !== undefined && regex !== null) found.push({ source: regex.pattern, flags: regex.flags })
      else for (const child of Object.values(node)) visit(child)
    }
  }
  visit(parseAst(code, { lang: 'ts' }))
  return found
}

/** Null when a pattern takes linear time, whatever the text; else the verdict. */
function danger({ source, flags }: Pattern): string | null {
  const { status } = checkSync(source, flags, { timeout: 60_000 })
  return status === 'safe' ? null : `${status}: /${source}/${flags}`
}

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
