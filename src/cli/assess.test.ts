import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { textParts } from './text-parts.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-assess-'))
const STORY = 'They took my passport.\nThe guards beat me with a pipe.\n'

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** The command in a program of its own. */
function firebreak(args: string[], input = '') {
  const program = `
    import { Command } from 'commander'
    import { assessCommand } from '${new URL('./assess.ts', import.meta.url)}'
    import { indicatorsCommand } from '${new URL('./indicators-check.ts', import.meta.url)}'
    const program = new Command('firebreak')
    assessCommand(program)
    indicatorsCommand(program)
    try { await program.parseAsync() } catch (error) { process.stderr.write(error.message); process.exitCode = 2 }`
  const flags = ['--input-type=module', '-e', program, '--', ...args]
  const done = spawnSync(process.execPath, flags, {
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { code: done.status, out: done.stdout, said: done.stderr }
}

test('assess --json: one object for one file, with sentences that slice to the text', () => {
  const path = file('story.txt', STORY)
  const found = JSON.parse(firebreak(['assess', path, '--json']).out)
  assert.equal(found.file, path)
  assert.deepEqual(
    found.indicators.map(({ id }: { id: string }) => id),
    ['FC-M04', 'FC-M11'],
  )
  for (const { sentences } of found.indicators)
    for (const { text, start, end } of sentences) assert.equal(STORY.slice(start, end), text)
  assert.deepEqual(found.elements, { act: 'not mentioned', means: 'supported', purpose: 'not mentioned' })
  assert.match(found.support, /should not be punished/)
})

test('what is denied, not mentioned and supported are told apart, for people and in JSON; support is always there', () => {
  const denied = 'I was never beaten. We were free to leave.\n'
  const found = JSON.parse(firebreak(['assess', '-', '--json', '--language', 'th'], denied).out)
  assert.deepEqual(found.elements, { act: 'not mentioned', means: 'denied', purpose: 'not mentioned' })
  assert.deepEqual([found.indicators, found.safeguarding], [[], null])
  assert.match(found.support, /[\u0e00-\u0e7f]/)
  const { out, said } = firebreak(['assess', '-'], denied)
  assert.equal(said, '')
  assert.match(
    out,
    /Act: not mentioned, which is not a no +Means: the text says it was not so +Purpose: not mentioned/,
  )
  assert.match(out, /said not to be so: Beaten, shocked or burned \(FC-M04\)/)
  assert.match(out, /should not be punished/)
  const child = JSON.parse(firebreak(['assess', '-', '--json'], 'There was a girl of 15 among us.\n').out)
  assert.match(child.safeguarding.why, /child/)
})

test('a language without a support line is refused, and those that have one are named', () => {
  const { code, said } = firebreak(['assess', '-', '--language', 'tlh'], 'Nice weather.\n')
  assert.equal(code, 2)
  assert.match(said, /--language: no support line in tlh; there is .*\bkm\b/)
  assert.equal(firebreak(['assess', '-', '--language', 'zh-Hant'], 'Nice weather.\n').code, 0)
})

test('a folder gives an array of its texts; standard input and a readable view work', () => {
  mkdirSync(join(folder, 'case', 'inner'), { recursive: true })
  file('case/one.txt', STORY)
  file('case/inner/two.md', 'Nice weather.')
  file('case/picture.png', 'not a text')
  const all = JSON.parse(firebreak(['assess', join(folder, 'case'), '--json']).out)
  assert.equal(all.length, 2)
  const { out } = firebreak(['assess', '-'], STORY)
  assert.match(out, /FC-M11/)
  assert.match(out.split('\n')[1] ?? '', /Safeguarding: signs of violence/, 'before everything else')
  assert.match(out, /should not be punished/)
})

test('a chat says who wrote each sentence', () => {
  const chat = '[20/11/2026, 22:14:03] Ann: They took my passport.\n[20/11/2026, 22:15:03] Bo: Be safe.\n'
  const [found] = JSON.parse(firebreak(['assess', '-', '--json'], chat).out).indicators
  assert.equal(found.id, 'FC-M11')
  assert.equal(found.sentences[0].speaker, 'Ann')
})

async function partsOf(path: string): Promise<string[]> {
  const parts: string[] = []
  for await (const part of textParts(path)) parts.push(part)
  return parts
}

test('what cannot be read is named in one line', async () => {
  const refused: [string, RegExp][] = [
    [file('empty.txt', ''), /empty\.txt: the file is empty/],
    [file('binary.txt', new Uint8Array([0x89, 0x50, 0, 1])), /binary\.txt: this is not a text/],
    [file('odd.txt', new Uint8Array([0x81, 0x8d, 0x9d, 0x61])), /odd\.txt: this is not written in Unicode/],
    [join(folder, 'none.txt'), /none\.txt: there is no such file/],
  ]
  for (const [path, why] of refused)
    await assert.rejects(
      () => partsOf(path),
      (error) => error instanceof HouseError && why.test(error.message),
    )
  mkdirSync(join(folder, 'nothing'))
  const { code, said } = firebreak(['assess', join(folder, 'nothing')])
  assert.equal(code, 2)
  assert.match(said, /no text files there/)
})

test('a long text comes in parts that are cut at line ends and lose nothing', async () => {
  const text = 'one line of a long text 😀\n'.repeat(400_000)
  const parts = await partsOf(file('long.txt', text))
  assert.ok(parts.length > 1)
  assert.equal(parts.join(''), text)
  for (const part of parts.slice(0, -1)) assert.ok(part.endsWith('\n') && part.length <= 4_000_000)
})

test('UTF-16 with its mark is read, whatever the length of a piece', async () => {
  const bytes = Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from('ถูกยึดพาสปอร์ต\n'.repeat(50_000), 'utf16le'),
  ])
  assert.equal((await partsOf(file('wide.txt', bytes))).join(''), 'ถูกยึดพาสปอร์ต\n'.repeat(50_000))
})

test('indicators check: good files are 0, faults are 1 with file and line, no YAML is 2', () => {
  assert.equal(firebreak(['indicators', 'check', 'content/indicators/FC-M11.yaml']).code, 0)
  const bad = firebreak(['indicators', 'check', file('bad.yaml', 'id: FC-M11\nelement: Meanz\n')])
  assert.equal(bad.code, 1)
  assert.match(bad.out, /bad\.yaml:2 {2}element/)
  assert.equal(firebreak(['indicators', 'check', file('no.yaml', 'a: [\n')]).code, 2)
})
