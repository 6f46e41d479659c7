import { Button, PasswordInput, Radio, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { addPasskey, type Opening } from '../web/more-passkeys.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { passkeysWork } from '../web/passkey.ts'
import { useAct } from '../web/use-act.ts'
import type { Passkeys } from './passkeys-part.tsx'
import type { Me } from './shapes.ts'
import styles from './sign-in.module.css'

interface Props {
  readonly me: Me
  readonly onAdded: (now: Passkeys) => unknown
}

const WAYS = { passkey: 'A passkey I have', password: 'My password', recovery: 'My recovery code' } as const

/** One more passkey on this device. The key is opened once more here, so that it can be wrapped for the new one, too. */
export function AddPasskey({ me, onAdded }: Props) {
  const [open, setOpen] = useState(false)
  if (!passkeysWork()) return <p className="quiet small">This browser or address cannot make passkeys.</p>
  if (!open)
    return (
      <p>
        <Button variant="default" onClick={() => setOpen(true)}>
          Add a passkey
        </Button>
      </p>
    )
  return (
    <AddForm
      me={me}
      onBack={() => setOpen(false)}
      onAdded={(now) => {
        setOpen(false)
        return onAdded(now)
      }}
    />
  )
}

function AddForm({ me, onAdded, onBack }: Props & { readonly onBack: () => void }) {
  const ways = (['passkey', 'password', 'recovery'] as const).filter((it) =>
    me.wraps.some(({ kind }) => kind === it),
  )
  const [name, setName] = useState('')
  const [way, setWay] = useState<Opening['way']>(ways[0] ?? 'recovery')
  const [text, setText] = useState('')
  const add = useAct((it: { name: string; opening: Opening }) => addPasskey(me, it.name, it.opening), onAdded)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void add.run({ name: name.trim(), opening: { way, text } })
  }
  const Field = way === 'password' ? PasswordInput : TextInput
  return (
    <form className={styles.ways} onSubmit={submit} aria-label="Add a passkey">
      <TextInput
        label="What you call it"
        description="The device it is on, e.g. “Office laptop”"
        required
        withAsterisk={false}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group
        label="Open your key once more with"
        description="The new passkey is to open it, too; the key never leaves this device unwrapped."
        value={way}
        onChange={(value) => setWay(value as Opening['way'])}
      >
        {ways.map((it) => (
          <Radio key={it} value={it} label={WAYS[it]} mt={6} />
        ))}
      </Radio.Group>
      {way !== 'passkey' && (
        <Field
          key={way}
          label={way === 'password' ? 'Password' : 'Recovery code'}
          autoComplete={way === 'password' ? 'current-password' : 'off'}
          required
          withAsterisk={false}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div>
        <Button type="submit" loading={add.busy}>
          Make the passkey
        </Button>{' '}
        <Button variant="default" onClick={onBack}>
          Not now
        </Button>
      </div>
      {add.error && <ErrorNote error={add.error} what="No passkey was added" />}
    </form>
  )
}
