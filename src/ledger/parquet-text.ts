import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

/**
 * Parquet where DuckDB reads none: the WebAssembly build fetches that part of it from its makers, and here nothing is ever
 * fetched from elsewhere. Values are told as DuckDB's `cast(… as varchar)` tells them, decimals to the last digit
 * (parity.test.ts).
 */
export interface ParquetText {
  readonly header: readonly string[]
  /** CSV, its first column `line`: the number of the row, from 1. One row group is held at a time. */
  text(): AsyncGenerator<string>
}

type Value = unknown
/** Digits behind the point of a decimal column; null for another. */
type Scale = number | null

/** @throws Error of the reader, for a file that is none, or is encrypted, or of a kind it does not know */
export async function parquetText(file: AsyncBuffer): Promise<ParquetText> {
  const metadata = await parquetMetadataAsync(file)
  const [root, ...elements] = metadata.schema
  const columns: { name: string; scale: Scale; isFloat: boolean }[] = []
  for (let i = 0; i < elements.length; i = after(elements, i)) {
    const element = elements[i]
    if (element)
      columns.push({ name: element.name, scale: scaleOf(element), isFloat: element.type === 'FLOAT' })
  }
  // a decimal comes as its digits alone, and gets its point here: as a float it would lose some
  const raw: FileMetaData = { ...metadata, schema: [...(root ? [root] : []), ...elements.map(plain)] }
  const header = columns.map(({ name }) => name)
  async function* text() {
    yield `${['line', ...header].map(field).join(',')}\n`
    let first = 0
    for (const group of metadata.row_groups) {
      const end = first + Number(group.num_rows)
      const rows = await rowsOf(file, { metadata: raw, rowStart: first, rowEnd: end })
      for (let at = 0; at < rows.length; at += 1_000)
        yield rows
          .slice(at, at + 1_000)
          .map((row, i) => lineOf(row, first + at + i + 1))
          .join('')
      first = end
    }
  }
  const lineOf = (row: readonly Value[], nth: number) => {
    const fields = columns.map(({ scale, isFloat }, i) => field(words(row[i], scale, isFloat)))
    return `${nth},${fields.join(',')}\n`
  }
  return { header, text }
}

type Element = FileMetaData['schema'][number]

/** The place of the next column: what lies inside of a nested one is passed over. */
function after(elements: readonly Element[], at: number): number {
  let next = at + 1
  for (let inside = elements[at]?.num_children ?? 0; inside > 0; inside--) next = after(elements, next)
  return next
}

const isDecimal = ({ converted_type: old, logical_type: type }: Element) =>
  old === 'DECIMAL' || type?.type === 'DECIMAL'
const scaleOf = (element: Element): Scale => (isDecimal(element) ? (element.scale ?? 0) : null)

function plain(element: Element): Element {
  if (!isDecimal(element)) return element
  const { converted_type: _old, logical_type: _type, ...rest } = element
  return rest
}

async function rowsOf(
  file: AsyncBuffer,
  span: { readonly metadata: FileMetaData; readonly rowStart: number; readonly rowEnd: number },
): Promise<Value[][]> {
  let rows: Value[][] = []
  await parquetRead({
    file,
    ...span,
    compressors,
    utf8: false,
    parsers: {
      timestampFromMilliseconds: (it) => moment(BigInt(it) * 1_000n),
      timestampFromMicroseconds: (it) => moment(BigInt(it)),
      timestampFromNanoseconds: (it) => moment(BigInt(it) / 1_000n),
      dateFromDays: (days) => (days == null ? null : moment(BigInt(days) * 86_400_000_000n).slice(0, 10)),
      jsonFromBytes: (bytes) => bytes && new TextDecoder().decode(bytes),
    },
    onComplete: (found) => {
      rows = found
    },
  })
  return rows
}

/** Microseconds since 1970 as `2026-03-01 10:00:00.5`. */
function moment(micros: bigint): string {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - rest) / 1_000n)).toISOString().slice(0, 19).replace('T', ' ')
  return rest === 0n ? seconds : `${seconds}.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
}

function words(value: Value, scale: Scale, isFloat: boolean): string {
  if (value === null || value === undefined) return ''
  if (scale !== null) return decimal(value, scale)
  if (typeof value === 'number')
    return Number.isInteger(value) && !isFloat ? String(value) : float(value, isFloat)
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (value instanceof Date) return moment(BigInt(value.getTime()) * 1_000n)
  if (typeof value === 'object')
    return JSON.stringify(value, (_, it: unknown) => (typeof it === 'bigint' ? String(it) : it))
  return String(value)
}

function float(value: number, isFloat: boolean): string {
  if (!isFloat) return String(value)
  // the shortest digits that are still this number of 32 bits
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(value)
}

/** Digits of a decimal, as a number or as two's complement bytes, with the point in its place. */
function decimal(value: Value, scale: number): string {
  const whole =
    value instanceof Uint8Array
      ? BigInt.asIntN(
          8 * value.length,
          value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
        )
      : BigInt(value as number | bigint)
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0')
  const point = digits.length - scale
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return whole < 0n ? `-${text}` : text
}

const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
