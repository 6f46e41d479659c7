import { NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { NextAction } from '../web/parts/next-action.tsx'
import type { OpenedLedger, TraceAsk } from '../web/trace-words.ts'
import type { Direction } from './outcome.ts'
import styles from './trace.module.css'

interface Props {
  readonly opened: OpenedLedger
  readonly busy: boolean
  readonly onAsk: (it: TraceAsk) => void
}

/** Account, amount and time; everything else has an answer that fits most. */
export function AskForm({ opened, busy, onAsk }: Props) {
  const steps = opened.clock === 'step'
  const [from, setFrom] = useState('')
  const [amount, setAmount] = useState('')
  const [at, setAt] = useState(
    typeof opened.begins === 'number' ? String(opened.begins) : opened.begins.slice(0, 16).replace('T', ' '),
  )
  const [direction, setDirection] = useState<Direction>('forward')
  const [currency, setCurrency] = useState('')
  const [hops, setHops] = useState('')
  const named = opened.currencies.filter((it) => it !== 'XXX')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk({ from, amount, at, direction, currency: currency || null, hops: Number(hops) || 0 })
  }
  const forward = direction === 'forward'
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Question"
        value={direction}
        data={[
          { value: 'forward', label: 'Where did it go?' },
          { value: 'backward', label: 'Whose was it?' },
        ]}
        onChange={({ currentTarget }) => setDirection(currentTarget.value as Direction)}
      />
      <TextInput
        label={forward ? 'Account that it left' : 'Account that it reached'}
        value={from}
        onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        required
        autoFocus
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'mono' }}
      />
      <TextInput
        label={named.length === 1 ? `Amount in ${named[0]}` : 'Amount'}
        value={amount}
        onChange={({ currentTarget }) => setAmount(currentTarget.value)}
        required
        inputMode="decimal"
        placeholder="1,000.00"
        autoComplete="off"
      />
      {named.length > 1 && (
        <NativeSelect
          label="Currency"
          value={currency}
          data={[{ value: '', label: 'that moved first' }, ...named]}
          onChange={({ currentTarget }) => setCurrency(currentTarget.value)}
        />
      )}
      <TextInput
        label={steps ? (forward ? 'From step' : 'Up to step') : forward ? 'From (UTC)' : 'Up to (UTC)'}
        value={at}
        onChange={({ currentTarget }) => setAt(currentTarget.value)}
        required
        autoComplete="off"
      />
      <TextInput
        label="Payments to follow"
        value={hops}
        onChange={({ currentTarget }) => setHops(currentTarget.value.replace(/\D/g, '').slice(0, 6))}
        inputMode="numeric"
        placeholder="to the end"
        autoComplete="off"
      />
      <NextAction type="submit" loading={busy}>
        Follow the money
      </NextAction>
    </form>
  )
}
