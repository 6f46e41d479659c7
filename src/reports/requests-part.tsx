import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { memo } from 'react'
import type { RequestDraft } from '../freeze/request-draft.ts'
import { carriedBy } from '../freeze/request-draft.ts'
import { SendForm } from '../freeze/send-form.tsx'
import { type SendableFile, sendRequest } from '../freeze/send-request.ts'
import { WhoCanActPanel, type WhoCanActProps } from '../freeze/who-can-act-panel.tsx'
import { useStoredKey } from '../web/keys.ts'
import { queries, queryClient } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import type { EditorParts } from './editor-head.tsx'
import { sharedOf } from './leaving.ts'
import { keptFile } from './payload.ts'
import { filesOf, sealAndSave, tokensOf } from './save-report.ts'

/** Who can act on the accounts of this report, and sending a request to them: the report is saved on the way. */
export const RequestsPart = memo(function RequestsPart(parts: EditorParts & Pick<WhoCanActProps, 'onPlace'>) {
  const { state, requests, tools, entries, matches, me } = parts
  const { change } = tools
  const keep = (draft: RequestDraft) =>
    change((before) => ({
      ...before,
      requests: before.requests.some(({ id }) => id === draft.id)
        ? before.requests.map((it) => (it.id === draft.id ? draft : it))
        : [...before.requests, draft],
    }))
  return (
    <WhoCanActPanel
      entries={entries}
      payments={state.files.flatMap(({ payments }) => payments)}
      requests={requests}
      onRequest={keep}
      onPlace={parts.onPlace}
      known={matches.known}
      ownOrg={me.org.id}
      form={(draft) => <Send key={draft.id} draft={draft} keep={keep} {...parts} />}
    />
  )
})

interface SendProps extends EditorParts {
  readonly draft: RequestDraft
  readonly keep: (draft: RequestDraft) => void
}

function Send(props: SendProps) {
  const { draft, keep, state, entries, me } = props
  const { data: network } = useSuspenseQuery(queries.network())
  const { data: rails } = useSuspenseQuery(queries.rails())
  const files = filesOf(state).map((file) => ({ id: file.id, ...keptFile(file) }))
  const tokens = tokensOf(state, entries)
  const send = useSending(props, files)
  const rail = rails.rails.find(({ id }) => id === draft.railId)
  const org = network.orgs.find(({ id }) => id === draft.toOrg)
  if (!rail || !org) return null
  return (
    <SendForm
      draft={draft}
      onDraft={keep}
      toName={org.name}
      hasLeft={org.leftAt !== null}
      fromName={me.org.name}
      rail={rail}
      entries={entries}
      tokens={tokens.length}
      identity={state.identity}
      text={state.text}
      files={files}
      label={state.saving.reported ? `Send to ${org.name}` : `Save the report and send to ${org.name}`}
      busy={send.busy}
      error={send.error}
      onSend={(it) => void send.run(it)}
    />
  )
}

/** Saves the report, sends the request, and goes to it; what has been done already is not done twice. */
function useSending(
  { keep, state, tools, entries, reading, matches, me }: SendProps,
  files: readonly SendableFile[],
) {
  const { change, now, flush, drop } = tools
  const key = useStoredKey(me.member.id) ?? null
  const navigate = useNavigate()
  const save = () =>
    sealAndSave({
      ...{ state: now(), entries, me },
      language: reading.reading?.language ?? 'und',
      messages: reading.reading?.messages ?? null,
      keep: async (saving) => {
        change((before) => ({ ...before, saving }))
        await flush()
      },
    })
  return useAct(
    async (it: RequestDraft) => {
      const carried = carriedBy(it, sharedOf(entries))
      const keepIt = async (kept: RequestDraft) => {
        keep(kept)
        await flush()
      }
      await matches.whenAsked()
      const tokens = tokensOf(now(), entries).map(({ token }) => token)
      const what = { tokens, files, key, identity: state.identity, text: state.text }
      try {
        return await sendRequest(it, {
          ...{ reportId: await save(), orgId: me.org.id, carried, keep: keepIt },
          ...what,
        })
      } catch (cause) {
        // whoever was asked may have left the network meanwhile: then the choice must say so
        await queryClient.invalidateQueries({ queryKey: queries.network().queryKey })
        throw cause
      }
    },
    async ({ id }) => {
      const open = now().requests.some((it) => !it.sent && it.toOrg !== '')
      if (!open) await drop()
      await navigate({ to: '/requests/$id', params: { id } })
    },
  )
}
