import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { NextAction } from '../web/parts/next-action.tsx'
import { capital } from '../web/parts/words.ts'
import type { LedgerLook, LedgersAsk } from '../web/trace-words.ts'
import type { OwnColumns } from './row-columns.ts'
import styles from './trace.module.css'

interface Props {
  readonly asked: LedgersAsk
  readonly looked: readonly LedgerLook[]
  readonly onRead: (asked: LedgersAsk) => void
  readonly onLeave: () => void
}

/** Which column is which, when the first line of a file does not say it in words that are known. */
export function ColumnForm({ asked, looked, onRead, onLeave }: Props) {
  const [own, setOwn] = useState(asked.own)
  const say = (file: string, ours: string, theirs: string) =>
    setOwn({ ...own, [file]: { ...own[file], columns: { ...own[file]?.columns, [ours]: theirs } } })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onRead({ ...asked, own })
  }
  return (
    <form className={styles.columns} onSubmit={submit} aria-label="Columns">
      {looked.map((it) => (
        <FileColumns
          key={it.name}
          it={it}
          said={own[it.name] ?? {}}
          onSay={(ours, theirs) => say(it.name, ours, theirs)}
        />
      ))}
      <p className="quiet small">
        Or choose the ledger together with a mapping file (YAML), as for{' '}
        <code>npx firebreak trace --map</code>.
      </p>
      <div className={styles.tools}>
        <NextAction type="submit">Read it so</NextAction>
        <Button variant="default" onClick={onLeave}>
          Choose another file
        </Button>
      </div>
    </form>
  )
}

interface FileProps {
  readonly it: LedgerLook
  readonly said: OwnColumns
  readonly onSay: (ours: string, theirs: string) => void
}

function FileColumns({ it, said, onSay }: FileProps) {
  const names = [...new Set(it.header)].filter((name) => name !== '')
  return (
    <fieldset className={styles.fields}>
      <legend>
        {it.name}
        {it.missing.length > 0 && `: which column is ${it.missing.join(' and ')}?`}
      </legend>
      {it.known.map((ours) => (
        <NativeSelect
          key={ours}
          label={capital(ours.replaceAll('_', ' '))}
          value={said.columns?.[ours] ?? it.columns[ours] ?? ''}
          data={[{ value: '', label: '(none)' }, ...names]}
          onChange={({ currentTarget }) => onSay(ours, currentTarget.value)}
        />
      ))}
    </fieldset>
  )
}
