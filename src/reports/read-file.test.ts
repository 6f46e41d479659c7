import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assess } from '../assess/assess.ts'
import { loadContent } from '../cli/content.ts'
import { readChat } from '../extract/chat.ts'
import { joined, read, readInChunks } from '../extract/read.ts'
import { readByPieces } from '../web/read-pieces.ts'
import { INTO_BOX } from './incoming.ts'
import { type FilePart, readDecoded } from './read-file.ts'

const decoded = (text: string, box = '') => ({ text, note: null, box })

function readers(tell: (part: FilePart) => void = () => undefined) {
  const readLong = (text: string, say: (part: FilePart) => void) =>
    readByPieces({ joined, readInChunks }, { text }, { tell: say, isStopped: () => false })
  const safety = async (text: string) => assess(text, loadContent()).safeguarding?.why ?? null
  return { read, readLong, tell, safety, isChat: (text: string) => readChat(text) !== null }
}

test('a child or violence in a chat that was read beside the box is told at once; an ordinary one tells nothing', async () => {
  const chat = (words: string) => `21/11/2026, 21:04 - Nok: hello\n21/11/2026, 21:05 - Dao: ${words}\n`
  const box = chat('good morning')
  const hurt = await readDecoded(decoded(chat('the guards beat me every night'), box), readers())
  assert.equal(hurt.text, null)
  assert.match(hurt.safety ?? '', /signs of violence: FC-M04/)
  const child = await readDecoded(decoded(chat('i am 16 and they keep my passport'), box), readers())
  assert.match(child.safety ?? '', /a child may be concerned/)
  assert.equal((await readDecoded(decoded(chat('see you on Monday'), box), readers())).safety, null)
})

test('a statement is read through the real reader: its IBANs are checked, a wrong one is said with its line', async () => {
  const it = await readDecoded(
    decoded(
      'Date,Beneficiary IBAN,Amount,Currency\n' +
        '2026-03-01,DE89370400440532013000,48200.00,SGD\n2026-03-02,DE89370400440532013001,5.00,SGD\n',
    ),
    readers(),
  )
  assert.equal(it.text, null)
  assert.deepEqual(
    it.facts.filter(({ kind }) => kind === 'iban').map(({ normal }) => normal),
    ['DE89370400440532013000'],
  )
  assert.equal(it.payments.length, 1)
  assert.match(it.problems.join('\n'), /line 3: .*DE89370400440532013001/)
})

test('a text that fits goes into the box as it is; a long one is read beside it', async () => {
  assert.equal((await readDecoded(decoded('a story'), readers())).text, 'a story')
  const text = `IBAN DE89370400440532013000. ${'word '.repeat(INTO_BOX / 4)}`
  const long = await readDecoded(decoded(text), readers())
  assert.equal(long.text, null)
  assert.match(long.note, /Too long for the box/)
  assert.ok(long.facts.some(({ kind }) => kind === 'iban'))
})

const WHATSAPP = '[21/11/2026, 21:04:12] Nok: Please help my friend.'
const LINE =
  '[LINE] Chat history with Mai\n\n2026/11/20(Fri)\n09:15\tMai\tSend 45,000 baht to account 1234567890\n09:16\tArunee\tI will not'

test('a second chat is not mixed with the first: its words stay with who wrote them, and when', async () => {
  const second = await readDecoded(decoded(LINE, WHATSAPP), readers())
  assert.equal(second.text, null)
  assert.match(second.note, /^A chat of its own/)
  const account = second.facts.find(({ kind }) => kind === 'bank_account')
  assert.equal(account?.normal, '1234567890')
  assert.doesNotMatch(JSON.stringify(account), /Nok|2026-11-21/)
  const story = await readDecoded(decoded('She paid USD 900 on Monday.', WHATSAPP), readers())
  assert.equal(story.text, null)
  assert.match(story.note, /^The box holds a chat/)
  assert.equal(
    (await readDecoded(decoded('She paid USD 900.', 'A story.'), readers())).text,
    'She paid USD 900.',
  )
  assert.equal((await readDecoded(decoded(LINE, ' \n'), readers())).text, LINE, 'the first goes into the box')
})

test('a Burmese chat with right-to-left marks: facts are found through them, and each place is exact', () => {
  const text = 'မင်္ဂလာပါ \u200fDE89\u200f 3704 0044 0532 0130 00\u200e ကို ငွေလွှဲပြီးပြီ \u202eabc\u202c'
  const { facts } = read(text)
  assert.ok(facts.some(({ kind, normal }) => kind === 'iban' && normal === 'DE89370400440532013000'))
  for (const fact of facts) assert.equal(text.slice(fact.start, fact.end), fact.text)
})

const LONG = 'Paid 45,000 baht to IBAN DE89370400440532013000 on 12 May 2024.\n'.repeat(16_000)

test('a text of a million letters is told in parts, whose facts are those of the whole', async () => {
  const parts: FilePart[] = []
  const whole = await readDecoded(
    decoded(LONG),
    readers((part) => parts.push(part)),
  )
  assert.ok(parts.length >= 3)
  assert.equal(parts.at(-1)?.done, LONG.length)
  assert.deepEqual(
    parts.flatMap(({ facts }) => facts),
    whole.facts,
  )
  assert.deepEqual(whole.facts.slice(0, 3), read(LONG.slice(0, 70)).facts.slice(0, 3))
})

test('what is stopped ends after the piece it is in, and others get their turn between two pieces', async () => {
  let turns = 0
  let told = 0
  const clock = setInterval(() => turns++)
  const stopped = readByPieces(
    { joined, readInChunks },
    { text: LONG },
    { tell: () => told++, isStopped: () => told === 2 },
  )
  await assert.rejects(stopped, { code: 'unavailable' })
  clearInterval(clock)
  assert.equal(told, 2)
  assert.ok(turns > 0)
})
