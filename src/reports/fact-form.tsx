import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FACT_KINDS, type FactKind } from '../core/fact.ts'
import { CURRENCIES } from '../core/money.ts'
import { CountrySelect } from '../web/parts/country-select.tsx'
import { capital, FACT_WORDS } from '../web/parts/words.ts'
import type { Checked, Typed } from './by-hand.ts'
import type { Said } from './entries.ts'
import type { FactFormStart } from './fact-form-start.ts'
import styles from './fact-list.module.css'
import { KIND_ORDER } from './kinds.ts'

export interface FactFormProps {
  readonly start: FactFormStart
  readonly check: (typed: Typed) => Promise<Checked>
  readonly onSave: (said: Said) => void
  readonly onCancel: () => void
}

/** Corrects or adds a fact; a form that can be proved wrong is not taken. */
export function FactForm(props: FactFormProps) {
  const { start, onCancel } = props
  const { typed, set, wrong, busy, save } = useTyped(props)
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
      <Fields title={start.title} typed={typed} set={set} wrong={wrong} />
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

type InForm = Omit<FactFormStart, 'title'>

/** What stands in the form, and its check; where an account is kept is as the person says, not as it reads. */
function useTyped({ start, check, onSave }: FactFormProps) {
  const [typed, setTyped] = useState<InForm>(start)
  const [wrong, setWrong] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (part: Partial<InForm>) => {
    setTyped((before) => ({ ...before, ...part }))
    setWrong(null)
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const checked = await check(typed)
      if ('said' in checked) onSave(withPlace(checked.said, typed))
      else setWrong(checked.refused)
    } catch (error) {
      setWrong(error instanceof Error ? capital(error.message) : 'This could not be checked; try again.')
    } finally {
      setBusy(false)
    }
  }
  return { typed, set, wrong, busy, save }
}

function withPlace(said: Said, { country, system }: InForm): Said {
  if (said.kind !== 'bank_account') return said
  return { ...said, country: country || said.country, system: system.trim() || said.system }
}

interface FieldsProps {
  readonly title: string
  readonly typed: InForm
  readonly set: (part: Partial<InForm>) => void
  readonly wrong: string | null
}

function Fields({ title, typed, set, wrong }: FieldsProps) {
  const { kind, value, currency, country, system } = typed
  const money = kind === 'amount'
  return (
    <div className={styles.fields} data-money={money}>
      <NativeSelect
        size="sm"
        label={title}
        value={kind}
        onChange={(event) => set({ kind: kindOf(event.currentTarget.value) })}
        data={KIND_ORDER.map((it) => ({ value: it, label: FACT_WORDS[it] }))}
      />
      <TextInput
        size="sm"
        label={money ? 'Amount' : 'As it should be'}
        value={value}
        onChange={(event) => set({ value: event.currentTarget.value })}
        error={wrong}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        ref={takeFocus}
      />
      {money && (
        <NativeSelect
          size="sm"
          label="Currency"
          value={currency}
          onChange={(event) => set({ currency: event.currentTarget.value })}
          data={[{ value: '', label: 'not known' }, ...CURRENCIES]}
        />
      )}
      {kind === 'bank_account' && (
        <>
          <CountrySelect label="Kept in" value={country} onValue={(it) => set({ country: it })} />
          <TextInput
            size="sm"
            label="Kept at (bank)"
            value={system}
            onChange={(event) => set({ system: event.currentTarget.value })}
            autoComplete="off"
          />
        </>
      )}
    </div>
  )
}

/** Opened by a key: the next thing typed belongs here. */
function takeFocus(input: HTMLInputElement | null): void {
  if (input && document.activeElement !== input && !input.form?.contains(document.activeElement))
    input.focus()
}

function kindOf(text: string): FactKind {
  return FACT_KINDS.find((kind) => kind === text) ?? 'bank_account'
}
