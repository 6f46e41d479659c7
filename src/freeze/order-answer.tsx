import { Button, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Money } from '../web/parts/money.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { queries, showAnswer } from '../web/queries.ts'
import { asHouseError, useAct } from '../web/use-act.ts'
import styles from './order.module.css'
import { type AnswerRead, amountText, readAnswer, type TypedAnswer } from './order-draft.ts'
import type { HoldOrder } from './shapes.ts'

export interface OrderAnswerFormProps {
  readonly order: HoldOrder
  /** Kept by the page, so that it outlives a reload, and this form when a colleague answers first. */
  readonly typed: TypedAnswer
  readonly onType: (typed: TypedAnswer) => void
  /** Whether the answer that stands is being made here. */
  readonly onSend: (isMine: boolean) => void
  /** It is recorded. */
  readonly onSent: () => void
}

/** The bank's one answer: what it held, what had gone; what that leaves is shown while it is typed. */
export function OrderAnswerForm({ order, typed, onType, onSend, onSent }: OrderAnswerFormProps) {
  const read = readAnswer(typed, order)
  const nothing = read.held === 0 && read.gone === 0
  const ready = read.rest !== null && (!nothing || typed.note.trim() !== '')
  const answer = useAnswer(order.id, { onSend, onSent })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && read.held !== null && read.gone !== null)
      void answer.run({ heldMinor: read.held, goneMinor: read.gone, note: typed.note })
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Your answer">
      <h2>Your answer</h2>
      <Amounts {...{ order, typed, onType, read }} />
      <Textarea
        label={nothing ? 'Note: why nothing was held and nothing has gone' : 'Note (may be empty)'}
        value={typed.note}
        onChange={(event) => onType({ ...typed, note: event.currentTarget.value })}
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

function useAnswer(id: string, { onSend, onSent }: Pick<OrderAnswerFormProps, 'onSend' | 'onSent'>) {
  const client = useQueryClient()
  const { queryKey } = queries.order(id)
  return useAct(
    async (it: Parameters<typeof api.answerOrder>[1], key) => {
      onSend(true)
      try {
        return await api.answerOrder(id, it, key)
      } catch (cause) {
        onSend(false)
        if (asHouseError(cause).code === 'conflict') await client.refetchQueries({ queryKey })
        throw cause
      }
    },
    async (answered) => {
      onSent()
      await showAnswer(queryKey, answered)
      return Promise.all([['desk'], ['orders']].map((key) => client.invalidateQueries({ queryKey: key })))
    },
  )
}

interface AmountsProps extends Pick<OrderAnswerFormProps, 'order' | 'typed' | 'onType'> {
  readonly read: AnswerRead
}

function Amounts({ order, typed, onType, read }: AmountsProps) {
  const { minor, currency } = order
  const [all, none] = [amountText(minor, currency), amountText(0, currency)]
  return (
    <>
      <div className={styles.quick}>
        {[
          { words: 'All of it is held', held: all, gone: none },
          { words: 'All of it has gone', held: none, gone: all },
        ].map(({ words, ...amounts }) => (
          <Button
            key={words}
            size="compact-sm"
            variant="default"
            onClick={() => onType({ ...typed, ...amounts })}
          >
            {words}
          </Button>
        ))}
      </div>
      <div className={styles.pair}>
        <Field
          label={`Held, in ${currency}`}
          value={typed.held}
          wrong={read.heldWrong}
          onChange={(held) => onType({ ...typed, held })}
        />
        <Field
          label={`Already gone, in ${currency}`}
          value={typed.gone}
          wrong={read.goneWrong}
          onChange={(gone) => onType({ ...typed, gone })}
        />
      </div>
      <Rest order={order} rest={read.rest} />
    </>
  )
}

/** What the answer leaves, told while it is typed. */
function Rest({ order, rest }: { readonly order: HoldOrder; readonly rest: number | null }) {
  return (
    <p className={styles.rest} aria-live="polite">
      {rest !== null && <Money minor={rest} currency={order.currency} />} of{' '}
      <Money minor={order.minor} currency={order.currency} />
      {rest !== null && ' stays at risk'}
    </p>
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
