import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { countWords } from '../web/parts/words.ts'
import { BeforeActing } from './before-acting.tsx'
import { type Filter, filtered } from './case-filter.ts'
import { HolderFacts } from './holder-facts.tsx'
import { OneAlert } from './one-alert.tsx'
import styles from './screen.module.css'
import type { Alert, Case, Screening } from './screen.ts'
import { BAND_WORDS } from './screen-parts.ts'
import type { useScreen } from './use-screen.ts'
import { VerdictForm } from './verdict-form.tsx'

type Screen = ReturnType<typeof useScreen>
interface Props {
  readonly screen: Screen
  readonly found: Screening
}

const AT_ONCE = 100
const SHOW = [
  { value: 'all', label: 'all' },
  { value: 'now', label: 'now' },
  { value: 'soon', label: 'soon' },
  { value: 'look', label: 'to look at' },
  { value: 'protect', label: 'protection first' },
  { value: 'open', label: 'not decided' },
]

/** Accounts by case score, each with everything that was found on it. The order is all that the score means. */
export function CaseList({ screen, found }: Props) {
  const [shown, setShown] = useState(AT_ONCE)
  const [filter, setFilter] = useState<Filter>({ words: '', show: 'all' })
  const by = useMemo(() => Map.groupBy(found.alerts, (it) => it.account), [found])
  const list = useRef<HTMLOListElement>(null)
  useRowKeys(list)
  if (found.cases.length === 0) return null
  const { names, verdicts } = screen
  const cases = filtered(found.cases, { filter, by, names, verdicts })
  return (
    <section aria-labelledby="cases">
      <h2 id="cases">Accounts, most worth looking at first</h2>
      <p className="quiet small">
        The order says what to look at first. It decides nothing about anybody. Keys: j and k move, Enter
        opens.
      </p>
      <div className={styles.tools}>
        <TextInput
          label="Find an account, a holder or a rule"
          size="xs"
          value={filter.words}
          onChange={({ currentTarget }) => setFilter({ ...filter, words: currentTarget.value })}
        />
        <NativeSelect
          label="Show"
          size="xs"
          value={filter.show}
          data={SHOW}
          onChange={({ currentTarget }) =>
            setFilter({ ...filter, show: currentTarget.value as Filter['show'] })
          }
        />
        <span role="status" className="quiet small">
          {cases.length === found.cases.length
            ? countWords(cases.length, 'account')
            : `${cases.length} of ${countWords(found.cases.length, 'account')}`}
        </span>
      </div>
      <ol ref={list} className={styles.cases}>
        {cases.slice(0, shown).map((it) => (
          <li key={it.account} data-row="" tabIndex={-1}>
            <OneCase it={it} alerts={by.get(it.account) ?? []} screen={screen} found={found} />
          </li>
        ))}
      </ol>
      {cases.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + AT_ONCE)}>
          Show more ({cases.length - shown} accounts)
        </Button>
      )}
    </section>
  )
}

interface OneProps extends Props {
  readonly it: Case
  readonly alerts: readonly Alert[]
}

/** Opened, it is built: a thousand closed cases cost nothing. */
function OneCase({ it, alerts, screen, found }: OneProps) {
  const [open, setOpen] = useState(false)
  const calls = screen.at === 'here' ? screen.calls : null
  const { account } = it
  // an account may be called `constructor`
  const verdict = Object.hasOwn(screen.verdicts, account) ? screen.verdicts[account] : undefined
  const name = Object.hasOwn(screen.names, account) ? screen.names[account] : undefined
  const marks: ReactNode[] = [
    it.protectFirst && <strong className={styles.protect}>protection first</strong>,
    verdict && <strong className={styles.verdict}>{verdict.is}</strong>,
  ]
  return (
    <details className={styles.case} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <code>{account}</code>
        {name && <span className={styles.holder}>{name}</span>}
        <span className={styles.band} data-band={it.band}>
          {BAND_WORDS[it.band]}
        </span>
        {...marks}
        <span className={styles.names}>{alerts.map((alert) => alert.name).join('; ')}</span>
      </summary>
      {open && (
        <div className={styles.inside}>
          {calls && <HolderFacts account={account} calls={calls} />}
          {alerts.map((alert) => (
            <OneAlert key={alert.rule} it={alert} screen={screen} calls={calls} />
          ))}
          {calls && (
            <VerdictForm
              account={account}
              verdict={verdict ?? null}
              onDecide={(now) => screen.decide(account, now)}
            />
          )}
          <BeforeActing it={it} alerts={alerts} found={found} calls={calls} />
        </div>
      )}
    </details>
  )
}
