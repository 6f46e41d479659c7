import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Progress } from '../web/parts/progress.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { useKey } from '../web/use-key.tsx'
import { fingerprint } from './chain.ts'
import type { RecoveryState } from './key-shapes.ts'
import styles from './keys.module.css'
import { takeBack } from './new-key.ts'

type State = z.infer<typeof RecoveryState>
type Mine = NonNullable<State['mine']>
const lookAgain = () => queryClient.invalidateQueries({ queryKey: ['recovery'] })

/** My own key: a new one, who could give it back, and what waits when it was lost. */
export function OwnKeyPart() {
  const me = useMe()
  const recovery = useQuery(queries.recovery())
  const [back, setBack] = useState<Back | null>(null)
  const failed = failureOf(recovery)
  if (failed) return <ErrorNote error={failed} onRetry={() => recovery.refetch()} />
  if (!recovery.data) return null
  const { mine, asked, kept } = recovery.data
  const lost = mine !== null && mine.recipient !== me.member.recipient
  return (
    <section className={styles.part} aria-labelledby="own-key">
      <h2 id="own-key">Your own key</h2>
      <p>
        When a colleague asks you to read it out:{' '}
        <strong className="mono">{fingerprint(me.member.recipient)}</strong>
      </p>
      {back && <CameBack {...back} />}
      {lost ? <GiveBack mine={mine} asked={asked} onBack={setBack} /> : <Officers mine={mine} />}
      {kept > 0 && (
        <p className="quiet small">
          You keep a share of the key of {kept === 1 ? 'one person' : `${kept} people`}. When one of them
          loses it, what to do stands on this page.
        </p>
      )}
      {!lost && (
        <p>
          <Link to="/keys/new">Make a new key of your own</Link>, when somebody else may have had it.
        </p>
      )}
    </section>
  )
}

function Officers({ mine }: { readonly mine: Mine | null }) {
  if (mine === null)
    return (
      <>
        <p>
          If you lose this device, your password and your recovery code, nobody can give your key back, and
          what is sealed to you alone is lost.
        </p>
        <p>
          <Link to="/keys/recovery">Choose who could give it back</Link>
        </p>
      </>
    )
  const gone = mine.officers.filter((it) => it.gone)
  const here = mine.officers.length - gone.length
  if (gone.length > 0)
    return (
      <div className={styles.box} role="note">
        <p>
          <b>{named(gone)} left the network</b> and can give nothing back.{' '}
          {here < mine.threshold
            ? `Your key cannot be given back any more: ${mine.threshold} shares are needed, and ${here === 0 ? 'nobody' : `only ${named(mine.officers.filter((it) => !it.gone))}`} still keeps one.`
            : `Any ${mine.threshold} of these still can: ${named(mine.officers.filter((it) => !it.gone))}.`}{' '}
          <Link to="/keys/recovery">Choose your officers anew</Link>: the shares of before serve nobody then.
        </p>
      </div>
    )
  return (
    <p>
      If you lose it, any {mine.threshold} of these give it back: {named(mine.officers)}.{' '}
      <Link to="/keys/recovery">Choose others</Link>
    </p>
  )
}

const named = (officers: Mine['officers']) =>
  officers.map(({ name, orgName }) => `${name} (${orgName})`).join(', ')

interface GiveBackProps {
  readonly mine: Mine
  readonly asked: State['asked']
  readonly onBack: (back: Back) => void
}

/** I have a new key; what the old one opened is given back by officers, step by step. */
function GiveBack({ mine, asked, onBack }: GiveBackProps) {
  const ask = useAct(async (id: string, key) => api.recoveryAsk(id, key), lookAgain)
  const end = useAct(async (_: string, key) => api.recoveryEnd(key), lookAgain)
  const missing = mine.threshold - (asked?.passed.length ?? 0)
  if (asked === null)
    return (
      <div className={styles.box}>
        <p>
          What was sealed to the key you had before is not lost: any {mine.threshold} of your officers can
          give that key back. {named(mine.officers.filter((it) => !it.gone))}.
        </p>
        <div>
          <Button color="ember" loading={ask.busy} onClick={() => void ask.run(newId())}>
            Ask them for it
          </Button>
        </div>
        {ask.error && <ErrorNote error={ask.error} what="Nobody was asked" />}
      </div>
    )
  return (
    <div className={styles.box}>
      <p>
        You asked for your old key <LocalTime at={asked.askedAt} ago />.{' '}
        {missing > 0
          ? `${countWords(missing, 'officer has', 'officers have')} still to pass a share on. Call them, and read them the fingerprint of your key above.`
          : 'Enough shares are here.'}
      </p>
      <ul className={styles.rows}>
        {mine.officers.map(({ name, orgName, helped, gone }) => (
          <li key={`${name} ${orgName}`}>
            <span className={styles.grow}>
              <b>{name}</b> <span className="quiet small">{orgName}</span>
            </span>
            <span className="small">
              {helped ? '✓ passed on' : gone ? 'left the network' : 'waits for your call'}
            </span>
          </li>
        ))}
      </ul>
      {missing <= 0 && <TakeBack passed={asked.passed} onBack={onBack} />}
      <div>
        <Button size="compact-sm" variant="subtle" loading={end.busy} onClick={() => void end.run(asked.id)}>
          Take the request back
        </Button>
      </div>
      {end.error && <ErrorNote error={end.error} what="The request stands" />}
    </div>
  )
}

