import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Countdown, LocalTime } from '../web/parts/time.tsx'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import type { Removal } from './admission-shapes.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'

type RemovalOf = z.infer<typeof Removal>

/** Removals that wait for a second person of another organisation, and those that were made. */
export function RemovalPart() {
  const list = useQuery(queries.removals())
  const [ended, setEnded] = useState<{ id: string; wraps: number } | null>(null)
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  const removals = list.data?.removals ?? []
  if (removals.length === 0) return null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>Removals</h2>
      <ul className={styles.rows}>
        {removals.map((it) => (
          <li key={it.id} data-row tabIndex={-1}>
            <span className={styles.what}>
              <strong>{it.subjectName}</strong>{' '}
              <span className="quiet">
                asked for by {it.askedByOrg}, <LocalTime at={it.askedAt} ago />
              </span>
              <span className={styles.pre}> {it.reason}</span>
              {ended?.id === it.id && (
                <span role="status">
                  {' '}
                  It is done: {countWords(ended.wraps, 'key')} to sealed records ended.
                </span>
              )}
            </span>
            <Standing removal={it} />
            {(it.mayConfirm || it.mayWithdraw) && (
              <Acts removal={it} onDone={(wraps) => setEnded({ id: it.id, wraps })} />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Standing({ removal: it }: { readonly removal: RemovalOf }) {
  if (it.confirmedAt)
    return (
      <span className={styles.state}>
        removed <LocalTime at={it.confirmedAt} />
      </span>
    )
  if (Date.parse(it.expiresAt) <= Date.now())
    return <span className={styles.state}>nobody confirmed it in time; the suspension stands</span>
  return (
    <span className={styles.state}>
      {it.mayConfirm ? <span className={styles.waits}>waits for you or another second person</span> : 'waits'}{' '}
      <Countdown due={it.expiresAt} />
    </span>
  )
}

interface ActsProps {
  readonly removal: RemovalOf
  readonly onDone: (wrapsEnded: number) => void
}

function Acts({ removal: it, onDone }: ActsProps) {
  const [asking, setAsking] = useState(false)
  const changes = ['removals', 'network', 'proposals', 'vouches', 'groups'] as const
  const confirm = useMemberAct(
    changes,
    (_: null, key) => api.removalConfirm(it.id, key),
    (done) => onDone(done.wrapsEnded),
  )
  const withdraw = useMemberAct(changes, (_: null, key) => api.removalWithdraw(it.id, key))
  const act = it.mayConfirm ? confirm : withdraw
  if (!asking)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {it.mayConfirm ? 'Decide on it' : 'Take it back'}
      </Button>
    )
  return (
    <section className={styles.form} aria-label={it.mayConfirm ? 'Confirm the removal' : 'Take it back'}>
      {it.mayConfirm ? (
        <p>
          When you confirm, {it.subjectName} leaves the network for good: their seats in groups end, and every
          copy of a record’s key that is sealed to them is deleted. What they may have carried away is renewed
          by others, who find it on their desks: the keys of their groups by the stewards there, a group that
          has no steward left by the network’s, their organisation’s signing key by their colleagues, shares
          of keys that they kept by whoever left them. Your organisation is recorded as the second.{' '}
          <strong>This cannot be undone.</strong> Confirm only what you have checked yourself.
        </p>
      ) : (
        <p>The removal is taken back. The suspension stays until a steward lets them go on.</p>
      )}
      {act.error && <ErrorNote error={act.error} what="Nothing was changed" />}
      <div className={styles.buttons}>
        <Button color={it.mayConfirm ? 'lost' : 'ink'} loading={act.busy} onClick={() => void act.run(null)}>
          {it.mayConfirm ? 'Confirm the removal' : 'Take the removal back'}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          Not now
        </Button>
      </div>
    </section>
  )
}
