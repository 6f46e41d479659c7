import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'

/** Which room may open which door. A room that is not named here does not exist. Type-only imports pass. */
const DOORS: Record<string, string[]> = {
  core: [],
  // pure: the same code in a browser worker, on the command line and on the server
  extract: ['core'],
  assess: ['core'],
  match: ['core'],
  trace: ['core'],
  ledger: ['core', 'access', 'http', 'store'],
  store: ['core'],
  http: ['core', 'store'],
  access: ['core', 'store', 'http'],
  // the way out to organisations' own identity providers
  providers: ['core', 'store', 'http', 'access'],
  seal: ['core', 'store', 'http', 'access'],
  members: ['core', 'store', 'http', 'access', 'seal'],
  reports: ['core', 'store', 'http', 'access', 'seal', 'members', 'match'],
  requests: ['core', 'store', 'http', 'access', 'members'],
  freeze: ['core', 'store', 'http', 'access', 'seal', 'members', 'grants', 'reports', 'requests'],
  // who else may see an item, and what needs a second person
  grants: ['core', 'store', 'http', 'access', 'seal', 'members'],
  entities: ['core', 'store', 'http', 'access', 'match'],
  cli: [
    'core',
    'store',
    'http',
    'access',
    'seal',
    'members',
    'reports',
    'extract',
    'assess',
    'match',
    'trace',
    'freeze',
    'ledger',
  ],
}
const PURE = ['core', 'extract', 'assess', 'match', 'trace']
const IMPORT = /^(?:import\s(?!type\s)[^'"]*|export\s[^'"]*\sfrom\s|.*\bawait import\()['"]([^'"]+)/gm

/** What stands for a name that begins with `#`: one file in a page, another in the program. */
type Where = 'browser' | 'default'
const OWN_NAMES: Record<string, Record<Where, string>> = JSON.parse(
  readFileSync('package.json', 'utf8'),
).imports

const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, path = '']) => path)
const files = globSync('src/**/*.{ts,tsx}').filter((file) => !/\.test\.ts|\.d\.ts/.test(file))
const byPages = reachedFrom(
  files.filter((name) => name.endsWith('.tsx') || name.startsWith('src/web/')),
  'browser',
)
const byProgram = reachedFrom(['src/main.ts'], 'default')
const inRooms = files.filter((file) => file.split('/').length > 2 && !file.startsWith('src/web/'))

for (const file of inRooms.filter((name) => name.endsWith('.ts'))) {
  test(`walls: ${file}`, () => {
    const room = file.split('/')[1] ?? ''
    assert.ok(DOORS[room], `the room ${room} does not exist`)
    for (const path of importsOf(file)) {
      if (!path.startsWith('.')) continue
      const target = normalize(join(dirname(file), path))
      const other = target.split('/').length > 2 ? (target.split('/')[1] ?? '') : '(the house)'
      const own = other === room || DOORS[room]?.includes(other)
      const pageHelper = isForPages(file) && (other === 'web' || isForPages(target))
      assert.ok(
        own || pageHelper || (other === '(the house)' && room === 'cli'),
        `${room} may not import ${other} (${path})`,
      )
    }
  })
}

test('walls: server code never imports a page', () => {
  for (const file of inRooms.filter((name) => name.endsWith('.ts') && !isForPages(name))) {
    for (const path of importsOf(file)) assert.ok(!path.endsWith('.tsx'), `${file} imports ${path}`)
  }
})

for (const file of inRooms.filter((name) => PURE.includes(name.split('/')[1] ?? ''))) {
  test(`walls: ${file} is pure`, () => {
    for (const path of importsOf(file)) assert.ok(!path.startsWith('node:'), `${file} imports ${path}`)
  })
}

/** Everything that some files import, and what that imports, and so on. */
function reachedFrom(roots: readonly string[], where: Where): Set<string> {
  const reached = new Set<string>()
  const walk = (file: string) => {
    for (const path of importsOf(file)) {
      if (!/^[.#]/.test(path)) continue
      const target = normalize(OWN_NAMES[path]?.[where] ?? join(dirname(file), path))
      if (reached.has(target) || !files.includes(target)) continue
      reached.add(target)
      walk(target)
    }
  }
  for (const root of roots) walk(root)
  return reached
}

/** What only pages use: reached from pages and the shell, and never from the program. It may open what only pages use. */
function isForPages(file: string): boolean {
  return byPages.has(file) && !byProgram.has(file)
}

test('walls: nothing that a page reaches touches the database, the server or Node', () => {
  for (const file of byPages) {
    for (const path of importsOf(file)) {
      assert.ok(
        !/^node:|^pg$|^kysely|^@hono|^@node-rs/.test(path),
        `${file} is part of a page and imports ${path}`,
      )
      assert.ok(!/\/(store|http)\/|\/routes\.ts$/.test(path), `${file} is part of a page and imports ${path}`)
    }
  }
})

test('walls: property tests draw the same examples on every computer', () => {
  for (const file of globSync('{src,test,bench}/**/*.test.ts'))
    assert.doesNotMatch(
      readFileSync(file, 'utf8'),
      /from 'fast-check'$/m,
      `${file} takes fast-check from elsewhere than test/property.ts`,
    )
})
