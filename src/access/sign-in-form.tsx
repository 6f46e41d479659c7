import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { KeyIcon } from '../web/parts/icons.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { passkeysWork } from '../web/passkey.ts'
import { type CodeNeeded, signInWithPasskey, signInWithPassword } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { CodeField } from './code-field.tsx'
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
  const [needed, setNeeded] = useState<CodeNeeded | null>(null)
  const byPassword = useAct(
    (it: Typed) => signInWithPassword(it.email, it.password, it.code),
    (out) => ('me' in out ? props.onDone() : setNeeded(out)),
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
        needed={needed}
        onSubmit={(it) => {
          passkey.clear()
          void byPassword.run(it)
        }}
      />
    </div>
  )
}

interface Typed {
  readonly email: string
  readonly password: string
  readonly code?: string
}

interface PasswordFormProps extends Props {
  readonly busy: boolean
  readonly error: unknown
  /** The password was right, and a code is asked for. */
  readonly needed: CodeNeeded | null
  readonly onSubmit: (it: Typed) => void
}

function PasswordForm({ demo = null, email: known, busy, error, needed, onSubmit }: PasswordFormProps) {
  const here = demo?.people.find((person) => person.host === location.hostname)
  const [email, setEmail] = useState(known ?? here?.email ?? '')
  const [password, setPassword] = useState(here ? (demo?.password ?? '') : '')
  const [code, setCode] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit({ email: email.trim(), password, ...(needed ? { code } : {}) })
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
      {needed && <CodeField code={code} onChange={setCode} app={needed.app} />}
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
