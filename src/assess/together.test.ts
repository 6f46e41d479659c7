import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadContent } from '../cli/content.ts'
import { assess } from './assess.ts'

const content = loadContent()
const ids = (text: string) => assess(text, content).indicators.map((one) => one.id)

const OFFER = 'I saw the post on Facebook: receptionist in a hotel, good salary. No interview. '
const SCAM = 'They forced us to run a romance scam.'

test('a job offered in one sentence and a scam in another are a deception, with the sentences of both', () => {
  const text = `${OFFER}We went in May. ${SCAM}`
  const found = assess(text, content).indicators.find(({ id }) => id === 'FC-M01')
  const sentences = found?.sentences.map((one) => one.text) ?? []
  assert.ok(sentences.includes(SCAM), sentences.join('\n'))
  assert.ok(sentences.length > 1)
  assert.match(found?.why ?? '', /" and "/)
  for (const { start, end, text: own } of found?.sentences ?? []) assert.equal(text.slice(start, end), own)
})

test('one part without the others is not enough', () => {
  assert.ok(!ids(OFFER).includes('FC-M01'))
  assert.ok(!ids(SCAM).includes('FC-M01'))
})

test('what the text denies is not put together', () => {
  const text = `${OFFER}They never lied to us about the job. ${SCAM}`
  assert.ok(!ids(text).includes('FC-M01'))
})

test('an advertisement names the job and the place in lines of their own', () => {
  const ad = 'URGENT HIRING\nPosition: data entry\nCasino in Poipet\nNo interview\nFree flight and visa'
  assert.ok(ids(ad).includes('FC-A03'), ids(ad).join(' '))
  assert.ok(!ids('Position: data entry\nCasino in Poipet').includes('FC-M01'))
})

const PLACE = 'The boss took my passport. We were locked in the compound. The guards beat my friend.'

test('a rule on a condition is told where the text tells enough of the place, and else it is general', () => {
  const rule = 'If the target is missed, there is a fine of 50 dollars.'
  assert.ok(!ids(rule).includes('FC-M17'))
  assert.ok(ids(`${PLACE} ${rule}`).includes('FC-M17'), ids(`${PLACE} ${rule}`).join(' '))
})

test('advice and fiction stay what they are in a text that tells of captivity', () => {
  const advice = 'You should never pay a ransom.'
  assert.ok(!ids(`${PLACE} ${advice}`).includes('FC-M19'))
})

test('a message is no part of the one before it, however long that is', () => {
  const long = '[22/05/2025, 09:14:22] Dean: they took our passports on the first day and hit me with a pipe'
  for (const next of ['22/05/2025, 09:15 - Mum: is it cold?', '09:15 Mum is it cold?', 'Mum: is it cold?'])
    assert.ok(ids(`${long}\n${next}`).includes('FC-M11'), next)
  const wrapped = 'I have to say that on the first day, in the morning, they took\nmy passport.'
  assert.ok(ids(wrapped).includes('FC-M11'))
})
