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
export function SignInForm(props: Props) {
  const passkey = useAct(() => signInWithPasskey(), props.onDone)
  const byPassword = useAct(
    (it: { email: string; password: string }) => signInWithPassword(it.email, it.password),
    props.onDone,
  )
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
      <PasswordForm
        {...props}
        busy={byPassword.busy}
        error={byPassword.error}
        onSubmit={(it) => {
          passkey.clear()
          void byPassword.run(it)
        }}
      />
    </div>
  )
}

interface PasswordFormProps extends Props {
  readonly busy: boolean
  readonly error: unknown
  readonly onSubmit: (it: { email: string; password: string }) => void
}

function PasswordForm({ demo = null, email: known, busy, error, onSubmit }: PasswordFormProps) {
  const here = demo?.people.find((person) => person.host === location.hostname)
  const [email, setEmail] = useState(known ?? here?.email ?? '')
  const [password, setPassword] = useState(here ? (demo?.password ?? '') : '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit({ email: email.trim(), password })
  }
  return (
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
      <Button type="submit" variant="default" fullWidth loading={busy}>
        Sign in with the password
      </Button>
      <p className="quiet small" aria-live="polite">
        {busy && 'Your key is being derived on this device; that takes a second.'}
      </p>
      {error != null && <ErrorNote error={error} />}
    </form>
  )
}
