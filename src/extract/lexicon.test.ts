import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compileLexicon, modulePath, toModule } from '../../scripts/compile-lexicon.ts'

for (const compiled of compileLexicon()) {
  test(`the compiled list ${compiled.module} is what content/lexicon says`, () => {
    assert.equal(readFileSync(modulePath(compiled.module), 'utf8'), toModule(compiled))
  })
}
