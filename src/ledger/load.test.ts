import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { BOOK_CURRENCIES } from './amount-sql.ts'
import { openDuck } from './duck-native.ts'
import { type NativeBook, openBook } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'firebreak-load-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

/** Every transaction as one readable line, in booking order. */
async function lines(book: NativeBook): Promise<string[]> {
  const found: string[] = []
  for await (const it of book.transactions())
    for (let i = 0; i < it.length; i++) {
      const [payer, payee] = [it.payer[i] ?? -1, it.payee[i] ?? -1].map((n) =>
        n < 0 ? '-' : book.accountName(n),
      )
      found.push(
        `${book.formatTime(Number(it.bookedAt[i]))} ${payer}>${payee} ${it.minor[i]} ${BOOK_CURRENCIES[it.currency[i] ?? 0]}`,
      )
    }
  return found
}

async function read(
  ...files: string[]
): Promise<{ found: string[]; rejects: string[]; notes: readonly string[] }> {
  const book = await openBook(files)
  try {
    const rejects = book.rejects.map(({ line, reason }) => `${line}: ${reason}`)
    return { found: await lines(book), rejects, notes: book.notes }
  } finally {
    book.close()
  }
}

const HEAD = 'transaction_id,booked_at,amount,currency,payer_account,payee_account\n'

test('an amount of any length is exact, with a point and with a comma', async () => {
  const whole = Array.from({ length: 16 }, (_, n) => '9876543210123456'.slice(0, n + 1))
  for (const mark of ['.', ',']) {
    const rows = whole.map((it, n) => `t${n};2026-03-01;${it}${mark}37;EUR;a;b`)
    const path = file('lengths.csv', `${HEAD.replaceAll(',', ';')}${rows.join('\n')}\n`)
    const { found, rejects } = await read(path)
    assert.deepEqual(rejects, [])
    assert.deepEqual(
      found.map((it) => it.split(' ')[3]),
      whole.map((it) => `${it}37`),
    )
  }
})

test('booking order is by time, ties in file order, whatever the order of the file', async () => {
  const path = file(
    'order.csv',
    `${HEAD}c,2026-03-02,3,EUR,a,b\na,2026-03-01,1,EUR,a,b\nb,2026-03-01,2,EUR,b,a\n`,
  )
  assert.deepEqual((await read(path)).found, [
    '2026-03-01 00:00 a>b 100 EUR',
    '2026-03-01 00:00 b>a 200 EUR',
    '2026-03-02 00:00 a>b 300 EUR',
  ])
})

test('amounts are exact in minor units by ISO 4217, up to 10^15 and beyond 2^53', async () => {
  const rows = [
    '0.1,USD',
    '1500,JPY',
    '1.234,KWD',
    '10000000000000.07,USD',
    '92233720368547758.07,USD',
    '0.00000001,BTC',
    '123.5,VND',
  ]
  const path = file('minor.csv', HEAD + rows.map((it, i) => `${i},${i},${it},a,b`).join('\n'))
  const { found, rejects, notes } = await read(path)
  assert.deepEqual(
    found.map((it) => it.split(' ').slice(3).join(' ')),
    ['10 USD', '1500 JPY', '1234 KWD', '1000000000000007 USD', '1 BTC', '124 VND'],
  )
  assert.match(rejects.join(), /^6: the amount “92233720368547758.07” is too large to count exactly$/)
  assert.ok(notes.some((it) => /1 amounts had more decimals/.test(it)))
})

test('decimal commas, grouped thousands, lakhs, other digits, brackets and currencies in the amount', async () => {
  const comma = file(
    'comma.csv',
    'booked_at;amount;currency;from;to\n1;1.234,50;EUR;a;b\n2;12,5;EUR;a;b\n3;1.000;EUR;a;b\n4;7;EUR;a;b\n',
  )
  assert.deepEqual(
    (await read(comma)).found.map((it) => it.split(' ').slice(-2).join(' ')),
    ['123450 EUR', '1250 EUR', '100000 EUR', '700 EUR'],
  )
  const mixed = file(
    'mixed.csv',
    'booked_at,amount,from,to\n1,"USD 1,234.50",a,b\n2,"฿๕๐๐",a,b\n3,"1,50,000.00 INR",a,b\n4,"(5.00)",a,b\n5,1e3,a,b\n6,twelve,a,b\n7,,a,b\n',
  )
  const { found, rejects } = await read(mixed)
  assert.deepEqual(
    found.map((it) => it.split(' ').slice(-2).join(' ')),
    ['123450 USD', '50000 THB', '15000000 INR', '100000 XXX'],
  )
  assert.deepEqual(
    rejects.map((it) => it.slice(0, 40)),
    [
      '5: the amount “(5.00)” is negative: give',
      '7: the amount “twelve” is not a number',
      '8: there is no amount',
    ],
  )
})

