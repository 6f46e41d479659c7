import { ActionIcon, Menu } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import type { FactKind, Normal } from '../../core/fact.ts'
import { grouped, plain } from './grouping.ts'
import { CopyIcon, DoneIcon, FactIcon, MoreIcon } from './icons.tsx'
import styles from './identifier.module.css'
import { countryWords, countWords, FACT_WORDS } from './words.ts'

export interface IdentifierProps {
  readonly kind: FactKind
  readonly normal: Normal
  /** Bank, chain or platform. */
  readonly system?: string | null | undefined
  readonly country?: string | null | undefined
  /** The country is only assumed, and is shown so. */
  readonly assumed?: boolean
  /** Open freezes on it across the network; null or left out: not asked. 0: asked, and nobody has one. */
  readonly known?: number | null | undefined
  /** `Menu.Item`s of the page: who can act, compare, share. */
  readonly menu?: ReactNode
  /** Shows the two ends of what is longer than this many signs. */
  readonly most?: number
  /** Without copy button and menu, inside other controls. */
  readonly bare?: boolean
}

/** An account, number, wallet or address: the same small component everywhere. */
export function Identifier({
  kind,
  normal,
  system,
  country,
  assumed = false,
  known,
  menu,
  most,
  bare = false,
}: IdentifierProps) {
  const pieces = grouped(kind, normal, most)
  const where = country ? `${countryWords(country)}${assumed ? ' (assumed)' : ''}` : null
  const aside = [system, where].filter(Boolean).join(', ')
  return (
    <span className={styles.root}>
      <span className={styles.icon} title={FACT_WORDS[kind]}>
        <FactIcon kind={kind} />
        <span className="unseen">{FACT_WORDS[kind]} </span>
      </span>
      <bdi className={looks(kind, pieces.length)} title={plain(normal)}>
        {pieces.map((piece, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name
          <span key={i}>{piece}</span>
        ))}
      </bdi>
      {aside && <span className={styles.aside}>{aside}</span>}
      {known != null && known > 0 && (
        <span className={styles.known}>known: {countWords(known, 'open freeze')}</span>
      )}
      {!bare && <CopyButton text={plain(normal)} what={FACT_WORDS[kind]} />}
      {!bare && menu && (
        <Menu position="bottom-start" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" size={24} aria-label={`More for this ${FACT_WORDS[kind]}`}>
              <MoreIcon />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>{menu}</Menu.Dropdown>
        </Menu>
      )}
    </span>
  )
}

/** Words are in the type of the text; what is compared sign by sign is monospaced. */
const WORDS: readonly FactKind[] = ['amount', 'date', 'place', 'organisation']

function looks(kind: FactKind, pieces: number): string {
  const own = WORDS.includes(kind) ? styles.plain : pieces > 1 ? styles.grouped : ''
  return `${styles.value} ${own}`
}

/** Copies a text and says so; the word changes back after two seconds. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }) {
  const [said, setSaid] = useState<'copied' | 'not copied' | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), 2_000)
    return () => clearTimeout(timer)
  }, [said])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('not copied'),
    )
  return (
    <ActionIcon
      className={styles.copy ?? ''}
      variant="subtle"
      size={24}
      aria-label={said ?? `Copy this ${what}`}
      title={said ?? 'Copy'}
      onClick={copy}
    >
      {said === 'copied' ? <DoneIcon /> : <CopyIcon />}
      <span className="unseen" aria-live="polite">
        {said}
      </span>
    </ActionIcon>
  )
}
