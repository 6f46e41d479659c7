import { NativeSelect, TextInput } from '@mantine/core'
import styles from './screen.module.css'
import type { Verdict } from './verdicts.ts'

interface Props {
  readonly account: string
  readonly verdict: Verdict | null
  readonly onDecide: (verdict: Verdict | null) => void
}

const CHOICES = [
  { value: '', label: 'not decided' },
  { value: 'confirmed', label: 'confirmed: worth acting on' },
  { value: 'false alarm', label: 'a false alarm' },
]

/** What a person decided, and why: other lines are tried against it, and the reason stays with the account. */
export function VerdictForm({ account, verdict, onDecide }: Props) {
  return (
    <section className={styles.decide} aria-label={`What you decided about ${account}`}>
      <NativeSelect
        size="xs"
        label="What was it?"
        value={verdict?.is ?? ''}
        data={CHOICES}
        onChange={({ currentTarget: { value } }) =>
          onDecide(value === '' ? null : { is: value as Verdict['is'], why: verdict?.why ?? '' })
        }
      />
      {verdict && (
        <TextInput
          size="xs"
          label="Why"
          className={styles.why ?? ''}
          placeholder="A rent collector; the contract was seen"
          value={verdict.why}
          maxLength={500}
          onChange={({ currentTarget }) => onDecide({ ...verdict, why: currentTarget.value })}
        />
      )}
      <p className="quiet small">
        Kept while this window is open; save it above, and choose the file with the next books. A false alarm
        about money says nothing of whether the holder is free.
      </p>
    </section>
  )
}
