import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { OrganisationSignIn } from '../providers/sign-in-part.tsx'
import { isHere } from '../web/here.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { queries } from '../web/queries.ts'
import { Threshold } from '../web/threshold.tsx'
import { DemoPeople } from './demo-people.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** The door: a passkey first, a password for those who have none, and in a demo its invented people. */
export function SignInPage() {
  const house = useQuery(queries.house())
  const { next = '/' } = useSearch({ strict: false })
  const navigate = useNavigate()
  const enter = () => navigate({ href: isHere(next) ? next : '/', replace: true })
  if (house.error)
    return (
      <Threshold>
        <Headline>Firebreak cannot be reached</Headline>
        <ErrorNote error={house.error} onRetry={() => house.refetch()} />
      </Threshold>
    )
  if (!house.data) return <Threshold>{null}</Threshold>
  const { network, demo, secure } = house.data
  return (
    <Threshold wide={demo !== null}>
      <Headline below="What turns one person’s knowledge into another’s power to act.">
        Sign in to {network}
      </Headline>
      <SignInForm onDone={enter} demo={demo} />
      <OrganisationSignIn next={isHere(next) ? next : '/'} />
      {demo && <DemoPeople demo={demo} onDone={enter} />}
      {!secure && (
        <p className="quiet small">
          This page came without encryption, which is only allowed on this one computer. To serve others, put
          TLS in front and set FIREBREAK_ORIGIN.
        </p>
      )}
    </Threshold>
  )
}
