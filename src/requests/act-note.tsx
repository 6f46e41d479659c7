import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { type ActKind, actsOf } from './acts.ts'
import { firstWas } from './history.ts'
import styles from './request.module.css'
import { type Scene, zoneOf } from './scene.ts'
import type { RequestAct } from './use-request-act.ts'

export interface ActNoteProps<In> {
  readonly act: RequestAct<In>
  readonly scene: Scene
  /** What did not happen: “No order was recorded”. */
  readonly what: string
  /** The act of an open form: when it is no longer possible, that is said before anybody presses. */
  readonly kind?: ActKind
}

/** Whether this person may still do it, as the request stands now. */
export function isPossible({ request, me }: Scene, kind: ActKind): boolean {
  return actsOf(request, me.member.role).includes(kind)
}

/** Why an act did not happen; when somebody was first, who and when, in plain words. */
export function ActNote<In>({ act, scene, what, kind }: ActNoteProps<In>) {
  const over = kind !== undefined && !act.busy && !isPossible(scene, kind)
  // since then the request has gone on: who was first with what came later is no answer to this act
  const past = act.outrun !== null && act.outrun !== scene.request.status
  if (!over && (act.error === null || past)) return null
  const first = act.outrun !== null || over ? firstWas(scene.request, scene.me.org.id) : null
  if (first === null) return act.error === null ? null : <ErrorNote error={act.error} what={what} />
  return (
    <p className={styles.outrun} role="alert">
      {first.who} was first and {first.line.words},{' '}
      <LocalTime at={first.line.at} theirs={zoneOf(scene, first.line.orgId)} />. {what}; below is how the
      request stands now.
    </p>
  )
}
