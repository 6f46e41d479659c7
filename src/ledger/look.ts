import { HouseError } from '../core/errors.ts'
import { guessed, loadColumns, type Mapping, type MappingFile, recognise, unknownHolders } from './columns.ts'
import { KINDS, type Kind } from './file-kinds.ts'
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
  /** Words of its holder type that say neither person nor business, as far as its first rows have them. */
  readonly holders: readonly string[]
  /** Why it cannot be read as it is; null when it can. */
  readonly wrong: string | null
}

/** What a file seems to be and which of its columns is taken for what, before it is read. Never throws for a bad file. */
export async function lookAt(
  name: string,
  { host, own }: { readonly host: Host; readonly own: MappingFile | null },
): Promise<LookedAt> {
  const nothing = {
    name,
    bytes: 0,
    kind: null,
    header: [] as readonly string[],
    columns: {},
    known: [],
    holders: [],
  }
  try {
    const ends = await host.ends(name)
    const bytes = ends.bytes
    const { format, header: found, sample } = await sniff(name, ends)
    if (format === 'empty') return { ...nothing, bytes, wrong: `${name}: the file is empty` }
    if (format === 'parquet') {
      const header = await parquetHeader(name, host)
      return { ...nothing, bytes, header, ...recognised(name, { header, own, sample: [] }) }
    }
    const header = format === 'xml' ? ISO_HEADER.filter((it) => it !== 'line') : found
    return { ...nothing, bytes, header, ...recognised(name, { header, own, sample }) }
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

type Recognised = Pick<LookedAt, 'kind' | 'columns' | 'known' | 'holders' | 'wrong'>

interface Seen {
  readonly header: readonly string[]
  readonly own: MappingFile | null
  readonly sample: readonly (readonly string[])[]
}

function recognised(name: string, { header, own, sample }: Seen): Recognised {
  const all = loadColumns()
  const named = (columns: Mapping['columns']) =>
    Object.fromEntries([...columns].map(([ours, at]) => [ours, header[at] ?? '']))
  try {
    const mapping = recognise(name, header, own)
    const { kind, columns } = mapping
    const type = kind === 'accounts' ? columns.get('holder_type') : undefined
    const words = type === undefined ? [] : sample.map((row) => row[type] ?? '')
    const holders = unknownHolders(words, mapping.holders)
    return { kind, columns: named(columns), known: Object.keys(all[kind].columns), holders, wrong: null }
  } catch (error) {
    if (!(error instanceof HouseError)) throw error
    // what it most looks like, or what a person said it is: its columns are offered to be chosen
    const kind = KINDS.find((it) => own?.[it]) ?? nearest(header)
    const wrong = error.message.replace(' in a file given with --map', ' below')
    const columns = named(guessed(header, kind, own))
    return { kind: null, columns, known: Object.keys(all[kind].columns), holders: [], wrong }
  }
}

/** The kind of file of whose columns most are there; most files are transactions. */
const nearest = (header: readonly string[]): Kind =>
  KINDS.map((kind) => [kind, guessed(header, kind, null).size] as const).reduce((best, it) =>
    it[1] > best[1] ? it : best,
  )[0]
