import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { useMe } from '../web/session.ts'
import { useMemberAct } from './use-member-act.ts'

/** Where a seat's link leads: `/network/groups/seat#TOKEN`. Behind the #, so that it is in no server's log. */
export function SeatPage() {
  const [token] = useState(() => location.hash.slice(1))
  const { member } = useMe()
  const navigate = useNavigate()
  const take = useMemberAct(['groups'], api.seatTake, (group) =>
    navigate({ to: '/network/groups/$id', params: { id: group.id }, replace: true }),
  )
  if (!/^[A-Za-z0-9_-]{43}$/.test(token))
    return (
      <>
        <Headline above={<Link to="/network/groups">Groups</Link>}>A part of the link is missing</Headline>
        <EmptyState title="This link does not open anything.">
          Copy the whole link, with everything behind the # sign, and open it again.
        </EmptyState>
      </>
    )
  return (
    <>
      <Headline
        above={<Link to="/network/groups">Groups</Link>}
        below="Which group it is you learn when you take it. The link serves once: after that it opens nothing."
        action={
          !take.error && (
            <NextAction loading={take.busy} onClick={() => void take.run(token)}>
              Take the seat
            </NextAction>
          )
        }
      >
        A seat in a group is offered to you
      </Headline>
      {take.error ? (
        <ErrorNote error={take.error} what="The seat was not taken" onRetry={() => take.run(token)} />
      ) : (
        <p>
          You take it as {member.name}. Its stewards see your name and organisation, and so do its members
          unless the seat is a hidden one. You can leave at any time.
        </p>
      )}
    </>
  )
}
