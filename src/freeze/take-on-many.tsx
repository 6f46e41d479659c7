import { Button } from '@mantine/core'
import { useState } from 'react'
import { newId } from '../core/ids.ts'
import type { Role } from '../core/role.ts'
import { actsOf } from '../requests/acts.ts'
import { listOf } from '../requests/headline.ts'
import { api } from '../web/api.ts'
import { queryClient } from '../web/queries.ts'
import { asHouseError } from '../web/use-act.ts'
import styles from './desk.module.css'
import type { RequestSummary } from './shapes.ts'

interface Props {
  readonly requests: readonly RequestSummary[]
  readonly role: Role
  readonly onDone: () => void
}

/** Takes on what is selected and may be taken on. It cannot be taken back, so what happens, to whom, is said first. */
export function TakeOnMany({ requests, role, onDone }: Props) {
  const [asked, setAsked] = useState(false)
  const { run, busy, failed } = useTakingOn(onDone)
  const open = requests.filter((request) => actsOf(request, role).includes('acknowledge'))
  if (open.length === 0) return failed === null ? null : <span role="alert">{failed}</span>
  if (!asked)
    return (
      <Button size="xs" variant="default" onClick={() => setAsked(true)}>
        Take on {open.length}
      </Button>
    )
  const finders = listOf([...new Set(open.map(({ fromName }) => fromName))])
  return (
    <div className={styles.sure}>
      <span>{`${finders} will see at once that you have ${open.length === 1 ? 'it' : `these ${open.length}`}. This cannot be taken back.`}</span>
      <Button size="xs" loading={busy} onClick={() => void run(open)}>
        {`Yes, take on ${open.length}`}
      </Button>
      <Button size="xs" variant="default" disabled={busy} onClick={() => setAsked(false)}>
        Not now
      </Button>
      {failed !== null && <span role="alert">{failed}</span>}
    </div>
  )
}

/** One after the other, each by itself: what a colleague was first with is said, the others are done. */
function useTakingOn(onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const run = async (requests: readonly RequestSummary[]) => {
    setBusy(true)
    const why: string[] = []
    for (const { id, ref } of requests) {
      try {
        await api.acknowledge(id, newId())
      } catch (cause) {
        why.push(`${ref} was not taken on: ${asHouseError(cause).message}.`)
      }
    }
    await Promise.all([['desk'], ['requests']].map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    setBusy(false)
    setFailed(why.length === 0 ? null : why.join(' '))
    if (why.length === 0) onDone()
  }
  return { run, busy, failed }
}
