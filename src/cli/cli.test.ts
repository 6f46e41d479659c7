import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-cli-'))
const bin = resolve('bin/firebreak.mjs')

function firebreak(args: string[], input?: string) {
  const done = spawnSync(process.execPath, [bin, ...args], {
    encoding: 'utf8',
    cwd: folder,
    input: input ?? '',
  })
  return { code: done.status, out: done.stdout, said: done.stderr }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const STORY = 'They took my passport.\nI paid S$48,200 to IBAN DE89 3704 0044 0532 0130 00 on 20/11/2026.\n'

test('read --json keeps its contract: file, language, facts with exact places, indicators', () => {
  const path = file('story.txt', STORY)
  const { code, out } = firebreak(['read', path, '--json'])
  assert.equal(code, 0)
  const found = JSON.parse(out)
  assert.equal(found.file, path)
  assert.equal(found.language, 'en')
  for (const fact of found.facts) assert.equal(STORY.slice(fact.start, fact.end), fact.text)
  const normal = (kind: string) => found.facts.find((it: { kind: string }) => it.kind === kind)?.normal
  assert.equal(normal('iban'), 'DE89370400440532013000')
  assert.deepEqual(normal('amount'), { minor: 4_820_000, currency: 'SGD' })
  assert.equal(normal('date'), '2026-11-20')
  assert.ok(found.indicators.some((it: { id: string }) => it.id === 'FC-M11'))
})

test('a job advertisement gets a level with its lines, another text gets null', () => {
  const advert = 'URGENT HIRING! High salary, no experience needed. Tourist visa. Apply on Telegram only.'
  const { lure } = JSON.parse(firebreak(['read', '-', '--json'], advert).out)
  assert.equal(lure.level, 'high')
  assert.ok(lure.reasons.length >= 3)
  assert.equal(JSON.parse(firebreak(['read', '-', '--json'], STORY).out).lure, null)
})

test('read takes standard input, and several files as an array', () => {
  assert.equal(JSON.parse(firebreak(['read', '-', '--json'], STORY).out).file, '-')
  const paths = [file('a.txt', 'one'), file('b.txt', 'two')]
  const all = JSON.parse(firebreak(['read', ...paths, '--json']).out)
  assert.deepEqual(
    all.map((it: { file: string }) => it.file),
    paths,
  )
})

test('of several files one that cannot be read is told and costs the exit code, not the others', () => {
  const good = file('good.txt', STORY)
  const { code, out, said } = firebreak(['read', join(folder, 'gone.txt'), good, '--json'])
  assert.equal(code, 2)
  assert.match(said, /gone\.txt: there is no such file/)
  assert.deepEqual(
    JSON.parse(out).map((it: { file: string }) => it.file),
    [good],
  )
})

test('a folder gives an array, also of one file; what is skipped is told on standard error', () => {
  mkdirSync(join(folder, 'case'))
  file('case/story.txt', STORY)
  file('case/empty.txt', '')
  file('case/slip.png', 'x')
  const { code, out, said } = firebreak(['read', join(folder, 'case'), '--json'])
  assert.equal(code, 0)
  assert.equal(JSON.parse(out).length, 1)
  assert.match(said, /skipped .*slip\.png: a picture/)
  assert.match(said, /skipped .*empty\.txt: the file is empty/)
})

test('read prints for people by default', () => {
  const { out } = firebreak(['read', file('story.txt', STORY)])
  assert.match(out, /SGD 48,200\.00/)
  assert.match(out, /FC-M11/)
})

test('what cannot be read is named in one line, with exit code 2', () => {
  const cases: [string, RegExp][] = [
    [file('empty.txt', ''), /empty\.txt: the file is empty/],
    [file('binary.txt', new Uint8Array([0x89, 0x50, 0, 1, 2])), /binary\.txt: this is not a text/],
    [join(folder, 'none.txt'), /none\.txt: there is no such file/],
  ]
  for (const [path, why] of cases) {
    const { code, out, said } = firebreak(['read', path])
    assert.equal(code, 2, path)
    assert.match(said, why)
    assert.equal(said.trim().split('\n').length, 1)
    assert.equal(out, '')
  }
  assert.equal(firebreak(['read', file('a.txt', 'x'), '--country', 'Thailand']).code, 2)
})

test('wrong use is 2, help is 0', () => {
  assert.equal(firebreak(['reed']).code, 2)
  assert.equal(firebreak(['read']).code, 2)
  assert.equal(firebreak(['invite']).code, 2)
  for (const command of [[], ['serve'], ['read'], ['invite']]) {
    assert.equal(firebreak([...command, '--help']).code, 0, command.join(' '))
  }
})
