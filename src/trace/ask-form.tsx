import { Autocomplete, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { NextAction } from '../web/parts/next-action.tsx'
import type { Beginning, Suggested, TraceAsk } from '../web/trace-words.ts'
import type { LedgerFile } from './ledger-file.ts'
import type { Direction } from './outcome.ts'
import { timeWords } from './picture.ts'
import { major } from './table.ts'
import styles from './trace.module.css'
import { money } from './trace.ts'

interface Props {
  readonly file: LedgerFile
  /** What was asked last. */
  readonly asked: TraceAsk | null
  readonly busy: boolean
  readonly onAsk: (it: TraceAsk) => void
}

type Fields = Omit<TraceAsk, 'currency' | 'hops'> & { readonly currency: string; readonly hops: string }

const NONE: Suggested = { accounts: [], payments: [] }
const minuteOf = (at: string | number) =>
  typeof at === 'number' ? String(at) : at.slice(0, 19).replace('T', ' ')

/** Account, amount and time; everything else has an answer that fits most. */
export function AskForm({ file, asked, busy, onAsk }: Props) {
  const { opened } = file
  const [it, setIt] = useState<Fields>(() => ({
    from: '',
    amount: '',
    at: minuteOf(opened.begins),
    direction: 'forward',
    ...asked,
    currency: asked?.currency ?? '',
    hops: asked && asked.hops > 0 ? String(asked.hops) : '',
  }))
  const change = (part: Partial<Fields>) => setIt((now) => ({ ...now, ...part }))
  const suggested = useSuggested(file, it)
  const steps = opened.clock === 'step'
  const forward = it.direction === 'forward'
  const named = opened.currencies.filter((code) => code !== 'XXX')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAsk({ ...it, currency: it.currency || null, hops: Number(it.hops) || 0 })
  }
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Question"
        value={it.direction}
        data={[
          { value: 'forward', label: 'Where did it go?' },
          { value: 'backward', label: 'Whose was it?' },
        ]}
        onChange={({ currentTarget }) => change({ direction: currentTarget.value as Direction })}
      />
      <Autocomplete
        className={styles.account}
        label={forward ? 'Account that it left' : 'Account that it reached'}
        value={it.from}
        onChange={(from) => change({ from })}
        data={[...suggested.accounts]}
        filter={({ options }) => options}
        required
        autoFocus={asked === null}
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'mono', option: 'mono' }}
      />
      <TextInput
        label={named.length === 1 ? `Amount in ${named[0]}` : 'Amount'}
        value={it.amount}
        onChange={({ currentTarget }) => change({ amount: currentTarget.value })}
        required
        inputMode="decimal"
        placeholder="1,000.00"
        autoComplete="off"
      />
      {named.length > 1 && (
        <NativeSelect
          label="Currency"
          value={it.currency}
          data={[{ value: '', label: 'that moved first' }, ...named]}
          onChange={({ currentTarget }) => change({ currency: currentTarget.value })}
        />
      )}
      <TextInput
        label={steps ? (forward ? 'From step' : 'Up to step') : forward ? 'From (UTC)' : 'Up to (UTC)'}
        value={it.at}
        onChange={({ currentTarget }) => change({ at: currentTarget.value })}
        required
        autoComplete="off"
      />
      <TextInput
        label="Payments to follow"
        value={it.hops}
        onChange={({ currentTarget }) => change({ hops: currentTarget.value.replace(/\D/g, '').slice(0, 6) })}
        inputMode="numeric"
        placeholder="to the end"
        autoComplete="off"
      />
      <NextAction type="submit" loading={busy}>
        Follow the money
      </NextAction>
      <Beginnings
        payments={suggested.payments}
        forward={forward}
        onPick={({ minor, currency, at }) =>
          change({
            amount: major(minor, currency),
            at: minuteOf(at),
            currency: named.length > 1 ? currency : '',
          })
        }
      />
    </form>
  )
}

/** The payments of the account, largest first in mind and by time in sight: one press fills amount and time. */
function Beginnings({
  payments,
  forward,
  onPick,
}: {
  readonly payments: readonly Beginning[]
  readonly forward: boolean
  readonly onPick: (it: Beginning) => void
}) {
  if (payments.length === 0) return null
  return (
    <fieldset className={styles.beginnings}>
      <legend className="quiet small">
        {forward ? 'Its largest payments' : 'The largest payments to it'}: one fills amount and time
      </legend>
      {payments.map((it) => (
        <button key={`${it.transaction} ${it.at}`} type="button" onClick={() => onPick(it)}>
          {timeWords(it.at)} <strong>{money(it.minor, it.currency)}</strong> {forward ? 'to' : 'from'}{' '}
          <bdi className="mono">{it.other ?? 'outside'}</bdi>
        </button>
      ))}
    </fieldset>
  )
}

/** What fits what is typed, as the worker finds it; of answers that overtake each other the last counts. */
function useSuggested({ calls }: LedgerFile, { from, direction }: Fields): Suggested {
  const [suggested, setSuggested] = useState(NONE)
  useEffect(() => {
    let current = true
    calls.do('suggest', { typed: from, direction }).then(
      (it) => current && setSuggested(it),
      () => current && setSuggested(NONE),
    )
    return () => {
      current = false
    }
  }, [calls, from, direction])
  return suggested
}
