import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ExportButton } from '../web/parts/export-button.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { LocalTime } from '../web/parts/time.tsx'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { capital, countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import styles from './grants.module.css'
import type { Share } from './shapes.ts'
import { STANDING_WORDS, USE_WORDS } from './words.ts'

/** What others shared with me; what has closed stays as a tombstone. */
export function SharedPage() {
  const { data } = useSuspenseQuery(queries.shares('in'))
  const { shares } = data
  const open = shares.filter(({ standing }) => standing === 'live').length
  const words =
    shares.length === 0
      ? 'Nothing was shared with you'
      : `${capital(countWords(open, 'item'))} shared with you ${open === 1 ? 'is' : 'are'} open`
  return (
    <>
      <Headline below={<Link to="/reports">Reports of your organisation</Link>}>{words}</Headline>
      {shares.length === 0 ? (
        <EmptyState title="What others share with you, your organisation or a group of yours stands here.">
          With its marking, what it may be used for, and until when. When its owner takes it back, or the
          person’s consent ends, a note stands in its place.
        </EmptyState>
      ) : (
        <Table shares={shares} />
      )}
    </>
  )
}

function Table({ shares }: { readonly shares: readonly Share[] }) {
  const body = useRef<HTMLTableElement>(null)
  useRowKeys(body)
  const rows = () => [
    ['reference', 'from', 'for', 'shared', 'until', 'standing'],
    ...shares.map((it) => [it.ref, it.fromName, it.purpose, it.madeAt, it.expiresAt, it.standing]),
  ]
  return (
    <>
      <div className={list.tools}>
        <span className={list.count}>{countWords(shares.length, 'item')}</span>
        <ExportButton name="shared-with-me" rows={rows} />
      </div>
      <table ref={body} className={list.table}>
        <caption className="unseen">Shared with me</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col">From</th>
            <th scope="col">For</th>
            <th scope="col">Shared</th>
            <th scope="col">Until</th>
            <th scope="col">How it stands</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <tr
              key={share.id}
              data-row
              tabIndex={-1}
              className={share.standing === 'live' ? '' : styles.ended}
            >
              <td>
                <Link to="/shares/$id" params={{ id: share.id }} className="mono">
                  {share.ref}
                </Link>
              </td>
              <td data-name="From">{share.fromName}</td>
              <td data-name="For">{USE_WORDS[share.purpose]}</td>
              <td data-name="Shared">
                <LocalTime at={share.madeAt} />
              </td>
              <td data-name="Until">
                <LocalTime at={share.expiresAt} />
              </td>
              <td data-name="How it stands">{STANDING_WORDS[share.standing]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
