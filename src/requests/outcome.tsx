import { LocalTime } from '../web/parts/time.tsx'
import { outcomeWords, savedWords } from './headline.ts'
import { historyOf } from './history.ts'
import styles from './request.module.css'
import { type Scene, zoneOf } from './scene.ts'

/** What became of it, first of all for the one who found it: what was saved, and the other side's own words. */
export function Outcome({ scene }: { readonly scene: Scene }) {
  const { request, me } = scene
  const saved = savedWords(request.lines)
  const told = historyOf(request).filter(
    (line, i) =>
      line.orgId !== me.org.id && TOLD.includes(request.events[i]?.kind ?? '') && line.quote !== null,
  )
  const ended = request.closedAt !== null && request.status !== 'recalled'
  const finder = request.as !== 'authority'
  if (told.length === 0 && (!finder || (saved === null && !ended))) return null
  return (
    <section
      className={`${styles.outcome} ${saved === null ? styles.neither : ''}`}
      aria-label="What became of it"
    >
      {finder && (
        <p className={styles.big}>{saved === null ? `${outcomeWords(request.lines)}.` : `${saved}.`}</p>
      )}
      {told.map((line) => (
        <div key={line.id} className={styles.told}>
          <blockquote>“{line.quote}”</blockquote>
          <p className={styles.by}>
            {line.who} {line.words}, <LocalTime at={line.at} theirs={zoneOf(scene, line.orgId)} />
          </p>
        </div>
      ))}
    </section>
  )
}

const TOLD: readonly string[] = ['thanked', 'closed', 'declined', 'recalled']
