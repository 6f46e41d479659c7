import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import type { z } from 'zod'
import { newId } from '../core/ids.ts'
import { TLPS } from '../core/shapes.ts'
import { api } from '../web/api.ts'
import { failureOf } from '../web/failure.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { TLP_WORDS, type Tlp, TlpLabel } from '../web/parts/tlp-label.tsx'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMay } from '../web/session.ts'
import type { GroupList } from './group-shapes.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'

type Listed = z.infer<typeof GroupList>['groups'][number]

/** The groups I sit in; a steward of the network also sees which exist, and opens new ones. */
export function GroupsPage() {
  const list = useQuery(queries.groups())
  const mayOpen = useMay('group.open')
  const [opening, setOpening] = useState(false)
  const rows = useRef<HTMLUListElement>(null)
  useRowKeys(rows)
  const failed = failureOf(list)
  if (failed) return <ErrorNote error={failed} onRetry={() => list.refetch()} />
  if (!list.data) return null
  const { groups } = list.data
  const mine = groups.filter(({ seat, closedAt }) => seat && !closedAt).length
  return (
    <>
      <Headline
        below="A few people who work on one matter share into a group at once. Members outside do not learn who sits in it; the stewards of the network see in the log who took a seat."
        action={mayOpen && !opening && <NextAction onClick={() => setOpening(true)}>Open a group</NextAction>}
      >
        {mine === 0 ? 'You sit in no group' : `You sit in ${countWords(mine, 'group')}`}
      </Headline>
      <div className={styles.stack}>
        {opening && <GroupForm onEnd={() => setOpening(false)} />}
        <ul className={styles.rows} ref={rows}>
          {groups.map((group) => (
            <Row key={group.id} group={group} />
          ))}
        </ul>
        {groups.length === 0 && !opening && (
          <EmptyState title="No group is here yet.">
            {mayOpen
              ? 'Open one, say what it is for and how strict its content may be, and give the first steward’s seat by a link.'
              : 'A steward of a group offers you a seat by a link; you take it by opening it here, signed in. The steward of the network opens new groups.'}
          </EmptyState>
        )}
      </div>
    </>
  )
}

function Row({ group }: { readonly group: Listed }) {
  return (
    <li data-row tabIndex={-1}>
      <span className={styles.what}>
        <Link to="/network/groups/$id" params={{ id: group.id }}>
          {group.name}
        </Link>{' '}
        <span className="quiet">{group.purpose}</span>
      </span>
      <span className={styles.state}>
        <span className={group.due && !group.closedAt ? styles.waits : undefined}>
          {group.closedAt ? 'closed' : seatWords(group)}
        </span>{' '}
        <TlpLabel tlp={group.tlpLimit} />
      </span>
    </li>
  )
}

const DUE: Readonly<Record<NonNullable<Listed['due']>, string>> = {
  first: 'its key is to be made',
  left: 'somebody left with its key; make a new one',
  give: 'its key waits for you to give it on',
  steward: 'it has no steward; offer somebody that seat',
}

function seatWords({ seat, key, due }: Listed): string {
  if (!seat) return due ? `you do not sit in it: ${DUE[due]}` : 'you do not sit in it'
  const as =
    seat.role === 'steward' ? 'you are its steward' : seat.hidden ? 'your seat is hidden' : 'you sit in it'
  if (due) return `${as}: ${DUE[due]}`
  if (!key) return `${as}; it has no key yet`
  return key.wrapped === null ? `${as}; its key waits to be given to you` : as
}

function GroupForm({ onEnd }: { readonly onEnd: () => void }) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState({ name: '', purpose: '', tlpLimit: 'AMBER' as Tlp })
  const navigate = useNavigate()
  const open = useMemberAct(['groups'], api.groupNew, (made) =>
    navigate({ to: '/network/groups/$id', params: { id: made.id } }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void open.run({ id, ...draft })
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Open a group">
      <h2>Open a group</h2>
      <GroupFields draft={draft} onDraft={setDraft} />
      <p className="small">
        You open it and do not sit in it: give its first steward a seat by a link. From then on that steward
        decides who sits in it, and you see neither who they are nor what they share.
      </p>
      {open.error && <ErrorNote error={open.error} what="The group was not opened" />}
      <div className={styles.buttons}>
        <NextAction type="submit" size="sm" loading={open.busy}>
          Open the group
        </NextAction>
        <Button variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
    </form>
  )
}

export interface GroupDraft {
  readonly name: string
  readonly purpose: string
  readonly tlpLimit: Tlp
}

export interface GroupFieldsProps {
  readonly draft: GroupDraft
  readonly onDraft: (draft: GroupDraft) => void
}

export function GroupFields({ draft, onDraft }: GroupFieldsProps) {
  const set = (more: Partial<GroupDraft>) => onDraft({ ...draft, ...more })
  return (
    <>
      <div className={styles.grid}>
        <TextInput
          label="Name"
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          maxLength={200}
          required
          withAsterisk={false}
        />
        <NativeSelect
          label="Strictest marking that may be shared into it"
          value={draft.tlpLimit}
          onChange={(event) => set({ tlpLimit: event.currentTarget.value as Tlp })}
          data={TLPS.map((value) => ({ value, label: `TLP:${value}: ${TLP_WORDS[value]}` }))}
        />
      </div>
      <Textarea
        label="What it is for"
        value={draft.purpose}
        onChange={(event) => set({ purpose: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        required
        withAsterisk={false}
      />
    </>
  )
}
