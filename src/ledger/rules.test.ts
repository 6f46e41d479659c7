import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { checkRule } from './check-rule.ts'
import { readRule, TYPOLOGIES } from './rule-files.ts'

for (const name of readdirSync(TYPOLOGIES).filter((it) => /^TX-/.test(it))) {
  test(`${name}: shape, both dialects, and every example answers as it says`, async () => {
    const file = readRule(join(TYPOLOGIES, name))
    assert.equal(`${file.rule.id}.yaml`, name)
    const { faults, examples } = await checkRule(file)
    assert.deepEqual(faults, [])
    assert.ok(examples >= 2)
  })
}
