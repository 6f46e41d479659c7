import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { useUndo } from '../web/parts/undo.tsx'
import { useAct } from '../web/use-act.ts'
import { factWords } from './history.ts'
import styles from './request.module.css'

export interface OpenOffer {
  readonly id: string
  readonly factKind: string
  readonly offeredAt: string
  readonly requestId: string
  /** Named where the request is not the page itself. */
  readonly requestRef?: string
}

/** Somebody unknown offers to join. What agreeing means stands above the buttons; nothing is shown of them before it. */
export function Offers({ offers }: { readonly offers: readonly OpenOffer[] }) {
  return (
    <ul className={styles.offers} id="offers">
      {offers.map((offer) => (
        <Offer key={offer.id} offer={offer} />
      ))}
    </ul>
  )
}

function useDecision({ id, requestId }: OpenOffer) {
  const client = useQueryClient()
  const shown = [['request', requestId], ['desk'], ['requests']]
  return useAct(
    (agree: boolean, key) => api.decideOffer(id, { agree }, key),
    () => Promise.all(shown.map((queryKey) => client.invalidateQueries({ queryKey }))),
  )
}

function Offer({ offer }: { readonly offer: OpenOffer }) {
  const decide = useDecision(offer)
  return (
    <li className={styles.offer}>
      <div>
        <p>
          Another member holds a report with the same {factWords(offer.factKind)}
          {offer.requestRef && (
            <>
              {' as '}
              <Link to="/requests/$id" params={{ id: offer.requestId }}>
                {offer.requestRef}
              </Link>
            </>
          )}{' '}
          (<LocalTime at={offer.offeredAt} />
          ). If you agree, both of you learn who the other is, and they see this request.
        </p>
        <p>They never see the sealed briefing. If you decline, neither learns who the other is.</p>
      </div>
      <Deciding decide={decide} />
      {decide.error && <ErrorNote error={decide.error} what="Nothing was decided" />}
    </li>
  )
}

/** Agreeing cannot be taken back, so it is asked twice; a refusal is held back for ten seconds. */
function Deciding({ decide }: { readonly decide: ReturnType<typeof useDecision> }) {
  const [sure, setSure] = useState(false)
  const { offer, note, pending } = useUndo()
  const decline = () =>
    offer('The offer is declined.', { commit: () => decide.run(false), undo: () => {}, now: 'Decline now' })
  if (sure)
    return (
      <div className={styles.sure}>
        <p>This cannot be taken back: they see this request, and you both learn who the other is.</p>
        <div className={styles.buttons}>
          <Button size="sm" loading={decide.busy} onClick={() => void decide.run(true)}>
            Yes, agree
          </Button>
          <Button size="sm" variant="default" disabled={decide.busy} onClick={() => setSure(false)}>
            Not now
          </Button>
        </div>
      </div>
    )
  return (
    <div className={styles.buttons}>
      <Button size="sm" disabled={pending || decide.busy} onClick={() => setSure(true)}>
        Agree
      </Button>
      <Button size="sm" variant="default" disabled={pending} loading={decide.busy} onClick={decline}>
        Decline
      </Button>
      {note}
    </div>
  )
}
