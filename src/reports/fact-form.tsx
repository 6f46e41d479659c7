import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FACT_KINDS, type FactKind } from '../core/fact.ts'
import { CURRENCIES } from '../core/money.ts'
import { capital, FACT_WORDS } from '../web/parts/words.ts'
import type { Checked, Typed } from './by-hand.ts'
import type { Said } from './entries.ts'
import styles from './fact-list.module.css'
import { KIND_ORDER, shortMoney, showNormal } from './kinds.ts'

/** What the form begins with: a fact to correct, words that were selected, or nothing. */
export interface FactFormStart {
  readonly title: string
  readonly kind: FactKind
  readonly value: string
  readonly currency: string
}

export interface FactFormProps {
  readonly start: FactFormStart
  readonly check: (typed: Typed) => Promise<Checked>
  readonly onSave: (said: Said) => void
  readonly onCancel: () => void
}

/** Corrects or adds a fact; a form that can be proved wrong is not taken. */
export function FactForm({ start, check, onSave, onCancel }: FactFormProps) {
  const [kind, setKind] = useState(start.kind)
  const [value, setValue] = useState(start.value)
  const [currency, setCurrency] = useState(start.currency)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const money = kind === 'amount'

  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const checked = await check({ kind, value, currency })
      if ('said' in checked) onSave(checked.said)
      else setWrong(checked.refused)
    } catch (error) {
      setWrong(error instanceof Error ? capital(error.message) : 'This could not be checked; try again.')
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={styles.form}
      aria-label={start.title}
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <div className={styles.fields} data-money={money}>
        <NativeSelect
          size="sm"
          label={start.title}
          value={kind}
          onChange={(event) => setKind(kindOf(event.currentTarget.value))}
          data={KIND_ORDER.map((it) => ({ value: it, label: FACT_WORDS[it] }))}
        />
        <TextInput
          size="sm"
          label={money ? 'Amount' : 'As it should be'}
          value={value}
          onChange={(event) => {
            setValue(event.currentTarget.value)
            setWrong(null)
          }}
          error={wrong}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          ref={(input) => {
            // opened by a key: the next thing typed belongs here
            if (input && document.activeElement !== input && !input.form?.contains(document.activeElement))
              input.focus()
          }}
        />
        {money && (
          <NativeSelect
            size="sm"
            label="Currency"
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value)}
            data={[{ value: '', label: 'not known' }, ...CURRENCIES]}
          />
        )}
      </div>
      <div className={styles.buttons}>
        <Button size="compact-sm" type="submit" loading={busy}>
          Take it (Enter)
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel (Esc)
        </Button>
      </div>
    </form>
  )
}

function kindOf(text: string): FactKind {
  return FACT_KINDS.find((kind) => kind === text) ?? 'bank_account'
}

/** How a fact stands in the form: an amount without its code, which has a field of its own. */
export function startOf(title: string, { kind, normal }: Pick<Said, 'kind' | 'normal'>): FactFormStart {
  if (typeof normal === 'string') return { title, kind, value: normal, currency: '' }
  const { minor, currency } = normal
  const value =
    currency === null
      ? showNormal(normal).replace(', currency not known', '')
      : shortMoney(minor, currency).split(' ')[1]
  return { title, kind, value: value ?? '', currency: currency ?? '' }
}
