import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import type { Attendance } from './attendance-part.tsx'
import type { ActionItem, Meeting } from './meeting-shapes.ts'
import { dueWords } from './meeting-words.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'

type Item = z.infer<typeof ActionItem>

export interface ItemsPartProps {
  readonly meeting: Meeting
  readonly items: readonly Item[]
  readonly attendance: Attendance
}

/** What was agreed: who does what until which day. */
export function ItemsPart({ meeting, items, attendance }: ItemsPartProps) {
  const [adding, setAdding] = useState(false)
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>Agreed</h2>
      {items.length === 0 && <p className="quiet">Nothing was agreed yet: who does what, until which day.</p>}
      <ul className={styles.rows}>
        {items.map((item) => (
          <Row key={item.id} meeting={meeting} item={item} />
        ))}
      </ul>
      {meeting.keeps && !adding && (
        <div>
          <Button variant="default" onClick={() => setAdding(true)}>
            Add what was agreed
          </Button>
        </div>
      )}
      {adding && <ItemForm meeting={meeting} attendance={attendance} onEnd={() => setAdding(false)} />}
    </section>
  )
}

function Row({ meeting, item }: { readonly meeting: Meeting; readonly item: Item }) {
  const finish = useMemberAct(['meetings'], (done: boolean, key) =>
    api.itemDone(meeting.id, item.id, done, key),
  )
  const done = item.doneAt !== null
  const due = dueWords(item.due, new Date(useNow()))
  const late = !done && due.late
  return (
    <li>
      <span className={styles.what}>
        <span className={done ? styles.done : undefined}>{item.words}</span>{' '}
        <span className="quiet">
          {item.owner.name}, {item.owner.orgName}
          {item.mine && ' (you)'}
        </span>
      </span>
      <span className={`${styles.state} ${late ? styles.waits : ''}`}>
        {done ? 'done' : `until ${due.words}${late ? ', late' : ''}`}
      </span>
      {(item.mine || meeting.keeps) && (
        <Button
          size="compact-sm"
          variant="default"
          loading={finish.busy}
          onClick={() => void finish.run(!done)}
        >
          {done ? 'Open again' : 'Done'}
          <span className="unseen">: {item.words}</span>
        </Button>
      )}
      {finish.error && <ErrorNote error={finish.error} what="It was not changed" />}
    </li>
  )
}

/** Who can be asked: those of the group, or for a meeting of the network those who answered, and always oneself. */
function useOwners(meeting: Meeting, attendance: Attendance): { value: string; label: string }[] {
  const { member, org } = useMe()
  const group = useQuery({ ...queries.group(meeting.groupId ?? ''), enabled: meeting.groupId !== null })
  const sitting = group.data?.seats.filter(({ leftAt }) => leftAt === null) ?? []
  const people = [{ memberId: member.id, name: member.name, orgName: org.name }, ...sitting, ...attendance]
  const byId = new Map(people.map((it) => [it.memberId, `${it.name}, ${it.orgName}`]))
  return [...byId].map(([value, label]) => ({ value, label }))
}

interface ItemFormProps {
  readonly meeting: Meeting
  readonly attendance: Attendance
  readonly onEnd: () => void
}

function ItemForm({ meeting, attendance, onEnd }: ItemFormProps) {
  const owners = useOwners(meeting, attendance)
  const { member } = useMe()
  const [id] = useState(newId)
  const [draft, setDraft] = useState({ words: '', ownerId: member.id, due: '' })
  const add = useMemberAct(
    ['meetings'],
    (it: typeof draft, key) => api.itemNew(meeting.id, { id, ...it }, key),
    onEnd,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void add.run(draft)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label="What was agreed">
      <TextInput
        label="What is done"
        value={draft.words}
        onChange={(event) => setDraft({ ...draft, words: event.currentTarget.value })}
        maxLength={2_000}
        required
        withAsterisk={false}
      />
      <div className={styles.grid}>
        <NativeSelect
          label="By whom"
          value={draft.ownerId}
          onChange={(event) => setDraft({ ...draft, ownerId: event.currentTarget.value })}
          data={owners}
        />
        <TextInput
          type="date"
          label="Until"
          value={draft.due}
          onChange={(event) => setDraft({ ...draft, due: event.currentTarget.value })}
          required
          withAsterisk={false}
        />
      </div>
      {add.error && <ErrorNote error={add.error} what="Nothing was added" />}
      <ActButtons label="Add it" busy={add.busy} disabled={draft.words.trim() === ''} onEnd={onEnd} />
    </form>
  )
}
