import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { HouseError } from '../core/errors.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { SealIcon } from '../web/parts/icons.tsx'
import { unlockWithPasskey, unlockWithPassword, unlockWithRecoveryCode } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import type { Me } from './shapes.ts'
import styles from './unlock-card.module.css'

type Way = 'passkey' | 'password' | 'recovery'

const WAY_WORDS: Record<Way, string> = {
  passkey: 'passkey',
  password: 'password',
  recovery: 'recovery code',
}

/** A session without its key: any of the member's own ways opens it, here and at once. Never a dead end. */
export function UnlockCard({ me }: { readonly me: Me }) {
  const ways = (['passkey', 'password', 'recovery'] as const).filter((way) =>
    me.wraps.some(({ kind }) => kind === way),
  )
  const [way, setWay] = useState<Way>(ways[0] ?? 'recovery')
  return (
    <section className={styles.card} aria-label="Unlock your key">
      <h2>
        <SealIcon /> Your key is locked
      </h2>
      <p className="small">You are signed in, but what is sealed to you opens only with your own key.</p>
      {way === 'passkey' ? <ByPasskey me={me} /> : <ByText key={way} me={me} way={way} />}
      {ways.length > 1 && (
        <p className={styles.others}>
          {ways
            .filter((other) => other !== way)
            .map((other) => (
              <Button key={other} size="compact-sm" variant="subtle" onClick={() => setWay(other)}>
                Use the {WAY_WORDS[other]}
              </Button>
            ))}
        </p>
      )}
    </section>
  )
}

function ByPasskey({ me }: { readonly me: Me }) {
  const unlock = useAct(async () => {
    if (await unlockWithPasskey(me)) return true
    throw new HouseError(
      'conflict',
      'this passkey signs you in, but on this device it gives no key; use your recovery code or password',
    )
  })
  return (
    <div className={styles.form}>
      <Button variant="default" loading={unlock.busy} onClick={() => void unlock.run(undefined)}>
        Unlock with the passkey
      </Button>
      {unlock.error && <ErrorNote error={unlock.error} />}
    </div>
  )
}

function ByText({ me, way }: { readonly me: Me; readonly way: 'password' | 'recovery' }) {
  const [text, setText] = useState('')
  const unlock = useAct((typed: string) =>
    way === 'password' ? unlockWithPassword(me, typed) : unlockWithRecoveryCode(me, typed),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void unlock.run(text)
  }
  const shared = {
    value: text,
    required: true,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      {way === 'password' ? (
        <PasswordInput label="Password" autoComplete="current-password" {...shared} />
      ) : (
        <TextInput
          label="Recovery code"
          description="24 digits, shown to you when you joined"
          autoComplete="off"
          inputMode="numeric"
          classNames={{ input: 'mono' }}
          {...shared}
        />
      )}
      <Button type="submit" variant="default" loading={unlock.busy}>
        Unlock
      </Button>
      {unlock.error && <ErrorNote error={unlock.error} />}
    </form>
  )
}
