import { Button, NativeSelect } from '@mantine/core'
import { capital } from '../web/parts/words.ts'
import type { OwnMappings } from '../web/screen-words.ts'
import type { Kind } from './columns.ts'
import type { LookedAt } from './look.ts'
import styles from './screen.module.css'

interface Props {
  readonly looked: readonly LookedAt[]
  readonly own: OwnMappings
  readonly onOwn: (own: OwnMappings) => void
  readonly onDrop: (name: string) => void
}

/** What each file is taken for, column by column; a person may say otherwise before anything is read. */
export function ChosenFiles({ looked, own, onOwn, onDrop }: Props) {
  return (
    <ul className={styles.files}>
      {looked.map((it) => (
        <li key={it.name}>
          <FileCard it={it} own={own} onOwn={onOwn} onDrop={onDrop} />
        </li>
      ))}
    </ul>
  )
}

const sizeWords = (bytes: number) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`

function FileCard({ it, own, onOwn, onDrop }: Omit<Props, 'looked'> & { readonly it: LookedAt }) {
  const said = own[it.name] ?? {}
  const kind: Kind = it.kind ?? (Object.keys(said)[0] as Kind | undefined) ?? 'transactions'
  const say = (column: string, theirs: string) =>
    onOwn({
      ...own,
      [it.name]: { [kind]: { ...said[kind], columns: { ...said[kind]?.columns, [column]: theirs } } },
    })
  return (
    <section className={styles.file} aria-label={it.name}>
      <div className={styles.fileHead}>
        <h2>
          {it.name}{' '}
          <span className="quiet small">
            {it.kind ?? 'not recognised'}, {sizeWords(it.bytes)}
          </span>
        </h2>
        <Button size="xs" variant="default" onClick={() => onDrop(it.name)}>
          Leave out
        </Button>
      </div>
      {it.wrong && <p role="alert">{it.wrong}.</p>}
      {it.header.length > 0 && (
        <details open={it.wrong !== null || undefined}>
          <summary>
            {Object.keys(it.columns).length} of {it.header.length} columns are used; correct them
          </summary>
          <div className={styles.columns}>
            {it.known.map((ours) => (
              <NativeSelect
                key={ours}
                size="xs"
                label={capital(ours.replaceAll('_', ' '))}
                value={it.columns[ours] ?? said[kind]?.columns[ours] ?? ''}
                data={[
                  { value: '', label: '(none)' },
                  ...[...new Set(it.header)].filter((name) => name !== ''),
                ]}
                onChange={({ currentTarget }) => say(ours, currentTarget.value)}
              />
            ))}
          </div>
        </details>
      )}
    </section>
  )
}
