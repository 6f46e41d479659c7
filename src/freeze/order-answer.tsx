import { Button, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Money } from '../web/parts/money.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { queries } from '../web/queries.ts'
import { asHouseError, useAct } from '../web/use-act.ts'
import styles from './order.module.css'
import { amountText, readAnswer } from './order-draft.ts'
import type { HoldOrder } from './shapes.ts'

/** What stands in the form, as it was typed. */
export interface TypedAnswer {
  readonly held: string
  readonly gone: string
  readonly note: string
}

export interface OrderAnswerFormProps {
  readonly order: HoldOrder
  /** A colleague was first: the page then shows what they recorded, and what was typed here. */
  readonly onLate: (typed: TypedAnswer) => void
}

/** The bank's one answer: what it held, what had gone; what that leaves is shown while it is typed. */
export function OrderAnswerForm({ order, onLate }: OrderAnswerFormProps) {
  const client = useQueryClient()
  const { queryKey } = queries.order(order.id)
  const [held, setHeld] = useState('')
  const [gone, setGone] = useState('')
  const [note, setNote] = useState('')
  const read = readAnswer({ held, gone }, order)
  const nothing = read.held === 0 && read.gone === 0
  const ready = read.rest !== null && (!nothing || note.trim() !== '')
  const answer = useAct(
    async (it: Parameters<typeof api.answerOrder>[1], key) => {
      try {
        return await api.answerOrder(order.id, it, key)
      } catch (cause) {
        if (asHouseError(cause).code === 'conflict') {
          onLate({ held, gone, note })
          await client.refetchQueries({ queryKey })
        }
        throw cause
      }
    },
    (answered) => {
      client.setQueryData(queryKey, answered)
      return Promise.all([['desk'], ['orders']].map((key) => client.invalidateQueries({ queryKey: key })))
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && read.held !== null && read.gone !== null)
      void answer.run({ heldMinor: read.held, goneMinor: read.gone, note })
  }
  const all = amountText(order.minor, order.currency)
  const fill = (heldText: string, goneText: string) => {
    setHeld(heldText)
    setGone(goneText)
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Your answer">
      <h2>Your answer</h2>
      <div className={styles.quick}>
        <Button size="compact-sm" variant="default" onClick={() => fill(all, amountText(0, order.currency))}>
          All of it is held
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => fill(amountText(0, order.currency), all)}>
          All of it has gone
        </Button>
      </div>
      <div className={styles.pair}>
        <Field label={`Held, in ${order.currency}`} value={held} wrong={read.heldWrong} onChange={setHeld} />
        <Field
          label={`Already gone, in ${order.currency}`}
          value={gone}
          wrong={read.goneWrong}
          onChange={setGone}
        />
      </div>
      <p className={styles.rest} aria-live="polite">
        {read.rest === null ? (
          <>
            of <Money minor={order.minor} currency={order.currency} />
          </>
        ) : (
          <>
            <Money minor={read.rest} currency={order.currency} /> of{' '}
            <Money minor={order.minor} currency={order.currency} /> stays at risk
          </>
        )}
      </p>
      <Textarea
        label={nothing ? 'Note: why nothing was held and nothing has gone' : 'Note (may be empty)'}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={1_000}
        required={nothing}
        withAsterisk={false}
      />
      <p className="small">
        {order.authorityName} hears your answer at once, and whoever asked it to act sees the amounts. An
        answer is given once and cannot be changed here.
      </p>
      <NextAction type="submit" loading={answer.busy} disabled={!ready}>
        Record the answer
      </NextAction>
      {answer.error && <ErrorNote error={answer.error} what="Your answer was not recorded" />}
    </form>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly wrong: string | null
  readonly onChange: (text: string) => void
}

function Field({ label, value, wrong, onChange }: FieldProps) {
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={wrong}
      inputMode="decimal"
      autoComplete="off"
      placeholder="0.00"
      required
      withAsterisk={false}
      classNames={{ input: 'figures' }}
    />
  )
}
