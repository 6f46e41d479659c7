import { Button } from '@mantine/core'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { useKey } from '../web/use-key.tsx'
import { type KeyDue, keyDue, makeGroupKey, wrapGroupKey } from './group-key.ts'
import styles from './members.module.css'
import type { SeatsPartProps } from './seats-part.tsx'
import { useMemberAct } from './use-member-act.ts'

/** The group's key, for its stewards: what it is for, and what is due. */
export function GroupKeyPart({ group, seats }: SeatsPartProps) {
  const due = keyDue(group, seats)
  // each press makes other bytes, and so is an act of its own
  const fresh = useMemberAct(['groups'], async (_: string, key) =>
    api.groupKeyNew(group.id, await makeGroupKey(group, seats), key),
  )
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
      {due?.what === 'give' && <Give group={group} due={due} />}
      {fresh.error && <ErrorNote error={fresh.error} what="No key was made" />}
      {due?.what !== 'give' && (
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
      )}
    </section>
  )
}

function dueWords(due: KeyDue): string {
  if (due.what === 'first') return 'The group has no key yet: until it is made, nothing can be sealed to it.'
  const names = (seats: readonly { readonly name: string }[]) => seats.map(({ name }) => name).join(', ')
  if (due.what === 'renew')
    return `A new key is due: ${names(due.left)} left and holds this one. What is shared from then on is not for them.`
  return `${names(due.to)} took a seat after the key was made, and cannot read what is shared here until you give it.`
}

interface GiveProps {
  readonly group: SeatsPartProps['group']
  readonly due: Extract<KeyDue, { what: 'give' }>
}

/** Needs the steward's own key, which opens the group's. */
function Give({ group, due }: GiveProps) {
  const { key: own, card } = useKey()
  const give = useMemberAct(['groups'], async (_: string, key) => {
    const { version, wrapped } = group.key ?? { version: 0, wrapped: null }
    return api.seatKeys(
      group.id,
      await wrapGroupKey(own as CryptoKey, { version, wrapped: wrapped ?? '', to: due.to }),
      key,
    )
  })
  if (group.key?.wrapped === null)
    return <p>You do not hold the present key yourself: another steward gives it, to you as well.</p>
  if (!own) return card
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
