import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { HouseError } from '../core/errors.ts'
import { read } from '../extract/read.ts'
import { inputsOf, skippedLines } from './inputs.ts'
import { printable } from './printable.ts'
import { progressBar } from './progress.ts'
import { readSource } from './read-file.ts'
import { JsonFile } from './read-json.ts'
import { FileView } from './read-view.ts'
import { openText } from './text-source.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-read-'))
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

async function asJson(path: string) {
  const source = await openText(path)
  let out = ''
  const json = new JsonFile(source, async (text) => {
    out += text
  })
  await json.end(await readSource(source, {}, (piece) => json.piece(piece)))
  return JSON.parse(out)
}

test('a long text is read piece by piece, and its JSON has every fact at its place in the whole', async () => {
  const line = (i: number) =>
    `On 2026-03-0${(i % 9) + 1} I paid S$${100 + i}.00 to IBAN DE89 3704 0044 0532 0130 00.\n`
  const text = Array.from({ length: 9_000 }, (_, i) => line(i)).join('')
  assert.ok(text.length > 500_000)
  const found = await asJson(file('long.txt', text))
  assert.deepEqual(found.facts, JSON.parse(JSON.stringify(read(text).facts)))
  assert.equal(found.facts.length, 27_000)
  assert.equal(found.language, 'en')
  assert.equal(found.lure, null)
})

test('memory stays bounded: of a text of many pieces no more than a few chunks are held', async () => {
  const script = `
    import { openText } from '${new URL('./text-source.ts', import.meta.url)}'
    let length = 0
    for (const chunk of (await openText(process.argv[1])).chunks) length += chunk.length
    console.log(JSON.stringify({ length, peak: process.resourceUsage().maxRSS / 1024 }))`
  const path = file('large.txt', Buffer.alloc(120_000_000, 'nothing to see in this line\n'))
  const out = execFileSync(process.execPath, ['--input-type=module', '-e', script, path], {
    encoding: 'utf8',
  })
  const { length, peak } = JSON.parse(out)
  assert.equal(length, 120_000_000)
  assert.ok(peak < 400, `${peak} MB at its peak`)
})

test('a text in Thai’s old code page is read, and the note and encoding say so', async () => {
  const thai = Uint8Array.from([...'โอนเงิน 45,000 บาท'].map((sign) => code874(sign)))
  const found = await asJson(file('thai.txt', thai))
  assert.equal(found.language, 'th')
  assert.deepEqual(found.facts[0].normal, { minor: 4_500_000, currency: 'THB' })
  assert.equal(found.encoding, 'windows-874')
  assert.match(found.note, /windows-874/)
})

function code874(sign: string): number {
  const unit = sign.charCodeAt(0)
  return unit < 0x80 ? unit : unit - 0x0e00 + 0xa0
}

test('offsets of a page point into the text that stands beside them', async () => {
  const found = await asJson(file('page.html', '<!doctype html><p>Paid&nbsp;S$48,200 &amp; more</p>'))
  assert.equal(found.facts.length, 1)
  for (const { text, start, end } of found.facts) assert.equal(found.text.slice(start, end), text)
})

test('what is no text is refused by name, with what to do instead', async () => {
  const refused: [string, RegExp][] = [
    [
      file('photo.txt', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])),
      /photo\.txt: this is a picture.*sealed evidence/,
    ],
    [file('scan.pdf', '%PDF-1.4\nbroken'), /scan\.pdf: this PDF is damaged/],
    [file('nothing.txt', ''), /nothing\.txt: the file is empty/],
    [folder, /: this is a folder/],
    [join(folder, 'gone.txt'), /gone\.txt: there is no such file/],
  ]
  for (const [path, why] of refused)
    await assert.rejects(openText(path), (error) => error instanceof HouseError && why.test(error.message))
})

test('a folder gives its texts; pictures, links, hidden and unknown files are named with the reason', () => {
  file('case/a.txt', 'x')
  file('case/deep/b.pdf', 'x')
  file('case/slip.JPG', 'x')
  file('case/voice.opus', 'x')
  file('case/.git/config.txt', 'x')
  file('case/tool.exe', 'x')
  symlinkSync(folder, join(folder, 'case/loop.txt'))
  const inputs = inputsOf([join(folder, 'case')])
  assert.deepEqual(
    inputs.files.map((it) => it.slice(folder.length)),
    ['/case/a.txt', '/case/deep/b.pdf'],
  )
  assert.equal(inputs.single, false)
  assert.equal(inputs.bytes, 2)
  const said = skippedLines(inputs.skipped).join('\n')
  for (const why of [
    /slip\.JPG: a picture/,
    /voice\.opus: a recording/,
    /\.git: hidden/,
    /tool\.exe: no text/,
    /loop\.txt: a link/,
  ])
    assert.match(said, why)
  mkdirSync(join(folder, 'none'))
  assert.throws(() => inputsOf([join(folder, 'none')]), /no text files there/)
})

test('the view has each fact once, with its line and how often it stands there; names are counted, never shown', async () => {
  const source = await openText(
    file(
      'view.txt',
      'first line\nIBAN DE89370400440532013000\nagain DE89370400440532013000\nMy name is Dara Sokun and the guards beat me.\n',
    ),
  )
  const view = new FileView()
  const whole = await readSource(source, {}, async (piece) => view.piece(piece))
  const shown = view.print('view.txt', null, whole)
  assert.match(shown, /line 2 +iban +DE89370400440532013000 ×2/)
  assert.equal(shown.match(/DE89370400440532013000/g)?.length, 1)
  assert.match(shown, /A name of a person stands in the text/)
  assert.match(shown, /“My name is \[name\] and the guards beat me\.”/)
  assert.doesNotMatch(shown, /Dara|Sokun/)
  assert.match(shown.split('\n')[1] ?? '', /Safeguarding: signs of violence/, 'before everything else')
})

test('nothing in a file can steer the terminal', () => {
  assert.equal(printable('a\u001b[31mred\u202e\nb\u0007'), 'a [31mred b')
})

test('the bar is for a person at a terminal, and only where waiting is worth one', () => {
  const written: string[] = []
  const screen = (isTTY: boolean) =>
    Object.assign(Object.create(process.stderr), { isTTY, write: (text: string) => written.push(text) > 0 })
  const quiet = progressBar(50_000_000, screen(false))
  quiet.at('a', 25_000_000)
  quiet.hide()
  const small = progressBar(1_000, screen(true))
  small.at('a', 500)
  small.hide()
  assert.deepEqual(written, [])
  const bar = progressBar(50_000_000, screen(true))
  bar.at('story.txt', 25_000_000)
  bar.hide()
  assert.match(written.join(''), /50 %.*25\.0 of 50\.0 MB.*story\.txt/s)
})
