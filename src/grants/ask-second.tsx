import { Button, Textarea, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries, showAnswer } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import styles from './grants.module.css'
import type { Target } from './share-plan.ts'

export interface AskSecondProps {
  readonly reportId: string
  /** Who would receive it; null: the mark of a possible victim is to be taken away. */
  readonly org: Pick<Target, 'id' | 'name'> | null
}

/** Before a possible victim's report reaches enforcement, or loses that mark: a basis, and a colleague who decides. */
export function AskSecond({ reportId, org }: AskSecondProps) {
  const { data } = useSuspenseQuery(queries.approvals())
  const [id, setId] = useState(newId)
  const [it, setIt] = useState({ reason: '', basis: '' })
  const kind = org === null ? 'victim_unmark' : 'victim_disclosure'
  const waiting = data.approvals.some(
    (asked) =>
      asked.objectId === reportId &&
      asked.kind === kind &&
      asked.toOrg === (org?.id ?? null) &&
      asked.decision === null,
  )
  const asking = useAct(
    (body: Parameters<typeof api.approvalNew>[0], key) => api.approvalNew(body, key),
    async (list) => {
      await showAnswer(queries.approvals().queryKey, list)
      setId(newId())
    },
  )
  if (waiting)
    return (
      <p className={styles.stone}>
        A colleague was asked whether {org ? `${org.name} may receive it` : 'the mark may go'}. It stands on
        their desk.
      </p>
    )
  const ask = () =>
    void asking.run({
      ...{ id, kind, objectKind: 'report', objectId: reportId, toOrg: org?.id ?? null },
      ...{ byOrg: null, reason: it.reason.trim(), basis: it.basis.trim(), days: 30 },
    })
  return (
    <fieldset className={styles.form}>
      <legend>
        <b>{org ? `${org.name} needs a second person` : 'Taking the mark away needs a second person'}</b>
      </legend>
      <p className={styles.happens}>
        {org
          ? 'A colleague of yours, never you, decides whether this report about a possible victim reaches them. It goes with the notice that victims are not to be punished, for thirty days at most.'
          : 'A colleague of yours, never you, decides. Without the mark, enforcement may read it like any other; whoever was forced is still not to be punished for it. Only a competent authority decides who is a victim.'}
      </p>
      <TextInput
        label="On what it rests"
        value={it.basis}
        maxLength={500}
        onChange={(event) => setIt({ ...it, basis: event.currentTarget.value })}
      />
      <Textarea
        label={org ? 'What for' : 'Why the mark is wrong'}
        autosize
        minRows={1}
        maxRows={5}
        maxLength={2_000}
        value={it.reason}
        onChange={(event) => setIt({ ...it, reason: event.currentTarget.value })}
      />
      <div>
        <Button
          size="sm"
          variant="default"
          loading={asking.busy}
          disabled={it.reason.trim() === '' || it.basis.trim() === ''}
          onClick={ask}
        >
          Ask a colleague
        </Button>
      </div>
      {asking.error && <ErrorNote error={asking.error} what="Nobody was asked" />}
    </fieldset>
  )
}
