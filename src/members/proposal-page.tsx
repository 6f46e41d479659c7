import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { failureOf } from '../web/failure.ts'
import { useSeenBy } from '../web/marking.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { Countdown, LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { capital } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import type { Proposal } from './admission-shapes.ts'
import { askedWords, stateWords } from './admission-words.ts'
import { ClaimPart } from './claim-part.tsx'
import styles from './members.module.css'
import { ObjectionsPart } from './objections-part.tsx'
import { ProposalActs } from './proposal-acts.tsx'

/** One candidate: who answers for them and why, what the second reader says, what speaks against it, what I can do. */
export function ProposalPage({ id }: { readonly id: string }) {
  useSeenBy('every member of the network')
  const list = useQuery(queries.proposals())
  const network = useQuery(queries.network())
  const now = useNow()
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  if (!list.data) return null
  const it = list.data.proposals.find((proposal) => proposal.id === id)
  if (!it)
    return (
      <>
        <Headline>This proposal is not here</Headline>
        <EmptyState
          title="It was decided long ago, or the link is not whole."
          action={<Link to="/network/admission">Everything about admission</Link>}
        />
      </>
    )
  const org = network.data?.orgs.find((card) => card.id === it.orgId)
  return (
    <>
      <Headline
        title={it.name}
        above={<Link to="/network/admission">Admission</Link>}
        below={`${capital(askedWords(it, org?.name))}.`}
      >
        {it.name}: {stateWords(it, now)}
      </Headline>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <ProposalActs proposal={it} rule={list.data.rule} standing={list.data.standing} />
          <Said title="Why" words={it.reasons} />
          <Said title="What could speak against it" words={it.conflicts} />
          {it.reader && (
            <Said
              title={`Second reading by ${it.reader.name} of ${it.reader.orgName}`}
              words={it.readerWords ?? ''}
            />
          )}
          <ObjectionsPart proposal={it} />
          {it.decidedWords && <Said title={`${capital(it.state)}: why`} words={it.decidedWords} />}
        </div>
        <aside className={styles.side} aria-label="About this proposal">
          <Course proposal={it} />
          <ClaimPart proposal={it} />
        </aside>
      </div>
    </>
  )
}

function Said({ title, words }: { readonly title: string; readonly words: string }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      <blockquote className={styles.quote}>{words}</blockquote>
    </section>
  )
}

/** Who did what when, from the proposal to the decision. */
function Course({ proposal: it }: { readonly proposal: Proposal }) {
  return (
    <section className={styles.section}>
      <h2>Course</h2>
      <dl className={styles.particulars}>
        <dt>Answers for it</dt>
        <dd>
          {it.sponsor.name}, {it.sponsor.orgName}
        </dd>
        <dt>Proposed</dt>
        <dd>
          <LocalTime at={it.proposedAt} />
        </dd>
        <dt>Second reader</dt>
        <dd>{it.reader ? `${it.reader.name}, ${it.reader.orgName}` : 'nobody yet'}</dd>
        {it.windowEnds && (
          <>
            <dt>Objections until</dt>
            <dd>
              <LocalTime at={it.windowEnds} />{' '}
              {isOpen(it) ? <Countdown due={it.windowEnds} /> : <span className="quiet">(over)</span>}
            </dd>
          </>
        )}
        {it.decidedAt && (
          <>
            <dt>{capital(it.state)}</dt>
            <dd>
              <LocalTime at={it.decidedAt} />
            </dd>
          </>
        )}
        {it.email && (
          <>
            <dt>Address</dt>
            <dd>
              {it.email} <span className="quiet small">(seen by the sponsor and the steward)</span>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

/** The window's clock has nothing more to say once it is over. */
function isOpen({ windowEnds, state }: Proposal): boolean {
  return state === 'open' && windowEnds !== null && Date.parse(windowEnds) > Date.now()
}
