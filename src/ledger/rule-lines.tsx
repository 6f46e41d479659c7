import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { countWords } from '../web/parts/words.ts'
import type { RuleLine } from '../web/screen-words.ts'
import type { Comparison } from './backtest.ts'
import { BroughtRule } from './brought-rule.tsx'
import styles from './screen.module.css'
import type { Screening } from './screen.ts'
import { comparisonWords, differences, fewNames } from './screen-parts.ts'
import type { useScreen } from './use-screen.ts'
import { decidedOf } from './verdicts.ts'

interface Props {
  readonly screen: ReturnType<typeof useScreen>
  readonly base: Screening
  readonly found: Screening
}

/** Back-test: other lines, or another version, on the same books, what they would have found, and what they would have missed. */
export function RuleLines({ screen, base, found }: Props) {
  const { rules, changes, versions } = screen
  const judged = rules.filter(({ id }) => !base.missing.some((it) => it.rule === id))
  const [chosen, setChosen] = useState(judged[0]?.id ?? '')
  const rule = judged.find(({ id }) => id === chosen)
  const changed = new Set([...Object.keys(changes), ...Object.keys(versions)])
  return (
    <details className={styles.facts} open={changed.size > 0 || undefined}>
      <summary>
        Other lines: what would have fired
        {changed.size > 0 && `, with ${countWords(changed.size, 'rule')} changed`}
      </summary>
      {changed.size > 0 && <Differences screen={screen} base={base} found={found} />}
      <NativeSelect
        label="Rule"
        value={chosen}
        data={judged.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      {rule && <Lines key={rule.id} rule={rule} screen={screen} />}
      <BroughtRule screen={screen} rule={rule} onRule={setChosen} />
    </details>
  )
}

/** What is otherwise than by the house's own rules, and the way back to them. */
function Differences({ screen, base, found }: Props) {
  const differ = useMemo(() => differences(base, found), [base, found])
  const unjudged = found.missing.filter(({ rule }) => screen.versions[rule])
  return (
    <section aria-label="Differences">
      {unjudged.map(({ rule, needs }) => (
        <p key={rule}>
          {rule} cannot be judged on these files: {needs.join(', ')} is missing.
        </p>
      ))}
      {differ.length === 0 && <p>So the same accounts are found.</p>}
      <ul>
        {differ.map((it) => (
          <li key={it.rule}>
            {it.rule}: {countWords(it.gained.length, 'account')} more{fewNames(it.gained)},{' '}
            {countWords(it.lost.length, 'account')} fewer{fewNames(it.lost)}
          </li>
        ))}
      </ul>
      <Button size="xs" variant="default" onClick={() => void screen.runAgain({})}>
        Back to the house's own rules and lines
      </Button>
    </section>
  )
}

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
  const { [rule.id]: _brought, ...versions } = screen.versions
  return (
    <>
      <p className="quiet">{rule.why}</p>
      <div className={styles.columns}>
        {Object.entries(rule.thresholds).map(([name, it]) => (
          <NumberInput
            key={name}
            size="xs"
            label={`${name.replaceAll('_', ' ')} (${it.unit})`}
            description={`${it.means ? `${it.means}; ` : ''}${it.value} unless changed`}
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
          onClick={() => void screen.runAgain({ changes: { ...screen.changes, [rule.id]: moved }, versions })}
        >
          Screen again with these lines
        </Button>
      </div>
      {failed !== null && <ErrorNote error={failed} what="The lines were not compared" />}
      {tried && <p role="status">{comparisonWords(tried, ["The house's lines find", 'yours'])}</p>}
    </>
  )
}
