import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type RequestStatus, STATUS_WORDS } from '../requests/status.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { queries } from '../web/queries.ts'
import { FEWEST, type Found } from './finding.ts'
import styles from './own-requests.module.css'

/** In which of my own requests things stand whose form holds these words. Only what stands there can be found. */
export function OwnRequests({ wanted }: { readonly wanted: readonly string[] }) {
  const long = wanted.filter((words) => words.length >= FEWEST)
  const answers = useQueries({ queries: long.map((words) => queries.entities(words)) })
  const failed = answers.find(({ error }) => error)
  if (failed)
    return (
      <ErrorNote error={failed.error} what="Your requests were not asked" onRetry={() => failed.refetch()} />
    )
  if (answers.some(({ isPending }) => isPending)) return <p className="quiet">Looking in your requests …</p>
  const found = new Map(answers.flatMap(({ data }) => (data?.entities ?? []).map((it) => [it.id, it])))
  return (
    <section className={styles.found} aria-label="In my own requests" aria-live="polite">
      <h2>{found.size === 0 ? 'It stands in no request of yours' : 'In your own requests'}</h2>
      <ul>
        {[...found.values()].map((it) => (
          <Entity key={it.id} found={it} />
        ))}
      </ul>
    </section>
  )
}

function Entity({ found }: { readonly found: Found }) {
  const { kind, caption, system, country, requests } = found
  return (
    <li>
      <Identifier kind={kind} normal={caption} system={system} country={country} />
      <span className={styles.where}>
        {requests.map(({ id, ref, status }) => (
          <Link key={id} to="/requests/$id" params={{ id }}>
            {ref}
            <span className="quiet">{`, ${STATUS_WORDS[status as RequestStatus] ?? status}`}</span>
          </Link>
        ))}
      </span>
    </li>
  )
}
