import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { referencePages } from '../../scripts/write-reference.ts'
import { FACT_KINDS } from '../core/fact.ts'
import { loadRules } from '../ledger/rule-files.ts'
import { loadContent } from './content.ts'

const pages = referencePages()

test('the committed reference is what code and content say', () => {
  for (const [path, text] of pages)
    assert.equal(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'), text, `${path} is old`)
})

test('every kind, every indicator and every typology has its part, and no two read the same', () => {
  const all = [...pages.values()].join('\n')
  for (const kind of FACT_KINDS) assert.ok(all.includes(`: \`${kind}\`\n`), kind)
  for (const { id, name } of loadRules()) assert.ok(all.includes(`### ${id}: ${name}\n`), id)
  for (const { id } of loadContent().indicators) assert.ok(all.includes(`### ${id}: `), id)
  const parts = all.split(/^#{2,3} /m).slice(1)
  const bodies = parts.map((part) => part.slice(part.indexOf('\n')).trim())
  const meanings = bodies.map((body) => body.split('\n')[0])
  assert.equal(new Set(meanings).size, meanings.length, 'two parts open with the same sentence')
  assert.equal(new Set(bodies).size, bodies.length)
})
