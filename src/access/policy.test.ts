import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ROLES } from '../core/role.ts'
import { isAllowed, POLICY } from './policy.ts'

const texts = (pattern: string) =>
  globSync(pattern)
    .filter((file) => !/\.test\.ts/.test(file) && file !== 'src/access/policy.ts')
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }))

test('each line of the table is asked for by a route: what a page enables is what the server lets through', () => {
  const server = texts('src/**/*.ts')
  const idle = Object.keys(POLICY).filter(
    (action) => !server.some(({ text }) => text.includes(`'${action}'`)),
  )
  assert.deepEqual(idle, [])
})

/** Here a role chooses words, or is chosen among; nobody is let or kept from anything. */
const WORDS: readonly string[] = ['src/freeze/desk-requests.tsx', 'src/members/candidate-fields.tsx']
const OWN_MIND = new RegExp(`\\brole\\b[^\\n]{0,3}[!=]==\\s*'(${ROLES.join('|')})'`)

test('no page decides for itself what a role may begin', () => {
  const pages = texts('src/**/*.tsx')
  assert.ok(pages.length > 100)
  const found = pages.filter(({ text }) => OWN_MIND.test(text.replace(/seat\??\.role/g, 'seat')))
  // a group has stewards and members of its own; `steward` there is a seat, asked of the seat
  const own = found.filter(({ file }) => !WORDS.includes(file) && !file.startsWith('src/members/seat'))
  assert.deepEqual(
    own.map(({ file }) => file),
    [],
  )
  assert.match("member.role === 'steward'", OWN_MIND)
})

test('what is not written is refused', () => {
  assert.ok(isAllowed('steward', 'group.open'))
  for (const role of ROLES) assert.equal(isAllowed(role, 'group.open'), role === 'steward')
})
