import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { ROLE_NAMES } from '../core/role.ts'
import { failureOf } from '../web/failure.ts'
import { useSeenBy } from '../web/marking.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMay, useMe } from '../web/session.ts'
import styles from './members.module.css'
import { PersonLinks } from './person-links.tsx'
import { StopPart } from './stop-part.tsx'
import { type Voucher, type VouchNode, vouchTrees } from './vouch-tree.ts'
import tree from './vouches.module.css'

const STANDING: Record<Voucher['standing'], string> = {
  good: 'in good standing',
  probation: 'on probation',
  review_due: 'review due',
  suspended: 'suspended',
  left: 'left',
}

/** Who vouched for whom: the steward's picture of the network, as a tree and as a table. */
export function VouchesPage() {
  useSeenBy('the stewards of the network')
  return useMay('vouches.read') ? (
    <Vouches />
  ) : (
    <>
      <Headline>Who vouched for whom is the steward’s to see</Headline>
      <EmptyState title="You see who answers for a candidate on its proposal." />
    </>
  )
}

function Vouches() {
  const vouches = useQuery(queries.vouches())
  const failed = failureOf(vouches)
  if (failed) return <ErrorNote error={failed} onRetry={() => vouches.refetch()} />
  if (!vouches.data) return null
  const { people } = vouches.data
  const trees = vouchTrees(people)
  const concern = people.filter(
    ({ standing }) => standing === 'suspended' || standing === 'review_due',
  ).length
  return (
    <>
      <Headline below="When somebody is removed, look here at whom they let in, and who let them in.">
        {concern > 0
          ? `${countWords(concern, 'person', 'people')} suspended or due for review`.replace(/^one/, 'One')
          : `${countWords(people.length, 'person', 'people')}, each with who answers for them`.replace(
              /^one/,
              'One',
            )}
      </Headline>
      <div className={styles.stack}>
        <section className={`${styles.section} ${styles.wide}`}>
          <h2>Who answers for whom</h2>
          {trees.every((node) => node.for.length === 0) && (
            <p className="quiet">
              Everybody was there at the beginning. Whoever is admitted from now on stands below who proposed
              them.
            </p>
          )}
          <ul className={tree.tree}>
            {trees.map((node) => (
              <Node key={node.person.memberId} node={node} />
            ))}
          </ul>
        </section>
        <Table people={people} />
        <PersonLinks people={people} />
      </div>
    </>
  )
}

function Node({ node: { person, for: some } }: { readonly node: VouchNode }) {
  return (
    <li>
      <span className={`${tree.person} ${tree[person.standing]}`}>
        <strong>{person.name}</strong> <span className="quiet">{person.orgName}</span>
        {person.standing !== 'good' && <span className={tree.standing}>{STANDING[person.standing]}</span>}
      </span>
      {some.length > 0 && (
        <ul>
          {some.map((node) => (
            <Node key={node.person.memberId} node={node} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Table({ people }: { readonly people: readonly Voucher[] }) {
  const rows = useRef<HTMLTableSectionElement>(null)
  useRowKeys(rows)
  const nameOf = (id: string | null, none: string) =>
    id === null ? none : (people.find(({ memberId }) => memberId === id)?.name ?? 'somebody who is not here')
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>The same as a table</h2>
      <table className={list.table}>
        <caption className="unseen">
          Members, who proposed and who second-read them, and how they stand
        </caption>
        <thead>
          <tr>
            <th scope="col">Person</th>
            <th scope="col">Proposed by</th>
            <th scope="col">Read by</th>
            <th scope="col">Stands</th>
            <th scope="col">Stop</th>
          </tr>
        </thead>
        <tbody ref={rows}>
          {people.map((person) => (
            <tr key={person.memberId} data-row tabIndex={-1}>
              <td>
                <strong>{person.name}</strong>
                <br />
                <span className="quiet">
                  {person.orgName}, {ROLE_NAMES[person.role]}
                </span>
              </td>
              <td data-name="Proposed by">{nameOf(person.sponsorId, 'there at the beginning')}</td>
              <td data-name="Read by">{nameOf(person.readerId, '–')}</td>
              <td data-name="Stands">{STANDING[person.standing]}</td>
              <td>
                <Stop person={person} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Stop({ person }: { readonly person: Voucher }) {
  const { member } = useMe()
  const [open, setOpen] = useState(false)
  if (person.memberId === member.id || person.standing === 'left') return null
  if (!open)
    return (
      <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
        If something is wrong<span className="unseen">: {person.name}</span>
      </Button>
    )
  return (
    <StopPart
      kind="member"
      subjectId={person.memberId}
      name={person.name}
      suspended={person.standing === 'suspended'}
      left={false}
    />
  )
}
