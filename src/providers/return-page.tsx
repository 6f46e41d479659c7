import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { UnlockCard } from '../access/unlock-card.tsx'
import { newId } from '../core/ids.ts'
import { isHere } from '../web/here.ts'
import { useStoredKey } from '../web/keys.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { type SignedIn, signInAtProvider } from '../web/session.ts'
import { Threshold } from '../web/threshold.tsx'
import { holdAnswer, type Trip, takeTrip } from '../web/trip.ts'
import { useAct } from '../web/use-act.ts'

interface Props {
  /** The provider's. */
  readonly id: string
  /** What the browser came back with, as it was. */
  readonly query: string
}

/** Where the browser comes back to: it signs in, or hands the answer to the page on which an account is connected. */
export function ReturnPage({ id, query }: Props) {
  const navigate = useNavigate()
  const [trip] = useState<Trip>(takeTrip)
  const [key] = useState(newId)
  const begun = useRef(false)
  const signIn = useAct(() => signInAtProvider({ providerId: id, query }, key))
  const [done, setDone] = useState<SignedIn | null>(null)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    // what came back serves once; it does not stay in the address, nor in the way back of the browser
    history.replaceState(history.state, '', `/signed-in/${id}`)
    if (trip.to === 'connect') {
      holdAnswer({ providerId: id, query })
      void navigate({ to: '/sessions', replace: true })
    } else void signIn.run(undefined).then(setDone)
  })
  if (done) return <Arrived done={done} next={trip.to === 'sign in' && isHere(trip.next) ? trip.next : '/'} />
  return (
    <Threshold>
      <Headline>{signIn.error ? 'You are not signed in' : 'Signing you in'}</Headline>
      {signIn.error ? (
        <>
          <ErrorNote error={signIn.error} />
          <p>
            <Link to="/sign-in">Back to the sign-in</Link>
          </p>
        </>
      ) : (
        <p role="status">What your organisation’s sign-in answered is being checked.</p>
      )}
    </Threshold>
  )
}

/** The session stands and the key does not: said at once, with the ways that open it. */
function Arrived({ done, next }: { readonly done: SignedIn; readonly next: string }) {
  const navigate = useNavigate()
  const { me } = done
  const key = useStoredKey(me.member.id)
  const go = () => navigate({ href: next, replace: true })
  useEffect(() => {
    if (key) void navigate({ href: next, replace: true })
  }, [key, navigate, next])
  return (
    <Threshold>
      <Headline
        below={`${me.org.name} says that it is you. It cannot open what is sealed to you, and nobody there can: that takes your own passkey, password or recovery code.`}
      >
        You are signed in, {me.member.name}
      </Headline>
      <UnlockCard me={me} />
      <p>
        <NextAction onClick={() => void go()}>Go on with the key locked</NextAction>
      </p>
    </Threshold>
  )
}
