import { Button } from '@mantine/core'
import { Link, useRouter } from '@tanstack/react-router'
import { EmptyState } from './parts/empty-state.tsx'
import { capital } from './parts/words.ts'
import { asHouseError } from './use-act.ts'

export function NotFound() {
  return (
    <EmptyState title="There is no page here." action={<Link to="/">Go to your desk</Link>}>
      The address may be mistyped, or what it led to is not yours to see.
    </EmptyState>
  )
}

/** A page that could not be shown: what happened, and the way on. */
export function PageError({ error }: { readonly error: unknown }) {
  const router = useRouter()
  const { code, message } = asHouseError(error)
  if (code === 'not_found') return <NotFound />
  return (
    <EmptyState
      title="This page could not be shown."
      action={<Button onClick={() => void router.invalidate()}>Try again</Button>}
    >
      {capital(message)}.
    </EmptyState>
  )
}
