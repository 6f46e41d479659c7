import { Button, Textarea } from '@mantine/core'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { queries, queryClient, showAnswer } from '../web/queries.ts'
import { useMay } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './grants.module.css'
import type { Approval, Glass } from './shapes.ts'

/** On the desk: what waits for me as the second person, and broken glass to review. Nothing, where nothing waits. */
export function SecondPerson() {
  const { data: asked } = useSuspenseQuery(queries.approvals())
  const reviews = useMay('glass.review')
  const broken = useQuery({ ...queries.glasses(), enabled: reviews })
  const waiting = asked.approvals.filter(({ waits }) => waits)
  const mine = asked.approvals.filter((it) => it.mine && it.decision === null)
  const toReview = (broken.data?.glasses ?? []).filter((it) => !it.mine && it.reviewedAt === null)
  if (waiting.length + mine.length + toReview.length === 0) return null
  return (
    <section className={styles.part} aria-label="Second person">
      {waiting.length > 0 && <h2>Waits for you as the second person</h2>}
      <ul className={styles.rows}>
        {waiting.map((approval) => (
          <ToDecide key={approval.id} approval={approval} />
        ))}
      </ul>
      {toReview.length > 0 && <h2>Broken glass to review</h2>}
      <ul className={styles.rows}>
        {toReview.map((glass) => (
          <ToReview key={glass.id} glass={glass} />
        ))}
      </ul>
      {mine.length > 0 && (
        <p className="small">
          {mine.length === 1 ? 'One question of yours waits' : `${mine.length} questions of yours wait`} for a
          colleague as the second person.
        </p>
      )}
    </section>
  )
}

/** What is asked, in one sentence. */
function askWords({ kind, objectRef, toOrgName }: Approval): string {
  const what = objectRef ?? 'an item'
  if (kind === 'victim_disclosure')
    return `May ${toOrgName ?? 'enforcement'} receive ${what}, which is about a possible victim?`
  if (kind === 'victim_unmark') return `May the mark of a possible victim be taken away from ${what}?`
  if (kind === 'member_reentry')
    return `Is it really ${objectRef ?? 'your colleague'} who lost every way in, and may they be let in again?`
  return `May ${what} be exported in bulk?`
}

function ToDecide({ approval }: { readonly approval: Approval }) {
  const [note, setNote] = useState('')
  const deciding = useAct(
    (it: { approve: boolean; note: string }, key) => api.approvalDecide(approval.id, it, key),
    (list) => showAnswer(queries.approvals().queryKey, list),
  )
  const decide = (approve: boolean) => void deciding.run({ approve, note: note.trim() })
  return (
    <li>
      <div className={styles.grow}>
        <b>{askWords(approval)}</b>
        <p className="small">
          {approval.askedByName ?? approval.orgName} asks, <LocalTime at={approval.askedAt} ago />. On what it
          rests: {approval.basis}. What for: {approval.reason}.{' '}
          {approval.objectKind === 'report' && (
            <Link to="/reports/$id" params={{ id: approval.objectId }}>
              Look at it
            </Link>
          )}
        </p>
        <div className={styles.add}>
          <Textarea
            label="Your words (kept with the decision)"
            autosize
            minRows={1}
            maxRows={4}
            maxLength={2_000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button variant="default" loading={deciding.busy} onClick={() => decide(true)}>
            Approve
          </Button>
          <Button variant="default" loading={deciding.busy} onClick={() => decide(false)}>
            Refuse
          </Button>
        </div>
        <p className={styles.happens}>
          {approval.kind === 'victim_disclosure' && (
            <>
              Approved, it goes with the non-punishment notice, until <LocalTime at={approval.expiresAt} /> at
              most.{' '}
            </>
          )}
          {approval.kind === 'member_reentry' &&
            'Speak with them first, by voice: a link then lets whoever holds it in as them, and ends their old ways in. '}
          Whoever asked cannot decide; your name stands beside the decision.
        </p>
        {deciding.error && <ErrorNote error={deciding.error} what="Nothing was decided by you" />}
      </div>
    </li>
  )
}

function ToReview({ glass }: { readonly glass: Glass }) {
  const [review, setReview] = useState('')
  const reviewing = useAct(
    (verdict: 'justified' | 'not_justified', key) =>
      api.glassReview(glass.id, { verdict, review: review.trim() }, key),
    () => queryClient.invalidateQueries({ queryKey: ['glasses'] }),
  )
  return (
    <li>
      <div className={styles.grow}>
        <b>
          Somebody of {glass.orgName} opened {glass.ref} after it had closed
        </b>
        <p className="small">
          <LocalTime at={glass.openedAt} ago />: “{glass.reason}”
        </p>
        <div className={styles.add}>
          <Textarea
            label="Your judgement, with the reason"
            autosize
            minRows={1}
            maxRows={4}
            maxLength={2_000}
            value={review}
            onChange={(event) => setReview(event.currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={review.trim() === ''}
            loading={reviewing.busy}
            onClick={() => void reviewing.run('justified')}
          >
            Justified
          </Button>
          <Button
            variant="default"
            disabled={review.trim() === ''}
            loading={reviewing.busy}
            onClick={() => void reviewing.run('not_justified')}
          >
            Not justified
          </Button>
        </div>
        {reviewing.error && <ErrorNote error={reviewing.error} what="Not reviewed" />}
      </div>
    </li>
  )
}
