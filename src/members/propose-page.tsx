import { Radio, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { useSeenBy } from '../web/marking.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useKept } from '../web/use-kept.ts'
import { CandidateFields } from './candidate-fields.tsx'
import styles from './members.module.css'
import { emptyDraft, type ProposalDraft, proposalOf } from './proposal-draft.ts'
import { useMemberAct } from './use-member-act.ts'

/** Proposing an organisation, a person, or that a membership goes on: who, why, and what could speak against it. */
export function ProposePage() {
  useSeenBy('every member of the network')
  const list = useQuery(queries.proposals())
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  if (!list.data) return null
  const { standing, rule } = list.data
  if (!standing.good)
    return (
      <>
        <Headline above={<Link to="/network/admission">Admission</Link>}>
          You cannot propose anybody now
        </Headline>
        <EmptyState title={`The reason: ${standing.why}.`}>
          When the probation is over, or the review is done, this page opens. A member in good standing can
          propose a candidate whom you know.
        </EmptyState>
      </>
    )
  return (
    <>
      <Headline
        above={<Link to="/network/admission">Admission</Link>}
        below={`You answer for them, with your name. Somebody of another organisation reads it, every member may object for ${rule.objectionDays} days, and the steward decides.`}
      >
        Propose a candidate
      </Headline>
      <ProposeForm />
    </>
  )
}

function ProposeForm() {
  const me = useMe()
  const { org } = useSearch({ strict: false }) as { org?: string }
  const { data } = useQuery(queries.network())
  const navigate = useNavigate()
  const [id] = useState(newId)
  // what is written about a person is kept in this tab alone, and goes with it
  const [draft, setDraft, forget] = useKept<ProposalDraft>(`proposal ${me.member.id} ${org ?? ''}`, () =>
    emptyDraft({
      country: me.org.country,
      timeZone: me.org.timeZone,
      orgId: org ?? me.org.id,
      kind: org ? 'renewal' : 'org',
    }),
  )
  const set = (more: Partial<ProposalDraft>) => setDraft({ ...draft, ...more })
  const orgs = (data?.orgs ?? []).filter(({ leftAt, suspendedAt }) => leftAt === null || suspendedAt !== null)
  const ready = proposalOf(draft, { id, orgs })
  const send = useMemberAct(['proposals'], api.propose, (made) => {
    forget()
    return navigate({ to: '/network/admission/$id', params: { id: made.id } })
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void send.run(ready)
  }
  return (
    <form className={styles.bare} onSubmit={submit} aria-label="Propose a candidate">
      <Radio.Group
        label="I propose"
        value={draft.kind}
        onChange={(kind) => set({ kind: kind as ProposalDraft['kind'] })}
      >
        <Radio mt="xs" value="org" label="an organisation that is not in the network yet" />
        <Radio mt="xs" value="member" label="a person, for an organisation that is in the network" />
        <Radio
          mt="xs"
          value="renewal"
          label="that the membership of an organisation goes on, after its review"
        />
      </Radio.Group>
      <CandidateFields draft={draft} onDraft={setDraft} orgs={orgs} />
      <Why draft={draft} set={set} />
      <p className="small quiet">
        Every member sees the name, your reasons and the conflicts. The e-mail address is for you and the
        steward alone.
      </p>
      {send.error && <ErrorNote error={send.error} what="Nothing was proposed" />}
      <div className={styles.buttons}>
        <NextAction type="submit" loading={send.busy} disabled={!ready}>
          Propose
        </NextAction>
        {!ready && <span className="quiet small">A name, reasons and conflicts are needed.</span>}
      </div>
    </form>
  )
}

interface WhyProps {
  readonly draft: ProposalDraft
  readonly set: (more: Partial<ProposalDraft>) => void
}

function Why({ draft, set }: WhyProps) {
  return (
    <>
      <Textarea
        label="Why the network needs them"
        description="What they do, since when you know them, and what you have seen them do."
        value={draft.reasons}
        onChange={(event) => set({ reasons: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={14}
        maxLength={4_000}
        required
        withAsterisk={false}
      />
      <Textarea
        label="What could speak against it"
        description="Family, money, former employers, other interests: theirs and yours. If you know of none, write “none known”."
        value={draft.conflicts}
        onChange={(event) => set({ conflicts: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={4_000}
        required
        withAsterisk={false}
      />
    </>
  )
}
