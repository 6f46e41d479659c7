import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { base64 } from '@scure/base'
import { logKey } from '../access/checkpoints.ts'
import { Frontier, leafHash } from '../access/merkle.ts'
import { checkpointText, signLine, verifierText } from '../access/note.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-verify-'))
const log = logKey('f'.repeat(64))
const key = verifierText(log.verifier)

function verify(args: string[], input = '') {
  const done = spawnSync(process.execPath, [resolve('bin/firebreak.mjs'), 'verify', ...args], {
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { code: done.status, out: done.stdout, said: done.stderr }
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function exported(size: number, word = 'honest'): { whole: string; note: string } {
  const tree = new Frontier()
  const head = {
    format: 'firebreak-audit/1',
    network: 'Test',
    logKey: key,
    size,
    witnesses: [],
    madeAt: 'now',
  }
  const lines: unknown[] = [head]
  for (let i = 0; i < size; i++) {
    const entry = JSON.stringify({ at: `2026-11-22T03:00:0${i % 10}Z`, who: `ผู้ช่วย ${word} ${i}` })
    const leaf = leafHash(new TextEncoder().encode(entry))
    tree.append(leaf)
    lines.push({ i, entry, leaf: base64.encode(leaf) })
  }
  const text = checkpointText({ origin: log.verifier.name, size, root: tree.root() })
  const note = `${text}\n${signLine(text, log.verifier.name, log.secret)}`
  const all = [...lines, { checkpoint: note }, { end: size }]
  return { whole: `${all.map((line) => JSON.stringify(line)).join('\n')}\n`, note }
}
const { whole, note } = exported(3_000)
const good = file('good.jsonl', whole)

test('an honest export: exit 0, what it says and what it does not say', () => {
  const { code, out } = verify([good])
  assert.equal(code, 0)
  assert.match(out, /^Proven\.\n {2}3,000 entries of Test/)
  assert.match(out, /You named nobody whom you trust/)
  const anchored = verify([good, '--checkpoint', file('kept.txt', note), '--log-key', key])
  assert.equal(anchored.code, 0)
  assert.doesNotMatch(anchored.out, /nobody/)
})

test('the same from standard input, with --json for scripts, wherever the pieces of the file end', () => {
  const { code, out } = verify(['-', '--json'], whole)
  assert.equal(code, 0)
  const found = JSON.parse(out) as Record<string, unknown>
  assert.deepEqual(
    [found.file, found.proven, found.entries, found.signed, found.anchored, found.findings],
    ['-', true, 3_000, 3_000, false, []],
  )
})

test('one word changed: exit 1, the entry and the line are named', () => {
  const { code, out } = verify([file('edited.jsonl', whole.replace('honest 17\\"', 'honest 71\\"'))])
  assert.equal(code, 1)
  assert.match(out, /^Not proven\./)
  assert.match(out, /line 19: entry 17 was altered/)
  const json = JSON.parse(verify([join(folder, 'edited.jsonl'), '--json']).out) as { findings: unknown[] }
  assert.deepEqual(
    json.findings.map((it) => (it as { kind: string }).kind),
    ['altered'],
  )
})

test('cut short, and cut short so that it fits: the second is found by what a member kept', () => {
  assert.equal(verify([file('half.jsonl', whole.slice(0, whole.length / 2))]).code, 1)
  const shorter = file('shorter.jsonl', exported(2_990).whole)
  assert.equal(verify([shorter]).code, 0)
  const { code, out } = verify([shorter, '--checkpoint', file('kept.txt', note)])
  assert.equal(code, 1)
  assert.match(out, /vouches for 3000 entries; this export has 2990/)
})

const bad: [string, string[], RegExp][] = [
  ['no such file', [join(folder, 'none.jsonl')], /none\.jsonl: cannot be read/],
  ['a folder', [folder], /is a folder/],
  ['an empty file', [file('empty.jsonl', '')], /empty\.jsonl: .*empty/],
  ['another kind of file', [file('other.json', '{"a":1}\n')], /line 1: not an export/],
  ['not UTF-8', [file('octets', Uint8Array.of(0xff, 0xfe, 10))], /not UTF-8/],
  ['a broken key', [good, '--witness', 'x+1+y'], /--witness: .*verifier key/],
  ['a broken checkpoint', [good, '--checkpoint', file('no.txt', 'hello\n')], /no\.txt: .*not a signed note/],
  ['a line without an end', [file('long', `${'a'.repeat(11 * 1024 * 1024)}`)], /line 1: longer/],
]
for (const [what, args, said] of bad)
  test(`exit 2, in one clear line: ${what}`, () => {
    const done = verify(args)
    assert.equal(done.code, 2, done.out)
    assert.match(done.said, said)
    assert.equal(done.said.trim().split('\n').length, 1)
  })
