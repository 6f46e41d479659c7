import { IdentifierItems } from '../entities/identifier-items.tsx'
import { isMatchableKind } from '../match/canonical.ts'
import { Identifier } from '../web/parts/identifier.tsx'
import { capital, countryWords } from '../web/parts/words.ts'
import styles from './request.module.css'
import type { Scene } from './scene.ts'

/** `Quay Bank, United Kingdom. On the transfer slip.` */
function aboutFact({ system, country, why }: Scene['request']['facts'][number]): string {
  const where = [system, country === null ? null : countryWords(country)].filter(Boolean).join(', ')
  return [where, why.replace(/[.]$/, '')]
    .filter((words) => words !== '')
    .map((words) => `${capital(words)}.`)
    .join(' ')
}

/** What else came in the clear, besides the accounts that stand with their money. */
export function OtherFacts({ scene }: { readonly scene: Scene }) {
  const { facts, lines, as, id } = scene.request
  const others = facts.filter((fact) => !lines.some(({ factId }) => factId === fact.id))
  if (others.length === 0) return null
  return (
    <section className={styles.section} aria-label="Other facts">
      <h2>{as === 'sender' ? 'And these facts' : 'What else is known'}</h2>
      <ul className={styles.otherFacts}>
        {others.map((fact) => (
          <li key={fact.id}>
            <Identifier
              kind={fact.kind}
              normal={fact.normal}
              most={32}
              menu={
                isMatchableKind(fact.kind) && (
                  <IdentifierItems kind={fact.kind} normal={fact.normal} requestId={id} inClear />
                )
              }
            />
            <span className={styles.why}>{aboutFact(fact)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
