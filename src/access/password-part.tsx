import { Button, NativeSelect } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries } from '../web/queries.ts'
import { useMay, useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import type { Me } from './shapes.ts'

const WORDS: Readonly<Record<Me['passwordRule'], string>> = {
  none: 'Your organisation wants passkeys: a password lets nobody in',
  with_code: 'Your organisation allows a password with a code of a code app',
  alone: 'This network is invented: a password alone is enough',
}

/** Whether passwords let anybody in here, and my own code app. Whoever is of the organisation may forbid passwords. */
export function PasswordPart() {
  const me = useMe()
  const rules = useMay('password.rule')
  const cache = useQueryClient()
  const again = () => cache.invalidateQueries({ queryKey: queries.me().queryKey })
  const remove = useAct((_: undefined, key) => api.codeAppEnd(key), again)
  const forbid = useAct((org: string, key) => api.passwordRule(org, 'none', key), again)
  return (
    <section aria-label="Passwords">
      <h2>{WORDS[me.passwordRule]}</h2>
      {me.codeApp && (
        <p>
          <Button variant="default" loading={remove.busy} onClick={() => void remove.run(undefined)}>
            Remove my code app
          </Button>{' '}
          <span className="quiet small">
            When it is lost. The next sign-in with the password sets up another.
          </span>
        </p>
      )}
      {remove.error && <ErrorNote error={remove.error} what="The code app stays" />}
      {me.passwordRule === 'with_code' && (
        <p>
          <Button variant="default" loading={forbid.busy} onClick={() => void forbid.run(me.org.id)}>
            Forbid passwords in {me.org.name}
          </Button>{' '}
          <span className="quiet small">
            For everybody of it, at their next sign-in; only the steward can allow them again.
          </span>
        </p>
      )}
      {forbid.error && <ErrorNote error={forbid.error} what="Nothing was changed" />}
      {rules && <Rule onChanged={again} />}
    </section>
  )
}

/** For the steward: an organisation asks for passwords with codes, or for their end. */
function Rule({ onChanged }: { readonly onChanged: () => unknown }) {
  const { data } = useQuery(queries.network())
  const orgs = data?.orgs.filter(({ leftAt }) => leftAt === null) ?? []
  const [chosen, setChosen] = useState('')
  const [said, setSaid] = useState('')
  const org = chosen || orgs[0]?.id || ''
  const change = useAct(
    (it: { org: string; rule: 'none' | 'with_code' }, key) => api.passwordRule(it.org, it.rule, key),
    (_, it) => {
      const name = orgs.find(({ id }) => id === it.org)?.name ?? 'it'
      setSaid(
        it.rule === 'none'
          ? `${name}: passkeys only, from now on.`
          : `${name}: passwords with codes are allowed.`,
      )
      return onChanged()
    },
  )
  return (
    <div>
      <NativeSelect
        label="How people of an organisation may sign in"
        description="As they ask you to. Passkeys always work."
        value={org}
        onChange={(event) => setChosen(event.currentTarget.value)}
        data={orgs.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <p>
        <Button
          size="xs"
          variant="default"
          loading={change.busy}
          onClick={() => void change.run({ org, rule: 'none' })}
        >
          Passkeys only
        </Button>{' '}
        <Button
          size="xs"
          variant="default"
          loading={change.busy}
          onClick={() => void change.run({ org, rule: 'with_code' })}
        >
          Passwords with codes, too
        </Button>
      </p>
      <p role="status">{said}</p>
      {change.error && <ErrorNote error={change.error} what="Nothing was changed" />}
    </div>
  )
}
