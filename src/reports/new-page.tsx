import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useState } from 'react'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { handOver, useHandedOver } from '../web/hand-over.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { seal } from '../web/sealer.ts'
import { useMe } from '../web/session.ts'
import { useKey } from '../web/use-key.tsx'
import { draftFrom, newDraft } from './draft.ts'
import { ReportEditor } from './editor.tsx'
import { NoReports } from './no-reports.tsx'
import { mayReport } from './report-words.ts'
import { keptByNow } from './use-editor.ts'

/** A new report, or one to go on with. Once a draft is kept its id stands in the address: a reload comes back to it. */
export function NewReportPage() {
  const { member } = useMe()
  return mayReport(member.role) ? <NewReport /> : <NoReports role={member.role} />
}

function NewReport() {
  const { draft } = useSearch({ strict: false })
  const [fresh, setFresh] = useState(newId)
  const [named, setNamed] = useState(false)
  const navigate = useNavigate()
  const router = useRouter()
  useEffect(() => {
    if (draft === fresh) setNamed(true)
    else if (draft === undefined && named) {
      // “New report” was chosen again: this is another one
      setFresh(newId())
      setNamed(false)
    }
  }, [draft, fresh, named])
  const name = useCallback(() => {
    // whoever is on the way to another page is not taken back
    if (router.latestLocation.pathname !== '/reports/new') return
    void navigate({ to: '/reports/new', search: { draft: fresh }, replace: true, resetScroll: false })
  }, [router, navigate, fresh])
  if (draft === undefined || draft === fresh) return <NewEditor key={fresh} draftId={fresh} onKept={name} />
  return <KeptDraft key={draft} draftId={draft} />
}

function NewEditor({ draftId, onKept }: { readonly draftId: string; readonly onKept: () => void }) {
  const handed = useHandedOver()
  const [first] = useState(() =>
    handed.ask === 'report' ? { ...newDraft(), ...handed.begun, text: handed.text } : newDraft(),
  )
  // taken once: the next new report begins empty
  useEffect(() => handOver(''), [])
  return <ReportEditor draftId={draftId} first={first} onKept={onKept} />
}

/** Opens a kept draft with the member's own key; one that is not there yet begins empty under its id. */
function KeptDraft({ draftId }: { readonly draftId: string }) {
  const { key, card } = useKey()
  const navigate = useNavigate()
  const kept = useQuery({
    queryKey: ['draft', draftId],
    enabled: key !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async () => {
      if (key === null) throw new TypeError('asked without a key')
      await keptByNow(draftId)
      const sealed = await api.draftGet(draftId)
      return draftFrom(await seal('openDraft', { sealed, key }))
    },
  })
  if (kept.data) return <ReportEditor draftId={draftId} first={kept.data} />
  if (kept.error)
    return (
      <>
        <Headline>This draft is not here any more</Headline>
        <ErrorNote
          error={kept.error}
          what="It was saved as a report, thrown away, or is not yours"
          onRetry={() => kept.refetch()}
        />
        <Button mt="md" variant="default" onClick={() => void navigate({ to: '/reports/new', search: {} })}>
          Begin a new report
        </Button>
      </>
    )
  return (
    <>
      <Headline>Your draft</Headline>
      {card ?? <p className="quiet">Opening the draft …</p>}
    </>
  )
}
