import { Button } from '@mantine/core'
import { Link, useRouter } from '@tanstack/react-router'
import { Headline } from './parts/headline.tsx'
import { capital } from './parts/words.ts'
import { Threshold } from './threshold.tsx'
import { asHouseError } from './use-act.ts'

/** An address that leads nowhere, outside the frame. */
export function NotFound() {
  return (
    <Threshold>
      <NothingHere />
    </Threshold>
  )
}

/** The same inside the frame, and for what is not mine to see: both are said alike. */
function NothingHere() {
  return (
    <div>
      <Headline below="The address may be mistyped, or what it led to is not yours to see.">
        There is nothing here
      </Headline>
      <Link to="/">Go to your desk</Link>
    </div>
  )
}

/** A page that could not be shown: what happened, and the way on. */
export function PageError({ error }: { readonly error: unknown }) {
  const router = useRouter()
  const { code, message } = asHouseError(error)
  // an address whose id is none was mistyped or cut off; the server says so as of any bad input
  if (code === 'not_found' || /^id: /.test(message)) return <NothingHere />
  return (
    <div>
      <Headline below={`${capital(message)}.`}>This page could not be shown</Headline>
      <Button onClick={() => void router.invalidate()}>Try again</Button>
    </div>
  )
}
