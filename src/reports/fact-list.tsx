import { Button } from '@mantine/core'
import { type KeyboardEvent, memo, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { FactKind } from '../core/fact.ts'
import type { Refusal } from '../extract/reading.ts'
import { WarnIcon } from '../web/parts/icons.tsx'
import { capital } from '../web/parts/words.ts'
import type { Kept } from './decide.ts'
import type { Entry } from './entries.ts'
import { type KeyAct, keyAct, nextOpen } from './fact-keys.ts'
import styles from './fact-list.module.css'
import { FactRow } from './fact-row.tsx'
import { count, manyOf, sureness } from './kinds.ts'

/** What the keys and buttons of the list do. */
export interface FactActs {
  readonly confirm: (entries: readonly Entry[]) => void
  readonly remove: (entry: Entry) => void
  readonly share: (entry: Entry, shared: boolean) => void
  readonly own: (entry: Entry) => void
  readonly correct: (entry: Entry) => void
  /** Says where an account is kept. */
  readonly place: (entry: Entry, kept: Kept) => void
  readonly add: () => void
  readonly undo: () => void
}

export interface FactListProps {
  readonly entries: readonly Entry[]
  readonly refused: readonly Refusal[]
  readonly current: string | null
  readonly onCurrent: (key: string) => void
  readonly acts: FactActs
  /** What undo would take back: “removed 012-3456”; null when nothing. */
  readonly undoWords: string | null
  /** Open freezes by the fact's key; a key that is missing was not asked. */
  readonly known: ReadonlyMap<string, number>
  readonly fileName: (source: string) => string | null
  readonly onCorrectRefused: (refusal: Refusal) => void
  readonly onDismissRefused: (refusal: Refusal) => void
  /** The form that adds or corrects, while one of both is done. */
  readonly form: ReactNode
  readonly onLeave: () => void
  /** Asks for the focus to move here, each time it changes. */
  readonly focusAsked: number
}

const KEYS: readonly (readonly [string, string])[] = [
  ['j k', 'next, previous'],
  ['c', 'confirm'],
  ['e', 'correct'],
  ['s', 'share or seal'],
  ['x', 'remove'],
  ['a', 'add what is selected'],
  ['u', 'undo'],
  ['Esc', 'back to the text'],
]

/** The facts by kind, each with its canonical form and why; every act has a key. */
export const FactList = memo(function FactList(props: FactListProps) {
  const { entries: all, refused, current, acts, undoWords, form, focusAsked } = props
  const root = useRef<HTMLDivElement>(null)
  const [whole, setWhole] = useState<readonly FactKind[]>([])
  const groups = useMemo(() => groupsOf(all, { whole, current }), [all, whole, current])
  const entries = useMemo(() => groups.flatMap(({ shown }) => shown), [groups])
  const here = entries.some(({ key }) => key === current) ? current : (entries[0]?.key ?? null)
  useRowFocus(root, { here, chosen: here !== null && here === current, focusAsked })
  return (
    <div className={styles.panel} ref={root}>
      <Head entries={all} acts={acts} />
      {form}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys act on the row that has the focus, and each has a button */}
      <div
        className={styles.scroll}
        onKeyDown={(event) => press(event, { ...props, entries, current: here })}
      >
        {refused.map((refusal) => (
          <RefusedRow
            key={`${refusal.kind} ${refusal.text}`}
            refusal={refusal}
            onCorrect={() => props.onCorrectRefused(refusal)}
            onDismiss={() => props.onDismissRefused(refusal)}
          />
        ))}
        {entries.length === 0 && refused.length === 0 && (
          <p className={styles.empty}>
            Accounts, wallets, amounts, dates, phones and places appear here by themselves as you write. You
            say which are right, and which may leave.
          </p>
        )}
        {groups.map((group) => (
          <KindGroup
            key={group.kind}
            group={group}
            here={here}
            list={props}
            onAll={() => setWhole([...whole, group.kind])}
          />
        ))}
      </div>
      <Help undoWords={undoWords} onUndo={acts.undo} />
    </div>
  )
})

