import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ROLE_NAMES } from '../core/role.ts'
import { api } from '../web/api.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { Threshold } from '../web/threshold.tsx'
import { asHouseError } from '../web/use-act.ts'
import { InviteForm } from './invite-form.tsx'

/** Where an invitation leads: `/invite#TOKEN`. The token stands behind the #, so that it is in no server's log. */
export function InvitePage() {
  const [token] = useState(() => location.hash.slice(1))
  const whole = /^[A-Za-z0-9_-]{43}$/.test(token)
  const invite = useQuery({
    queryKey: ['invite', token],
    queryFn: () => api.inviteLook(token),
    enabled: whole,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!whole || (invite.error && asHouseError(invite.error).code === 'not_found'))
    return (
      <Threshold>
        <Headline>This invitation does not open anything</Headline>
        <EmptyState
          title={whole ? 'It was used, or its time is over.' : 'A part of the link is missing.'}
          action={<Link to="/sign-in">I am a member already</Link>}
        >
          {whole
            ? 'Ask the person who sent it for a new one.'
            : 'Copy the whole link, with everything behind the # sign, and open it again.'}
        </EmptyState>
      </Threshold>
    )
  if (invite.error)
    return (
      <Threshold>
        <Headline>Your invitation</Headline>
        <ErrorNote error={invite.error} onRetry={() => invite.refetch()} />
      </Threshold>
    )
  if (!invite.data) return <Threshold>{null}</Threshold>
  const { orgName, role, network, email, expiresAt, memberId, passwords } = invite.data
  return (
    <Threshold>
      <Headline
        title={memberId ? 'Come back in' : `${orgName} invites you`}
        below={
          <>
            {memberId ? 'Back into' : 'To'} {network}, as {email}. This link serves once, until{' '}
            <LocalTime at={expiresAt} />.
            {memberId &&
              ' Your old ways in are gone with it. What was sealed to your old key stays shut until your officers give that key back; the page about your keys says how.'}
          </>
        }
      >
        {memberId ? 'A new key and a new way in' : `${orgName} invites you as ${ROLE_NAMES[role]}`}
      </Headline>
      <InviteForm {...{ token, email, network, memberId, passwords }} />
    </Threshold>
  )
}
