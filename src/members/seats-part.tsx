import { Button, Checkbox, Radio } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { useMay, useMe } from '../web/session.ts'
import type { Group, Seat, SeatOffer } from './group-shapes.ts'
import styles from './members.module.css'
import { OnceLink } from './once-link.tsx'
import { useMemberAct } from './use-member-act.ts'

export type SeatOf = z.infer<typeof Seat>

export interface SeatsPartProps {
  readonly group: Group
  readonly seats: readonly SeatOf[]
}

/** Whom I may see in the group; its stewards offer seats and end them, everybody can leave. */
export function SeatsPart({ group, seats }: SeatsPartProps) {
  const steers = group.seat?.role === 'steward'
  const first = useMay('group.open') && group.seat === null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>Who sits here</h2>
      {!steers && group.seat && (
        <p className="quiet small">There may be others whose seats are hidden from you.</p>
      )}
      {first && (
        <p className="quiet small">
          Who sits in it is not listed for you; the log keeps who took a seat. Until it has a steward of its
          own, you can offer that seat.
        </p>
      )}
      <ul className={styles.rows}>
        {seats.map((seat) => (
          <SeatRow key={`${seat.memberId} ${seat.givenAt}`} group={group} seat={seat} />
        ))}
      </ul>
      {(steers || first) && !group.closedAt && <OfferForm group={group} first={first} />}
    </section>
  )
}

function SeatRow({ group, seat }: { readonly group: Group; readonly seat: SeatOf }) {
  const { member } = useMe()
  const own = seat.memberId === member.id
  const mayEnd = seat.leftAt === null && (own || group.seat?.role === 'steward')
  return (
    <li data-row tabIndex={-1}>
      <span className={styles.what}>
        <strong>{seat.name}</strong>
        {own && ' (you)'} <span className="quiet">{seat.orgName}</span>
      </span>
      <span className={styles.state}>
        {seat.leftAt ? (
          <>
            left <LocalTime at={seat.leftAt} />
          </>
        ) : (
          [
            seat.role === 'steward' ? 'steward' : 'member',
            seat.hidden ? 'hidden from the others' : '',
            seat.hasKey === false && group.key ? 'has no key yet' : '',
          ]
            .filter(Boolean)
            .join(', ')
        )}
      </span>
      {mayEnd && <EndSeat group={group} seat={seat} own={own} />}
    </li>
  )
}

interface EndSeatProps {
  readonly group: Group
  readonly seat: SeatOf
  readonly own: boolean
}

function EndSeat({ group, seat, own }: EndSeatProps) {
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  const end = useMemberAct(
    own ? [] : ['groups'],
    (_: null, key) => api.seatEnd(group.id, seat.memberId, key),
    async () => {
      if (own) await navigate({ to: '/network/groups' })
    },
  )
  const words = own ? 'Leave the group' : 'End this seat'
  if (!asking)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {words}
        {!own && <span className="unseen"> of {seat.name}</span>}
      </Button>
    )
  return (
    <section className={styles.form} aria-label={words}>
      <p>
        {own ? 'You see' : `${seat.name} sees`} nothing more of {group.name} from now on. What was sealed to
        the group before stays readable to whoever has read it: a steward makes a new key for what comes. Only
        a new link from a steward of the group brings {own ? 'you' : 'them'} back.
      </p>
      {end.error && <ErrorNote error={end.error} what="The seat stands" />}
      <div className={styles.buttons}>
        <Button color="lost" loading={end.busy} onClick={() => void end.run(null)}>
          {words}
        </Button>
        <Button variant="default" onClick={() => setAsking(false)}>
          Not now
        </Button>
      </div>
    </section>
  )
}

type Offer = z.infer<typeof SeatOffer>

function OfferForm({ group, first }: { readonly group: Group; readonly first: boolean }) {
  const [open, setOpen] = useState(false)
  const [role, setRole] = useState<'member' | 'steward'>(first ? 'steward' : 'member')
  const [hidden, setHidden] = useState(false)
  const [made, setMade] = useState<Offer | null>(null)
  const it = { role, hidden: role === 'member' && hidden }
  const offer = useMemberAct([], (_: null, key) => api.seatOffer(group.id, it, key), setMade)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void offer.run(null)
  }
  const end = () => {
    setMade(null)
    setOpen(false)
  }
  if (made)
    return (
      <OnceLink
        title="A seat, by this link"
        href={`${location.origin}/network/groups/seat#${made.token}`}
        expiresAt={made.expiresAt}
        onEnd={end}
      >
        Give it to the one person it is for, by a channel that you both trust. Whichever member opens it first
        takes the seat.
      </OnceLink>
    )
  if (!open)
    return (
      <div>
        <Button onClick={() => setOpen(true)}>Offer a seat</Button>
      </div>
    )
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Offer a seat">
      <h2>Offer a seat in {group.name}</h2>
      <Radio.Group label="As" value={role} onChange={(value) => setRole(value as typeof role)}>
        {!first && (
          <Radio
            mt="xs"
            value="member"
            label="member"
            description="Not for a steward of the network: they read the whole log, which names hidden members, and take a steward’s seat or none."
          />
        )}
        <Radio mt="xs" value="steward" label="steward, who decides who sits here and makes its keys" />
      </Radio.Group>
      {role === 'member' && (
        <Checkbox
          label="hidden: the other members learn neither who it is nor that there is one; the log shows it to the stewards of the network"
          checked={hidden}
          onChange={(event) => setHidden(event.currentTarget.checked)}
        />
      )}
      {offer.error && <ErrorNote error={offer.error} what="No seat was offered" />}
      <div className={styles.buttons}>
        <Button type="submit" loading={offer.busy}>
          Make the link
        </Button>
        <Button variant="default" onClick={end}>
          Not now
        </Button>
      </div>
    </form>
  )
}
