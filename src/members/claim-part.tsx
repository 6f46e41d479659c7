import { capital, countryWords, languageWords, ORG_KIND_WORDS, POWER_WORDS } from '../web/parts/words.ts'
import { OrgClaim, type Proposal } from './admission-shapes.ts'
import { hoursWords } from './hours-words.ts'
import styles from './members.module.css'

/** What an organisation says of itself. Until a steward has checked it, it is a claim and stands here as one. */
export function ClaimPart({ proposal }: { readonly proposal: Proposal }) {
  if (proposal.kind !== 'org') return null
  const { data: card } = OrgClaim.safeParse(proposal.card)
  if (!card) return null
  return (
    <section className={styles.section}>
      <h2>What it says of itself</h2>
      <dl className={styles.particulars}>
        <dt>Kind</dt>
        <dd>
          {capital(ORG_KIND_WORDS[card.kind])}, {countryWords(card.country)}
        </dd>
        <dt>On duty</dt>
        <dd>
          {hoursWords(card.hours)} <span className="quiet">({card.timeZone})</span>
        </dd>
        <dt>Speaks</dt>
        <dd>{card.languages.map(languageWords).join(', ') || 'not said'}</dd>
        <dt>Reach them by</dt>
        <dd>{card.channel ?? 'not said'}</dd>
        <dt>Could lawfully</dt>
        <dd>
          {card.powers.length === 0 && 'nothing on money or referrals'}
          {card.powers.map((power) => (
            <p key={`${power.kind} ${power.country}`}>
              {POWER_WORDS[power.kind]} in {countryWords(power.country)}:{' '}
              <span className="quiet">{power.legalBasis}</span>
            </p>
          ))}
        </dd>
      </dl>
      {!['admitted', 'refused', 'withdrawn'].includes(proposal.state) && card.powers.length > 0 && (
        <p className="quiet small">
          A steward who admits it vouches for these powers: check each with the law or the register it names.
        </p>
      )}
    </section>
  )
}
