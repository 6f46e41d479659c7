import { Link } from '@tanstack/react-router'
import { clockOf, dayOf, weekdayClock } from '../web/parts/moment.ts'
import { capital, countryWords, languageWords, ORG_KIND_WORDS, POWER_WORDS } from '../web/parts/words.ts'
import styles from './network.module.css'
import type { Found } from './network-view.ts'

export function NetworkRow({ found, now }: { readonly found: Found; readonly now: number }) {
  const { org, powers, ended, duty } = found
  const left = org.leftAt !== null
  return (
    <tr data-row tabIndex={-1}>
      <td>
        <Link className={styles.name} to="/network/orgs/$id" params={{ id: org.id }}>
          {org.name}
        </Link>
        <br />
        <span className="quiet">
          {capital(ORG_KIND_WORDS[org.kind])}, {countryWords(org.country)}
        </span>
      </td>
      <td>
        {left ? (
          <span className="quiet">
            {org.suspendedAt ? 'suspended' : 'left the network'}{' '}
            {dayOf(new Date(org.leftAt ?? ''), org.timeZone)}
          </span>
        ) : (
          <>
            <time title={`${clockOf(new Date(now), org.timeZone)} in ${org.timeZone}`}>
              {weekdayClock(new Date(now), org.timeZone)}
            </time>
            <br />
            <span className={duty.on ? styles.on : styles.off}>{duty.words}</span>
          </>
        )}
      </td>
      <td>
        {powers.length + ended.length === 0 && <span className="quiet">no power on money</span>}
        <ul className={styles.powers}>
          {powers.map((power) => (
            <li key={power.id}>
              {capital(POWER_WORDS[power.kind])}
              {power.country !== org.country && ` in ${countryWords(power.country)}`}
              <span className="quiet">
                : {power.legalBasis}
                {power.until && `, until ${power.until}`}
                <span className={styles.verified}> · verified: {power.verifiedBy}</span>
              </span>
            </li>
          ))}
          {ended.map((power) => (
            <li key={power.id} className="quiet">
              {capital(POWER_WORDS[power.kind])}
              {power.country !== org.country && ` in ${countryWords(power.country)}`}: ended {power.until}
            </li>
          ))}
        </ul>
      </td>
      <td data-name="Speaks">{org.languages.map(languageWords).join(', ')}</td>
      <td data-name="Reach them by">{org.channel ?? 'the steward'}</td>
    </tr>
  )
}
