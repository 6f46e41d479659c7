import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { newId } from '../core/ids.ts'
import { ReportGrants } from '../grants/report-grants.tsx'
import { type RequestStatus, STATUS_WORDS } from '../requests/status.ts'
import { api } from '../web/api.ts'
import { ownRecipient } from '../web/own-key.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { SealedCard } from '../web/parts/sealed-card.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { TlpLabel } from '../web/parts/tlp-label.tsx'
import { queries } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { useKey } from '../web/use-key.tsx'
import { JoinPart, useHits } from './join-part.tsx'
import { OpenedReport } from './opened-report.tsx'
import styles from './page.module.css'
import { draftForRequest, type ReportPayload, reportPayloadFrom } from './payload.ts'
import { putDraft } from './put-draft.ts'
import { reportHeadline, tokenWords } from './report-words.ts'
import type { Report } from './shapes.ts'

/** A saved report: its frame, its requests, who may join, and the story that opens only when somebody asks. */
export function ReportPage({ id }: { readonly id: string }) {
  const { data: report } = useSuspenseQuery(queries.report(id))
  const me = useMe()
  const { key, card } = useKey()
  const { data: own } = useSuspenseQuery(queries.keyHolders(me.org.id))
  const { hits, error } = useHits(report)
  const { payload, opening, asking } = useOpening(report, key)
  return (
    <>
      <Head report={report}>
        {key !== null && (
          <AskAction first={hits.length > 0} busy={asking.busy} onAsk={() => void asking.run(null)}>
            {report.requests.length === 0
              ? 'Open it and ask somebody to act'
              : 'Open it and send another request'}
          </AskAction>
        )}
      </Head>
      <Requests report={report} />
      <JoinPart report={report} hits={hits} error={error} />
      {asking.error && <ErrorNote error={asking.error} what="No request was begun" />}
      <ReportGrants report={report} cryptoKey={key} />
      {card}
      {key !== null && (
        <SealedCard
          title="The story, the person and the files"
          holders={`${own.holders.length} ${own.holders.length === 1 ? 'person' : 'people'} of ${me.org.name}`}
          onOpen={() => void opening.run(null)}
          busy={opening.busy}
          error={opening.error}
        >
          {payload && <OpenedReport payload={payload} cryptoKey={key} />}
        </SealedCard>
      )}
    </>
  )
}

/** Opening it, which is recorded, and beginning a request with what is in it. */
function useOpening(report: Report, key: CryptoKey | null) {
  const me = useMe()
  const navigate = useNavigate()
  const [payload, setPayload] = useState<ReportPayload | null>(null)
  const opening = useAct(async (_: null, act: string) => {
    if (key === null) throw new TypeError('asked without a key')
    const ciphertext = await api.sealedGet(report.sealedId)
    const { wrapped } = await api.sealedOpen(report.sealedId, act || newId())
    return reportPayloadFrom(parsed(await seal('open', { ciphertext, wrapped, key })))
  }, setPayload)
  const asking = useAct(async (_: null) => {
    const opened = payload ?? (await opening.run(null))
    if (opened === null) return
    const begun = { ...draftForRequest(opened, report.id), version: newId() }
    const id = newId()
    await putDraft(id, { draft: begun, after: '', recipient: await ownRecipient(me.member) })
    await navigate({ to: '/reports/new', search: { draft: id } })
  })
  return { payload, opening, asking }
}

function Head({ report, children }: { readonly report: Report; readonly children: ReactNode }) {
  return (
    <Headline
      title={reportHeadline(report)}
      above={
        <>
          <span className="mono">{report.ref}</span> <TlpLabel tlp={report.tlp} />
          <span>
            saved by {report.mine ? 'you' : report.authorName}, in the hour of{' '}
            <LocalTime at={report.createdAt} />
          </span>
        </>
      }
      below={`Matchable facts in it: ${tokenWords(report)}.`}
      action={children}
    >
      {reportHeadline(report)}
    </Headline>
  )
}

function Requests({ report }: { readonly report: Report }) {
  if (report.requests.length === 0) return null
  return (
    <section className={styles.part} aria-labelledby="requests">
      <h2 id="requests">Requests</h2>
      <ul className={styles.requests}>
        {report.requests.map((request) => (
          <li key={request.id}>
            <Link to="/requests/$id" params={{ id: request.id }} className="mono">
              {request.ref}
            </Link>
            <span>{request.toOrgName}</span>
            <span className={styles.state}>
              {STATUS_WORDS[request.status as RequestStatus] ?? request.status}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface AskProps {
  /** Something else comes first. */
  readonly first: boolean
  readonly busy: boolean
  readonly onAsk: () => void
  readonly children: string
}

function AskAction({ first, busy, onAsk, children }: AskProps) {
  if (first)
    return (
      <Button variant="default" size="md" loading={busy} onClick={onAsk}>
        {children}
      </Button>
    )
  return (
    <NextAction loading={busy} onClick={onAsk}>
      {children}
    </NextAction>
  )
}

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}
