import { Button } from '@mantine/core'
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { countWords } from '../web/parts/words.ts'
import styles from './desk.module.css'

export interface Selection {
  readonly has: (id: string) => boolean
  readonly toggle: (id: string) => void
  readonly clear: () => void
}

const Chosen = createContext<Selection | null>(null)

/** Which rows of a desk are selected, by their ids; a row that is shown no more is not acted on. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  return useMemo(
    () => ({
      has: (id) => ids.has(id),
      toggle: (id) =>
        setIds((old) => (old.has(id) ? new Set([...old].filter((it) => it !== id)) : new Set([...old, id]))),
      clear: () => setIds(new Set()),
    }),
    [ids],
  )
}

export function Selecting({
  selection,
  children,
}: {
  readonly selection: Selection
  readonly children: ReactNode
}) {
  return <Chosen.Provider value={selection}>{children}</Chosen.Provider>
}

/** The box at the start of a row; `x` presses it. */
export function SelectBox({ id, name }: { readonly id: string; readonly name: string }) {
  const selection = useContext(Chosen)
  if (selection === null) return null
  return (
    <input
      type="checkbox"
      className={styles.box}
      data-mark=""
      tabIndex={-1}
      aria-label={`Select ${name}`}
      checked={selection.has(id)}
      onChange={() => selection.toggle(id)}
    />
  )
}

interface SelectedProps {
  readonly count: number
  readonly onClear: () => void
  /** What can be done with them. */
  readonly children: ReactNode
}

/** What can be done with the selected rows; above the lists, so that nothing below it moves under the pointer. */
export function Selected({ count, onClear, children }: SelectedProps) {
  return (
    <div className={styles.selected} role="status">
      <b>{countWords(count, 'row')} selected</b>
      {children}
      <Button size="xs" variant="subtle" color="ink" onClick={onClear}>
        Clear
      </Button>
    </div>
  )
}
