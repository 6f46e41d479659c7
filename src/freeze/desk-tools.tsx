import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { ExportButton } from '../web/parts/export-button.tsx'
import { CloseIcon } from '../web/parts/icons.tsx'
import list from '../web/parts/list.module.css'
import { capital, countWords } from '../web/parts/words.ts'
import { useSaved } from '../web/use-saved.ts'
import styles from './desk.module.css'
import {
  type DeskFilter,
  type DeskList,
  EVERYTHING,
  hiddenOf,
  type KeptFilter,
  type RowWords,
  sameFilter,
  siftLists,
} from './desk-filter.ts'

export interface DeskView<T> {
  /** Every list, whether it is shown or not. */
  readonly lists: readonly DeskList<T>[]
  readonly shown: readonly DeskList<T>[]
  readonly filter: DeskFilter
  readonly set: (part: Partial<DeskFilter>) => void
  readonly kept: readonly KeptFilter[]
  readonly keep: (kept: readonly KeptFilter[]) => void
  /** Organisations on the other side. */
  readonly others: readonly string[]
  /** How many rows wait for this person and are hidden. */
  readonly hidden: number
}

interface Viewed<T> {
  readonly name: string
  readonly lists: readonly DeskList<T>[]
  readonly wordsOf: (row: T) => RowWords
  /** Places that wait for this person. */
  readonly waits: readonly string[]
}

/** A desk through its filter. The choice stays in this browser; the words that were typed do not. */
export function useDeskView<T>({ name, lists, wordsOf, waits }: Viewed<T>): DeskView<T> {
  const [saved, setSaved] = useSaved(name, { place: '', other: '', kept: [] as readonly KeptFilter[] })
  const [text, setText] = useState('')
  const { place, other } = saved
  const kept = Array.isArray(saved.kept) ? saved.kept : []
  const filter = { place, other, text }
  const shown = siftLists(lists, filter, wordsOf)
  const all = lists.flatMap(({ rows }) => rows)
  return {
    ...{ lists, shown, filter, kept },
    set: (part) => {
      const next = { ...filter, ...part }
      setText(next.text)
      setSaved({ ...saved, place: next.place, other: next.other })
    },
    keep: (filters) => setSaved({ ...saved, kept: filters }),
    others: [...new Set(all.map((row) => wordsOf(row).other))].sort((a, b) => a.localeCompare(b, 'en')),
    hidden: hiddenOf(lists, shown, waits),
  }
}

interface ToolsProps<T> {
  readonly view: DeskView<T>
  /** File name of the export, and what is in it: what is shown, or what of it is selected. */
  readonly name: string
  readonly csv: () => readonly (readonly (string | number)[])[]
}

/** Filter, kept filters, how much is shown, and the export; only where there is something to choose from. */
export function DeskTools<T>({ view, name, csv }: ToolsProps<T>) {
  const { lists, shown, filter, set, others, hidden } = view
  const count = (these: readonly DeskList<T>[]) => these.reduce((sum, { rows }) => sum + rows.length, 0)
  if (count(lists) < 2) return null
  return (
    <search aria-label="Filter">
      <div className={list.tools}>
        <NativeSelect
          size="xs"
          label="Show"
          value={filter.place}
          onChange={(event) => set({ place: event.currentTarget.value })}
          data={[{ value: '', label: 'everything' }, ...placesOf(view)]}
        />
        <NativeSelect
          size="xs"
          label="With"
          value={filter.other}
          onChange={(event) => set({ other: event.currentTarget.value })}
          data={[{ value: '', label: 'anybody' }, ...new Set([...others, filter.other].filter(Boolean))]}
        />
        <TextInput
          size="xs"
          label="Reference, amount or name"
          type="search"
          value={filter.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <KeepFilter view={view} />
        <span className={list.count} role="status">
          {count(shown)} of {count(lists)} shown
        </span>
        <ExportButton name={name} rows={csv} />
      </div>
      <KeptFilters view={view} />
      {hidden > 0 && (
        <p className={styles.hidden}>
          {capital(`${countWords(hidden, 'row')} that ${hidden === 1 ? 'waits' : 'wait'} for you`)}{' '}
          {hidden === 1 ? 'is' : 'are'} hidden by the filter.{' '}
          <Button size="compact-sm" variant="default" onClick={() => set(EVERYTHING)}>
            Show everything
          </Button>
        </p>
      )}
    </search>
  )
}

/** The places where something stands, and the one that was chosen although nothing does. */
function placesOf<T>({ lists, filter }: DeskView<T>): { value: string; label: string }[] {
  const there = lists.map(({ place, title, rows }) => ({ value: place, label: `${title} (${rows.length})` }))
  const { place } = filter
  if (place === '' || lists.some((it) => it.place === place)) return there
  return [...there, { value: place, label: `${PLACES[place] ?? place} (0)` }]
}

function KeepFilter<T>({ view }: { readonly view: DeskView<T> }) {
  const { filter, kept, keep } = view
  const { place, other } = filter
  const isKept = kept.some((it) => sameFilter(it, filter))
  if ((place === '' && other === '') || isKept) return null
  return (
    <Button size="xs" variant="default" onClick={() => keep([...kept, { place, other }])}>
      Keep this filter
    </Button>
  )
}

/** Filters that were kept, one press each. */
function KeptFilters<T>({ view }: { readonly view: DeskView<T> }) {
  const { lists, filter, set, kept, keep } = view
  if (kept.length === 0) return null
  const name = ({ place, other }: KeptFilter) => {
    const title = lists.find((it) => it.place === place)?.title ?? PLACES[place]
    return [title ?? '', other].filter(Boolean).join(', with ')
  }
  return (
    <ul className={styles.kept} aria-label="Kept filters">
      {kept.map((it) => {
        const on = sameFilter(it, filter)
        return (
          <li key={`${it.place} ${it.other}`}>
            <Button
              size="compact-sm"
              variant={on ? 'filled' : 'default'}
              color="ink"
              aria-pressed={on}
              onClick={() => set(on ? EVERYTHING : { ...it, text: '' })}
            >
              {name(it)}
            </Button>
            <ActionIcon
              variant="subtle"
              size={24}
              aria-label={`Forget the filter ${name(it)}`}
              onClick={() => keep(kept.filter((one) => !sameFilter(one, it)))}
            >
              <CloseIcon />
            </ActionIcon>
          </li>
        )
      })}
    </ul>
  )
}

/** What a place is called while nothing stands in it. */
const PLACES: Record<string, string> = {
  to_take_on: 'Not yet taken on',
  mine: 'Waits for you',
  waiting: 'Waits for others',
  ended: 'Ended',
  to_answer: 'To answer',
  answered: 'Answered',
}
