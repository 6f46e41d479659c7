import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { useMe } from '../web/session.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'
import type { Voucher } from './vouch-tree.ts'

/** Who sits in two organisations is one person: never the second one of what they asked for themselves. */
export function PersonLinks({ people }: { readonly people: readonly Voucher[] }) {
  const { member } = useMe()
  const [pair, setPair] = useState({ memberId: '', sameAs: '' })
  const link = useMemberAct(['vouches', 'approvals'], api.linkPeople, () =>
    setPair({ memberId: '', sameAs: '' }),
  )
  const linked = [...Map.groupBy(people, ({ personId }) => personId)].filter(
    ([id, some]) => id !== null && some.length > 1,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void link.run({ ...pair, linked: true })
  }
  const choice = (label: string, name: 'memberId' | 'sameAs') => (
    <NativeSelect
      label={label}
      value={pair[name]}
      onChange={(event) => setPair({ ...pair, [name]: event.currentTarget.value })}
      data={[
        { value: '', label: 'Choose' },
        ...people
          .filter(({ memberId, standing }) => memberId !== member.id && standing !== 'left')
          .map((it) => ({ value: it.memberId, label: `${it.name}, ${it.orgName}` })),
      ]}
    />
  )
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>One person, two memberships</h2>
      <p className="quiet">
        Whoever works for two organisations counts once wherever a second person decides. Only you can know
        it: say it here.
      </p>
      {linked.length > 0 && (
        <ul className={styles.rows}>
          {linked.map(([id, some]) => (
            <li key={id}>
              <span className={styles.what}>
                {some.map((it) => `${it.name}, ${it.orgName}`).join(' is ')}
              </span>
              <Button
                size="compact-sm"
                variant="subtle"
                loading={link.busy}
                onClick={() =>
                  void link.run({
                    memberId: some[1]?.memberId ?? '',
                    sameAs: some[0]?.memberId ?? '',
                    linked: false,
                  })
                }
              >
                They are two people
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form className={styles.form} onSubmit={submit} aria-label="One person, two memberships">
        <div className={styles.grid}>
          {choice('This membership', 'memberId')}
          {choice('and this one', 'sameAs')}
        </div>
        <div>
          <Button
            type="submit"
            loading={link.busy}
            disabled={pair.memberId === '' || pair.sameAs === '' || pair.memberId === pair.sameAs}
          >
            They are one person
          </Button>
        </div>
        {link.error && <ErrorNote error={link.error} what="It stands as before" />}
      </form>
    </section>
  )
}