test('a currency that stands in the amount counts where its column is empty, and never against it', async () => {
  const amounts = [
    'EUR 5.00,',
    'THB 500.00,',
    '€5,',
    'THB 500.00,EUR',
    '5.00,',
    'EUR 7.00,EUR',
    '8.00-,EUR',
    '"1,000 CR",EUR',
  ]
  const path = file('stated.csv', HEAD + amounts.map((it, i) => `${i},2026-03-01,${it},a,b\n`).join(''))
  const { found, rejects } = await read(path)
  assert.deepEqual(
    found.map((it) => it.replace(/^.*a>b /, '')),
    ['500 EUR', '50000 THB', '500 EUR', '500 XXX', '700 EUR', '100000 EUR'],
  )
  assert.deepEqual(
    rejects.map((it) => it.slice(0, 60)),
    [
      '5: the amount “THB 500.00” is in another currency than its ro',
      '8: the amount “8.00-” is negative: give a reversal as a paymen',
    ].map((it) => it.slice(0, 60)),
  )
})

test('a book without a payment says that nothing was judged', async () => {
  assert.match((await read(file('bare.csv', HEAD))).notes.join(), /no payment below the header/)
  const { notes } = await read(file('broken.csv', `${HEAD}1,soon,5,EUR,a,b\n`))
  assert.match(notes.join(), /no row could be read as a payment/)
})

test('times: zones, Buddhist years, day first, epochs, compact dates and steps', async () => {
  const times = ['2026-03-01T07:00:00+07:00', '2569-03-01', '2026/03/01 00:00', '2026-02-30', '']
  const path = file('times.csv', HEAD + times.map((it, i) => `${i},${it},1,EUR,a,b`).join('\n'))
  const { found, rejects } = await read(path)
  assert.deepEqual([...new Set(found)], ['2026-03-01 00:00 a>b 100 EUR'])
  assert.deepEqual(rejects, ['5: the time “2026-02-30” is not understood', '6: there is no time'])
  const one = async (time: string) =>
    (await read(file('t.csv', `${HEAD}1,${time},1,EUR,a,b\n`))).found[0]?.slice(0, 16)
  assert.equal(await one('31/12/2569 23:59'), '2026-12-31 23:59')
  assert.equal(await one('29/02/2567'), '2024-02-29 00:00')
  assert.equal(await one('1772323200'), '2026-03-01 00:00')
  assert.equal(await one('1772323200000'), '2026-03-01 00:00')
  assert.equal(await one('20260301'), '2026-03-01 00:00')
  assert.equal(await one('17'), 'step 17 a>b 100 ')
})

test('a book given twice, rows given twice, and ids that repeat with other contents', async () => {
  const rows = `${HEAD}1,1,1,EUR,a,b\n2,1,1,EUR,a,b\n`
  const a = file('once.csv', rows)
  assert.equal((await read(a, file('copy.csv', rows))).found.length, 2)
  const longer = await read(a, file('longer.csv', `${rows}3,2,1,EUR,a,b\n`))
  assert.equal(longer.found.length, 3)
  assert.deepEqual(longer.rejects, [
    '2: it repeats the row with the same id “1”',
    '3: it repeats the row with the same id “2”',
  ])
  const other = await read(file('other.csv', `${HEAD}1,1,1,EUR,a,b\n1,1,9,EUR,a,b\n`))
  assert.equal(other.found.length, 2)
  assert.ok(other.notes.some((it) => /^one row has an id/.test(it)))
})

test('broken rows are named with their line and never stop the rest', async () => {
  const path = file(
    'broken.csv',
    `${HEAD}1,1,1,EUR,"a\nb",c\n2,1,1,EUR,a\n3,1,x,EUR,a,b\n4,1,1,EUR,a,b,c\n5,1,1,QQQ,a,b\n6,1,1,EUR,,\n7,1,1,EUR,a,\n`,
  )
  const { found, rejects } = await read(path)
  assert.deepEqual(found, ['step 1 a\nb>c 100 EUR', 'step 1 a>- 100 EUR'])
  assert.deepEqual(rejects, [
    '4: it has 5 fields where the header has 6',
    '5: the amount “x” is not a number',
    '6: it has 7 fields where the header has 6',
    '7: the currency “QQQ” is not known',
    '8: there is neither a payer nor a payee account',
  ])
})

