import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { newId } from '../core/ids.ts'
import type { Approval } from '../grants/shapes.ts'
import { OnceLink } from '../members/once-link.tsx'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './keys.module.css'

/** For a steward: whoever lost every way in comes back as the same member, once a colleague has said that it is them. */
export function ReentryPart() {
  const approvals = useQuery(queries.approvals())
  const open = (approvals.data?.approvals ?? []).filter(
    (it) => it.kind === 'member_reentry' && it.mine && !it.used && Date.parse(it.expiresAt) > Date.now(),
  )
  return (
    <section className={styles.part} aria-labelledby="reentry">
      <h2 id="reentry">Somebody lost every way in</h2>
      <p>
        You ask, one of their own organisation says that it is really them, and you make a link that lets them
        in with a new key. The link opens nothing that was sealed to them: their officers do that afterwards.
      </p>
      {open.length > 0 && (
        <ul className={styles.rows}>
          {open.map((it) => (
            <Row key={it.id} approval={it} />
          ))}
        </ul>
      )}
      <AskForm />
    </section>
  )
}

function Row({ approval }: { readonly approval: Approval }) {
  const [made, setMade] = useState<{ token: string; expiresAt: string } | null>(null)
  const link = useAct((id: string, key) => api.reentry(id, key), setMade)
  const end = () => {
    setMade(null)
    void queryClient.invalidateQueries({ queryKey: ['approvals'] })
  }
  if (made)
    return (
      <li>
        <OnceLink
          title={`A way in for ${approval.objectRef ?? 'them'}`}
          href={`${location.origin}/invite#${made.token}`}
          expiresAt={made.expiresAt}
          onEnd={end}
        >
          Give it to them yourself, while you speak with them. Whoever opens it is let in as them.
        </OnceLink>
      </li>
    )
  return (
    <li>
      <span className={styles.grow}>
        <b>{approval.objectRef}</b>{' '}
        <span className="small quiet">
          asked <LocalTime at={approval.askedAt} ago />
        </span>
      </span>
      {approval.decision === null && <span className="small">waits for a colleague of theirs</span>}
      {approval.decision === 'refused' && (
        <span className="small">
          refused by {approval.decidedByName ?? 'their colleague'}: {approval.note || 'no word'}
        </span>
      )}
      {approval.decision === 'approved' && (
        <Button
          size="compact-sm"
          color="ember"
          loading={link.busy}
          onClick={() => void link.run(approval.objectId)}
        >
          Make the link
        </Button>
      )}
      {link.error && <ErrorNote error={link.error} what="No link was made" />}
    </li>
  )
}

/** Everybody of the network: a steward sees who vouches for whom, and so who there is. */
function AskForm() {
  const me = useMe()
  const vouches = useQuery(queries.vouches())
  const [memberId, setMemberId] = useState('')
  const [basis, setBasis] = useState('')
  const people = (vouches.data?.people ?? []).filter(
    (it) => it.memberId !== me.member.id && it.standing !== 'left' && it.standing !== 'suspended',
  )
  const ask = useAct(
    async (it: { memberId: string; basis: string }, key) => {
      const person = people.find((one) => one.memberId === it.memberId)
      return api.approvalNew(
        {
          id: newId(),
          kind: 'member_reentry',
          objectKind: 'member',
          objectId: it.memberId,
          toOrg: null,
          byOrg: person?.orgId ?? null,
          reason: 'they lost every way in',
          basis: it.basis,
          days: 2,
        },
        key,
      )
    },
    async () => {
      setMemberId('')
      setBasis('')
      await queryClient.invalidateQueries({ queryKey: ['approvals'] })
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void ask.run({ memberId, basis: basis.trim() })
  }
  return (
    <form className={styles.box} onSubmit={submit} aria-label="Let a member in again">
      <NativeSelect
        label="Who"
        value={memberId}
        onChange={(event) => setMemberId(event.currentTarget.value)}
        data={[
          { value: '', label: 'Choose' },
          ...people.map((it) => ({ value: it.memberId, label: `${it.name}, ${it.orgName}` })),
        ]}
      />
      <TextInput
        label="How you know that it is them"
        description="Their colleague reads this."
        value={basis}
        maxLength={500}
        onChange={(event) => setBasis(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={ask.busy} disabled={memberId === '' || basis.trim() === ''}>
          Ask a colleague of theirs
        </Button>
      </div>
      {ask.error && <ErrorNote error={ask.error} what="Nobody was asked" />}
    </form>
  )
}
