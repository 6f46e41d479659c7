import assert from 'node:assert/strict'
import test from 'node:test'
import { fc } from '../../test/property.ts'
import { read, readInChunks } from './read.ts'

const LINES = [
  'Call me on +66 81 234 5678 or write to hr@kk-invest.example before 12/05/2024.',
  'She paid 45,000 baht into account 012-3-45678-9 at Kasikorn Bank in Mae Sot.',
  'Telegram @boss_88, wallet 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, IBAN GB82 WEST 1234 5698 7654 32.',
  'They took our passports and the guards stood at the gate until the morning.',
  'โทร 081-234-5678 บัญชี 012-3-45678-9 ที่ปอยเปต จ่าย 20,000 บาท',
]

const line = (i: number) => LINES[(i * 7) % LINES.length] ?? ''

/** Longer than one piece, with everything in it numbered, so that what is lost or read twice shows. */
function longText(lines: number): string {
  return Array.from({ length: lines }, (_, i) => `${line(i)} Room ${i}${i % 9 === 8 ? '\n' : ''}`).join('\n')
}

const day = (i: number) => `${String(1 + (i % 28)).padStart(2, '0')}/03/2024`
const minute = (i: number) => String(i % 60).padStart(2, '0')

const CHATS: Record<string, (count: number) => string> = {
  whatsapp: (count) =>
    Array.from(
      { length: count },
      (_, i) =>
        `${day(i)}, 09:${minute(i)} - ${i % 3 ? 'Mei' : 'Agent Ken'}: ${line(i)}\nand more\n\nyesterday`,
    ).join('\n'),
  telegram: (count) =>
    Array.from(
      { length: count },
      (_, i) => `Ken ${i % 4}, [${day(i).replaceAll('/', '.')} 09:${minute(i)}]\n${line(i)}\n`,
    ).join('\n'),
  LINE: (count) =>
    `[LINE] Chat history with Mei\nSaved on: 2024/05/18 20:10\n\n${Array.from({ length: count }, (_, i) => `${i % 50 ? '' : `2024.05.${10 + ((i / 50) % 18)} Saturday\n`}09:${minute(i)}\t${i % 2 ? 'Mei' : 'Ken'}\t${line(i)}`).join('\n')}`,
  'telegram-json': (count) =>
    JSON.stringify({
      name: 'Mei',
      messages: Array.from({ length: count }, (_, i) => ({
        id: i,
        date: `2024-03-${10 + (i % 18)}T09:${minute(i)}:00`,
        from: i % 2 ? 'Mei' : 'Ken',
        text: line(i),
      })),
    }),
}

async function chunked(source: string, sizes: readonly number[]) {
  const chunks: string[] = []
  for (let at = 0, k = 0; at < source.length; k++) {
    const size = sizes[k % sizes.length] ?? 1
    chunks.push(source.slice(at, at + size))
    at += size
  }
  const pieces = []
  for await (const piece of readInChunks(chunks)) pieces.push(piece)
  return pieces
}

test('in chunks: however a long text comes, the same is read as from the whole', async () => {
  const source = longText(6000)
  const whole = read(source)
  const size = fc.integer({ min: 1, max: 90_000 })
  await fc.assert(
    fc.asyncProperty(fc.array(size, { minLength: 1, maxLength: 6 }), async (sizes) => {
      const pieces = await chunked(source, [...sizes, 50_000])
      assert.deepEqual(
        pieces.flatMap(({ reading }) => reading.facts),
        whole.facts,
      )
      let at = 0
      for (const { start, end } of pieces) {
        assert.equal(start, at)
        assert.ok(end - start <= 300_000)
        at = end
      }
      assert.equal(at, source.length)
    }),
    { numRuns: 4 },
  )
})

test('in chunks: a long text says what its parts say, each at its own place', () => {
  const source = longText(6000)
  const found = read(source).facts
  for (const fact of found) assert.equal(source.slice(fact.start, fact.end), fact.text)
  const perLine = LINES.map((text) => read(text).facts.length)
  const expected = Array.from({ length: 6000 }, (_, i) => perLine[(i * 7) % LINES.length] ?? 0)
  assert.equal(
    found.length,
    expected.reduce((sum, n) => sum + n, 0),
  )
})

for (const [form, make] of Object.entries(CHATS)) {
  test(`in chunks: a long ${form} chat keeps every message, its speaker and its time`, async () => {
    const source = make(5000)
    assert.ok(source.length > 330_000)
    const messages = read(source).messages ?? []
    assert.equal(messages.length, 5000)
    for (const [i, { start, end, at }] of messages.entries()) {
      const body = source.slice(start, end)
      assert.ok(body.includes(line(i).slice(0, 20)), `${i}: ${body}`)
      assert.match(at ?? '', /^2024-0[35]-\d\dT09:/)
    }
    const pieces = await chunked(source, [70_001])
    assert.ok(pieces.length > 1)
    assert.deepEqual(
      pieces.flatMap(({ reading }) => reading.messages ?? []),
      messages,
    )
  })
}

test('in chunks: no border at all, an empty text, half a sign', async () => {
  assert.equal((await chunked('', [1])).length, 1)
  const source = '😀'.repeat(200_000)
  const pieces = await chunked(source, [99_999])
  assert.equal(pieces.at(-1)?.end, source.length)
  for (const { start } of pieces) assert.equal(start % 2, 0)
})