function Head({ entries, acts }: Pick<FactListProps, 'entries' | 'acts'>) {
  const sure = entries.filter(({ state, confidence }) => state === 'found' && sureness(confidence).sure)
  return (
    <div className={styles.head}>
      <h2>{entries.length === 0 ? 'Facts' : headline(entries)}</h2>
      {sure.length > 1 && (
        <Button size="compact-sm" variant="default" onClick={() => acts.confirm(sure)}>
          Confirm {sure.length.toLocaleString('en')} sure ones
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={acts.add}>
        Add
      </Button>
    </div>
  )
}

interface KindGroupProps {
  readonly group: Group
  /** The fact in hand. */
  readonly here: string | null
  readonly list: FactListProps
  readonly onAll: () => void
}

function KindGroup({ group: { kind, total, shown }, here, list, onAll }: KindGroupProps) {
  const { acts, known, fileName, onCurrent } = list
  return (
    <section aria-label={manyOf(kind)}>
      <h3>
        {manyOf(kind)} <span className="quiet">{total}</span>
      </h3>
      <ul>
        {shown.map((entry) => (
          <FactRow
            key={entry.key}
            entry={entry}
            isCurrent={entry.key === here}
            acts={acts}
            known={known.get(entry.key) ?? null}
            fileName={fileName}
            onFocus={onCurrent}
          />
        ))}
      </ul>
      {shown.length < total && (
        <Button size="compact-sm" variant="subtle" color="ink" onClick={onAll}>
          Show all {total}
        </Button>
      )}
    </section>
  )
}

/** Rows of a kind that are shown before somebody asks for all of them. */
const MOST_SHOWN = 40

interface Group {
  readonly kind: FactKind
  readonly total: number
  readonly shown: readonly Entry[]
}

/** The facts by kind, the first of each; the fact in hand is always among them. */
function groupsOf(
  entries: readonly Entry[],
  { whole, current }: { readonly whole: readonly FactKind[]; readonly current: string | null },
): Group[] {
  return [...Map.groupBy(entries, ({ kind }) => kind)].map(([kind, these]) => {
    const all = whole.includes(kind) || these.length <= MOST_SHOWN
    const shown = all ? these : these.filter(({ key }, i) => i < MOST_SHOWN || key === current)
    return { kind, total: these.length, shown }
  })
}

function headline(entries: readonly Entry[]): string {
  const open = entries.filter(({ state }) => state === 'found').length
  return open === 0
    ? `${count(entries.length, 'fact')}, all confirmed`
    : `${count(entries.length, 'fact')}, ${open.toLocaleString('en')} to confirm`
}

/** The focus follows the fact in hand while it is in the list, and comes here when asked. */
function useRowFocus(
  root: { readonly current: HTMLDivElement | null },
  it: { readonly here: string | null; readonly chosen: boolean; readonly focusAsked: number },
): void {
  const { here, chosen, focusAsked } = it
  const asked = useRef(focusAsked)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `here` is what the attribute that is looked for follows
  useEffect(() => {
    const wanted = asked.current !== focusAsked
    asked.current = focusAsked
    const inside = root.current?.contains(document.activeElement) ?? false
    const row = root.current?.querySelector<HTMLElement>('[data-current="true"] [data-main]')
    if (!row) return
    if (wanted || (inside && document.activeElement?.hasAttribute('data-main'))) {
      row.focus({ preventScroll: true })
      row.closest('li')?.scrollIntoView({ block: 'nearest' })
    } else if (chosen) showInList(row)
  }, [root, focusAsked, here, chosen])
}

/** Moves the list alone: on a phone, where it stands below the text, the text must not go from under somebody's hands. */
function showInList(row: HTMLElement): void {
  const list = row.closest(`.${styles.scroll}`)
  if (list === null) return
  const { top, bottom } = row.getBoundingClientRect()
  const view = list.getBoundingClientRect()
  if (top < view.top + HEADING) list.scrollTop -= view.top + HEADING - top
  else if (bottom > view.bottom) list.scrollTop += bottom - view.bottom + MARGIN
}

/** Pixels that the heading of a kind covers at the top of the list, and that are left free below a row. */
const HEADING = 32
const MARGIN = 4

function press(event: KeyboardEvent, props: FactListProps): void {
  const { entries, current, onCurrent, acts, onLeave } = props
  const target = event.target as HTMLElement
  if (/^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return
  const act = keyAct(event, target.hasAttribute('data-main'))
  const index = entries.findIndex(({ key }) => key === current)
  const entry = entries[index]
  if (act === null) return
  event.preventDefault()
  const go = (to: number) => {
    const next = entries[Math.max(0, Math.min(entries.length - 1, to))]
    if (next) onCurrent(next.key)
  }
  if (act === 'next') go(index + 1)
  else if (act === 'previous') go(index - 1)
  else if (act === 'first') go(0)
  else if (act === 'last') go(entries.length - 1)
  else if (act === 'leave') onLeave()
  else if (act === 'add' || act === 'undo') acts[act]()
  else if (entry) doTo(entry, act, { acts, onward: () => go(nextOpen(entries, index)) })
}

type EntryAct = Exclude<KeyAct, 'next' | 'previous' | 'first' | 'last' | 'add' | 'undo' | 'leave'>

/** After an act the next open fact comes into hand, so that a whole list is done with one finger. */
function doTo(
  entry: Entry,
  act: EntryAct,
  it: { readonly acts: FactActs; readonly onward: () => void },
): void {
  const { acts, onward } = it
  if (act === 'share') acts.share(entry, !entry.shared)
  else if (act === 'own' || act === 'correct') acts[act](entry)
  else {
    onward()
    if (act === 'confirm') acts.confirm([entry])
    else acts.remove(entry)
  }
}

interface RefusedProps {
  readonly refusal: Refusal
  readonly onCorrect: () => void
  readonly onDismiss: () => void
}

function RefusedRow({ refusal, onCorrect, onDismiss }: RefusedProps) {
  return (
    <div className={styles.refused}>
      <WarnIcon />
      <p>
        <bdi className="mono">{refusal.text}</bdi> {refusal.why}
        {/[.!?]$/.test(refusal.why) ? '' : '.'}
      </p>
      <Button size="compact-sm" variant="default" onClick={onCorrect}>
        Correct it
      </Button>
      <Button size="compact-sm" variant="subtle" color="ink" onClick={onDismiss}>
        It is nothing
      </Button>
    </div>
  )
}

function Help({ undoWords, onUndo }: { readonly undoWords: string | null; readonly onUndo: () => void }) {
  return (
    <div className={styles.help}>
      <p>
        {KEYS.map(([key, what]) => (
          <span key={key}>
            {key.split(' ').map((one) => (
              <kbd key={one}>{one}</kbd>
            ))}{' '}
            {what}
          </span>
        ))}
      </p>
      <div aria-live="polite">
        {undoWords && (
          <>
            <span>{capital(undoWords)}. </span>
            <Button size="compact-xs" variant="default" onClick={onUndo}>
              Undo
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