test('a quotation mark that is never closed costs its own row and no other', async () => {
  const rows = [
    '1,1,1,EUR,a,b',
    '2,1,1,EUR,"a,b',
    '3,1,1,EUR,a,b',
    '4,1,x,EUR,a,b',
    '5,1,1,EUR,"x",b',
    '6,1,x,EUR,a,b',
    '7,1,1,EUR,a,b',
  ]
  const { found, rejects } = await read(file('quote.csv', `${HEAD}${rows.join('\n')}\n`))
  assert.deepEqual(found.sort(), [
    'step 1 a>b 100 EUR',
    'step 1 a>b 100 EUR',
    'step 1 a>b 100 EUR',
    'step 1 x>b 100 EUR',
  ])
  assert.deepEqual(
    rejects.map((it) => it.slice(0, 30)),
    [
      '3: a quotation mark is opened a',
      '5: the amount “x” is not a num',
      '7: the amount “x” is not a num',
    ].map((it) => it.slice(0, 30)),
  )
})

test('a row with bytes that are no text is rejected by its line, and the rows around it count', async () => {
  const bytes = Buffer.concat([
    Buffer.from(`${HEAD}1,1,1,EUR,a,b\n2,1,1,EUR,a`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(',b\n3,1,1,EUR,ខ្មែរ,b\n'),
  ])
  const { found, rejects } = await read(file('bytes.csv', bytes))
  assert.deepEqual(found, ['step 1 a>b 100 EUR', 'step 1 ខ្មែរ>b 100 EUR'])
  assert.deepEqual(rejects, ['3: it holds bytes that are no text'])
})

test('line ends of two systems in one file are read', async () => {
  const { found, rejects } = await read(
    file('ends.csv', `${HEAD}1,1,1,EUR,a,b\r\n2,1,x,EUR,a,b\r\n3,1,1,EUR,a,b\n`),
  )
  assert.equal(found.length, 2)
  assert.deepEqual(rejects, ['3: the amount “x” is not a number'])
})

test('gzip, Parquet, 200 columns, repeated headers and a header alone', async () => {
  const rows = `${HEAD}1,2026-03-01,1.10,EUR,a,b\n`
  assert.equal((await read(file('a.csv.gz', gzipSync(rows)))).found.length, 1)
  const parquet = join(folder, 'a.parquet')
  const duck = await openDuck()
  await duck.run(
    `copy (select 1 as transaction_id, timestamp '2026-03-01' as booked_at, 1.1::double as amount, 'EUR' as currency, 'a' as "from", 'b' as "to") to '${parquet}'`,
  )
  duck.close()
  assert.deepEqual((await read(parquet)).found, ['2026-03-01 00:00 a>b 110 EUR'])
  const wide = [...Array(194).keys()]
  const many = file('wide.csv', `${HEAD.trim()},${wide.map((i) => `x${i}`)}\n1,1,1,EUR,a,b,${wide}\n`)
  assert.equal((await read(many)).found.length, 1)
  const world =
    'Timestamp,From Bank,Account,To Bank,Account,Amount Received,Receiving Currency,Amount Paid,Payment Currency,Payment Format\n2022/09/01 00:20,1,A,2,B,9.5,Euro,10.00,US Dollar,Wire\n'
  assert.deepEqual((await read(file('world.csv', world))).found, ['2022-09-01 00:20 A>B 1000 USD'])
  assert.equal((await read(file('head.csv', HEAD))).found.length, 0)
})

test('what is no ledger is refused by name: a workbook called .csv, a cut Parquet, an unknown header', async () => {
  const refused = (path: string, what: RegExp) =>
    assert.rejects(read(path), (error: Error) => what.test(error.message) && error.message.includes(path))
  await refused(
    file('x.csv', Buffer.from('504b0304aabbccdd', 'hex')),
    /Excel workbook \(XLSX\).*Save the sheet as CSV/,
  )
  const whole = readFileSync(join(folder, 'a.parquet'))
  await refused(file('cut.parquet', whole.subarray(0, whole.length / 2)), /cut off/)
  await refused(
    file('odd.csv', 'colour,shape\nred,round\n'),
    /“colour”, “shape” are not recognised.*an amount and a payer/,
  )
  await refused(join(folder, 'nowhere.csv'), /there is no such file/)
  await refused(file('empty.csv', ''), /holds transactions/)
})

const PACS = `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FIToFICstmrCdtTrf>
<GrpHdr><MsgId>m</MsgId><CreDtTm>2026-03-01T09:00:00Z</CreDtTm></GrpHdr><CdtTrfTxInf><PmtId><EndToEndId>E1</EndToEndId><TxId>T1</TxId></PmtId>
<IntrBkSttlmAmt Ccy="EUR">12.30</IntrBkSttlmAmt><AccptncDtTm>2026-03-01T08:00:00Z</AccptncDtTm><Dbtr><Nm>Ana Example</Nm></Dbtr>
<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct><CdtrAcct><Id><Othr><Id>778</Id></Othr></Id></CdtrAcct>
<RmtInf><Ustrd>tax &amp; fee</Ustrd></RmtInf></CdtTrfTxInf></FIToFICstmrCdtTrf></Document>`
const CAMT = `<Document><BkToCstmrStmt><Stmt><Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id></Acct>
<Ntry><Amt Ccy="GBP">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef><NtryDtls><TxDtls>
<RltdPties><DbtrAcct><Id><Othr><Id>99</Id></Othr></Id></DbtrAcct></RltdPties></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="GBP">7.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><BookgDt><Dt>2026-03-03</Dt></BookgDt></Ntry></Stmt></BkToCstmrStmt></Document>`

test('ISO 20022: pacs.008 and camt.053, both sides where the message has them', async () => {
  assert.deepEqual((await read(file('p.xml', PACS))).found, [
    '2026-03-01 08:00 DE89370400440532013000>778 1230 EUR',
  ])
  assert.deepEqual((await read(file('c.xml', CAMT))).found, [
    '2026-03-02 00:00 99>GB33BUKB20201555555555 500 GBP',
    '2026-03-03 00:00 GB33BUKB20201555555555>- 700 GBP',
  ])
  await assert.rejects(read(file('cut.xml', PACS.slice(0, 400))), /cut\.xml:\d+: /)
  const inside = '<BkToCstmrStmt><Stmt><Ntry>'
  for (const [name, part] of [
    ['deep.xml', '<a>'.repeat(100)],
    ['long.xml', `<Amt Ccy="EUR">${'1'.repeat(6_000_000)}`],
    ['comment.xml', `<!--${'<'.repeat(6_000_000)}`],
  ] as const)
    await assert.rejects(read(file(name, `<Document>${inside}${part}`)), {
      code: 'invalid',
      message: /within each other|nothing ends in more than/,
    })
  await assert.rejects(read(file('bomb.xml', `<!DOCTYPE a [<!ENTITY b "c">]>${PACS.slice(21)}`)), /DOCTYPE/)
})

test('a mapping file says what no synonym can, and a wrong one is named', async () => {
  const map = file(
    'map.yaml',
    'transactions:\n  columns: { amount: betrag, payer_account: von, payee_account: an, booked_at: wann }\n  currency: CHF\n  negative: turn\n',
  )
  const rows = file('de.csv', 'wann,betrag,von,an\n2026-03-01,-5.00,a,b\n')
  const book = await openBook([rows], { map })
  assert.deepEqual(await lines(book), ['2026-03-01 00:00 b>a 500 CHF'])
  book.close()
  await assert.rejects(
    openBook([rows], { map: file('bad.yaml', 'transactions: { columns: {}, colour: red }') }),
    /bad\.yaml: .*colour/,
  )
})

test('an amount finer than its currency is rounded as the page that traces rounds it, and counted', async () => {
  const amounts = [
    '10.005,EUR',
    '10.0049,EUR',
    '0.995,EUR',
    '10.500,EUR',
    '7.5,JPY',
    '7.00,JPY',
    '1.2345,KWD',
  ]
  const rows = amounts.map((it, i) => `${i},2026-03-01,${it},a,b\n`)
  const { found, rejects, notes } = await read(file('fine.csv', HEAD + rows.join('')))
  assert.deepEqual(
    found.map((it) => Number(it.split(' ').at(-2))),
    [1_001, 1_000, 100, 1_050, 8, 7, 1_235],
  )
  assert.deepEqual(rejects, [])
  assert.ok(
    notes.some((it) => it.startsWith('5 amounts had more decimals')),
    notes.join(),
  )
})
