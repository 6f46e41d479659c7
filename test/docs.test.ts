import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter(Boolean)
const architecture = readFileSync('docs/architecture.md', 'utf8')

test('every folder has its line in docs/architecture.md, and every line its folder', () => {
  const rooms = new Set(
    tracked.filter((file) => /^src\/[^/]+\//.test(file)).map((file) => `src/${file.split('/')[1]}/`),
  )
  const tops = new Set(
    tracked
      .filter((file) => file.includes('/') && !file.startsWith('.'))
      .map((file) => `${file.split('/')[0]}/`),
  )
  tops.delete('src/')
  for (const folder of [...rooms, ...tops])
    assert.ok(architecture.includes(`\`${folder}\``), `${folder} has no line`)
  for (const [, folder = ''] of architecture.matchAll(/^\| `([\w/.]+\/)`/gm)) {
    assert.ok(existsSync(folder), `${folder} has a line and does not exist`)
  }
})

test('every dependency has its reason in docs/dependencies.md', () => {
  const listed = readFileSync('docs/dependencies.md', 'utf8')
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    if (name.startsWith('@types/')) continue
    const short = name.replace(/^(@simplewebauthn|@tanstack)\//, '/')
    assert.ok(listed.includes(`\`${name}\``) || listed.includes(`\`${short}\``), `${name} has no line`)
  }
})

test('links between our own pages lead somewhere', () => {
  // a bench may have fetched a peer of its own
  const ours = { exclude: ['**/node_modules/**'] }
  for (const page of globSync(['*.md', 'docs/**/*.md', 'bench/**/*.md'], ours)) {
    const text = readFileSync(page, 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
      assert.ok(existsSync(join(dirname(page), target)), `${page} links to ${target}`)
    }
  }
})
