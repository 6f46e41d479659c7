import { Button, Modal, PasswordInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { KeyIcon } from '../web/parts/icons.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { capital } from '../web/parts/words.ts'
import { passkeysWork } from '../web/passkey.ts'
import { proveWithPasskey, proveWithPassword, settleProof, useWaiting, type Waiting } from '../web/step-up.ts'
import { useAct } from '../web/use-act.ts'
import { CodeField } from './code-field.tsx'
import type { Me } from './shapes.ts'
import styles from './sign-in.module.css'
import { PROOF_MINUTES } from './step-up-list.ts'

/** Stands over the page while an act waits: the act is done as soon as the person has shown that it is they. */
export function StepUpDialog({ me }: { readonly me: Me }) {
  const waiting = useWaiting()
  return (
    <Modal
      opened={waiting !== null}
      onClose={() => settleProof(false)}
      title="Confirm that it is you"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': 'Not now' }}
    >
      {waiting && <Proof me={me} waiting={waiting} />}
    </Modal>
  )
}

interface Props {
  readonly me: Me
  readonly waiting: Waiting
}

function Proof({ me, waiting }: Props) {
  const { passkeys, password } = me.proofs
  const byPassword = password === 'alone' || (password === 'with_code' && waiting.by !== 'passkey')
  const byPasskey = passkeys > 0 && passkeysWork()
  return (
    <div className={styles.way}>
      <p>
        {capital(waiting.what)} needs a fresh proof, so that a browser left open, or stolen, is not enough. It
        lasts {PROOF_MINUTES} minutes. What you were doing goes on by itself; nothing you typed is lost.
      </p>
      {byPasskey && <ByPasskey />}
      {byPassword && <ByPassword me={me} withCode={password === 'with_code'} />}
      {!byPasskey && !byPassword && <NoWay passkeys={passkeys} />}
      <Button variant="subtle" onClick={() => settleProof(false)}>
        Not now
      </Button>
    </div>
  )
}

function NoWay({ passkeys }: { readonly passkeys: number }) {
  return passkeys > 0 ? (
    <p>This browser cannot use your passkey. Do it where you can.</p>
  ) : (
    <p>
      This needs a passkey, and you have none yet. Add one under{' '}
      <Link to="/sessions" onClick={() => settleProof(false)}>
        Where I am signed in
      </Link>
      .
    </p>
  )
}

function ByPasskey() {
  const prove = useAct(proveWithPasskey, () => settleProof(true))
  return (
    <>
      <NextAction
        fullWidth
        data-autofocus
        leftSection={<KeyIcon />}
        loading={prove.busy}
        onClick={() => void prove.run(undefined)}
      >
        Use my passkey
      </NextAction>
      {prove.error && <ErrorNote error={prove.error} />}
    </>
  )
}

function ByPassword({ me, withCode }: { readonly me: Me; readonly withCode: boolean }) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const prove = useAct(
    (it: { password: string; code: string }) => proveWithPassword(me, it.password, it.code),
    () => settleProof(true),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    void prove.run({ password, code: withCode ? code : '' })
  }
  return (
    <form className={styles.way} onSubmit={submit}>
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {withCode && <CodeField code={code} onChange={setCode} />}
      <Button type="submit" variant="default" fullWidth loading={prove.busy}>
        Confirm with the password
      </Button>
      {prove.error && <ErrorNote error={prove.error} />}
    </form>
  )
}
