import type { MappingFile } from './columns.ts'
import { KINDS, type Kind } from './file-kinds.ts'
import type { LookedAt } from './look.ts'

/** What persons say of their own files, by the file's name. */
type Own = Readonly<Record<string, MappingFile>>

/** What is said of one file: by hand first, then by a mapping file, kind by kind and column by column. */
export function saidOf(name: string, own: Own, mapping: MappingFile | null): MappingFile | null {
  const mine = own[name]
  if (!mapping) return mine ?? null
  const said: MappingFile = {}
  for (const kind of KINDS) {
    const [here, there] = [mine?.[kind], mapping[kind]]
    if (here || there) said[kind] = { ...there, ...here, columns: { ...there?.columns, ...here?.columns } }
  }
  return said
}

/** A file for which a person has said of which kind it is. */
export const chosenKind = (own: MappingFile | undefined): Kind | null =>
  KINDS.find((kind) => own?.[kind] !== undefined) ?? null

/**
 * What was recognised and said, as a mapping file for the next time, here or on the command line. Two files of one kind
 * that call a column differently need a file each: the first is written, and the other named in a comment.
 */
export function mappingText(looked: readonly LookedAt[], own: Own, mapping: MappingFile | null): string {
  const lines = ['# Which column is which. Give it with --map, or choose it together with the files.']
  for (const kind of KINDS) {
    const [first, ...others] = looked.filter((it) => it.kind === kind)
    if (!first) continue
    const { columns: _columns, ...more } = saidOf(first.name, own, mapping)?.[kind] ?? { columns: {} }
    const written = { columns: first.columns, ...more }
    for (const it of others)
      if (Object.entries(it.columns).some(([ours, theirs]) => first.columns[ours] !== theirs))
        lines.push(
          `# ${it.name.replaceAll(/\s+/g, ' ')} calls some columns otherwise: it needs a file of its own`,
        )
    lines.push(`${kind}: ${JSON.stringify(written)}`) // JSON is YAML
  }
  return `${lines.join('\n')}\n`
}
