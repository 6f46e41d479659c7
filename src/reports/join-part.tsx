import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { FactKind } from '../core/fact.ts'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { countWords, FACT_WORDS } from '../web/parts/words.ts'
import { queryClient } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import styles from './page.module.css'
import type { Report } from './shapes.ts'

export interface Hit {
  readonly token: string
  readonly kind: string
  readonly openRequests: number
}

/** Open freezes that name an account of this report and that it has not offered to join. */
export function useHits(report: Report): { readonly hits: readonly Hit[]; readonly error: unknown } {
  const tokens = report.tokens.map(({ token }) => token)
  const known = useQuery({
    queryKey: ['known', report.id, tokens.length],
    enabled: tokens.length > 0,
    queryFn: () => api.known(tokens.slice(0, 100)),
  })
  const hits = (known.data?.known ?? []).flatMap((it): Hit[] => {
    const token = report.tokens.find(({ token }) => token === it.token)
    const done = report.corroborations.some(({ token }) => token === it.token)
    return token && it.openRequests > 0 && !done ? [{ ...it, kind: token.kind }] : []
  })
  return { hits, error: known.error }
}

interface JoinProps extends ReturnType<typeof useHits> {
  readonly report: Report
}

/** Offering to join, and what became of it. Never whose the open freezes are. */
export function JoinPart({ report, hits, error }: JoinProps) {
  if (error != null)
    return <ErrorNote error={error} what="Whether the network knows its accounts could not be asked" />
  if (hits.length === 0 && report.corroborations.length === 0) return null
  return (
    <section className={styles.part} aria-labelledby="joining">
      <h2 id="joining">Known to the network</h2>
      <ul className={styles.joins}>
        {hits.map((hit) => (
          <Offer key={hit.token} hit={hit} reportId={report.id} />
        ))}
        {report.corroborations.map((it) => (
          <li key={it.id}>
            <span>{wordsOf(it.status)}</span>
            {it.requestId && (
              <Link to="/requests/$id" params={{ id: it.requestId }}>
                Open the request
              </Link>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

function wordsOf(status: 'offered' | 'agreed' | 'declined'): string {
  if (status === 'offered')
    return 'You offered to join. Whoever asked for the freeze decides; until then neither learns who the other is.'
  return status === 'agreed'
    ? 'Both sides agreed: your report supports the request.'
    : 'They did not take the offer; they have not learned who you are.'
}

function Offer({ hit, reportId }: { readonly hit: Hit; readonly reportId: string }) {
  const offer = useAct(
    (_: string, key: string) => api.corroborate({ id: newId(), reportId, token: hit.token }, key),
    () => queryClient.invalidateQueries({ queryKey: ['report', reportId] }),
  )
  const kind = FACT_WORDS[hit.kind as FactKind] ?? 'fact'
  return (
    <li>
      <span>
        <strong>
          A {kind} in this report is known: {countWords(hit.openRequests, 'open freeze')}.
        </strong>{' '}
        If you offer to join, they learn that somebody has the same {kind}, and nothing else until they agree.
        Then each sees the other’s organisation, and you see the request.
      </span>
      <NextAction loading={offer.busy} onClick={() => void offer.run(hit.token)}>
        Offer to join
      </NextAction>
      {offer.error && <ErrorNote error={offer.error} what="The offer was not made" />}
    </li>
  )
}
