import { Button, NativeSelect } from '@mantine/core'
import { capital } from '../web/parts/words.ts'
import type { OwnMappings } from '../web/screen-words.ts'
import type { MappingFile } from './columns.ts'
import { KINDS, type Kind } from './file-kinds.ts'
import type { LookedAt } from './look.ts'
import { chosenKind, mappingText } from './own-mapping.ts'
import { saveText } from './save-text.ts'
import styles from './screen.module.css'

interface Props {
  readonly looked: readonly LookedAt[]
  readonly own: OwnMappings
  readonly mapping: { readonly name: string; readonly says: MappingFile } | null
  readonly onNoMapping: () => void
  readonly onOwn: (own: OwnMappings) => void
  readonly onDrop: (name: string) => void
}

/** What each file is taken for, column by column; a person may say otherwise before anything is read. */
export function ChosenFiles({ looked, own, mapping, onNoMapping, onOwn, onDrop }: Props) {
  const save = () =>
    saveText(mappingText(looked, own, mapping?.says ?? null), {
      name: 'mapping.yaml',
      type: 'application/yaml',
    })
  return (
    <>
      <div className={styles.tools}>
        {mapping && (
          <>
            <span>
              As <code>{mapping.name}</code> says.
            </span>
            <Button size="xs" variant="default" onClick={onNoMapping}>
              Take the mapping file away
            </Button>
          </>
        )}
        {Object.keys(own).length > 0 && (
          <Button size="xs" variant="default" onClick={save}>
            Save what I said, for the next time
          </Button>
        )}
      </div>
      <ul className={styles.files}>
        {looked.map((it) => (
          <li key={it.name}>
            <FileCard it={it} own={own} onOwn={onOwn} onDrop={onDrop} />
          </li>
        ))}
      </ul>
    </>
  )
}

const sizeWords = (bytes: number) =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`

type CardProps = Pick<Props, 'own' | 'onOwn' | 'onDrop'> & { readonly it: LookedAt }

function FileCard({ it, own, onOwn, onDrop }: CardProps) {
  const said = own[it.name] ?? {}
  const kind: Kind = it.kind ?? chosenKind(said) ?? 'transactions'
  const mine = said[kind] ?? { columns: {} }
  const say = (more: Partial<NonNullable<MappingFile[Kind]>>) =>
    onOwn({ ...own, [it.name]: { [kind]: { ...mine, ...more } } })
  const used = Object.values(it.columns)
  const left = [...new Set(it.header)].filter((name) => name !== '' && !used.includes(name))
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
      {it.kind === null && it.header.length > 0 && (
        <NativeSelect
          size="xs"
          className={styles.kind ?? ''}
          label="This file holds"
          value={kind}
          data={[...KINDS]}
          onChange={({ currentTarget }) =>
            onOwn({ ...own, [it.name]: { [currentTarget.value as Kind]: { columns: {} } } })
          }
        />
      )}
      <Holders it={it} mine={mine} onSay={say} />
      {it.header.length > 0 && (
        <details open={it.wrong !== null || undefined}>
          <summary>
            {used.length} of {it.header.length} columns are used; correct them
          </summary>
          <div className={styles.columns}>
            {it.known.map((ours) => (
              <NativeSelect
                key={ours}
                size="xs"
                label={capital(ours.replaceAll('_', ' '))}
                value={it.columns[ours] ?? mine.columns[ours] ?? ''}
                data={[
                  { value: '', label: '(none)' },
                  ...[...new Set(it.header)].filter((name) => name !== ''),
                ]}
                onChange={({ currentTarget }) =>
                  say({ columns: { ...mine.columns, [ours]: currentTarget.value } })
                }
              />
            ))}
          </div>
        </details>
      )}
      {it.wrong === null && left.length > 0 && (
        <p className="quiet">
          Not used: {left.slice(0, 12).join(', ')}
          {left.length > 12 && ` and ${left.length - 12} more`}.
        </p>
      )}
    </section>
  )
}

interface HoldersProps {
  readonly it: LookedAt
  readonly mine: NonNullable<MappingFile[Kind]>
  readonly onSay: (more: Pick<NonNullable<MappingFile[Kind]>, 'persons' | 'businesses'>) => void
}

/** Words for holders that are not known: without an answer the rules that protect people pass these accounts over. */
function Holders({ it, mine, onSay }: HoldersProps) {
  const said = [...(mine.persons ?? []), ...(mine.businesses ?? [])]
  const words = [...said, ...it.holders.filter((word) => !said.includes(word))]
  if (words.length === 0) return null
  const answerOf = (word: string) =>
    mine.persons?.includes(word) ? 'person' : mine.businesses?.includes(word) ? 'business' : ''
  const answer = (word: string, is: string) => {
    const without = (list: readonly string[] = []) => list.filter((one) => one !== word)
    onSay({
      persons: [...without(mine.persons), ...(is === 'person' ? [word] : [])],
      businesses: [...without(mine.businesses), ...(is === 'business' ? [word] : [])],
    })
  }
  return (
    <fieldset className={styles.holders}>
      <legend>
        <strong>Which holders are people?</strong> Rules that protect people judge only those who are known to
        be.
      </legend>
      <div className={styles.columns}>
        {words.slice(0, 12).map((word) => (
          <NativeSelect
            key={word}
            size="xs"
            label={`“${word.slice(0, 40)}”`}
            value={answerOf(word)}
            data={[
              { value: '', label: 'not known' },
              { value: 'person', label: 'a person' },
              { value: 'business', label: 'a business' },
            ]}
            onChange={({ currentTarget }) => answer(word, currentTarget.value)}
          />
        ))}
      </div>
    </fieldset>
  )
}
