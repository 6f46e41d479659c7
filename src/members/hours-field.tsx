import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import type { DutyHours, DutySpan } from '../core/hours.ts'
import { DAYS } from './hours-words.ts'
import styles from './members.module.css'

export interface HoursFieldProps {
  readonly value: DutyHours
  readonly onValue: (hours: DutyHours) => void
}

const OFFICE: DutySpan = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }
const MOST = 7

/** When somebody is there, by the wall clock of the place: day and night, or spans of days and hours. */
export function HoursField({ value, onValue }: HoursFieldProps) {
  const spans = value === 'always' ? [] : value
  const put = (i: number, span: DutySpan) => onValue(spans.map((it, at) => (at === i ? span : it)))
  return (
    <fieldset className={styles.fields}>
      <Radio.Group
        label="On duty"
        value={value === 'always' ? 'always' : 'spans'}
        onChange={(how) => onValue(how === 'always' ? 'always' : [OFFICE])}
      >
        <div className={styles.days}>
          <Radio value="always" label="day and night" />
          <Radio value="spans" label="at these hours" />
        </div>
      </Radio.Group>
      {spans.map((span, i) => (
        <Span
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no name of their own and keep their order
          key={i}
          number={i + 1}
          span={span}
          onSpan={(next) => put(i, next)}
          onRemove={spans.length > 1 ? () => onValue(spans.filter((_, at) => at !== i)) : null}
        />
      ))}
      {value !== 'always' && spans.length < MOST && (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onValue([...spans, { days: [6], from: '09:00', to: '12:00' }])}
          >
            Add other hours
          </Button>
        </div>
      )}
    </fieldset>
  )
}

interface SpanProps {
  readonly number: number
  readonly span: DutySpan
  readonly onSpan: (span: DutySpan) => void
  readonly onRemove: (() => void) | null
}

function Span({ number, span, onSpan, onRemove }: SpanProps) {
  const hour = (name: 'from' | 'to') => (
    <TextInput
      size="xs"
      w="5.5rem"
      label={name === 'from' ? 'From' : 'To'}
      value={span[name]}
      onChange={(event) => onSpan({ ...span, [name]: event.currentTarget.value })}
      placeholder="HH:MM"
      pattern="([01]\d|2[0-3]):[0-5]\d|24:00"
      title="HH:MM, e.g. 08:30; 24:00 as the end of a day"
      required
      withAsterisk={false}
    />
  )
  return (
    <fieldset className={`${styles.fields} ${styles.span}`}>
      <legend className="unseen">Hours {number}</legend>
      <Checkbox.Group
        label="Days on which it begins"
        value={span.days.map(String)}
        onChange={(days) => days.length > 0 && onSpan({ ...span, days: days.map(Number) })}
      >
        <div className={styles.days}>
          {DAYS.map((name, day) => (
            <Checkbox key={name} value={String(day + 1)} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      {hour('from')}
      {hour('to')}
      {onRemove && (
        <Button size="compact-sm" variant="subtle" onClick={onRemove}>
          Remove
        </Button>
      )}
    </fieldset>
  )
}
