import { HouseError } from '../core/errors.ts'
import type { ParquetRows } from '../ledger/parquet-rows.ts'

/**
 * Opens a Parquet file that was chosen in a page. The reader is loaded with the first one.
 * @param tell  up to which byte it was read
 * @throws      `invalid`, naming the file, here and for a group that cannot be read
 */
export async function parquetTable(file: File, tell: (bytes: number) => void): Promise<ParquetRows> {
  const { openParquet } = await import('../ledger/parquet-rows.ts')
  const cannot = (error: unknown) =>
    new HouseError(
      'invalid',
      `${file.name}: this Parquet file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  const slice = (from: number, to = file.size) => {
    tell(Math.min(to, file.size))
    return file.slice(from, to).arrayBuffer()
  }
  const table = await openParquet({ byteLength: file.size, slice }, asMeant).catch((error: unknown) => {
    throw cannot(error)
  })
  async function* groups(places?: readonly number[]) {
    try {
      yield* table.groups(places)
    } catch (error) {
      throw error instanceof HouseError ? error : cannot(error)
    }
  }
  return { header: table.header, groups }
}

/** What binary fractions add beyond their digits is no part of an amount. */
function asMeant(value: number, bits: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  const rounded = Number(value.toPrecision(bits === 32 ? 7 : 15))
  return /e-/.test(String(rounded)) ? rounded.toFixed(12).replace(/\.?0+$/, '') : String(rounded)
}
