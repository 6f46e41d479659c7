import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join as path } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { fc } from '../../test/property.ts'
import {
  BASES,
  covers,
  crossed,
  derived,
  HANDLING,
  join,
  type Marking,
  PAPS,
  readPap,
  readTlp,
  TLP_ORDER,
  UNMARKED,
  USES,
  whyNot,
} from './marking.ts'

const marking: fc.Arbitrary<Marking> = fc.record(
  {
    tlp: fc.constantFrom(...TLP_ORDER),
    pap: fc.constantFrom(...PAPS),
    handling: fc.subarray([...HANDLING]),
    uses: fc.option(fc.subarray([...USES]), { nil: null }),
    possibleVictim: fc.boolean(),
    expiresAt: fc.option(
      fc.integer({ min: 0, max: 4 }).map((day) => `2026-12-0${day + 1}T00:00:00.000Z`),
      { nil: null },
    ),
  },
  { noNullPrototype: true },
)

test('join is a lattice: commutative, associative, idempotent, and nothing is neutral', () => {
  fc.assert(
    fc.property(marking, marking, marking, (a, b, c) => {
      assert.deepEqual(join(a, b), join(b, a))
      assert.deepEqual(join(join(a, b), c), join(a, join(b, c)))
      assert.deepEqual(join(a, a), a)
      assert.deepEqual(join(a, UNMARKED), a)
      assert.ok(covers(join(a, b), a) && covers(join(a, b), b))
    }),
    { numRuns: 5_000 },
  )
})

/** What people do with items; each takes earlier ones by number. `federate` leaves RED where it is. */
const step = fc.record({
  how: fc.constantFrom('merge', 'quote', 'translate', 'aggregate', 'attach', 'export', 'federate'),
  from: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }),
  wanted: marking,
})

test('T49: whatever is derived of whatever, in any order, no marking is ever lower than one of its sources', () => {
  let derivations = 0
  fc.assert(
    fc.property(
      fc.array(marking, { minLength: 1, maxLength: 4 }),
      fc.array(step, { minLength: 6, maxLength: 12 }),
      (first, steps) => {
        const items = first.map((it) => ({ it, roots: [it] }))
        for (const { how, from, wanted } of steps) {
          const sources = from.map((n) => items[n % items.length]).filter((it) => it !== undefined)
          const made = derived(
            sources.map(({ it }) => it),
            wanted,
          )
          const it = how === 'federate' && made.tlp !== 'RED' ? crossed(made) : made
          items.push({ it, roots: [...new Set(sources.flatMap(({ roots }) => roots))] })
          derivations++
        }
        for (const { it, roots } of items) for (const root of roots) assert.ok(covers(it, root))
      },
    ),
    { numRuns: 13_000 },
  )
  assert.ok(derivations >= 100_000, `${derivations} derivations were tried`)
})

test('what crosses to another instance may go one step less far; RED does not cross', () => {
  const tlps = TLP_ORDER.slice(0, 4).map((tlp) => crossed({ ...UNMARKED, tlp }).tlp)
  assert.deepEqual(tlps, ['CLEAR', 'AMBER', 'AMBER+STRICT', 'RED'])
  assert.throws(() => crossed({ ...UNMARKED, tlp: 'RED' }), /does not leave/)
})

const written: [string, string, boolean][] = [
  ['TLP:RED', 'RED', true],
  ['tlp: white', 'CLEAR', true],
  ['tlp:clear', 'CLEAR', true],
  ['  Tlp : Green ', 'GREEN', true],
  ['amber', 'AMBER', true],
  ['TLP:AMBER+STRICT', 'AMBER+STRICT', true],
  ['tlp amber strict', 'AMBER+STRICT', true],
  ['tlp:"amber+strict"', 'AMBER+STRICT', true],
  ['[TLP:GREEN]', 'GREEN', true],
  ['ＴＬＰ：ＧＲＥＥＮ', 'GREEN', true],
  ['TLP:СLEAR', 'RED', false], // Cyrillic С
  ['TLP:CLEΑR', 'RED', false], // Greek Α
  ['TLP:ɢʀᴇᴇɴ', 'RED', false],
  ['TLP:GR\u200bEEN', 'RED', false],
  ['TLP:GREEEN', 'RED', false],
  ['TLP:YELLOW', 'RED', false],
  ['GREEN or CLEAR', 'RED', false],
  ['ı', 'RED', false],
  ['', 'RED', false],
]
for (const [text, value, understood] of written)
  test(`“${text}” counts as TLP:${value}${understood ? '' : ', because it is not understood'}`, () =>
    assert.deepEqual(readTlp(text), { value, understood }))

test('PAP is read the same way', () => {
  assert.deepEqual(readPap('pap:green'), { value: 'GREEN', understood: true })
  assert.deepEqual(readPap('PAP:WHITE'), { value: 'CLEAR', understood: true })
  assert.deepEqual(readPap('PAP:AMBER+STRICT'), { value: 'RED', understood: false })
  assert.deepEqual(readPap('TLP:CLEAR'), { value: 'RED', understood: false })
})

test('nothing that is not exactly a marking opens anything', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
      const { value, understood } = readTlp(text)
      assert.ok(understood || value === 'RED')
    }),
    { numRuns: 5_000 },
  )
})

test('who is kept from what', () => {
  const ask = { use: 'support', approved: false } as const
  const police = { as: 'org', kind: 'police' } as const
  assert.match(whyNot({ ...UNMARKED, tlp: 'RED' }, { as: 'org', kind: 'cso' }, ask) ?? '', /named people/)
  assert.equal(whyNot({ ...UNMARKED, tlp: 'RED' }, { as: 'person', kind: 'cso' }, ask), null)
  assert.match(whyNot({ ...UNMARKED, handling: ['no-police'] }, police, ask) ?? '', /no-police/)
  assert.equal(whyNot({ ...UNMARKED, handling: ['no-police'] }, { as: 'org', kind: 'bank' }, ask), null)
  const victim = { ...UNMARKED, possibleVictim: true }
  assert.match(whyNot(victim, police, ask) ?? '', /second person/)
  assert.equal(whyNot(victim, police, { ...ask, approved: true }), null)
  assert.equal(whyNot(victim, { as: 'org', kind: 'cso' }, ask), null)
  assert.match(
    whyNot(victim, { as: 'org', kind: 'cso' }, { ...ask, use: 'investigation' }) ?? '',
    /second person/,
  )
})

test('the code list has every word of the house exactly once, each with its meaning', () => {
  const file = path(import.meta.dirname, '../../content/codelists/markings.yaml')
  const list = parse(readFileSync(file, 'utf8')) as Record<
    string,
    { id: string; label: string; meaning: string }[]
  >
  const words = { tlp: TLP_ORDER, pap: PAPS, handling: HANDLING, uses: USES, bases: BASES }
  for (const [name, ids] of Object.entries(words)) {
    assert.deepEqual(list[name]?.map(({ id }) => id).sort(), [...ids].sort(), name)
    for (const { label, meaning } of list[name] ?? []) assert.ok(label && meaning)
  }
})
