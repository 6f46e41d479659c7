import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
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
        <p>
          They never see the sealed briefing. Agreeing cannot be taken back. If you decline, neither learns
          who the other is.
        </p>
      </div>
      <div className={styles.buttons}>
        <Button size="sm" loading={decide.busy} onClick={() => void decide.run(true)}>
          Agree
        </Button>
        <Button size="sm" variant="default" disabled={decide.busy} onClick={() => void decide.run(false)}>
          Decline
        </Button>
      </div>
      {decide.error && <ErrorNote error={decide.error} what="Nothing was decided" />}
    </li>
  )
}
