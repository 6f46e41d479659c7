import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'
import { lure } from './lure.ts'

const content = loadContent()

const AD = `URGENT HIRING! Customer service in Poipet.
High salary 2,500 USD per month, free accommodation and meals.
No experience needed. You enter on a tourist visa first.
Our driver will pick you up at the airport. Apply on Telegram only.`

test('an advertisement with the signs of a compound is high, with the lines that say so', () => {
  const found = lure(AD, content)
  assert.equal(found?.level, 'high')
  for (const { line, start, end, why } of found?.reasons ?? []) {
    assert.equal(AD.slice(start, end), line)
    assert.ok(why.length > 20)
  }
  const ids = found?.reasons.map((reason) => reason.id) ?? []
  for (const id of ['LURE-PAY-01', 'LURE-PAY-02', 'LURE-PLACE-01', 'LURE-PROC-02'])
    assert.ok(ids.includes(id), id)
  assert.equal(found?.checks.length, 5)
})

test('an ordinary advertisement is none; a story and an ordinary text are no advertisement', () => {
  const plain =
    'Job vacancy: baker. We are hiring in Leeds. Three years of experience required. Write to our office.'
  assert.equal(lure(plain, content)?.level, 'none')
  assert.equal(lure('I was held in a building for six months and they took my passport.', content), null)
  assert.equal(lure('Beat the eggs, then add the flour.', content), null)
  assert.equal(lure('', content), null)
})

test('the story of somebody who answered an advertisement is none, though it speaks of one', () => {
  const story =
    'We found a job offer: customer service in Poipet, salary 35,000 baht. On arrival they took my passport and my phone, the guards beat me, and I had to scam people in chats.'
  assert.notEqual(lure(story, content), null)
  assert.equal(lure(story, content, { assessment: assess(story, content) }), null)
  assert.equal(lure(AD, content, { assessment: assess(AD, content) })?.level, 'high')
})

test('of a chat its messages are read, and not the marks of the file around them', () => {
  const message = 'We are hiring in Mae Sot, tourist visa only. Urgent vacancy.'
  const text = `{"action": "joined_telegram", "text": "${message}"}`
  const start = text.indexOf(message)
  const found = lure(text, content, { messages: [{ start, end: start + message.length }] })
  assert.ok((found?.reasons.length ?? 0) > 0)
  for (const { line } of found?.reasons ?? []) assert.ok(message.includes(line), line)
})

test('five things to check before travelling, at every level, in every language', () => {
  const plain = 'Job vacancy: baker. We are hiring in Leeds. Three years of experience required.'
  const languages = ['xx', ...content.lexicons.map(({ language }) => language)]
  for (const language of languages)
    for (const text of [AD, plain])
      assert.equal(lure(text, content, { language })?.checks.length, 5, language)
  assert.ok(content.lexicons.every(({ language }) => content.guide.checks[language] !== undefined))
})

for (const family of content.lures) {
  for (const flag of family.flags) {
    const raised = (text: string, language: string) => {
      // an advertisement of its own language, so that the flag decides alone
      const opening = language === 'en' ? 'Job vacancy. ' : 'Job vacancy.\n'
      return lure(opening + text, content)?.reasons.some((reason) => reason.id === flag.id)
    }
    for (const [language, texts] of Object.entries(flag.examples.found)) {
      for (const text of texts) test(`${flag.id} is raised: ${text}`, () => assert.ok(raised(text, language)))
    }
    for (const [language, texts] of Object.entries(flag.examples.quiet)) {
      for (const text of texts)
        test(`${flag.id} stays quiet: ${text}`, () => assert.ok(!raised(text, language)))
    }
  }
}
