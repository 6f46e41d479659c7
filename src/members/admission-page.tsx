import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import type { Provider } from '../providers/shapes.ts'
import { failureOf } from '../web/failure.ts'
import { useSeenBy } from '../web/marking.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { queries } from '../web/queries.ts'
import { useMay } from '../web/session.ts'
import type { Proposal } from './admission-shapes.ts'
import { admissionHeadline, askedWords, groupProposals, stateWords, waitsForMe } from './admission-words.ts'
import styles from './members.module.css'
import { RemovalPart } from './removal-part.tsx'
import { RuleForm } from './rule-form.tsx'

/** Who comes into the network, who spoke for them, and what waits for me. */
export function AdmissionPage() {
  useSeenBy('every member of the network')
  const list = useQuery(queries.proposals())
  const removals = useQuery(queries.removals())
  const providers = useQuery(queries.providers())
  const mayRule = useMay('admission.decide')
  const now = useNow()
  const rows = useRef<HTMLDivElement>(null)
  useRowKeys(rows)
  const navigate = useNavigate()
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  if (!list.data) return null
  const { proposals, rule, standing } = list.data
  const signIns = providers.data?.providers.filter(({ mayConfirm }) => mayConfirm) ?? []
  const forMe = (removals.data?.removals.filter(({ mayConfirm }) => mayConfirm).length ?? 0) + signIns.length
  return (
    <>
      <Headline
        below={`A member answers for each candidate, somebody of another organisation reads it, and every member may object for ${rule.objectionDays} days.`}
        action={
          standing.good && (
            <NextAction onClick={() => void navigate({ to: '/network/admission/new', search: {} })}>
              Propose a candidate
            </NextAction>
          )
        }
      >
        {admissionHeadline(proposals, forMe, now)}
      </Headline>
      <div className={styles.stack} ref={rows}>
        {!standing.good && (
          <p className={styles.told}>
            You cannot propose or second-read anybody now: {standing.why}. You can object, and everything else
            of your work goes on.
          </p>
        )}
        <RemovalPart />
        <SignIns waiting={signIns} />
        {groupProposals(proposals, now).map(({ title, proposals: some }) => (
          <Group key={title} title={title} proposals={some} now={now} />
        ))}
        {proposals.length === 0 && (
          <EmptyState title="Nobody is proposed at the moment.">
            Know somebody whom the network needs at three in the morning? Propose them: who they are, why, and
            what could speak against it. You answer for them, and the network sees that you do.
          </EmptyState>
        )}
        {mayRule && <RuleForm rule={rule} />}
      </div>
    </>
  )
}

/** Organisations' own sign-ins that wait for me as the second person: they are read and confirmed on the card. */
function SignIns({ waiting }: { readonly waiting: readonly Provider[] }) {
  if (waiting.length === 0) return null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>Waits for you as the second person</h2>
      <ul className={styles.rows}>
        {waiting.map((it) => (
          <li key={it.id} data-row tabIndex={-1}>
            <span className={styles.what}>
              <Link to="/network/orgs/$id" params={{ id: it.orgId }}>
                {it.name}
              </Link>{' '}
              <span className="quiet">a sign-in of {it.orgName}’s own</span>
            </span>
            <span className={`${styles.state} ${styles.waits}`}>waits to be confirmed</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface GroupProps {
  readonly title: string
  readonly proposals: readonly Proposal[]
  readonly now: number
}

function Group({ title, proposals, now }: GroupProps) {
  const { data } = useQuery(queries.network())
  const nameOf = (id: string | null) => data?.orgs.find((org) => org.id === id)?.name
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>{title}</h2>
      <ul className={styles.rows}>
        {proposals.map((it) => (
          <li key={it.id} data-row tabIndex={-1}>
            <span className={styles.what}>
              <Link to="/network/admission/$id" params={{ id: it.id }}>
                {it.name}
              </Link>{' '}
              <span className="quiet">
                {askedWords(it, nameOf(it.orgId))}; answered for by {it.sponsor.name} of {it.sponsor.orgName}
              </span>
            </span>
            <span className={`${styles.state} ${waitsForMe(it) ? styles.waits : ''}`}>
              {stateWords(it, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
