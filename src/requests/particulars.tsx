import type { ReactNode } from 'react'
import { onDuty } from '../core/hours.ts'
import { paymentRows } from '../freeze/payment-words.ts'
import type { OrgCard } from '../members/shapes.ts'
import { dayWords, weekdayClock } from '../web/parts/moment.ts'
import { LocalTime } from '../web/parts/time.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { countryWords } from '../web/parts/words.ts'
import { listOf } from './headline.ts'
import styles from './request.module.css'
import { orgOf, otherSide, type Scene, zoneOf } from './scene.ts'

/** Who asks whom, on which basis, and what is known of the payment. */
export function Particulars({ scene }: { readonly scene: Scene }) {
  const { request } = scene
  const other = otherSide(scene)
  const org = orgOf(scene, other.id)
  const theirs = zoneOf(scene, other.id)
  return (
    <section className={styles.section} aria-label="Particulars">
      {request.as === 'sender' && <h2>What left, in the clear</h2>}
      <dl className={styles.particulars}>
        <Row label={request.as === 'sender' ? 'Asked' : 'Who asks'}>
          {other.name}
          {org && <Where org={org} />}
        </Row>
        {request.as === 'corroborator' && <Row label="Asked">{request.toName}</Row>}
        <Row label="Basis">{request.basis}</Row>
        <Row label="Paid">
          {request.paidAt !== null && request.paidDay === null && (
            <LocalTime at={request.paidAt} theirs={theirs} ago />
          )}
          {request.paidDay !== null && `${dayWords(request.paidDay)}, hour not known`}
          {request.paidAt === null && 'when is not known'}
        </Row>
        {paymentRows(request.payment).map(({ label, value }) => (
          <Row key={label} label={label}>
            {value}
          </Row>
        ))}
        <Row label="The victim">
          {request.victimCountry === null ? 'country not known' : `in ${countryWords(request.victimCountry)}`}
        </Row>
        <Row label="Sent">
          <LocalTime at={request.sentAt} theirs={theirs} ago />
        </Row>
        {request.sources.length > 0 && <Row label="Sources">{sourcesOf(request)}</Row>}
        {request.as === 'sender' && (
          <Row label="Sealed">
            {request.briefingId ? `who the person is, for people of ${other.name} and yours` : 'nothing'}
          </Row>
        )}
        {request.note !== '' && (
          <Row label="Note">
            <span className={styles.note}>{request.note}</span>
          </Row>
        )}
      </dl>
    </section>
  )
}

function sourcesOf({ fromName, sources }: Scene['request']): string {
  const names = listOf([fromName, ...sources.map(({ orgName }) => orgName)])
  return `${sources.length + 1} organisations hold a report with the same account: ${names}`
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** Their country and hour, whether somebody is there, and how else to reach them. */
export function Where({ org }: { readonly org: OrgCard }) {
  const now = new Date(useNow())
  const there = onDuty(org.hours, org.timeZone, now) ? 'on duty' : 'not on duty'
  return (
    <span className={styles.where}>
      {countryWords(org.country)}, {weekdayClock(now, org.timeZone)} there, {there}
      {org.channel === null ? '' : `. Also by: ${org.channel}`}
    </span>
  )
}
