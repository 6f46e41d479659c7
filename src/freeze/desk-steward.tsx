import { useSuspenseQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { SecondPerson } from '../grants/second-person.tsx'
import { AlsoWaits, useAlsoWaits } from '../members/also-waits.tsx'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { countryWords, countWords, POWER_WORDS } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import styles from './desk.module.css'
import { deskHeadline, type EndingPower, endingPowers } from './desk.ts'

/** The desk of the steward: powers that end. Requests and their people are never shown here. */
export function StewardDesk() {
  const now = new Date(useNow())
  const [desk, network] = useSuspenseQueries({ queries: [queries.desk(), queries.network()] })
  const ending = endingPowers(network.data.orgs, now)
  const also = useAlsoWaits().map((it) => it.words)
  const words =
    ending.length === 0 || also.length > 0
      ? deskHeadline(desk.data, 'steward', [
          ...(ending.length > 0 ? [countWords(ending.length, 'power to renew', 'powers to renew')] : []),
          ...also,
        ])
      : `${countWords(ending.length, 'power')} to renew`.replace(/^one/, 'One')
  return (
    <>
      <Headline>{words}</Headline>
      <SecondPerson />
      <AlsoWaits />
      {ending.length > 0 ? (
        <Ending powers={ending} />
      ) : (
        <EmptyState
          title="Powers that end within sixty days stand here, to be verified again."
          action={
            <>
              <Link to="/network">The network and its powers</Link>, <Link to="/audit">the audit log</Link>
            </>
          }
        >
          You see who did what in the network, never a request’s content and never anything sealed.
        </EmptyState>
      )}
    </>
  )
}

function Ending({ powers }: { readonly powers: readonly EndingPower[] }) {
  return (
    <section className={styles.group} aria-label="Powers that end">
      <ul className={styles.rows}>
        {powers.map(({ org, power }) => (
          <li key={power.id} className={styles.row}>
            <div className={styles.plain}>
              <span className={styles.what}>{org.name}</span>
              <span className={styles.who}>
                {POWER_WORDS[power.kind]}, {countryWords(power.country)}
              </span>
              <span className={styles.ref}>verified by {power.verifiedBy}</span>
              <span className={styles.next}>until {power.until}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
