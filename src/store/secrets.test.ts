import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ristretto255 } from '@noble/curves/ed25519.js'
import { loadSecrets } from './secrets.ts'

test('secrets are made once, differ, are readable by the owner alone, and the match key is a key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-secrets-'))
  const made = loadSecrets(folder)
  assert.deepEqual(loadSecrets(folder), made)
  assert.equal(new Set(Object.values(made)).size, Object.keys(made).length)
  assert.equal(statSync(join(folder, 'secrets.json')).mode & 0o777, 0o600)
  for (let i = 0; i < 50; i++) {
    const { matchKey } = loadSecrets(mkdtempSync(join(tmpdir(), 'firebreak-secrets-')))
    const scalar = ristretto255.Point.Fn.fromBytes(Buffer.from(matchKey, 'hex'))
    assert.ok(scalar > 0n)
  }
})

test('a broken secrets file names the field that is missing and is left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'firebreak-secrets-'))
  const path = join(folder, 'secrets.json')
  writeFileSync(path, '{"adminPassword":"x"}')
  assert.throws(() => loadSecrets(folder), /migratorPassword/)
  assert.equal(readFileSync(path, 'utf8'), '{"adminPassword":"x"}')
})
