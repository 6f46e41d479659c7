import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { RecoveryCode } from '../access/recovery-code.tsx'
import type { Me } from '../access/shapes.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { Progress } from '../web/parts/progress.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { useKey } from '../web/use-key.tsx'
import { fingerprint } from './chain.ts'
import styles from './keys.module.css'
import { beginNewKey, type Given, type NewKey, takeOver } from './new-key.ts'
import { emptyGiven, ProveFields, waysOf } from './prove-fields.tsx'

/** A new key of one's own takes over with everything that the old one opens, or not at all. */
export function NewKeyPage() {
  const me = useMe()
  const { key: own, card } = useKey()
  const drafts = useQuery(queries.drafts())
  const [moved, setMoved] = useState<{ records: number; closed: number } | null>(null)
  if (moved !== null) return <Done {...moved} />
  const waiting = drafts.data?.drafts.length ?? 0
  return (
    <>
      <Headline
        above={<Link to="/keys">Keys</Link>}
        below="Do this when somebody else may have seen your password or recovery code, or held your unlocked device. Everything that your key opens now goes along. Until the last step nothing changes; you can leave at any time."
      >
        Make a new key of your own
      </Headline>
      {waiting > 0 && (
        <p className={styles.part}>
          {countWords(waiting, 'draft')} of yours {waiting === 1 ? 'is' : 'are'} sealed to the key you have:
          save or throw {waiting === 1 ? 'it' : 'them'} away first, under <Link to="/reports">Report</Link>.
        </p>
      )}
      {card}
      {own && !drafts.isPending && waiting === 0 && <NewKeyForm me={me} own={own} onDone={setMoved} />}
    </>
  )
}

interface FormProps {
  readonly me: Me
  readonly own: CryptoKey
  readonly onDone: (moved: { records: number; closed: number }) => void
}

function NewKeyForm({ me, own, onDone }: FormProps) {
  const { made, error } = useNewKey(me)
  const [confirmed, setConfirmed] = useState(false)
  const [given, setGiven] = useState<Given>(() => emptyGiven(waysOf(me, false)[0]))
  const [moving, setMoving] = useState<{ done: number; startedAt: number } | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const act = useAct(async (_: string, key) => {
    stop.current = new AbortController()
    const startedAt = Date.now()
    setMoving({ done: 0, startedAt })
    const onRecords = (done: number) => setMoving({ done, startedAt })
    try {
      const it = { given, own, onRecords, signal: stop.current.signal }
      return await takeOver(me, made as NewKey, it, key)
    } finally {
      setMoving(null)
    }
  }, onDone)
  if (error) return <ErrorNote error={error} what="No new key was made" />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (confirmed && made) void act.run(made.recipient)
  }
  return (
    <form className={styles.part} onSubmit={submit} aria-label="A new key">
      <h2>1. Its recovery code</h2>
      <p className="small">The old recovery code opens nothing afterwards.</p>
      <div className={styles.box}>
        <RecoveryCode
          code={made?.code ?? null}
          email={me.member.email}
          network={me.network}
          onConfirmed={setConfirmed}
        />
      </div>
      <h2>2. How you open it</h2>
      <p className="small">
        In the way you open your key now: that shows that it is you. Another passkey or password of yours
        still signs you in, but opens the new key no more.
      </p>
      <div className={styles.box}>
        <ProveFields me={me} given={given} onGiven={setGiven} />
      </div>
      {moving && (
        <Progress
          label="Wrapping your records for the new key"
          done={moving.done}
          unit="records"
          startedAt={moving.startedAt}
          onCancel={() => stop.current?.abort()}
        />
      )}
      {act.error && <ErrorNote error={act.error} what="Your key is the old one still; nothing was changed" />}
      {made && !confirmed && (
        <p className="small">
          Not yet: type the two groups of the new recovery code above, from where you keep it.
        </p>
      )}
      <div className={styles.buttons}>
        <NextAction type="submit" loading={act.busy} disabled={!confirmed || !made}>
          Let the new key take over
        </NextAction>
        <Link to="/keys">Leave it as it is</Link>
      </div>
    </form>
  )
}

function useNewKey(me: Me): { made: NewKey | null; error: unknown } {
  const [made, setMade] = useState<NewKey | null>(null)
  const [error, setError] = useState<unknown>(null)
  const who = useRef(me)
  useEffect(() => {
    let gone = false
    let mine: NewKey | null = null
    beginNewKey(who.current).then((it) => {
      mine = it
      if (gone) it.smith.end()
      else setMade(it)
    }, setError)
    return () => {
      gone = true
      mine?.smith.end()
    }
  }, [])
  return { made, error }
}

function Done({ records, closed }: { readonly records: number; readonly closed: number }) {
  const { member, org } = useMe()
  useEffect(() => {
    for (const name of ['keys', 'recovery', 'groups'])
      void queryClient.invalidateQueries({ queryKey: [name] })
  }, [])
  return (
    <>
      <Headline above={<Link to="/keys">Keys</Link>}>
        You have a new key; {countWords(records, 'record')} went with it
      </Headline>
      <section className={styles.part}>
        <p>
          Until {org.name} signs it, nobody seals anything new to you. Call a colleague who holds the signing
          key, and read them this:
        </p>
        <p className={styles.loud}>{fingerprint(member.recipient)}</p>
        {closed > 0 && (
          <p>
            {capital(countWords(closed, 'record'))} that others had shared with you and that{' '}
            {closed === 1 ? 'is' : 'are'} closed now did not go along. Should one open again, ask whoever
            shared it to share it once more.
          </p>
        )}
        <p>
          The shares that officers kept were of the old key:{' '}
          <Link to="/keys/recovery">name officers for the new one</Link>. Stewards of your groups give you
          their key again.
        </p>
      </section>
    </>
  )
}
