import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { firstWas } from './history.ts'
import styles from './request.module.css'
import { type Scene, zoneOf } from './scene.ts'
import type { RequestAct } from './use-request-act.ts'

/** Why an act did not happen; when somebody was first, who and when, in plain words. */
export function ActNote<In>({ act, scene, what }: { act: RequestAct<In>; scene: Scene; what: string }) {
  if (act.error === null) return null
  const first = act.outrun ? firstWas(scene.request, scene.me.org.id) : null
  if (first === null) return <ErrorNote error={act.error} what={what} />
  return (
    <p className={styles.outrun} role="alert">
      {first.who} was first and {first.line.words},{' '}
      <LocalTime at={first.line.at} theirs={zoneOf(scene, first.line.orgId)} />. {what}; below is how the
      request stands now.
    </p>
  )
}
