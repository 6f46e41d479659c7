import { decompress as unzstd } from 'fzstd'
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaElement,
} from 'hyparquet'
// part by part: the package's own list begins with WebAssembly, which most of our pages may not compile
import { decompressBrotli } from 'hyparquet-compressors/src/brotli.js'
import { gunzip } from 'hyparquet-compressors/src/gzip.js'
import { decompressLz4, decompressLz4Raw } from 'hyparquet-compressors/src/lz4.js'

/**
 * A Parquet file read where it lies, for pages: every codec but LZO, values told as DuckDB's `cast(… as varchar)` tells them,
 * decimals to the last digit.
 */
export interface ParquetRows {
  readonly header: readonly string[]
  /**
   * Rows of the columns at these places, or of all; cells of other columns are left out. One row group is held at a time.
   * @throws Error of the reader, for a group that cannot be read
   */
  groups(places?: readonly number[]): AsyncGenerator<string[][]>
}

/** How a binary fraction is written. @param bits  32 or 64 of them */
export type FloatText = (value: number, bits: number) => string

/** @throws Error of the reader, for a file that is none, or is encrypted, or of a kind it does not know */
export async function openParquet(file: AsyncBuffer, float: FloatText = shortest): Promise<ParquetRows> {
  const metadata = await parquetMetadataAsync(file)
  const columns = parquetSchema(metadata).children.map(({ element }) => element)
  const texts = columns.map((element) => textOf(element, float))
  // a decimal comes as its digits alone, and gets its point here: as a float it would lose some
  const raw: FileMetaData = { ...metadata, schema: metadata.schema.map(undecided) }
  async function* groups(places = columns.map((_, place) => place)) {
    const names = places.map((place) => columns[place]?.name ?? '')
    let rowStart = 0
    for (const { num_rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(num_rows)
      const rows = await rowsOf(file, { metadata: raw, columns: names, rowStart, rowEnd })
      yield rows.map((values) => {
        const cells: string[] = []
        places.forEach((place, i) => {
          cells[place] = texts[place]?.(values[i]) ?? ''
        })
        return cells
      })
      rowStart = rowEnd
    }
  }
  return { header: columns.map(({ name }) => name), groups }
}

const COMPRESSORS: Compressors = {
  BROTLI: decompressBrotli,
  GZIP: (packed, length) => gunzip(packed, new Uint8Array(length)),
  LZ4: decompressLz4,
  LZ4_RAW: decompressLz4Raw,
  ZSTD: (packed, length) => unzstd(packed, new Uint8Array(length)),
}

interface Span {
  readonly metadata: FileMetaData
  readonly columns: string[]
  readonly rowStart: number
  readonly rowEnd: number
}

async function rowsOf(file: AsyncBuffer, span: Span): Promise<unknown[][]> {
  let rows: unknown[][] = []
  await parquetRead({
    file,
    ...span,
    compressors: COMPRESSORS,
    utf8: false,
    parsers: {
      timestampFromMilliseconds: (it) => moment(BigInt(it) * 1_000n),
      timestampFromMicroseconds: (it) => moment(BigInt(it)),
      timestampFromNanoseconds: (it) => moment(BigInt(it) / 1_000n),
      dateFromDays: (days) => (days == null ? null : moment(BigInt(days) * DAY).slice(0, 10)),
      jsonFromBytes: (bytes) => bytes && new TextDecoder().decode(bytes),
    },
    onComplete: (found) => {
      rows = found
    },
  })
  return rows
}

const isDecimal = ({ converted_type: old, logical_type: type }: SchemaElement) =>
  old === 'DECIMAL' || type?.type === 'DECIMAL'

function undecided(element: SchemaElement): SchemaElement {
  if (!isDecimal(element)) return element
  const { converted_type: _old, logical_type: _type, ...rest } = element
  return rest
}

/** How a value of one column is written; nothing is written as nothing. */
function textOf(element: SchemaElement, float: FloatText): (value: unknown) => string {
  const said = (text: (value: NonNullable<unknown>) => string) => (value: unknown) =>
    value === null || value === undefined ? '' : text(value)
  if (isDecimal(element)) return said((value) => decimal(value, element.scale ?? 0))
  const ticks = ticksOf(element)
  if (ticks !== null) return said((value) => moment((BigInt(value as number) * ticks) / 1_000n).slice(11))
  if (element.type === 'FLOAT') return said((value) => float(value as number, 32))
  if (element.type === 'DOUBLE') return said((value) => float(value as number, 64))
  return said(words)
}

const DAY = 86_400_000_000n
/** Nanoseconds in one unit of a column of clock times; null for another. */
function ticksOf({ converted_type: old, logical_type: type }: SchemaElement): bigint | null {
  if (type?.type === 'TIME') return { MILLIS: 1_000_000n, MICROS: 1_000n, NANOS: 1n }[type.unit]
  return old === 'TIME_MILLIS' ? 1_000_000n : old === 'TIME_MICROS' ? 1_000n : null
}

/** Microseconds since 1970 as `2026-03-01 10:00:00.5`. */
function moment(micros: bigint): string {
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
  const seconds = new Date(Number((micros - rest) / 1_000n)).toISOString().slice(0, 19).replace('T', ' ')
  return rest === 0n ? seconds : `${seconds}.${String(rest).padStart(6, '0').replace(/0+$/, '')}`
}

function words(value: NonNullable<unknown>): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (value instanceof Date) return moment(BigInt(value.getTime()) * 1_000n)
  if (typeof value === 'object')
    return JSON.stringify(value, (_, it: unknown) => (typeof it === 'bigint' ? String(it) : it))
  return String(value)
}

/** The fewest digits that are still this number. */
function shortest(value: number, bits: number): string {
  if (bits === 64) return String(value)
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(value)
}

/** Digits of a decimal, as a number or as two's complement bytes, with the point in its place. */
function decimal(value: NonNullable<unknown>, scale: number): string {
  const whole = value instanceof Uint8Array ? twosComplement(value) : BigInt(value as number | bigint)
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0')
  const point = digits.length - scale
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return whole < 0n ? `-${text}` : text
}

function twosComplement(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return BigInt.asIntN(8 * bytes.length, value)
}
