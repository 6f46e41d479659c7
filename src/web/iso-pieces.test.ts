import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RowReader } from '../trace/read-rows.ts'
import { isoPieces, looksLikeXml } from './iso-pieces.ts'

const NAMES = ['transaction_id', 'booked_at', 'amount', 'currency', 'payer_account', 'payee_account']
const payment = (id: string, amount: string) =>
  `<CdtTrfTxInf><PmtId><TxId>${id}</TxId></PmtId><IntrBkSttlmAmt Ccy="EUR">${amount}</IntrBkSttlmAmt><AccptncDtTm>2026-03-01T08:00:00Z</AccptncDtTm><DbtrAcct><Id><Othr><Id>a</Id></Othr></Id></DbtrAcct><CdtrAcct><Id><Othr><Id>b</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>`
const MESSAGE = `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>\n${payment('P1', '12.30')}\n${payment('P2', '1,x')}\n</FIToFICstmrCdtTrf></Document>`

async function read(text: string, piece: number) {
  const reader = new RowReader(Object.fromEntries(NAMES.map((it) => [it, [it]])), {}, { ownLines: true })
  const message = isoPieces((rows) => reader.feed(rows))
  const bytes = new TextEncoder().encode(text)
  for (let i = 0; i < bytes.length; i += piece) await message.push(bytes.slice(i, i + piece))
  await message.close()
  return reader.end()
}

test('an ISO 20022 message is read piece by piece; a payment that cannot be read is named with its line', async () => {
  for (const piece of [7, 64, 100_000]) {
    const { journal, rejected } = await read(MESSAGE, piece)
    assert.deepEqual([...journal.minor], [1_230])
    assert.deepEqual(
      rejected.map(({ line }) => line),
      [4],
    )
  }
})

test('a message that is cut, or is none, is refused', async () => {
  for (const piece of [7, 100_000]) {
    await assert.rejects(read(MESSAGE.slice(0, -40), piece), { code: 'invalid' })
    await assert.rejects(read('<html><body>no</body></html>', piece), { code: 'invalid' })
  }
})

test('XML is told from CSV by how it begins', () => {
  const begins = (text: string) => looksLikeXml(new TextEncoder().encode(text))
  assert.ok(begins('\uFEFF <?xml'))
  assert.ok(!begins('booked_at,amount'))
})
