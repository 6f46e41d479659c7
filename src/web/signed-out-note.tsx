import { useQuery } from '@tanstack/react-query'
import { SignInForm } from '../access/sign-in-form.tsx'
import { Headline } from './parts/headline.tsx'
import { queries, queryClient } from './queries.ts'
import { useMe } from './session.ts'

/** In place of the page while the session has ended: the page itself waits behind it, with everything that was typed. */
export function SignedOutNote() {
  const me = useMe()
  const house = useQuery(queries.house())
  return (
    <div>
      <Headline below="The page you were on is kept, and what you typed in it. Sign in to go on.">
        Your session has ended
      </Headline>
      <SignInForm
        email={me.member.email}
        demo={house.data?.demo ?? null}
        onDone={() => queryClient.invalidateQueries()}
      />
    </div>
  )
}
