import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { HouseError } from '../core/errors.ts'
import { vouchedReaders } from '../reports/put-sealed.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './keys.module.css'
import { type Given, splitKey } from './new-key.ts'
import { emptyGiven, ProveFields, waysOf } from './prove-fields.tsx'
import { checkOfficers, type Officer } from './recovery.ts'

interface Chosen extends Officer {
  readonly email: string
}

/** Who could give my key back: some officers of at least two organisations, of whom so many are needed. */
export function RecoveryPage() {
  const me = useMe()
  const navigate = useNavigate()
  const [officers, setOfficers] = useState<readonly Chosen[]>([])
  const [threshold, setThreshold] = useState(2)
  const [given, setGiven] = useState<Given>(() => emptyGiven(waysOf(me, true)[0]))
  const wrong = whyNotThese(officers, threshold)
  const set = useAct(
    async (it: { threshold: number; ids: string[] }, key) => {
      const shares = await splitKey(me, given, { officers, threshold: it.threshold })
      const orgOf = new Map(officers.map(({ memberId, org }) => [memberId, org]))
      return api.recoverySet(
        {
          threshold: it.threshold,
          shares: shares.map((share) => ({ ...share, org: orgOf.get(share.officerId) ?? '' })),
        },
        key,
      )
    },
    async () => {
      await queryClient.invalidateQueries({ queryKey: ['recovery'] })
      await navigate({ to: '/keys' })
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wrong === null) void set.run({ threshold, ids: officers.map(({ memberId }) => memberId) })
  }
  return (
    <>
      <Headline
        above={<Link to="/keys">Keys</Link>}
        below="Your key is split on this device. Each officer keeps a part that says nothing by itself; only so many of them together give it back, and no organisation alone can. They learn nothing of what is sealed to you."
      >
        Choose who could give your key back
      </Headline>
      <form className={styles.part} onSubmit={submit} aria-label="Officers for my key">
        <h2>1. Officers, of at least two organisations</h2>
        <AddOfficer taken={officers} onAdd={(it) => setOfficers([...officers, it])} />
        <OfficerList
          officers={officers}
          onRemove={(id) => setOfficers(officers.filter(({ memberId }) => memberId !== id))}
        />
        <NativeSelect
          label="How many of them are needed"
          value={String(threshold)}
          onChange={(event) => setThreshold(Number(event.currentTarget.value))}
          data={[2, 3, 4, 5].map((n) => ({ value: String(n), label: `any ${n} of them` }))}
        />
        <h2>2. Open your key once more</h2>
        <div className={styles.box}>
          <ProveFields me={me} given={given} onGiven={setGiven} withCode />
        </div>
        {set.error && <ErrorNote error={set.error} what="Nobody keeps a share by this" />}
        {wrong !== null && (
          <p className="small">
            Not yet: {officers.length < 2 ? 'add officers of two organisations above' : wrong}.
          </p>
        )}
        <div className={styles.buttons}>
          <NextAction type="submit" loading={set.busy} disabled={wrong !== null}>
            Leave a share with each of them
          </NextAction>
          <Link to="/keys">Not now</Link>
        </div>
      </form>
    </>
  )
}

function whyNotThese(officers: readonly Officer[], threshold: number): string | null {
  try {
    checkOfficers(officers, threshold)
    return null
  } catch (error) {
    return error instanceof HouseError ? error.message : String(error)
  }
}

interface AddProps {
  readonly taken: readonly Chosen[]
  readonly onAdd: (officer: Chosen) => void
}

/** Found by the exact address, as everybody of another organisation; and only with a key that theirs has signed. */
function AddOfficer({ taken, onAdd }: AddProps) {
  const me = useMe()
  const [email, setEmail] = useState('')
  const finding = useAct(async (address: string): Promise<Chosen> => {
    const { officer } = await api.officerFound(address)
    if (officer === null)
      throw new HouseError('not_found', `nobody in the network has exactly the address ${address}`)
    if (officer.memberId === me.member.id)
      throw new HouseError('invalid', 'you cannot keep a share of your own key')
    if (taken.some(({ memberId }) => memberId === officer.memberId))
      throw new HouseError('invalid', `${address} is in the list already`)
    const readers = await vouchedReaders([officer])
    const recipient = readers.find(({ memberId }) => memberId === officer.memberId)?.recipient ?? ''
    return { memberId: officer.memberId, org: officer.orgId, recipient, email: address }
  })
  const add = async () => {
    const found = await finding.run(email.trim())
    if (!found) return
    onAdd(found)
    setEmail('')
  }
  return (
    <div className={styles.box}>
      <div className={styles.add}>
        <TextInput
          type="email"
          label="An officer, by exact e-mail address"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (email.trim() !== '') void add()
          }}
        />
        <Button
          variant="default"
          disabled={email.trim() === ''}
          loading={finding.busy}
          onClick={() => void add()}
        >
          Add
        </Button>
      </div>
      {finding.error && <ErrorNote error={finding.error} what="Not added" />}
    </div>
  )
}

interface ListProps {
  readonly officers: readonly Chosen[]
  readonly onRemove: (id: string) => void
}

function OfficerList({ officers, onRemove }: ListProps) {
  const network = useQuery(queries.network())
  const nameOf = (id: string) => network.data?.orgs.find((org) => org.id === id)?.name ?? ''
  if (officers.length === 0)
    return <p className="quiet small">Choose people who answer their telephone, and tell them.</p>
  return (
    <ul className={styles.rows}>
      {officers.map(({ memberId, email, org }) => (
        <li key={memberId}>
          <span className={styles.grow}>
            <b>{email}</b> <span className="quiet small">{nameOf(org)}</span>
          </span>
          <Button size="compact-sm" variant="subtle" onClick={() => onRemove(memberId)}>
            Take out<span className="unseen"> {email}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
