import { Link } from '@tanstack/react-router'
import { CopyButton } from '../web/parts/identifier.tsx'
import { clockOf, hereZone, momentWords } from '../web/parts/moment.ts'
import { capital } from '../web/parts/words.ts'
import styles from './audit.module.css'
import { actorWords, actWords, type Entry, type OrgNames } from './audit-words.ts'

interface Props {
  readonly entry: Entry
  readonly orgs: OrgNames
  /** The day, above the first line of each. */
  readonly day: string | null
  readonly isSteward: boolean
}

export function AuditRow({ entry, orgs, day, isSteward }: Props) {
  const at = new Date(entry.at)
  return (
    <>
      {day && (
        <tr className={styles.day}>
          <th scope="rowgroup" colSpan={4}>
            {day}
          </th>
        </tr>
      )}
      <tr data-row tabIndex={-1}>
        <td>
          <time dateTime={entry.at} title={momentWords(at, 'UTC', new Date(0)).concat(' UTC')}>
            {clockOf(at, hereZone())}
          </time>
        </td>
        <td>
          <strong>{actorWords(entry)}</strong> {actWords(entry, orgs)}
        </td>
        <td data-name="About">
          <About entry={entry} isSteward={isSteward} />
        </td>
        <td data-name="Proof">
          <span className={styles.proof}>
            <span className="mono quiet" title={`Leaf hash ${entry.leaf}`}>
              {entry.leaf.slice(0, 8)}
            </span>
            <CopyButton text={entry.leaf} what="leaf hash" />
          </span>
        </td>
      </tr>
    </>
  )
}

const PAGES = { request: '/requests/$id', report: '/reports/$id', order: '/orders/$id' } as const

/** For a member the thing itself; for the steward, who may not see it, everything that was done to it. */
function About({ entry, isSteward }: { readonly entry: Entry; readonly isSteward: boolean }) {
  const kind = capital(entry.objectKind.replaceAll('_', ' '))
  const page = PAGES[entry.objectKind as keyof typeof PAGES]
  if (page && !isSteward)
    return (
      <Link to={page} params={{ id: entry.objectId }}>
        {kind}
      </Link>
    )
  return (
    <Link to="/audit" search={{ object: entry.objectId }} title="Everything that was done to it">
      {kind} <span className="mono quiet">{entry.objectId.slice(0, 8)}</span>
    </Link>
  )
}
