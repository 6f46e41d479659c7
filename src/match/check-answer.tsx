import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { KnownAnswer } from '../web/matching.ts'
import { DoneIcon, WarnIcon } from '../web/parts/icons.tsx'
import { Identifier } from '../web/parts/identifier.tsx'
import { capital, countWords } from '../web/parts/words.ts'
import styles from './check.module.css'

/** What the network answered about one identifier: how many open freezes, and nothing else. */
export function CheckAnswer({ answer }: { readonly answer: KnownAnswer }) {
  const { kind, normal, system, country } = answer.identifier
  const also = answer.tokens.flatMap(({ how }) => (how ? [how] : []))
  return (
    <li data-known={answer.openRequests > 0 || undefined}>
      <Identifier kind={kind} normal={normal} system={system} country={country} />
      <span className={styles.said}>
        {answer.refused ? (
          <>
            <WarnIcon /> Not asked: {answer.refused}.
          </>
        ) : answer.openRequests > 0 ? (
          <>
            <DoneIcon /> Known to the network: {countWords(answer.openRequests, 'open freeze')}.
          </>
        ) : (
          'Not known: nobody in the network has an open freeze on it.'
        )}
      </span>
      {answer.openRequests > 0 && (
        <Button size="xs" variant="default" renderRoot={(props) => <Link to="/reports/new" {...props} />}>
          Write a report that can join it
        </Button>
      )}
      {also.length > 0 && <span className={styles.why}>{capital(`also asked: ${also.join('; ')}`)}.</span>}
    </li>
  )
}
