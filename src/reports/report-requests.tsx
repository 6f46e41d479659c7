import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { carriedBy, type RequestDraft } from '../freeze/request-draft.ts'
import { SendForm } from '../freeze/send-form.tsx'
import { sendRequest } from '../freeze/send-request.ts'
import { WhoCanActPanel } from '../freeze/who-can-act-panel.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { isAccount, keyOf } from './kinds.ts'
import { sharedOf } from './leaving.ts'
import { entryOf, type ReportPayload } from './payload.ts'
import type { Report } from './shapes.ts'

interface Props {
  readonly report: Report
  readonly payload: ReportPayload
  readonly cryptoKey: CryptoKey
}

/** Sending a request from a report that is saved: its facts come out of the opened seal. */
export function ReportRequests({ report, payload, cryptoKey }: Props) {
  const me = useMe()
  const entries = useMemo(
    () => payload.facts.map((fact) => entryOf(fact, keyOf(fact.kind, fact.normal))),
    [payload],
  )
  const [requests, setRequests] = useState<readonly RequestDraft[]>([])
  const keep = (draft: RequestDraft) =>
    setRequests((before) => [...before.filter(({ id }) => id !== draft.id), draft])
  if (!entries.some(({ kind, state, role }) => isAccount(kind) && state === 'confirmed' && role === 'payee'))
    return (
      <EmptyState title="No account or wallet is confirmed in this report.">
        Nobody can freeze money without knowing where it is. Begin a new report with the account, and name
        this one in its notes.
      </EmptyState>
    )
  return (
    <WhoCanActPanel
      entries={entries}
      payments={[]}
      requests={requests}
      onRequest={keep}
      known={new Map()}
      ownOrg={me.org.id}
      form={(draft) => (
        <Send key={draft.id} draft={draft} keep={keep} {...{ report, payload, cryptoKey, entries }} />
      )}
    />
  )
}

interface SendProps extends Props {
  readonly draft: RequestDraft
  readonly keep: (draft: RequestDraft) => void
  readonly entries: ReturnType<typeof entryOf>[]
}

function Send({ draft, keep, report, payload, cryptoKey, entries }: SendProps) {
  const me = useMe()
  const { data: network } = useSuspenseQuery(queries.network())
  const { data: rails } = useSuspenseQuery(queries.rails())
  const navigate = useNavigate()
  const files = payload.files.map((file) => ({ ...file, id: file.sealedId }))
  const tokens = report.tokens.map(({ token }) => token)
  const { identity, text } = payload
  const send = useAct(
    (it: RequestDraft) =>
      sendRequest(it, {
        reportId: report.id,
        orgId: me.org.id,
        carried: carriedBy(it, sharedOf(entries)),
        ...{ tokens, identity, text, files, key: cryptoKey, keep },
      }),
    ({ id }) => navigate({ to: '/requests/$id', params: { id } }),
  )
  const rail = rails.rails.find(({ id }) => id === draft.railId)
  const org = network.orgs.find(({ id }) => id === draft.toOrg)
  if (!rail || !org) return null
  return (
    <SendForm
      {...{ draft, rail, entries, identity, text, files }}
      onDraft={keep}
      toName={org.name}
      fromName={me.org.name}
      tokens={tokens.length}
      label={`Send to ${org.name}`}
      busy={send.busy}
      error={send.error}
      onSend={(it) => void send.run(it)}
    />
  )
}
