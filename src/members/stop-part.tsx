import { Button } from '@mantine/core'
import { useState } from 'react'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { countWords } from '../web/parts/words.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'
import { WordsForm } from './words-form.tsx'

export interface StopPartProps {
  readonly kind: 'org' | 'member'
  readonly subjectId: string
  readonly name: string
  readonly suspended: boolean
  readonly left: boolean
}

type Stop = 'suspend' | 'lift' | 'remove'
const CHANGES = ['network', 'vouches', 'proposals', 'removals'] as const

/** How a steward stops somebody at once, lets them go on, or asks that they are removed. */
export function StopPart({ kind, subjectId, name, suspended, left }: StopPartProps) {
  const [open, setOpen] = useState<Stop | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const [id, setId] = useState(newId)
  const end = () => setOpen(null)
  const done = (words: string) => {
    setSaid(words)
    setId(newId())
    end()
  }
  const stop = useMemberAct(
    CHANGES,
    (it: { reason: string; lift: boolean }, key) => api.suspend({ kind, subjectId, ...it }, key),
    (out, it) =>
      done(it.lift ? `${name} goes on.` : `${name} is stopped. ${pausedWords(out.proposalsPaused)}`),
  )
  const ask = useMemberAct(
    CHANGES,
    (reason: string, key) => api.removalAsk({ id, kind, subjectId, reason }, key),
    () =>
      done(
        `It is asked. Somebody of another organisation has 72 hours to confirm it; until then ${name} is suspended.`,
      ),
  )
  if (left) return null
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      {kind === 'org' && <h2>If something is wrong</h2>}
      {said && (
        <p className={styles.good} role="status">
          {said}
        </p>
      )}
      {open === null && <Choices suspended={suspended} name={name} onOpen={setOpen} />}
      {open && (
        <WordsForm
          key={open}
          title={TITLES[open](name)}
          label="Why"
          help={HELP[open](name)}
          submit={SUBMIT[open]}
          failed="Nothing was changed"
          act={open === 'remove' ? ask : stop}
          onSubmit={(words) =>
            open === 'remove' ? ask.run(words) : stop.run({ reason: words, lift: open === 'lift' })
          }
          onEnd={end}
        />
      )}
    </section>
  )
}

interface ChoicesProps {
  readonly suspended: boolean
  readonly name: string
  readonly onOpen: (stop: Stop) => void
}

function Choices({ suspended, name, onOpen }: ChoicesProps) {
  const whom = <span className="unseen">: {name}</span>
  return (
    <div className={styles.buttons}>
      <Button size="compact-sm" variant="default" onClick={() => onOpen(suspended ? 'lift' : 'suspend')}>
        {suspended ? 'Let them go on' : 'Suspend at once'}
        {whom}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => onOpen('remove')}>
        Ask for removal{whom}
      </Button>
    </div>
  )
}

const TITLES: Record<Stop, (name: string) => string> = {
  suspend: (name) => `Suspend ${name} at once`,
  lift: (name) => `Let ${name} go on`,
  remove: (name) => `Ask that ${name} is removed`,
}

const HELP: Record<Stop, (name: string) => string> = {
  suspend: (name) =>
    `Sessions of ${name} end within a second, nothing new is sealed or sent to them, and open proposals of who vouched for them pause. You can let them go on at any time.`,
  lift: (name) =>
    `${name} can sign in and be asked again. Paused proposals stay paused until you look at each.`,
  remove: (name) =>
    `${name} is suspended from now on. When somebody of another organisation confirms within 72 hours, they leave for good and lose every key: that cannot be undone. You can take it back until then.`,
}

const SUBMIT: Record<Stop, string> = {
  suspend: 'Suspend',
  lift: 'Let them go on',
  remove: 'Ask for removal',
}

function pausedWords(paused: number): string {
  return paused === 0 ? 'No proposal paused.' : `${countWords(paused, 'proposal')} paused.`
}
