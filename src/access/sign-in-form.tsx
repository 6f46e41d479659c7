import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { KeyIcon } from '../web/parts/icons.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { passkeysWork } from '../web/passkey.ts'
import { signInWithPasskey, signInWithPassword } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import type { DemoHouse } from './demo-people.tsx'
import styles from './sign-in.module.css'

interface Props {
  readonly onDone: () => unknown
  /** Known in a demo: the password is no secret there and stands in its field. */
  readonly demo?: DemoHouse | null
  /** Whose session ended: their address stands in its field. */
  readonly email?: string
}

/** A passkey, or address and password. Both derive the member's own key here; the server never sees it. */
export function SignInForm({ onDone, demo = null, email: known }: Props) {
  const here = demo?.people.find((person) => person.host === location.hostname)
  const [email, setEmail] = useState(known ?? here?.email ?? '')
  const [password, setPassword] = useState(here ? (demo?.password ?? '') : '')
  const passkey = useAct(() => signInWithPasskey(), onDone)
  const byPassword = useAct(
    (it: { email: string; password: string }) => signInWithPassword(it.email, it.password),
    onDone,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    passkey.clear()
    void byPassword.run({ email: email.trim(), password })
  }
  return (
    <div className={styles.ways}>
      {passkeysWork() && (
        <div className={styles.way}>
          <NextAction
            fullWidth
            leftSection={<KeyIcon />}
            loading={passkey.busy}
            onClick={() => {
              byPassword.clear()
              void passkey.run(undefined)
            }}
          >
            Sign in with a passkey
          </NextAction>
          {passkey.error && <ErrorNote error={passkey.error} />}
          <p className={styles.or}>or with a password</p>
        </div>
      )}
      <form className={styles.way} onSubmit={submit}>
        <TextInput
          label="E-mail address"
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" fullWidth loading={byPassword.busy}>
          Sign in with the password
        </Button>
        <p className="quiet small" aria-live="polite">
          {byPassword.busy && 'Your key is being derived on this device; that takes a second.'}
        </p>
        {byPassword.error && <ErrorNote error={byPassword.error} />}
      </form>
    </div>
  )
}
