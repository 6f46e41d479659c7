import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fc } from '../../test/property.ts'
import { flowOf } from './flow.ts'
import { openJournal } from './journal.ts'
import { pictureOf } from './picture.ts'
import { svgOf } from './svg.ts'
import { cell, heldCsv, hopsCsv, major } from './table.ts'
import { trace } from './trace.ts'

/** `v` pays the hub, the hub pays so many others; then one of them pays the hub back. */
function fan(count: number) {
  const rows = count + 2
  const names = ['v', 'hub', ...Array.from({ length: count }, (_, i) => `to <${i}> & "more"`)]
  const pairs = [[0, 1], ...Array.from({ length: count }, (_, i) => [1, i + 2]), [2, 1]]
  const journal = openJournal({
    rows,
    accounts: names,
    currencies: ['EUR'],
    payer: Uint32Array.from(pairs, ([from = 0]) => from),
    payee: Uint32Array.from(pairs, ([, to = 0]) => to),
    minor: Float64Array.from(pairs, (_, i) => (i === 0 ? count * 10 : i > count ? 5 : 10)),
    currency: new Uint16Array(rows),
    at: Float64Array.from(pairs, (_, i) => Date.UTC(2026, 2, 1) + i * 60_000),
  })
  return trace(journal, { from: 'v', minor: count * 10, at: 0 })
}

test('time runs from left to right: whoever is paid stands right of who first paid them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), (count) => {
      const { nodes, links } = flowOf(fan(count))
      const columnOf = new Map(nodes.map(({ id, column }) => [id, column]))
      const first = new Map<string, string>()
      for (const { from, to } of links) if (!first.has(to)) first.set(to, from)
      for (const [to, from] of first)
        if (to !== 'account hub') assert.ok((columnOf.get(to) ?? 0) > (columnOf.get(from) ?? 0))
    }),
    { numRuns: 30 },
  )
})

test('what comes into an account and what goes on or stays are the same, as shares of the stolen money', () => {
  const { nodes } = flowOf(fan(20))
  for (const { name, came, went, here } of nodes)
    if (name !== 'v') assert.ok(Math.abs(came - went - here) < 1e-9, name)
})

test('500 accounts: each has a label, and no two labels of a column lie on each other', () => {
  const picture = pictureOf(flowOf(fan(498)))
  const labels = picture.shapes.filter((it) => it.kind === 'label')
  for (const name of ['v', 'hub']) assert.ok(labels.some(({ text }) => text === name))
  assert.equal(labels.filter(({ text }) => text.startsWith('to <')).length, 498)
  const byColumn = Map.groupBy(labels, ({ x }) => x)
  for (const [, column] of byColumn) {
    const ys = column.map(({ y }) => y).sort((a, b) => a - b)
    for (const [i, y] of ys.entries()) if (i > 0) assert.ok(y - (ys[i - 1] ?? 0) >= 10)
  }
  assert.ok(picture.height < 2_600, `${picture.height} px high`)
})

test('beyond what is drawn the smallest are put together, and nothing is left out of the sum', () => {
  const flow = flowOf(fan(200), 50)
  assert.equal(flow.folded, 152)
  const here = flow.nodes.reduce((sum, it) => sum + it.here, 0)
  assert.ok(Math.abs(here - 1) < 1e-9)
  assert.ok(flow.nodes.length <= 51)
})

test('the file of the picture holds text as text, whatever an account is called', () => {
  const svg = svgOf(pictureOf(flowOf(fan(3))))
  assert.doesNotMatch(svg, /<0>/)
  assert.match(svg, /to &#60;0&#62; &#38;/)
})

test('no cell is a formula, and amounts are exact', () => {
  for (const bad of ['=1+1', '+66', '-1', '@x', '\tx', '＝x']) assert.ok(/^"?'/.test(cell(bad)), bad)
  assert.equal(cell('a,"b"'), '"a,""b"""')
  assert.equal(major(5, 'EUR'), '0.05')
  assert.equal(major(5, 'JPY'), '5')
  assert.equal(major(9_007_199_254_740_991, 'EUR'), '90071992547409.91')
  const found = fan(3)
  assert.equal(heldCsv(found).trim().split('\r\n').length, 1 + found.held.length)
  assert.equal(hopsCsv(found).trim().split('\r\n').length, 1 + found.hops.length)
})
