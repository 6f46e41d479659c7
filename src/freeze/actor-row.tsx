import { Button } from '@mantine/core'
import { lengthWords } from '../web/parts/duration.ts'
import { ClockIcon } from '../web/parts/icons.tsx'
import { weekdayClock } from '../web/parts/moment.ts'
import { capital, countryWords, ORG_KIND_WORDS, POWER_WORDS } from '../web/parts/words.ts'
import type { Actor, RailHere } from './actors.ts'
import styles from './who-can-act.module.css'

export interface ActorRowProps {
  readonly actor: Actor
  /** ms since 1970. */
  readonly now: number
  /** How they are reached otherwise. */
  readonly channel: string | null
  /** The rail chosen at this organisation; null when none. */
  readonly chosen: string | null
  readonly onAsk: (railId: string) => void
}

const STANDING = { open: 'open', unknown: 'not known yet', closed: 'not open' } as const

/** One organisation: its power and law, its hour, and each way with the reason why it is open or not. */
export function ActorRow({ actor, now, channel, chosen, onAsk }: ActorRowProps) {
  const { orgName, orgKind, powers, rails } = actor
  const through = rails.filter((rail) => rail.through)
  const zone = powers[0]?.timeZone ?? 'UTC'
  return (
    <li className={styles.actor} data-standing={actor.standing}>
      <div className={styles.who}>
        <h3>
          {orgName} <span className="quiet">{ORG_KIND_WORDS[orgKind]}</span>
        </h3>
        <p className={actor.onDuty ? styles.duty : styles.away}>
          <ClockIcon size={14} /> {weekdayClock(new Date(now), zone)} there, {dutyWords(actor, zone, now)}
        </p>
        <ul className={styles.powers}>
          {powers.map(({ kind, country, legalBasis, ask }) => (
            <li key={`${kind} ${country}`}>
              {capital(POWER_WORDS[kind])}, {countryWords(country)}
              <span className="quiet"> · {legalBasis}</span>
              {ask && <span className={styles.ask}> {ask}</span>}
            </li>
          ))}
        </ul>
      </div>
      <ul className={styles.ways}>
        {through.map((rail) => (
          <Way key={rail.railId} rail={rail} kind={orgKind} chosen={chosen === rail.railId} onAsk={onAsk} />
        ))}
        {orgKind !== 'police' && (
          <li className="quiet small">
            {orgKind === 'bank'
              ? 'A bank gets its order from the police you ask.'
              : 'Requests here are sent to police.'}
            {channel && ` To reach ${orgName} yourself: ${channel}.`}
          </li>
        )}
        {orgKind === 'police' && through.length === 0 && (
          <li className="quiet small">
            No rail describes how they would be asked.{channel && ` To reach them: ${channel}.`}
          </li>
        )}
      </ul>
    </li>
  )
}

interface WayProps {
  readonly rail: RailHere
  readonly kind: Actor['orgKind']
  readonly chosen: boolean
  readonly onAsk: (railId: string) => void
}

function Way({ rail, kind, chosen, onAsk }: WayProps) {
  const { railId, name, standing, why } = rail
  return (
    <li>
      <p>
        <strong>{name}</strong>: <span data-standing={standing}>{STANDING[standing]}</span>
      </p>
      <p className="quiet small">{why}</p>
      {kind === 'police' && standing !== 'closed' && (
        <Button
          size="compact-sm"
          variant={chosen ? 'filled' : 'default'}
          aria-pressed={chosen}
          onClick={() => onAsk(railId)}
        >
          {chosen ? 'Chosen' : 'Ask them this way'}
        </Button>
      )}
    </li>
  )
}

function dutyWords({ onDuty, canActFrom }: Actor, zone: string, now: number): string {
  if (onDuty) return 'on duty'
  if (canActFrom === null) return 'hours not known'
  const from = Date.parse(canActFrom)
  return `next on duty ${weekdayClock(new Date(from), zone)}, in ${lengthWords(from - now)}`
}
