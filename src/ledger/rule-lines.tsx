import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { countWords } from '../web/parts/words.ts'
import type { RuleLine } from '../web/screen-words.ts'
import type { Comparison } from './backtest.ts'
import styles from './screen.module.css'
import type { Screening } from './screen.ts'
import { differences } from './screen-parts.ts'
import type { useScreen } from './use-screen.ts'
import { decidedOf } from './verdicts.ts'

interface Props {
  readonly screen: ReturnType<typeof useScreen>
  readonly base: Screening
  readonly found: Screening
}

/** Back-test: other lines on the same books, what they would have found, and what they would have missed. */
export function RuleLines({ screen, base, found }: Props) {
  const { rules, changes } = screen
  const judged = rules.filter(({ id }) => !base.missing.some((it) => it.rule === id))
  const [chosen, setChosen] = useState(judged[0]?.id ?? '')
  const rule = judged.find(({ id }) => id === chosen)
  const differ = useMemo(() => differences(base, found), [base, found])
  const changed = Object.keys(changes).length > 0
  return (
    <details className={styles.facts} open={changed || undefined}>
      <summary>
        Other lines: what would have fired
        {changed && `, with ${countWords(Object.keys(changes).length, 'rule')} changed`}
      </summary>
      {changed && (
        <section aria-label="Differences">
          {differ.length === 0 && <p>With these lines the same accounts are found.</p>}
          <ul>
            {differ.map((it) => (
              <li key={it.rule}>
                {it.rule}: {countWords(it.gained.length, 'account')} more{few(it.gained)},{' '}
                {countWords(it.lost.length, 'account')} fewer{few(it.lost)}
              </li>
            ))}
          </ul>
          <Button size="xs" variant="default" onClick={() => void screen.runAgain({})}>
            Back to the house's own lines
          </Button>
        </section>
      )}
      <NativeSelect
        label="Rule"
        value={chosen}
        data={judged.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      {rule && <Lines key={rule.id} rule={rule} screen={screen} />}
    </details>
  )
}

const few = (names: readonly string[]) =>
  names.length === 0 ? '' : ` (${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''})`

function Lines({ rule, screen }: { readonly rule: RuleLine; readonly screen: Props['screen'] }) {
  const before = screen.changes[rule.id] ?? {}
  const [values, setValues] = useState<Readonly<Record<string, number>>>(before)
  const [tried, setTried] = useState<Comparison | null>(null)
  const [failed, setFailed] = useState<unknown>(null)
  const moved = Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== rule.thresholds[name]?.value),
  )
  const none = Object.keys(moved).length === 0
  const compare = async () => {
    setFailed(null)
    try {
      setTried(
        (await screen.calls.current?.do('compare', {
          rule: rule.id,
          changes: moved,
          decided: decidedOf(screen.verdicts),
        })) ?? null,
      )
    } catch (error) {
      setFailed(error)
    }
  }
  return (
    <>
      <p className="quiet">{rule.why}</p>
      <div className={styles.columns}>
        {Object.entries(rule.thresholds).map(([name, it]) => (
          <NumberInput
            key={name}
            size="xs"
            label={`${name.replaceAll('_', ' ')} (${it.unit})`}
            description={`${it.means ?? ''} ${it.value} unless changed`.trim()}
            value={values[name] ?? it.value}
            onChange={(value) =>
              setValues((now) => ({ ...now, [name]: value === '' ? it.value : Number(value) }))
            }
          />
        ))}
      </div>
      <div className={styles.tools}>
        <Button size="xs" variant="default" disabled={none} onClick={() => void compare()}>
          What would have fired?
        </Button>
        <Button
          size="xs"
          variant="default"
          disabled={none}
          onClick={() => void screen.runAgain({ ...screen.changes, [rule.id]: moved })}
        >
          Screen again with these lines
        </Button>
      </div>
      {failed !== null && <ErrorNote error={failed} what="The lines were not compared" />}
      {tried && <p role="status">{comparisonWords(tried)}</p>}
    </>
  )
}

function comparisonWords({ before, after, gained, lost, ...all }: Comparison): string {
  const known = (it: Comparison['before']) => {
    const parts = [
      ...(it.labelled === null ? [] : [`${it.labelled} of the ${all.labelledInAll} confirmed`]),
      ...(it.dismissed === null ? [] : [`${it.dismissed} of the ${all.dismissedInAll} false alarms`]),
    ]
    return parts.length > 0 ? ` (${parts.join(', ')})` : ''
  }
  return `The house's lines find ${countWords(before.accounts, 'account')}${known(before)}; yours ${countWords(after.accounts, 'account')}${known(after)}: ${gained.length} more${few(gained)}, ${lost.length} fewer${few(lost)}.`
}
