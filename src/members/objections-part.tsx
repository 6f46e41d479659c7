import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { queries } from '../web/queries.ts'
import type { Proposal } from './admission-shapes.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'
import { WordsForm } from './words-form.tsx'

/** What is said against a candidate: to the steward with names, to sponsor and reader without, to nobody else. */
export function ObjectionsPart({ proposal }: { readonly proposal: Proposal }) {
  const list = useQuery(queries.objections(proposal.id))
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  const objections = list.data?.objections ?? []
  if (objections.length === 0) return null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>Objections</h2>
      {objections.map((it) => (
        <div key={it.id} className={styles.section}>
          <p className="quiet small">
            {it.by ? `${it.by.name} of ${it.by.orgName}` : 'A member of the network'},{' '}
            <LocalTime at={it.madeAt} />
          </p>
          <blockquote className={styles.quote}>{it.words}</blockquote>
          {it.settledWords !== null ? (
            <p>
              <strong>Settled:</strong> {it.settledWords}
            </p>
          ) : proposal.may.includes('settle') ? (
            <Settle proposalId={proposal.id} objectionId={it.id} />
          ) : (
            <p className="quiet">Waits for the steward to settle it.</p>
          )}
        </div>
      ))}
    </section>
  )
}

function Settle({ proposalId, objectionId }: { readonly proposalId: string; readonly objectionId: string }) {
  const [open, setOpen] = useState(false)
  const settle = useMemberAct(['proposals'], (words: string, key) =>
    api.objectionSettle(proposalId, objectionId, words, key),
  )
  if (!open) return <Button onClick={() => setOpen(true)}>Settle this objection</Button>
  return (
    <WordsForm
      title="Settle this objection"
      label="What you found out, and why it does not stand in the way"
      help="The sponsor, the second reader and who objected read it. If it does stand in the way, refuse the candidate instead."
      submit="Settle it"
      failed="The objection was not settled"
      act={settle}
      onSubmit={(words) => settle.run(words)}
      onEnd={() => setOpen(false)}
    />
  )
}
