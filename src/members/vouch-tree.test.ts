import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { type Voucher, type VouchNode, vouchTrees } from './vouch-tree.ts'

const person = (memberId: string, sponsorId: string | null) =>
  ({ memberId, name: memberId, sponsorId }) as Voucher
const names = ({ person: { name }, for: some }: VouchNode): string =>
  some.length === 0 ? name : `${name}(${some.map(names).join(' ')})`

test('founders at the top, those they answer for below; whose sponsor is not here stands at the top', () => {
  const people = [
    person('c', 'b'),
    person('a', null),
    person('b', 'a'),
    person('d', 'gone'),
    person('e', 'a'),
  ]
  assert.deepEqual(vouchTrees(people).map(names), ['a(b(c) e)', 'd'])
})

test('everybody stands there once, whatever the records say', () => {
  const records = fc.array(fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }), { maxLength: 30 })
  fc.assert(
    fc.property(records, (sponsors) => {
      const people = sponsors.map((sponsor, i) => person(`p${i}`, sponsor === null ? null : `p${sponsor}`))
      const all = (node: VouchNode): string[] => [node.person.memberId, ...node.for.flatMap(all)]
      assert.deepEqual(vouchTrees(people).flatMap(all).sort(), people.map(({ memberId }) => memberId).sort())
    }),
  )
})
