import type { AccountActions } from './actors.ts'
import type { Rail, Reason } from './rail.ts'
import styles from './who-can-act.module.css'

const MET = { true: 'met', false: 'not met', null: 'not known' } as const

/** Every way to stop this money, whoever can start it, with each condition as it stands. */
export function RailReasons({
  actions,
  rails,
}: {
  readonly actions: AccountActions
  readonly rails: readonly Rail[]
}) {
  const open = actions.rails.filter((rail) => rail.open).length
  return (
    <details className={styles.rails}>
      <summary>
        All {actions.rails.length} rails: {open} open, and why the others are not
      </summary>
      {actions.rails.map(({ railId, name, standing, reasons, starters }) => {
        const rail = rails.find(({ id }) => id === railId)
        return (
          <div key={railId}>
            <h3>
              {name}:{' '}
              <span data-standing={standing}>{standing === 'unknown' ? 'not known yet' : standing}</span>
            </h3>
            <ul>
              {eachOnce(reasons).map(({ condition, met, why }) => (
                <li key={condition} data-met={String(met)}>
                  <span>{MET[String(met) as keyof typeof MET]}</span> {why}
                </li>
              ))}
            </ul>
            {starters.length === 0 && (
              <p className="quiet small">Nobody in the network can start it: {rail?.startedBy.words}</p>
            )}
            {standing !== 'open' && <p className="quiet small">{rail?.ifNotOpen}</p>}
          </div>
        )
      })}
    </details>
  )
}

/** Two conditions that wait for the same answer ask for it in one line. */
function eachOnce(reasons: readonly Reason[]): readonly Reason[] {
  return reasons.filter(
    ({ why, met }, i) => reasons.findIndex((it) => it.why === why && it.met === met) === i,
  )
}