interface Back {
  readonly records: number
  readonly left: number
}

/** Said also when nothing stayed behind: who waited for it must not have to guess. */
function CameBack({ records, left }: Back) {
  return (
    <div className={styles.box} role="status">
      <p>
        <b>{capital(countWords(records, 'record'))} came back</b> and {records === 1 ? 'opens' : 'open'} with
        the key you have now.{' '}
        {left === 0
          ? 'Nothing stayed behind.'
          : `${capital(countWords(left, 'record'))} stayed behind: neither the key you have nor the one that came back opens ${left === 1 ? 'it' : 'them'}. Ask whoever shared ${left === 1 ? 'it' : 'them'} to share again.`}
      </p>
    </div>
  )
}

interface TakeBackProps {
  readonly passed: readonly string[]
  readonly onBack: (back: Back) => void
}

function TakeBack({ passed, onBack }: TakeBackProps) {
  const me = useMe()
  const { key: own, card } = useKey()
  const [moving, setMoving] = useState<{ done: number; startedAt: number } | null>(null)
  const stop = useRef<AbortController | null>(null)
  useEffect(() => () => stop.current?.abort(), [])
  const back = useAct(
    async (it: { own: CryptoKey }, key) => {
      stop.current = new AbortController()
      const startedAt = Date.now()
      setMoving({ done: 0, startedAt })
      const onRecords = (done: number) => setMoving({ done, startedAt })
      try {
        return await takeBack(me, { ...it, passed, onRecords, signal: stop.current.signal }, key)
      } finally {
        setMoving(null)
      }
    },
    async (it) => {
      onBack(it)
      for (const name of ['recovery', 'keys', 'groups', 'drafts'])
        await queryClient.invalidateQueries({ queryKey: [name] })
    },
  )
  if (!own) return card
  return (
    <>
      {moving && (
        <Progress
          label="Wrapping your records for the key you have now"
          done={moving.done}
          unit="records"
          startedAt={moving.startedAt}
          onCancel={() => stop.current?.abort()}
        />
      )}
      <div>
        <Button color="ember" loading={back.busy} onClick={() => void back.run({ own })}>
          Take everything back
        </Button>
      </div>
      {back.error && <ErrorNote error={back.error} what="Nothing was changed" />}
    </>
  )
}

/** Members who lost their key and ask me for the share that I keep. */
export function HelpAsks() {
  const recovery = useQuery(queries.recovery())
  const asks = recovery.data?.asksMe ?? []
  if (asks.length === 0) return null
  return (
    <section className={styles.part} aria-labelledby="help-asks">
      <h2 id="help-asks">
        {capital(countWords(asks.length, 'person asks', 'people ask'))} you for their key
      </h2>
      <ul className={styles.rows}>
        {asks.map((ask) => (
          <HelpAsk key={ask.id} ask={ask} />
        ))}
      </ul>
    </section>
  )
}

function HelpAsk({ ask }: { readonly ask: State['asksMe'][number] }) {
  const { key: own, card } = useKey()
  const { passkeys, password } = useMe().proofs
  const mayHelp = passkeys > 0 || password === 'alone'
  const network = useQuery(queries.network())
  const help = useAct(async (it: { own: CryptoKey }, key) => {
    const { seal } = await import('../web/sealer.ts')
    const made = await seal('hand', { wrapped: ask.share, key: it.own, recipient: ask.recipient })
    return api.recoveryHelp(ask.id, made.wrapped, key)
  }, lookAgain)
  const org = network.data?.orgs.find(({ id }) => id === ask.orgId)?.name ?? ''
  return (
    <li>
      <div className={styles.grow}>
        <p>
          <b>{ask.name}</b> of {org} lost their key <LocalTime at={ask.askedAt} ago /> and asks for the share
          that you keep.
        </p>
        <p className="small">
          Call them, by a number that you knew before. You must know their voice, and they must read this to
          you:
        </p>
        <p className={styles.loud}>{fingerprint(ask.recipient)}</p>
        <p className="small">
          If it is another one, or they know of nothing: pass nothing on, and tell your steward. What you pass
          on cannot be taken back; alone it opens nothing.
        </p>
        {card}
        {!mayHelp && (
          <p className="small">
            Passing it on takes a fresh passkey, and you have none yet:{' '}
            <Link to="/sessions">add one first</Link>, then come back here.
          </p>
        )}
        {own && (
          <Button loading={help.busy} onClick={() => void help.run({ own })}>
            I spoke with them, and it is the same: pass my share on
          </Button>
        )}
        {help.error && <ErrorNote error={help.error} what="Nothing was passed on" />}
      </div>
    </li>
  )
}
