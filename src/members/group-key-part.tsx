import { Button } from '@mantine/core'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { useKey } from '../web/use-key.tsx'
import { giveGroupKey, makeGroupKey } from './group-key.ts'
import { type KeyDue, keyDue } from './key-due.ts'
import styles from './members.module.css'
import type { SeatOf, SeatsPartProps } from './seats-part.tsx'
import { useMemberAct } from './use-member-act.ts'

/** The group’s key, for its stewards: what it is for, and what is due. */
export function GroupKeyPart({ group, seats }: SeatsPartProps) {
  const due = keyDue(group, seats)
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>The group’s key</h2>
      <p className="quiet">
        What is shared into the group is sealed to this key, and everybody who sits here holds it. It is made
        in your browser; this server never sees it.
      </p>
      {due ? (
        <p className={styles.warning}>{dueWords(due)}</p>
      ) : (
        <p>Everybody who sits here holds version {group.key?.version}. Nothing is due.</p>
      )}
      <Steps group={group} due={due} />
    </section>
  )
}

function dueWords(due: KeyDue): string {
  if (due.what === 'first') return 'The group has no key yet: until it is made, nothing can be sealed to it.'
  const names = (seats: readonly { readonly name: string }[]) => seats.map(({ name }) => name).join(', ')
  if (due.what === 'left')
    return `A new key is due: ${names(due.left)} left and holds this one. Until you make it, nothing is sealed to the group.`
  return `The key waits for you to give it to ${names(due.to)}: they took a seat after it was made, or the key they or you had then is a new one. Until then they cannot read what is shared here.`
}

interface StepsProps {
  readonly group: SeatsPartProps['group']
  readonly due: KeyDue | null
}

/** Needs the steward’s own key: it opens the group’s, and vouches for it to the others. */
function Steps({ group, due }: StepsProps) {
  const { key: own, card } = useKey()
  if (due?.what === 'give' && group.key?.wrapped === null)
    return <p>You do not hold the present key yourself: another steward gives it, to you as well.</p>
  if (!own) return card
  return due?.what === 'give' ? (
    <Give group={group} to={due.to} own={own} />
  ) : (
    <Make group={group} due={due !== null} own={own} />
  )
}

interface MakeProps {
  readonly group: SeatsPartProps['group']
  readonly due: boolean
  readonly own: CryptoKey
}

function Make({ group, due, own }: MakeProps) {
  // each press makes other bytes, and so is an act of its own
  const fresh = useMemberAct(['groups'], async (_: string, key) =>
    api.groupKeyNew(group.id, await makeGroupKey(group, own), key),
  )
  return (
    <>
      {fresh.error && <ErrorNote error={fresh.error} what="No key was made" />}
      <div>
        <Button
          color={due ? 'ember' : 'ink'}
          variant={due ? 'filled' : 'default'}
          loading={fresh.busy}
          onClick={() => void fresh.run(newId())}
        >
          {group.key ? 'Make a new key' : 'Make the key'}
        </Button>
      </div>
    </>
  )
}

interface GiveProps {
  readonly group: SeatsPartProps['group']
  readonly to: readonly SeatOf[]
  readonly own: CryptoKey
}

function Give({ group, to, own }: GiveProps) {
  const give = useMemberAct(['groups'], async (_: string, key) =>
    api.seatKeys(group.id, await giveGroupKey(group, own, to), key),
  )
  return (
    <>
      {give.error && <ErrorNote error={give.error} what="The key was not given" />}
      <div>
        <Button color="ember" loading={give.busy} onClick={() => void give.run(newId())}>
          Give them the key
        </Button>
      </div>
    </>
  )
}
