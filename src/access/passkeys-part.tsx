import { Button, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import list from '../web/parts/list.module.css'
import { hereZone, weekdayClock } from '../web/parts/moment.ts'
import { queries, showAnswer } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { AddPasskey } from './add-passkey.tsx'
import type { PasskeyList } from './shapes.ts'

export type Passkeys = (typeof PasskeyList)['_output']
type Passkey = Passkeys['passkeys'][number]

/** My passkeys: a second one before the first is lost, a name for each, and the end of one that was. */
export function PasskeysPart() {
  const me = useMe()
  const found = useQuery(queries.passkeys())
  const cache = useQueryClient()
  const changed = async (now: Passkeys) => {
    await showAnswer(queries.passkeys().queryKey, now)
    // which wraps there are, and how one can prove oneself, stands there
    await Promise.all(
      [queries.me().queryKey, queries.sessions().queryKey].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    )
  }
  const failed = failureOf(found)
  if (failed) return <ErrorNote error={failed} onRetry={() => found.refetch()} />
  if (!found.data) return null
  const { passkeys } = found.data
  return (
    <section aria-label="My passkeys">
      <h2>{headline(passkeys.length)}</h2>
      {passkeys.length > 0 && (
        <table className={list.table}>
          <caption className="unseen">My passkeys</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Added</th>
              <th scope="col">Last used</th>
              <th scope="col">My key</th>
              <th scope="col">
                <span className="unseen">Change it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {passkeys.map((it) => (
              <PasskeyRow key={it.credentialId} it={it} onChanged={changed} />
            ))}
          </tbody>
        </table>
      )}
      <AddPasskey me={me} onAdded={changed} />
    </section>
  )
}

function headline(count: number): string {
  if (count === 0) return 'You have no passkey yet'
  return count === 1 ? 'You have one passkey: add a second before you lose it' : `You have ${count} passkeys`
}

interface RowProps {
  readonly it: Passkey
  readonly onChanged: (now: Passkeys) => unknown
}

function PasskeyRow({ it, onChanged }: RowProps) {
  const [doing, setDoing] = useState<'nothing' | 'naming' | 'removing'>('nothing')
  const done = (now: Passkeys) => {
    setDoing('nothing')
    return onChanged(now)
  }
  return (
    <tr>
      <td data-name="Name">
        {doing === 'naming' ? <Rename it={it} onDone={done} onBack={() => setDoing('nothing')} /> : it.name}
      </td>
      <td data-name="Added">{moment(it.addedAt)}</td>
      <td data-name="Last used">{it.usedAt ? moment(it.usedAt) : 'never'}</td>
      <td data-name="My key">{it.opensKey ? 'opens it' : 'signs in only'}</td>
      <td>
        {doing === 'removing' ? (
          <Remove it={it} onDone={done} onBack={() => setDoing('nothing')} />
        ) : (
          <>
            <Button size="compact-xs" variant="subtle" onClick={() => setDoing('naming')}>
              Rename <span className="unseen">{it.name}</span>
            </Button>
            <Button size="compact-xs" variant="subtle" onClick={() => setDoing('removing')}>
              Remove <span className="unseen">{it.name}</span>
            </Button>
          </>
        )}
      </td>
    </tr>
  )
}

interface ChangeProps {
  readonly it: Passkey
  readonly onDone: (now: Passkeys) => unknown
  readonly onBack: () => void
}

function Rename({ it, onDone, onBack }: ChangeProps) {
  const [name, setName] = useState(it.name)
  const rename = useAct((typed: string, key) => api.passkeyName(it.credentialId, typed, key), onDone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void rename.run(name)
  }
  return (
    <form onSubmit={submit}>
      <TextInput
        label="Name of this passkey"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" loading={rename.busy}>
        Save the name
      </Button>
      <Button size="xs" variant="default" onClick={onBack}>
        Not now
      </Button>
      {rename.error && <ErrorNote error={rename.error} what="It keeps its name" />}
    </form>
  )
}

function Remove({ it, onDone, onBack }: ChangeProps) {
  const remove = useAct((id: string, key) => api.passkeyEnd(id, key), onDone)
  return (
    <>
      <p className="small">
        {it.name} will not let anybody in any more, and everywhere else you are signed out. This cannot be
        undone.
      </p>
      <Button size="xs" color="red" loading={remove.busy} onClick={() => void remove.run(it.credentialId)}>
        Remove it for good
      </Button>
      <Button size="xs" variant="default" onClick={onBack}>
        Keep it
      </Button>
      {remove.error && <ErrorNote error={remove.error} what="It was not removed" />}
    </>
  )
}

function moment(iso: string): string {
  return weekdayClock(new Date(iso), hereZone())
}
