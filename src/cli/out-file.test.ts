import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
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

test('what waits under the name of the unfinished file is not written through and lends nobody its rights', async () => {
  const path = join(folder, 'shared.jsonl')
  const theirs = join(folder, 'theirs')
  writeFileSync(theirs, 'untouched')
  symlinkSync(theirs, `${path}.part`)
  await writeOut(lines(), path)
  assert.equal(readFileSync(theirs, 'utf8'), 'untouched')
  assert.ok(lstatSync(path).isFile())
  const open = join(folder, 'open.jsonl')
  writeFileSync(`${open}.part`, '', { mode: 0o644 })
  await writeOut(lines(), open)
  assert.equal(lstatSync(open).mode & 0o777, 0o600)
})

test('two at once: one of them whole, and never both mixed', async () => {
  async function* many(word: string) {
    for (let i = 0; i < 200; i++) {
      await new Promise((resolve) => setImmediate(resolve))
      yield `${word}\n`
    }
  }
  const path = join(folder, 'both.jsonl')
  await Promise.all([writeOut(many('a'), path), writeOut(many('b'), path)])
  assert.match(readFileSync(path, 'utf8'), /^(?:(?:a\n){200}|(?:b\n){200})$/)
  assert.deepEqual(
    readdirSync(folder).filter((it) => it.startsWith('both')),
    ['both.jsonl'],
  )
})

test('where nothing can be written it says so, and leaves nothing behind', async () => {
  const inside = mkdtempSync(join(folder, 'inside-'))
  await assert.rejects(writeOut(lines(), inside), {
    code: 'invalid',
    message: /cannot be written \(EISDIR\)/,
  })
  await assert.rejects(writeOut(lines(), join(inside, 'gone', 'x')), {
    code: 'invalid',
    message: /cannot be written \(ENOENT\)/,
  })
  await assert.rejects(writeOut(broken(), join(inside, 'x')), /went away/)
  assert.deepEqual(readdirSync(inside), [])
})
