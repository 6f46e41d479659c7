import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useMemberAct } from './use-member-act.ts'

/** Where a seat's link leads: `/network/groups/seat#TOKEN`. Behind the #, so that it is in no server's log. */
export function SeatPage() {
  const [token] = useState(() => location.hash.slice(1))
  const { member } = useMe()
  const navigate = useNavigate()
  const whole = /^[A-Za-z0-9_-]{43}$/.test(token)
  const offered = useQuery({ ...queries.seatLook(token), enabled: whole })
  const take = useMemberAct(['groups'], api.seatTake, (group) =>
    navigate({ to: '/network/groups/$id', params: { id: group.id }, replace: true }),
  )
  const above = <Link to="/network/groups">Groups</Link>
  if (!whole)
    return (
      <>
        <Headline above={above}>A part of the link is missing</Headline>
        <EmptyState title="This link does not open anything.">
          Copy the whole link, with everything behind the # sign, and open it again.
        </EmptyState>
      </>
    )
  const { role, hidden, refusal } = offered.data ?? { role: null, hidden: false, refusal: null }
  const what = role === 'steward' ? 'A steward’s seat' : hidden ? 'A hidden seat' : 'A seat'
  const error = take.error ?? offered.error
  return (
    <>
      <Headline
        above={above}
        below="Which group it is you learn when you take it. The link serves once: after that it opens nothing."
        action={
          !error && (
            <NextAction
              loading={take.busy}
              disabled={role === null || refusal !== null}
              {...(refusal ? { 'aria-describedby': 'refusal' } : {})}
              onClick={() => void take.run(token)}
            >
              Take the seat
            </NextAction>
          )
        }
      >
        {what} in a group is offered to you
      </Headline>
      {error ? (
        <ErrorNote
          error={error}
          what="The seat was not taken"
          onRetry={() => (take.error ? take.run(token) : offered.refetch())}
        />
      ) : refusal ? (
        <p id="refusal">{refusal}</p>
      ) : (
        <p>
          You take it as {member.name}. {whoSees(role, hidden)} You can leave at any time.
        </p>
      )}
    </>
  )
}

function whoSees(role: 'member' | 'steward' | null, hidden: boolean): string {
  if (role === 'steward')
    return 'Everybody in the group sees your name and organisation; you decide who sits there, and make its keys.'
  return hidden
    ? 'Its stewards see your name and organisation, and those of the network in the log; the other members learn neither that it is you nor that there is somebody.'
    : 'Its stewards and its members see your name and organisation.'
}
