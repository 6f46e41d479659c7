import { TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { passwordProblem } from '../seal/password.ts'
import { beginJoining, Joiner, type Joining, type NewPasskey, newPasskey } from '../web/joining.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { passkeysWork } from '../web/passkey.ts'
import { useAct } from '../web/use-act.ts'
import styles from './invite.module.css'
import { PasswordChoice } from './password-choice.tsx'
import { RecoveryCode } from './recovery-code.tsx'
import { type Way, WayChoice } from './way-choice.tsx'

interface Props {
  readonly token: string
  /** Whether the organisation lets its people sign in with a password. */
  readonly passwords: boolean
  readonly email: string
  readonly network: string
  /** Set: who comes back as the member they are. */
  readonly memberId: string | null
}

/** Name, way to sign in, recovery code: then the member is in. Every key is made here; the server gets them wrapped. */
export function InviteForm(props: Props) {
  const { joining, error } = useJoining(props.memberId)
  const again = props.memberId !== null
  const form = useForm(props, joining)
  const { name, setName, tried, confirmed, setConfirmed, enter, submit } = form
  if (error) return <ErrorNote error={error} what="Your key could not be made" />
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {!again && (
        <section className={styles.step}>
          <h2>1. Your name</h2>
          <TextInput
            label="As others in the network see it"
            autoComplete="name"
            value={name}
            error={tried && name.trim() === '' ? 'Write the name by which others know you.' : null}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </section>
      )}
      <SignInStep form={form} email={props.email} passwords={props.passwords} />
      <section className={styles.step}>
        <h2>3. Your recovery code</h2>
        <RecoveryCode {...props} code={joining?.code ?? null} onConfirmed={setConfirmed} />
        {tried && !confirmed && (
          <p className={styles.weak} role="alert">
            Type the two groups of the code, so that it is certain that you have it.
          </p>
        )}
      </section>
      <div className={styles.step}>
        {enter.error && (
          <ErrorNote error={enter.error} what={again ? 'You are not in yet' : 'You have not joined yet'} />
        )}
        <div>
          <NextAction type="submit" loading={enter.busy || !joining}>
            {again ? 'Come back in' : 'Join the network'}
          </NextAction>
        </div>
      </div>
    </form>
  )
}

function useForm({ token, memberId, passwords }: Props, joining: Joining | null) {
  // who comes back keeps the name that others know
  const [name, setName] = useState(memberId === null ? '' : 'as before')
  const [way, setWay] = useState<Way>(passkeysWork() || !passwords ? 'passkey' : 'password')
  const [password, setPassword] = useState('')
  const [confirmed, setConfirmed] = useState(false)
  const [tried, setTried] = useState(false)
  const { enter, weak } = useJoin({ token, joining })
  const withPassword = way === 'password' || weak
  const problem = withPassword ? passwordProblem(password) : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() === '' || problem || !confirmed || !joining) return
    void enter.run({ name: name.trim(), way, password: withPassword ? password : null })
  }
  return {
    ...{ name, setName, way, setWay, password, setPassword, confirmed, setConfirmed },
    ...{ tried, enter, weak, withPassword, problem, submit },
  }
}

interface StepProps {
  readonly form: ReturnType<typeof useForm>
  readonly passwords: boolean
  readonly email: string
}

function SignInStep({ form, email, passwords }: StepProps) {
  const { way, setWay, weak, withPassword, password, setPassword, tried, problem } = form
  return (
    <section className={styles.step}>
      <h2>2. How you sign in</h2>
      <WayChoice way={way} onChange={setWay} passwords={passwords} />
      {weak && way === 'passkey' && (
        <p className={styles.weak} role="alert">
          This passkey can sign you in, but on this device it cannot unlock your key. Choose a password for
          that as well, then press Join again.
        </p>
      )}
      {withPassword && (
        <PasswordChoice
          email={email}
          password={password}
          onChange={setPassword}
          problem={tried ? problem : null}
        />
      )}
    </section>
  )
}

function useJoining(memberId: string | null): { joining: Joining | null; error: unknown } {
  const [joining, setJoining] = useState<Joining | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    let gone = false
    let made: Joining | null = null
    beginJoining(memberId ?? undefined).then((it) => {
      made = it
      if (gone) it.smith.end()
      else setJoining(it)
    }, setError)
    return () => {
      gone = true
      made?.smith.end()
    }
  }, [memberId])
  return { joining, error }
}

interface Chosen {
  readonly name: string
  readonly way: Way
  readonly password: string | null
}

/** Joins. `weak`: the passkey that was made gives no key, so a password is asked for before anything is sent. */
function useJoin({ token, joining }: { readonly token: string; readonly joining: Joining | null }) {
  const navigate = useNavigate()
  const [passkey, setPasskey] = useState<NewPasskey | null>(null)
  const [joiner] = useState(() => new Joiner())
  const enter = useAct(
    async ({ name, way, password }: Chosen, key) => {
      if (!joining) return null
      // what may have arrived goes once more as it was: nothing is made for it
      const made =
        way === 'passkey' && !joiner.owed ? (passkey ?? (await newPasskey(token, joining.memberId))) : null
      if (!joiner.owed) setPasskey(made)
      if (made && !made.prf && password === null) return null
      try {
        return await joiner.join(joining, () => ({ token, name, passkey: made, password }), key)
      } catch (error) {
        // A challenge serves once and not for long: after a refusal the next try makes a new passkey.
        if (!joiner.owed) setPasskey(null)
        throw error
      }
    },
    (me) => me && navigate({ to: '/', replace: true }),
  )
  return { enter, weak: passkey !== null && passkey.prf === null }
}
