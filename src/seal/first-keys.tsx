import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { useMay, useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import { fingerprint } from './chain.ts'
import type { KeyState } from './key-shapes.ts'
import styles from './keys.module.css'

const lookAgain = () => queryClient.invalidateQueries({ queryKey: ['keys'] })

/** The next step where a network or an organisation has no signing key yet; where both stand, another one of one's own. */
export function FirstKeys({ keys }: { readonly keys: KeyState }) {
  const me = useMe()
  const mayMakeRoot = useMay('key.root')
  if (keys.root === null) return mayMakeRoot ? <MakeRoot /> : <p>{WAIT_FOR_ROOT}</p>
  const own = keys.asks.filter(({ org }) => org === me.org.id)
  if (own.length > 0) return own.map((it) => <WaitForSteward key={it.key} ask={it} />)
  return keys.org === null ? <MakeOwn /> : <RenewOwn />
}

const WAIT_FOR_ROOT =
  'The network has no root key yet: its steward makes it on this page. Until then nothing can be sealed to anybody else.'

function MakeRoot() {
  const { member } = useMe()
  const make = useAct(async (_: undefined, key: string) => {
    const { wrapped, statement } = await seal('authority', { recipient: member.recipient, root: true })
    return statement && api.keyRoot({ statement, wrapped }, key)
  }, lookAgain)
  return (
    <section aria-label="The network’s root key">
      <p>
        Everything begins with one key that signs those of the organisations. It is made on this device and
        kept sealed to you; hand it to a second steward as soon as there is one.
      </p>
      <Button loading={make.busy} onClick={() => void make.run(undefined)}>
        Make the network’s root key
      </Button>
      {make.error && <ErrorNote error={make.error} what="The root key was not made" />}
    </section>
  )
}

function MakeOwn() {
  const { member, org } = useMe()
  const make = useAct(async (_: undefined, key: string) => {
    const made = await seal('authority', { recipient: member.recipient, root: false })
    return api.keyAsk({ key: made.key, wrapped: made.wrapped }, key)
  }, lookAgain)
  return (
    <section aria-label="Signing key of my organisation">
      <p>
        {org.name} has no signing key yet, so nobody can seal anything to its people. It is made on this
        device; then the steward compares it with you by telephone and signs it.
      </p>
      <Button loading={make.busy} onClick={() => void make.run(undefined)}>
        Make our signing key
      </Button>
      {make.error && <ErrorNote error={make.error} what="The signing key was not made" />}
    </section>
  )
}

/** Another signing key: when somebody who held it has left, or nobody here holds it. Nothing changes until the steward signs it. */
function RenewOwn() {
  const { member, org } = useMe()
  const recovery = useQuery(queries.recovery())
  const [asking, setAsking] = useState(false)
  const make = useAct(async (_: undefined, key: string) => {
    const made = await seal('authority', { recipient: member.recipient, root: false })
    return api.keyAsk({ key: made.key, wrapped: made.wrapped }, key)
  }, lookAgain)
  const due = recovery.data?.signingKeyDue === true
  if (!asking && !due)
    return (
      <p className="small">
        <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
          Make another signing key
        </Button>{' '}
        when somebody else may have it, or nobody here holds it.
      </p>
    )
  return (
    <section aria-label="Another signing key" className={styles.part}>
      {due && (
        <p>
          <b>Somebody who left the network held the signing key of {org.name}.</b> What they copied, nobody
          can take back: make another.
        </p>
      )}
      <p>
        It is made on this device; then the steward compares it with you by telephone and signs it. From that
        moment nothing is sealed to anybody of {org.name} until you have signed their keys anew on this page:
        yours too. Have your colleagues at hand.
      </p>
      <div>
        <Button loading={make.busy} onClick={() => void make.run(undefined)}>
          Make our new signing key
        </Button>
      </div>
      {make.error && <ErrorNote error={make.error} what="No signing key was made" />}
    </section>
  )
}

/** Whoever made it signs in the name of everybody once it stands: a colleague who knows nothing of it must not help it along. */
function WaitForSteward({ ask }: { readonly ask: KeyState['asks'][number] }) {
  const { member } = useMe()
  const shown = <strong className="mono">{fingerprint(ask.key)}</strong>
  if (ask.by.memberId === member.id)
    return <p>Your organisation’s signing key waits for the steward. Call them and read it out: {shown}</p>
  return (
    <p>
      A signing key for your organisation waits for the steward: {shown}. <b>{ask.by.name}</b> made it,{' '}
      <LocalTime at={ask.askedAt} ago />, and reads it out to them. If you did not agree on that, tell the
      steward before they sign it.
    </p>
  )
}

interface AsksProps {
  readonly asks: KeyState['asks']
  /** The root key as it is sealed to this steward. */
  readonly root: string
  readonly own: CryptoKey
}

/** For a steward: organisations whose signing keys wait to be compared and signed. */
export function KeyAsks({ asks, root, own }: AsksProps) {
  const sign = useAct(async (it: KeyState['asks'][number], key: string) => {
    const since = new Date().toISOString()
    const statement = { v: 1, kind: 'org', org: it.org, key: it.key, since } as const
    return api.keyStatement(await seal('state', { wrapped: root, key: own, statement }), key)
  }, lookAgain)
  if (asks.length === 0) return null
  return (
    <section aria-label="Signing keys that wait for you">
      <h2>Signing keys that wait for you</h2>
      <ul>
        {asks.map((it) => (
          <li key={`${it.org} ${it.key}`}>
            {it.orgName}: <span className="mono">{fingerprint(it.key)}</span>, made by {it.by.name}{' '}
            <span className="small">
              Ask them to read it out, and somebody else of {it.orgName} whether they know of it; sign only if
              it is this one.{' '}
            </span>
            <Button size="compact-xs" loading={sign.busy} onClick={() => void sign.run(it)}>
              It is the same: sign
            </Button>
          </li>
        ))}
      </ul>
      {sign.error && <ErrorNote error={sign.error} what="Not signed" />}
    </section>
  )
}

interface HandProps {
  readonly to: { readonly id: string; readonly name: string; readonly recipient: string }
  readonly secret: KeyState['secrets'][number]
  readonly own: CryptoKey
}

/** Hands a signing key on to a colleague whose own key is signed. */
export function HandOn({ to, secret, own }: HandProps) {
  const root = secret.of === 'root'
  const [done, setDone] = useState(false)
  const hand = useAct(
    async (_: undefined, key: string) => {
      const { wrapped } = await seal('hand', { wrapped: secret.wrapped, key: own, recipient: to.recipient })
      return api.keySecret({ root, key: secret.key, memberId: to.id, wrapped }, key)
    },
    () => setDone(true),
  )
  if (done) return <span className="quiet"> has the {root ? 'root' : 'signing'} key now</span>
  return (
    <>
      {' '}
      <Button
        size="compact-xs"
        variant="default"
        loading={hand.busy}
        onClick={() => void hand.run(undefined)}
      >
        {root ? 'Hand them the root key' : 'Hand them the signing key'}
      </Button>
      {hand.error && <ErrorNote error={hand.error} what="Not handed on" />}
    </>
  )
}
