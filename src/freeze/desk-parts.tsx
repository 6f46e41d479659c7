import { Button, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { clockOf } from '../web/parts/moment.ts'
import { useNow } from '../web/parts/use-now.ts'
import { queries } from '../web/queries.ts'
import styles from './desk.module.css'
import { SelectBox } from './desk-select.tsx'
import type { Arrivals } from './use-arrivals.ts'

export interface GroupProps {
  readonly title: string
  readonly count: number
  readonly children: ReactNode
  /** Shows the rest; null when all is shown. */
  readonly onAll?: (() => void) | null
}

export function Group({ title, count, children, onAll = null }: GroupProps) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2>
        {title} <span className={styles.count}>{count}</span>
      </h2>
      <ul className={styles.rows}>{children}</ul>
      {onAll && (
        <Button size="compact-sm" variant="subtle" onClick={onAll}>
          Show all {count}
        </Button>
      )}
    </section>
  )
}

export interface RowProps {
  readonly to: '/requests/$id' | '/orders/$id'
  readonly id: string
  /** What the box that selects it is called by: its reference. */
  readonly name: string
  readonly isNew: boolean
  readonly children: ReactNode
}

/** One row, one link: j and k go from one to the next, Enter opens, x selects. */
export function Row({ to, id, name, isNew, children }: RowProps) {
  return (
    <li className={isNew ? `${styles.row} ${styles.fresh}` : styles.row}>
      <SelectBox id={id} name={name} />
      <Link to={to} params={{ id }} data-row="">
        {children}
        {isNew && <span className={styles.new}>new</span>}
      </Link>
    </li>
  )
}

/** The hour on the other side's wall. */
export function OtherHour({ orgId }: { readonly orgId: string }) {
  const now = useNow()
  const { data } = useQuery(queries.network())
  const org = data?.orgs.find(({ id }) => id === orgId)
  if (!org) return null
  return <span className={styles.hour}> {clockOf(new Date(now), org.timeZone)} there</span>
}

/** Below every desk: how to move by keyboard, the sound, and what a screen reader hears when something arrives. */
export function DeskFoot({ arrivals }: { readonly arrivals: Arrivals }) {
  useRowKeys()
  return (
    <footer className={styles.foot}>
      <Switch
        size="sm"
        label="A sound when something arrives"
        checked={arrivals.sound}
        onChange={(event) => arrivals.setSound(event.currentTarget.checked)}
      />
      <span className={styles.keys}>
        <kbd>j</kbd> and <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>x</kbd> selects
      </span>
      <output className="unseen" aria-live="polite">
        {arrivals.said}
      </output>
    </footer>
  )
}

/** j and k move the focus along the rows of the page, x selects; whoever types keeps their letters. */
function useRowKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !['j', 'k', 'x'].includes(event.key)) return
      if (
        event.target instanceof Element &&
        event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')
      )
        return
      if (event.key === 'x') {
        const row = document.activeElement?.closest('li')
        row?.querySelector<HTMLElement>('[data-mark]')?.click()
        return
      }
      const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
      const here = rows.indexOf(document.activeElement as HTMLElement)
      const next = event.key === 'j' ? here + 1 : here === -1 ? rows.length - 1 : here - 1
      rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
