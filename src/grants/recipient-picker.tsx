import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { HouseError } from '../core/errors.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './grants.module.css'
import { groupTarget, orgTarget, personTarget, type Target } from './share-plan.ts'
import { KIND_WORDS } from './words.ts'

export interface RecipientsProps {
  readonly targets: readonly Target[]
  readonly onAdd: (target: Target) => void
}

/** Any number of organisations, groups and single persons, one after the other. */
export function Recipients({ targets, onAdd }: RecipientsProps) {
  const me = useMe()
  const { data: network } = useSuspenseQuery(queries.network())
  const { data: mine } = useSuspenseQuery(queries.myGroups())
  const taken = (id: string) => targets.some((target) => target.id === id)
  const orgs = network.orgs.filter(({ id, leftAt }) => id !== me.org.id && leftAt === null && !taken(id))
  const groups = mine.groups.filter(({ id }) => !taken(id))
  const adding = useAct(async ({ id }: { id: string }) => {
    const org = orgs.find((it) => it.id === id)
    if (org) return orgTarget({ id, name: org.name, kind: org.kind })
    const group = groups.find((it) => it.id === id)
    if (group) return groupTarget(group, me.member.id)
    throw new HouseError('not_found', 'this recipient is not there any more; choose again')
  }, onAdd)
  const [id, setId] = useState('')
  return (
    <>
      <div className={styles.two}>
        <div className={styles.add}>
          <NativeSelect
            label="An organisation or a group of yours"
            value={id}
            onChange={(event) => setId(event.currentTarget.value)}
            data={[
              { value: '', label: 'Choose' },
              ...(groups.length > 0
                ? [
                    {
                      group: 'Groups',
                      items: groups.map((it) => ({
                        value: it.id,
                        label: `${it.name} (up to TLP:${it.tlpLimit})`,
                      })),
                    },
                  ]
                : []),
              {
                group: 'Organisations',
                items: orgs.map((it) => ({
                  value: it.id,
                  label: `${it.name}, ${KIND_WORDS[it.kind]}, ${it.country}`,
                })),
              },
            ]}
          />
          <Button
            variant="default"
            disabled={id === ''}
            loading={adding.busy}
            onClick={() => void adding.run({ id }).then((done) => done && setId(''))}
          >
            Add
          </Button>
        </div>
        <OnePerson onAdd={onAdd} />
      </div>
      {adding.error && <ErrorNote error={adding.error} what="Not added" />}
    </>
  )
}

/** One person, by the address that the sharer knows: nobody can list the people of other organisations. */
function OnePerson({ onAdd }: Pick<RecipientsProps, 'onAdd'>) {
  const [email, setEmail] = useState('')
  const finding = useAct(
    async (address: string) => {
      const found = await personTarget(address)
      if (found === null)
        throw new HouseError('not_found', `nobody in the network has exactly the address ${address}`)
      return found
    },
    (target) => {
      onAdd(target)
      setEmail('')
    },
  )
  return (
    <div>
      <div className={styles.add}>
        <TextInput
          type="email"
          label="One person, by exact e-mail address"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (email.trim() !== '') void finding.run(email.trim())
          }}
        />
        <Button
          variant="default"
          disabled={email.trim() === ''}
          loading={finding.busy}
          onClick={() => void finding.run(email.trim())}
        >
          Add
        </Button>
      </div>
      {finding.error && <ErrorNote error={finding.error} />}
    </div>
  )
}
