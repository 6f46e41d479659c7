import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toCsv } from '../web/parts/csv.ts'
import { orderRows, requestRows } from './desk-export.ts'
import type { HoldOrder, RequestSummary } from './shapes.ts'

const line = (currency: string, reported: number, held = 0) => ({
  ...{ id: 'l', factId: 'f', currency, reported, atRisk: reported - held, held, lost: 0, returned: 0 },
})
const request = {
  ...{ id: 'r', ref: 'FZ-1', kind: 'freeze', status: 'sent', tlp: 'AMBER', railId: 'sg-police-freeze' },
  ...{ as: 'authority', fromOrg: 'a', fromName: '=HYPERLINK("x")', toOrg: 'b', toName: 'Police' },
  ...{ victimCountry: null, sentAt: '2026-03-01T00:00:00Z', redAt: '', dueAt: '2026-03-02T00:00:00Z' },
  ...{ acknowledgedAt: null, closedAt: null },
  lines: [line('SGD', 4_820_000, 5), line('SGD', 100), line('JPY', 900)],
} as RequestSummary

test('requests as a table: one line a currency, exact decimals, nothing that a spreadsheet would run', () => {
  const [head = [], ...lines] = requestRows([request], () => 'not yet taken on')
  assert.deepEqual(
    lines.map((cells) => cells.slice(8, 12)),
    [
      ['SGD', '48201.00', '48200.95', '0.05'],
      ['JPY', '900', '900', '0'],
    ],
  )
  assert.ok(
    lines.every((cells) => cells.length === head.length),
    'every cell stands under its head',
  )
  assert.match(toCsv([head, ...lines]), /,"'=HYPERLINK\(""x""\)",/)
})

test('orders as a table: what is not answered is empty, not nought', () => {
  const order = {
    ...{ reference: 'ASC/1', authorityName: 'Police', legalBasis: 'a law', account: '0123', currency: 'SGD' },
    ...{ minor: 100, heldMinor: null, goneMinor: null, orderedAt: 'x', expiresAt: null, answeredAt: null },
    answerNote: '',
  } as HoldOrder
  const [head = [], cells = []] = orderRows([order])
  assert.equal(cells.length, head.length)
  assert.deepEqual(cells.slice(5, 8), ['1.00', '', ''])
})
