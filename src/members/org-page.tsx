import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ProviderPart } from '../providers/provider-part.tsx'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { useSeenBy } from '../web/marking.tsx'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { dutyAt } from '../web/parts/duty.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { weekdayClock } from '../web/parts/moment.ts'
import { LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { capital, countryWords, languageWords, ORG_KIND_WORDS } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMay, useMe } from '../web/session.ts'
import { CardFields, cardOf } from './card-fields.tsx'
import { hoursWords } from './hours-words.ts'
import styles from './members.module.css'
import { PowersPart } from './powers-part.tsx'
import type { OrgCard } from './shapes.ts'
import { StopPart } from './stop-part.tsx'
import { useMemberAct } from './use-member-act.ts'

/** The card of one organisation: its own people keep it up, a steward checks its powers. */
export function OrgPage({ id }: { readonly id: string }) {
  useSeenBy('every member of the network')
  const network = useQuery(queries.network())
  const me = useMe()
  const verifies = useMay('power.verify')
  const suspends = useMay('member.suspend')
  const now = useNow()
  const failed = failureOf(network)
  if (failed) return <ErrorNote error={failed} onRetry={() => network.refetch()} />
  if (!network.data) return null
  const org = network.data.orgs.find((it) => it.id === id)
  if (!org)
    return (
      <>
        <Headline above={<Link to="/network">Organisations</Link>}>This organisation is not here</Headline>
        <EmptyState title="There is none with this address." />
      </>
    )
  const own = me.org.id === org.id
  return (
    <>
      <Headline
        title={org.name}
        above={<Link to="/network">Organisations</Link>}
        below={`${capital(ORG_KIND_WORDS[org.kind])}, ${countryWords(org.country)}${own ? '; your organisation' : ''}.`}
      >
        {org.name} {standing(org, now)}
      </Headline>
      <div className={styles.columns}>
        <div className={styles.stack}>
          <PowersPart org={org} steward={verifies} />
          {own && <OwnCard key={JSON.stringify(org)} org={org} />}
          {(own || verifies) && <ProviderPart org={org} own={own} />}
          {suspends && !own && (
            <StopPart
              kind="org"
              subjectId={org.id}
              name={org.name}
              suspended={org.suspendedAt !== null}
              left={org.leftAt !== null && org.suspendedAt === null}
            />
          )}
        </div>
        <aside className={styles.side} aria-label="Card">
          <Card org={org} now={now} />
        </aside>
      </div>
    </>
  )
}

function standing(org: OrgCard, now: number): string {
  if (org.suspendedAt) return 'is suspended'
  if (org.leftAt) return 'left the network'
  return `is ${dutyAt(org.hours, org.timeZone, now).words}`
}

function Card({ org, now }: { readonly org: OrgCard; readonly now: number }) {
  return (
    <section className={styles.section}>
      <h2>Card</h2>
      <dl className={styles.particulars}>
        <dt>Their hour</dt>
        <dd>
          {weekdayClock(new Date(now), org.timeZone)} <span className="quiet">({org.timeZone})</span>
        </dd>
        <dt>On duty</dt>
        <dd>{hoursWords(org.hours)}</dd>
        <dt>Speaks</dt>
        <dd>{org.languages.map(languageWords).join(', ') || 'not said'}</dd>
        <dt>Reach them by</dt>
        <dd>{org.channel ?? 'the steward'}</dd>
        {org.probationUntil && Date.parse(org.probationUntil) > now && (
          <>
            <dt>On probation</dt>
            <dd>
              until <LocalTime at={org.probationUntil} />: proposes nobody yet
            </dd>
          </>
        )}
        {org.reviewBy && (
          <>
            <dt>Review</dt>
            <dd>
              {Date.parse(org.reviewBy) <= now ? 'due since' : 'due by'} <LocalTime at={org.reviewBy} />{' '}
              <Link to="/network/admission/new" search={{ org: org.id }}>
                Propose that it goes on
              </Link>
            </dd>
          </>
        )}
      </dl>
    </section>
  )
}

function OwnCard({ org }: { readonly org: OrgCard }) {
  const [open, setOpen] = useState(false)
  const [draft, setDraft] = useState({
    timeZone: org.timeZone,
    hours: org.hours,
    languages: org.languages.map(languageWords).join(', '),
    channel: org.channel ?? '',
  })
  const save = useMemberAct(['network'], api.cardChange, () => setOpen(false))
  const ready = cardOf(draft)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void save.run(ready)
  }
  if (!open)
    return (
      <section className={styles.section}>
        <h2>Your card</h2>
        <p className="quiet">
          Others choose whom they ask by what stands here. Anybody in your organisation keeps it up.
        </p>
        <Button variant="default" onClick={() => setOpen(true)}>
          Change hours, zone, languages or channel
        </Button>
      </section>
    )
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Your card">
      <h2>Your card</h2>
      <CardFields draft={draft} onDraft={setDraft} />
      {save.error && <ErrorNote error={save.error} what="The card was not changed" />}
      <ActButtons label="Save the card" busy={save.busy} disabled={!ready} onEnd={() => setOpen(false)} />
    </form>
  )
}
