import { HouseError } from '../core/errors.ts'
import { guessed, type Kind, loadColumns, type MappingFile, recognise } from './columns.ts'
import type { Host } from './host.ts'
import { ISO_HEADER } from './iso20022.ts'
import { firstLine } from './load-book.ts'
import { sniff } from './sniff.ts'

/** What a file seems to be. */
export interface LookedAt {
  readonly name: string
  readonly bytes: number
  readonly kind: Kind | null
  readonly header: readonly string[]
  /** Our name -> the file's own. */
  readonly columns: Readonly<Record<string, string>>
  /** Our names that a file of this kind can have. */
  readonly known: readonly string[]
  /** Why it cannot be read as it is; null when it can. */
  readonly wrong: string | null
}

/** What a file seems to be and which of its columns is taken for what, before it is read. Never throws for a bad file. */
export async function lookAt(
  name: string,
  { host, own }: { readonly host: Host; readonly own: MappingFile | null },
): Promise<LookedAt> {
  const nothing = { name, bytes: 0, kind: null, header: [] as readonly string[], columns: {}, known: [] }
  try {
    const ends = await host.ends(name)
    const bytes = ends.bytes
    const { format, header: found } = await sniff(name, ends)
    if (format === 'empty') return { ...nothing, bytes, wrong: `${name}: the file is empty` }
    if (format === 'parquet') {
      const header = await parquetHeader(name, host)
      return { ...nothing, bytes, header, ...recognised(name, header, own) }
    }
    const header = format === 'xml' ? ISO_HEADER.filter((it) => it !== 'line') : found
    return { ...nothing, bytes, header, ...recognised(name, header, own) }
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    return { ...nothing, wrong: error.message }
  }
}

async function parquetHeader(name: string, host: Host): Promise<readonly string[]> {
  try {
    return (await host.parquet?.(name))?.header ?? []
  } catch (error) {
    throw new HouseError('invalid', `${name}: this Parquet file cannot be read: ${firstLine(error)}`)
  }
}

type Recognised = Pick<LookedAt, 'kind' | 'columns' | 'known' | 'wrong'>

function recognised(name: string, header: readonly string[], own: MappingFile | null): Recognised {
  const all = loadColumns()
  try {
    const { kind, columns } = recognise(name, header, own)
    const pairs = [...columns].map(([ours, at]) => [ours, header[at] ?? ''] as const)
    return {
      kind,
      columns: Object.fromEntries(pairs),
      known: Object.keys(all[kind].columns),
      wrong: null,
    }
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    // most files are transactions: their columns are offered to be chosen
    const seems = [...guessed(header, 'transactions', own)]
    return {
      kind: null,
      columns: Object.fromEntries(seems.map(([ours, at]) => [ours, header[at] ?? ''])),
      known: Object.keys(all.transactions.columns),
      wrong: error.message.replace(' in a file given with --map', ' below'),
    }
  }
}
