import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import styles from '../members/members.module.css'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { queries, showAnswer } from '../web/queries.ts'
import { leaveFor, takeAnswer } from '../web/trip.ts'
import { useAct } from '../web/use-act.ts'
import type { WaysIn } from './shapes.ts'

type Way = WaysIn['ways'][number]

/** The sign-in of my own organisation, where it has one: connecting my account there, and ending that. */
export function WaysPart() {
  const found = useQuery(queries.waysIn())
  const cache = useQueryClient()
  const changed = async (now: WaysIn) => {
    await showAnswer(queries.waysIn().queryKey, now)
    await cache.invalidateQueries({ queryKey: queries.sessions().queryKey })
  }
  const back = useAct((it: { providerId: string; query: string }, key) => api.wayReturn(it, key), changed)
  const taken = useRef(false)
  useEffect(() => {
    if (taken.current) return
    taken.current = true
    const answer = takeAnswer()
    if (answer) void back.run(answer)
  })
  const lost = back.error && <ErrorNote error={back.error} what="Your account was not connected" />
  const failed = failureOf(found)
  if (failed)
    return (
      <>
        {lost}
        <ErrorNote error={failed} onRetry={() => found.refetch()} />
      </>
    )
  if (!found.data || (found.data.ways.length === 0 && !back.error)) return null
  return (
    <section aria-label="My organisation’s sign-in" className={styles.section}>
      <h2>{headline(found.data.ways)}</h2>
      <p className="quiet small">
        It lets you in, and that is all: it does not open your key, so keep your passkey, password or recovery
        code; and what needs a fresh proof of you still asks for your passkey.
      </p>
      {lost}
      {found.data.ways.map((way) => (
        <OneWay key={way.providerId} way={way} onChanged={changed} />
      ))}
    </section>
  )
}

function headline(ways: readonly Way[]): string {
  if (ways.length === 0) return 'Your organisation has no sign-in of its own'
  return ways.some(({ link }) => link)
    ? 'You can sign in with your organisation'
    : 'Your organisation has a sign-in of its own, and your account is not connected'
}

interface OneWayProps {
  readonly way: Way
  readonly onChanged: (now: WaysIn) => unknown
}

function OneWay({ way, onChanged }: OneWayProps) {
  const { providerId, link, name } = way
  const begin = useAct(
    (id: string, key) => api.wayBegin(id, key),
    ({ url }) => leaveFor(url, { to: 'connect', providerId }),
  )
  const end = useAct((id: string, key) => api.wayEnd(id, key), onChanged)
  return (
    <div className={styles.section}>
      <p>
        <strong>{name}</strong> <span className="quiet">({way.issuer})</span>
        {link && (
          <>
            : connected <LocalTime at={link.linkedAt} />,{' '}
            {link.usedAt ? (
              <>
                last used <LocalTime at={link.usedAt} />
              </>
            ) : (
              'not used yet'
            )}
          </>
        )}
      </p>
      {link ? (
        <Button variant="default" loading={end.busy} onClick={() => void end.run(link.id)}>
          End the connection to {name}
        </Button>
      ) : (
        <Button variant="default" loading={begin.busy} onClick={() => void begin.run(providerId)}>
          Connect my account at {name}
        </Button>
      )}
      <p className="quiet small">
        {link
          ? 'Sessions that began there end with it. Your passkeys stay.'
          : 'You sign in there once more, so that it is your account and not one that somebody left open.'}
      </p>
      {begin.error && <ErrorNote error={begin.error} what="You stay here" />}
      {end.error && <ErrorNote error={end.error} what="The connection stands" />}
    </div>
  )
}
