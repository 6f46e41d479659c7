import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { LocalTime } from '../web/parts/time.tsx'
import styles from './members.module.css'

export interface OnceLinkProps {
  readonly title: string
  readonly href: string
  readonly expiresAt: string
  /** To whom it goes, and how. */
  readonly children: ReactNode
  readonly onEnd: () => void
}

/** A link that is shown once. It stands until the person says that they have it. */
export function OnceLink({ title, href, expiresAt, children, onEnd }: OnceLinkProps) {
  const [copied, setCopied] = useState<string | null>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(href)
      setCopied('Copied.')
    } catch {
      setCopied('This browser did not copy it: select the link and copy it by hand.')
    }
  }
  return (
    <section className={`${styles.form} ${styles.wide}`} aria-label={title}>
      <h2>{title}</h2>
      <p>{children}</p>
      <code className={styles.link}>{href}</code>
      <p className="quiet small">
        It serves once, until <LocalTime at={expiresAt} />. It is not kept here: when this page closes it
        cannot be shown again, only a new one made.
      </p>
      <div className={styles.buttons}>
        <Button onClick={() => void copy()}>Copy the link</Button>
        <Button variant="default" onClick={onEnd}>
          I have it
        </Button>
        <span role="status">{copied}</span>
      </div>
    </section>
  )
}
