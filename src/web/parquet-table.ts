import type { FileMetaData, SchemaElement } from 'hyparquet'
import { HouseError } from '../core/errors.ts'

/** A Parquet file whose columns are read where they lie, as texts. */
export interface ParquetTable {
  readonly header: readonly string[]
  /**
   * Rows of the columns at these places, one group of the file at a time; cells of other columns are left out.
   * @throws `invalid`, naming the file, for a group that cannot be read
   */
  groups(places: readonly number[]): AsyncGenerator<string[][]>
}

/**
 * Opens a Parquet file: every codec but LZO, decimals to the last place, moments as ISO 8601.
 * @param tell  up to which byte it was read
 * @throws      `invalid`, naming the file
 */
export async function parquetTable(file: File, tell: (bytes: number) => void): Promise<ParquetTable> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet')
  const compressors = await codecs()
  const cannot = (error: unknown) =>
    new HouseError(
      'invalid',
      `${file.name}: this Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  const bytes = {
    byteLength: file.size,
    slice: (from: number, to = file.size) => {
      tell(Math.min(to, file.size))
      return file.slice(from, to).arrayBuffer()
    },
  }
  let metadata: FileMetaData
  try {
    metadata = await parquetMetadataAsync(bytes)
  } catch (error) {
    throw cannot(error)
  }
  const elements = parquetSchema(metadata).children.map(({ element, children }) =>
    children.length > 0 ? null : element,
  )
  const texts = elements.map((element) => textOf(element))
  for (const element of metadata.schema) if (isDecimal(element)) leaveWhole(element)
  const header = parquetSchema(metadata).children.map(({ element }) => element.name)
  return {
    header,
    async *groups(places) {
      const flat = places.filter((place) => elements[place] !== null)
      const columns = flat.map((place) => header[place] ?? '')
      let rowStart = 0
      for (const { num_rows } of metadata.row_groups) {
        const rowEnd = rowStart + Number(num_rows)
        let found: unknown[][] = []
        try {
          await parquetRead({
            file: bytes,
            metadata,
            columns,
            rowStart,
            rowEnd,
            utf8: false,
            parsers: {
              dateFromDays: (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10),
            },
            compressors,
            onComplete: (rows) => {
              found = rows
            },
          })
        } catch (error) {
          throw cannot(error)
        }
        yield found.map((values) => {
          const cells: string[] = []
          flat.forEach((place, i) => {
            cells[place] = texts[place]?.(values[i]) ?? ''
          })
          return cells
        })
        rowStart = rowEnd
      }
    },
  }
}

/** Beside plain and Snappy. Part by part, because the package's own list begins with WebAssembly, which our pages may not compile. */
async function codecs() {
  const [{ decompressBrotli }, { gunzip }, { decompressLz4, decompressLz4Raw }, zstd] = await Promise.all([
    import('hyparquet-compressors/src/brotli.js'),
    import('hyparquet-compressors/src/gzip.js'),
    import('hyparquet-compressors/src/lz4.js'),
    import('fzstd'),
  ])
  return {
    BROTLI: decompressBrotli,
    GZIP: (packed: Uint8Array, length: number) => gunzip(packed, new Uint8Array(length)),
    LZ4: decompressLz4,
    LZ4_RAW: decompressLz4Raw,
    ZSTD: (packed: Uint8Array, length: number) => zstd.decompress(packed, new Uint8Array(length)),
  }
}

const isDecimal = ({ converted_type, logical_type }: SchemaElement) =>
  converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL'

/** Decimals are read as the whole numbers they are kept as: as fractions they would not be exact. */
function leaveWhole(element: SchemaElement): void {
  delete element.converted_type
  delete element.logical_type
}

/** How a value of one column is written. */
function textOf(element: SchemaElement | null): (value: unknown) => string {
  if (element === null) return () => ''
  const { type, scale = 0, converted_type: kind } = element
  if (isDecimal(element)) return (value) => decimal(value, scale)
  if (kind === 'TIME_MILLIS' || kind === 'TIME_MICROS') {
    const unit = kind === 'TIME_MILLIS' ? 1 : 1_000
    return (value) => (value == null ? '' : new Date(Number(value) / unit).toISOString().slice(11, 23))
  }
  const digits = type === 'FLOAT' ? 7 : 15
  return (value) => plain(value, digits)
}

function plain(value: unknown, digits: number): string {
  if (value == null) return ''
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString()
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (typeof value !== 'number') return String(value)
  if (Number.isSafeInteger(value)) return String(value)
  // what binary fractions add beyond their digits is no part of the amount
  const rounded = Number(value.toPrecision(digits))
  return /e-/.test(String(rounded)) ? rounded.toFixed(12).replace(/\.?0+$/, '') : String(rounded)
}

function decimal(value: unknown, scale: number): string {
  if (value == null) return ''
  const whole = value instanceof Uint8Array ? twosComplement(value) : BigInt(value as number | bigint)
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0')
  const [major, minor] = [digits.slice(0, digits.length - scale), digits.slice(digits.length - scale)]
  return `${whole < 0n ? '-' : ''}${major}${scale > 0 ? `.${minor}` : ''}`
}

function twosComplement(bytes: Uint8Array): bigint {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return BigInt.asIntN(bytes.length * 8, value)
}
