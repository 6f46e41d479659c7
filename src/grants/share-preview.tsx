import { Button } from '@mantine/core'
import { capital } from '../web/parts/words.ts'
import styles from './grants.module.css'
import type { Preview } from './share-plan.ts'

export interface SharePreviewProps {
  readonly preview: readonly Preview[]
  /** Whether the sealed story goes along. */
  readonly story: boolean
  readonly reveal: boolean
  readonly onRemove: (id: string) => void
}

/** Who will see what, in words, before anything leaves. */
export function SharePreview({ preview, story, reveal, onRemove }: SharePreviewProps) {
  if (preview.length === 0)
    return <p className={styles.happens}>Add a recipient, and who will see what stands here.</p>
  return (
    <section className={styles.inner} aria-label="Who will see what">
      <ul className={styles.rows}>
        {preview.map((it) => (
          <li key={it.target.id}>
            <span className={styles.grow}>
              <b>{it.target.name}</b> <span className="quiet small">{AS_WORDS[it.target.as]}</span>
              <br />
              <span className={`small ${it.why === null ? styles.yes : styles.no}`}>
                {seesWords(it, story)}
              </span>
            </span>
            <Button size="compact-sm" variant="subtle" onClick={() => onRemove(it.target.id)}>
              Take out<span className="unseen"> {it.target.name}</span>
            </Button>
          </li>
        ))}
      </ul>
      <p className={styles.happens}>
        {reveal
          ? 'Each of them sees who else receives it.'
          : preview.length > 1
            ? 'None of them learns of the others.'
            : ''}{' '}
        You can take it back; what was read by then stays known to whoever read it, and the log says who.
      </p>
    </section>
  )
}

const AS_WORDS = { org: 'organisation', person: 'one person', group: 'group' } as const

function seesWords({ target, why, keys }: Preview, story: boolean): string {
  if (why !== null) return `Cannot receive it: ${why}.`
  const who =
    target.as === 'person'
      ? 'This person alone sees'
      : target.as === 'org'
        ? 'Everybody there sees'
        : 'Every member of the group sees'
  const frame = `${who} the reference, the marking, the hour and from whom it comes`
  if (!story) return capital(`${frame}. The story stays sealed.`)
  if (keys === 'group')
    return `${frame}. Whoever holds the group’s key opens the story, hidden members too; each opening is recorded.`
  if (keys === 'waits')
    return `${frame}. The story stays sealed: the group’s key waits for one of its stewards.`
  if (keys === 0) return `${frame}. Nobody there holds a key, so the story stays sealed.`
  const people =
    target.as === 'person' ? 'They open' : keys === 1 ? 'One of them opens' : `${keys} of them open`
  const apart =
    target.as === 'group'
      ? ' It is marked to be kept from some: so it is sealed one by one to those you can see, and hidden members open the frame alone.'
      : ''
  return `${frame}. ${people} the story; each opening is recorded.${apart}`
}
