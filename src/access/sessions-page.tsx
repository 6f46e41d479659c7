import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { WaysPart } from '../providers/ways-part.tsx'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { hereZone, weekdayClock } from '../web/parts/moment.ts'
import { queries, showAnswer } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import { PasskeysPart } from './passkeys-part.tsx'
import { PasswordPart } from './password-part.tsx'
import styles from './sessions.module.css'

const VIA_WORDS = { passkey: 'passkey', password: 'password', provider: 'my organisation’s sign-in' } as const

/** Where I am signed in, and the way to end what I left open somewhere. */
export function SessionsPage() {
  const open = useQuery(queries.sessions())
  const end = useAct(
    (id: string, key) => api.endSession(id, key),
    (now) => showAnswer(queries.sessions().queryKey, now),
  )
  const failed = failureOf(open)
  if (failed) return <ErrorNote error={failed} onRetry={() => open.refetch()} />
  if (!open.data) return null
  const { sessions } = open.data
  const others = sessions.filter(({ here }) => !here).length
  return (
    <>
      <Headline below="If you do not know one of them, end it, and tell your steward: somebody may have your password or passkey. Which device it is, is not kept.">
        {others === 0
          ? 'You are signed in here and nowhere else'
          : `You are signed in here, and ${others === 1 ? 'once' : `${others} times`} elsewhere`}
      </Headline>
      {end.error && <ErrorNote error={end.error} what="The session was not ended" />}
      <table className={list.table}>
        <caption className="unseen">Sessions of yours that are open</caption>
        <thead>
          <tr>
            <th scope="col">Signed in</th>
            <th scope="col">With</th>
            <th scope="col">Last seen</th>
            <th scope="col">Ends by itself</th>
            <th scope="col">
              <span className="unseen">End it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((it) => (
            <tr key={it.id}>
              <td data-name="Signed in">{moment(it.begunAt)}</td>
              <td data-name="With">{VIA_WORDS[it.via]}</td>
              <td data-name="Last seen">{moment(it.seenAt)}</td>
              <td data-name="Ends by itself">{moment(it.endsAt)}</td>
              <td>
                {it.here ? (
                  <span className="quiet">this one</span>
                ) : (
                  <Button size="xs" variant="default" loading={end.busy} onClick={() => void end.run(it.id)}>
                    End it
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.parts}>
        <PasskeysPart />
        <WaysPart />
        <PasswordPart />
      </div>
    </>
  )
}

function moment(iso: string): string {
  return weekdayClock(new Date(iso), hereZone())
}
