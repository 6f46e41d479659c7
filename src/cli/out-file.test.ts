import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { writeOut } from './out-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-out-'))
after(() => rmSync(folder, { recursive: true, force: true }))

async function* lines() {
  yield 'one\n'
  yield 'two\n'
}

async function* broken() {
  yield 'one\n'
  throw new Error('the database went away')
}

test('a file appears whole or not at all, for its owner alone', async () => {
  const path = join(folder, 'log.jsonl')
  await assert.rejects(writeOut(broken(), path), /went away/)
  assert.ok(!readdirSync(folder).includes('log.jsonl'))
  await writeOut(lines(), path)
  assert.equal(readFileSync(path, 'utf8'), 'one\ntwo\n')
  assert.equal(lstatSync(path).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(folder), ['log.jsonl'])
})

test('a pipe is written into, and stays a pipe', async () => {
  const pipe = join(folder, 'pipe')
  assert.equal(spawnSync('mkfifo', [pipe]).status, 0)
  const [read] = await Promise.all([readFile(pipe, 'utf8'), writeOut(lines(), pipe)])
  assert.equal(read, 'one\ntwo\n')
  assert.ok(lstatSync(pipe).isFIFO(), 'no file was put in its place')
})
