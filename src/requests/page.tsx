import { useSuspenseQueries } from '@tanstack/react-query'
import { Suspense, useCallback, useState } from 'react'
import { MoneyLedger } from '../freeze/money-ledger.tsx'
import { MoveForm } from '../freeze/move-form.tsx'
import { OrderForm } from '../freeze/order-form.tsx'
import { PacketList } from '../freeze/packet-list.tsx'
import grants from '../grants/grants.module.css'
import { RequestShare } from '../grants/request-share.tsx'
import { api } from '../web/api.ts'
import { usePageMarking } from '../web/marking.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { capital } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { ActNote } from './act-note.tsx'
import { type ActKind, actsOf, nextOf } from './acts.ts'
import { SealedBriefing } from './briefing.tsx'
import { Conversation } from './conversation.tsx'
import { headline, headlineParts, listOf } from './headline.ts'
import { NextStep } from './next-step.tsx'
import { Offers } from './offers.tsx'
import { OtherFacts } from './other-facts.tsx'
import { Outcome } from './outcome.tsx'
import { Particulars } from './particulars.tsx'
import styles from './request.module.css'
import type { Scene } from './scene.ts'
import { STATUS_WORDS } from './status.ts'
import { useRequestAct } from './use-request-act.ts'
import { wordsAct } from './words-acts.ts'
import { WordsForm } from './words-form.tsx'

/** One request, as this person may see it: the matter, the one next action, facts left, history and conversation right. */
export function RequestPage({ id }: { readonly id: string }) {
  const scene = useScene(id)
  const { request, me } = scene
  const [open, setOpen] = useState<ActKind | null>(null)
  const [begin, setBegin] = useState<{ text: string } | null>(null)
  const onEnd = useCallback(() => {
    setOpen(null)
    // the form and its focus are gone; the headline says what came of it
    document.querySelector<HTMLElement>('main h1')?.focus()
  }, [])
  const acknowledge = useRequestAct(id, (_: 'take it on', key) => api.acknowledge(id, key))
  usePageMarking(request.tlp, seenBy(request))
  const may = actsOf(request, me.member.role)
  const next = nextOf(request, { role: me.member.role, org: me.org.id })
  const canAsk = may.includes('say') && request.as === 'authority'
  return (
    <article>
      <Head scene={scene}>
        <NextStep
          {...{ scene, next, may, open }}
          busy={acknowledge.busy}
          onAcknowledge={() => void acknowledge.run('take it on')}
          onOpen={setOpen}
        />
      </Head>
      <div className={styles.columns}>
        <div className={styles.facts}>
          <ActNote act={acknowledge} scene={scene} what="You did not take it on" />
          {open && <ActPanel {...{ scene, open, onEnd }} lineId={'lineId' in next ? next.lineId : null} />}
          <Matter scene={scene} onAsk={canAsk ? (text) => setBegin({ text }) : undefined} />
        </div>
        <Conversation scene={scene} begin={begin} />
      </div>
    </article>
  )
}

function useScene(id: string): Scene {
  const me = useMe()
  const [request, network, rails] = useSuspenseQueries({
    queries: [queries.request(id), queries.network(), queries.rails()],
  })
  return {
    request: request.data,
    me,
    orgs: network.data.orgs,
    rail: rails.data.rails.find((rail) => rail.id === request.data.railId),
  }
}

function seenBy({ fromName, toName, sources }: Scene['request']): string {
  return listOf([fromName, toName, ...sources.map(({ orgName }) => orgName)])
}

interface MatterProps {
  readonly scene: Scene
  /** Begins a message; left out where this person does not ask. */
  readonly onAsk: ((text: string) => void) | undefined
}

/** Everything that is known, what matters most to this side first. */
function Matter({ scene, onAsk }: MatterProps) {
  const { request } = scene
  return (
    <>
      {request.notice !== null && (
        <p className={grants.notice}>
          <b>Possible victim.</b> {request.notice}
        </p>
      )}
      <Outcome scene={scene} />
      {request.as === 'sender' && <OffersToJoin scene={scene} />}
      {request.as === 'corroborator' && <Joined scene={scene} />}
      {request.as === 'informed' && (
        <p className={styles.outrun}>
          {request.fromName} shared this request with you for your information; you take no part in it.
        </p>
      )}
      <MoneyLedger request={request} />
      {request.briefingId !== null && <SealedBriefing scene={scene} id={request.briefingId} />}
      <div className={styles.pair}>
        <div className={styles.facts}>
          <Particulars scene={scene} />
          <OtherFacts scene={scene} />
        </div>
        <PacketList scene={scene} onAsk={onAsk} />
      </div>
      {request.as === 'sender' && request.reportId !== null && (
        <Suspense fallback={null}>
          <RequestShare requestId={request.id} reportId={request.reportId} reference={request.ref} />
        </Suspense>
      )}
    </>
  )
}

function Head({ scene, children }: { readonly scene: Scene; readonly children: React.ReactNode }) {
  const { request } = scene
  const now = useNow()
  const { before, clock, after } = headlineParts(request, now)
  const red = now >= Date.parse(request.redAt)
  return (
    <Headline
      title={`${request.ref}: ${headline(request, now)}`}
      above={
        <>
          <span className="mono">{request.ref}</span>
          <span className={styles.state}>{capital(STATUS_WORDS[request.status])}</span>
          <span>{sidesOf(request)}</span>
        </>
      }
      action={children}
    >
      {before}
      {clock !== null && <span className={red ? styles.red : ''}>{clock}</span>}
      {after}
    </Headline>
  )
}

function sidesOf({ as, fromName, toName }: Scene['request']): string {
  if (as === 'sender') return `to ${toName}`
  return as === 'authority' ? `from ${fromName}` : `${fromName} asks ${toName}`
}

interface ActPanelProps {
  readonly scene: Scene
  readonly open: ActKind
  readonly lineId: string | null
  readonly onEnd: () => void
}

/** The one act that is open, in place. What was typed stays when the request changes around it. */
function ActPanel({ scene, open, lineId, onEnd }: ActPanelProps) {
  const [firstLine] = useState(lineId)
  if (open === 'order')
    return <OrderForm scene={scene} lineId={firstLine ?? scene.request.lines[0]?.id ?? ''} onEnd={onEnd} />
  if (open === 'move') return <MoveForm scene={scene} lineId={firstLine} onEnd={onEnd} />
  if (open === 'acknowledge' || open === 'say') return null
  return <WordsForm key={open} scene={scene} act={wordsAct(open, scene.request)} onEnd={onEnd} />
}

/** Who wants to join: only the finder decides that. */
function OffersToJoin({ scene }: { readonly scene: Scene }) {
  const { offers, id, closedAt } = scene.request
  const waiting = offers.filter(({ status }) => status === 'offered')
  if (waiting.length === 0 || closedAt !== null) return null
  return <Offers offers={waiting.map((offer) => ({ ...offer, requestId: id }))} />
}

function Joined({ scene }: { readonly scene: Scene }) {
  const { fromName, toName } = scene.request
  return (
    <p className={styles.outrun}>
      You joined this request: your report holds the same account. You see its facts, its money and its
      history. What was sealed stays between {fromName} and {toName}.
    </p>
  )
}
