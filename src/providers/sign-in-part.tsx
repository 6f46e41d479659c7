import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import styles from '../access/sign-in.module.css'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { leaveFor } from '../web/trip.ts'
import { useAct } from '../web/use-act.ts'
import { useSaved } from '../web/use-saved.ts'
import { spelled } from './words.ts'

/**
 * To the sign-in of one's own organisation, by a word that the organisation gives its people: a list, or a search by address,
 * would tell strangers who is in the network. The link that holds the word (`/sign-in#WORD`) opens this at once.
 */
export function OrganisationSignIn({ next }: { readonly next: string }) {
  const [saved, save] = useSaved('organisation', { word: '' })
  const [linked] = useState(() => decodedHash())
  const [open, setOpen] = useState(linked !== '' || saved.word !== '')
  const [word, setWord] = useState(spelled(linked || saved.word))
  const begin = useAct(
    (typed: string, key) => api.providerSignInBegin(typed, key),
    ({ url }, typed) => {
      save({ word: typed })
      leaveFor(url, { to: 'sign in', next })
    },
  )
  if (!open)
    return (
      <div className={styles.ways}>
        <Button variant="subtle" onClick={() => setOpen(true)}>
          Sign in with your organisation
        </Button>
      </div>
    )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void begin.run(word)
  }
  return (
    <form className={`${styles.ways} ${styles.way}`} onSubmit={submit} aria-label="With your organisation">
      <TextInput
        label="Your organisation’s sign-in word"
        description="Sixteen letters and digits. Your colleagues find it on your organisation’s card."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        classNames={{ input: 'mono' }}
        required
        withAsterisk={false}
        value={word}
        onChange={(event) => setWord(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" fullWidth loading={begin.busy}>
        Go to your organisation’s sign-in
      </Button>
      {begin.error && <ErrorNote error={begin.error} />}
    </form>
  )
}

function decodedHash(): string {
  const word = location.hash.slice(1)
  return /^[0-9a-z-]{16,19}$/i.test(word) ? word : ''
}
