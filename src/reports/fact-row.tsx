import { Menu } from '@mantine/core'
import { memo, useState } from 'react'
import { DoneIcon, MoreIcon, SealIcon, ShareIcon } from '../web/parts/icons.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { countryWords, FACT_WORDS } from '../web/parts/words.ts'
import { type Entry, timesSaid } from './entries.ts'
import styles from './fact-list.module.css'
import type { FactActs } from './fact-list.tsx'
import { isAccount, showNormal, sureness } from './kinds.ts'

export interface FactRowProps {
  readonly entry: Entry
  readonly isCurrent: boolean
  readonly acts: FactActs
  /** Open freezes in the network; null: not asked. */
  readonly known: number | null
  readonly fileName: (source: string) => string | null
  readonly onFocus: (key: string) => void
}

/** One fact: whether it is right, what it is, why, and whether it may leave. */
export const FactRow = memo(function FactRow(props: FactRowProps) {
  const { entry, isCurrent, acts, known, fileName, onFocus } = props
  const tab = isCurrent ? 0 : -1
  const confirmed = entry.state === 'confirmed'
  const name = `${FACT_WORDS[entry.kind]} ${showNormal(entry.normal)}`
  return (
    <li className={styles.row} data-current={isCurrent}>
      <button
        type="button"
        className={styles.check}
        tabIndex={tab}
        aria-label={confirmed ? `${name} is confirmed` : `Confirm ${name}`}
        aria-pressed={confirmed}
        onClick={() => acts.confirm([entry])}
      >
        {confirmed && <DoneIcon size={14} />}
      </button>
      <button
        type="button"
        className={styles.main}
        data-main
        tabIndex={tab}
        aria-current={isCurrent}
        onFocus={() => onFocus(entry.key)}
        onClick={() => onFocus(entry.key)}
      >
        <Value entry={entry} known={known} />
        <span className={styles.why}>
          {wordsOf(entry)}
          {whereOf(entry, fileName)}
        </span>
      </button>
      <button
        type="button"
        className={entry.shared ? `${styles.share} ${styles.shared}` : styles.share}
        tabIndex={tab}
        aria-pressed={entry.shared}
        aria-label={`Share ${name}`}
        title={entry.shared ? `Will be shared: ${entry.sharedWhy}` : `Stays sealed: ${entry.sharedWhy}`}
        onClick={() => acts.share(entry, !entry.shared)}
      >
        {entry.shared ? <ShareIcon size={14} /> : <SealIcon size={14} />}
        {entry.shared ? 'share' : 'sealed'}
      </button>
      <RowMenu entry={entry} acts={acts} tab={tab} name={name} />
    </li>
  )
}, sameRow)

/** Places move with every letter typed before them; a row shows only how many there are, and who said the first. */
function sameRow(a: FactRowProps, b: FactRowProps): boolean {
  return (
    a.isCurrent === b.isCurrent &&
    a.known === b.known &&
    a.acts === b.acts &&
    a.onFocus === b.onFocus &&
    (a.entry === b.entry || shownOf(a.entry) === shownOf(b.entry))
  )
}

function shownOf(entry: Entry): string {
  const { places, ...rest } = entry
  const [first] = places
  return JSON.stringify([rest, places.length, first?.source, first?.speaker, first?.at])
}

function Value({ entry, known }: { readonly entry: Entry; readonly known: number | null }) {
  const { kind, normal, system, country } = entry
  // hundredths of an unknown currency are for the machine; people read what it comes to
  const shown = typeof normal === 'string' ? normal : showNormal(normal)
  return (
    <span className={styles.value}>
      <Identifier
        {...{ kind, system, country, known }}
        normal={shown}
        assumed={entry.assumed}
        most={24}
        bare
      />
      {entry.role === 'payer' && <span className={styles.tag}>the person’s own</span>}
    </span>
  )
}

/** How sure, and why; or what a person did. */
function wordsOf(entry: Entry): string {
  if (typeof entry.normal !== 'string' && entry.normal.currency === null)
    return 'Which currency? Correct it (e), or it cannot be sent as money at risk'
  if (entry.gone) return 'Its words are not in the text any more'
  if (entry.origin === 'corrected') return correctedWords(entry)
  if (entry.origin === 'added') return 'Added by you'
  const { words } = sureness(entry.confidence)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${entry.why}`
}

function correctedWords({ normal, read, country }: Entry): string {
  const was = showNormal(read?.normal ?? '')
  if (was !== showNormal(normal)) return `Corrected by you; was read as ${was}`
  return country === undefined
    ? 'Where it is kept is not known, you say'
    : `Kept in ${countryWords(country)}, you say`
}

function whereOf({ places }: Entry, fileName: (source: string) => string | null): string {
  const [first] = places
  if (!first) return ''
  const times = places.length > 1 ? `; said ${timesSaid(places)}` : ''
  const when = first.at ? `, ${first.at.replace('T', ' ').slice(0, 16)}` : ''
  const who = first.speaker ? `; ${first.speaker}${when}` : ''
  const file = first.source === 'text' ? null : fileName(first.source)
  return `${times}${who}${file ? `; in ${file}` : ''}`
}

interface MenuProps {
  readonly entry: Entry
  readonly acts: FactActs
  readonly tab: number
  readonly name: string
}

/** The menu is made when it is first opened: a long list has one button a row, not one menu. */
function RowMenu({ entry, acts, tab, name }: MenuProps) {
  const [opened, setOpened] = useState<boolean | null>(null)
  const button = (
    <button
      type="button"
      className={styles.more}
      tabIndex={tab}
      aria-label={`More for ${name}`}
      aria-haspopup="menu"
      onClick={() => setOpened(true)}
    >
      <MoreIcon />
    </button>
  )
  if (opened === null) return button
  return (
    <Menu opened={opened} onChange={setOpened} position="bottom-end" withinPortal>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => acts.correct(entry)}>Correct (e)</Menu.Item>
        {isAccount(entry.kind) && (
          <Menu.Item onClick={() => acts.own(entry)}>
            {entry.role === 'payer' ? 'It received the money (p)' : 'It is the person’s own (p)'}
          </Menu.Item>
        )}
        <Menu.Item onClick={() => acts.remove(entry)}>Remove from the list (x)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
