import { Button, NumberInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'

interface RuleFormProps {
  readonly rule: {
    readonly objectionDays: number
    readonly probationDays: number
    readonly reviewDays: number
  }
}

const FIELDS = [
  { name: 'objectionDays', label: 'Days to object', min: 1, max: 60 },
  { name: 'probationDays', label: 'Days on probation', min: 0, max: 730 },
  { name: 'reviewDays', label: 'Days until a membership is reviewed', min: 30, max: 1_460 },
] as const

/** The days the network agreed on, kept by its steward. They hold for what is proposed and admitted from then on. */
export function RuleForm({ rule }: RuleFormProps) {
  const [open, setOpen] = useState(false)
  const [days, setDays] = useState(rule)
  const save = useMemberAct(['proposals'], api.ruleChange, () => setOpen(false))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run(days)
  }
  if (!open)
    return (
      <p className="quiet small">
        The network agreed on {rule.objectionDays} days to object, {rule.probationDays} days on probation, and
        a review after {rule.reviewDays} days.{' '}
        <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
          Change what was agreed
        </Button>
      </p>
    )
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Change what was agreed">
      <h2>What the network agreed on</h2>
      <p className="small">
        The new days hold for windows and admissions from now on; what is under way keeps its own.
      </p>
      <div className={styles.grid}>
        {FIELDS.map(({ name, label, min, max }) => (
          <NumberInput
            key={name}
            label={label}
            value={days[name]}
            onChange={(value) => setDays({ ...days, [name]: Number(value) })}
            min={min}
            max={max}
            allowDecimal={false}
            hideControls
          />
        ))}
      </div>
      {save.error && <ErrorNote error={save.error} what="The days were not changed" />}
      <div className={styles.buttons}>
        <Button type="submit" loading={save.busy}>
          Save the days
        </Button>
        <Button variant="default" onClick={() => setOpen(false)}>
          Not now
        </Button>
      </div>
    </form>
  )
}
