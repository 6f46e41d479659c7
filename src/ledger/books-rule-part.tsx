import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries, showAnswer } from '../web/queries.ts'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import type { BooksRuled } from './books-rule.ts'

/** Whether books of my organisation may go to the server at all: anybody of it forbids, two of it take that back. */
export function BooksRulePart() {
  const { data } = useQuery(queries.booksRule())
  const change = useAct(
    (rule: 'asked' | 'here', key) => api.booksRuleChange(rule, key),
    (ruled) => showAnswer(queries.booksRule().queryKey, ruled),
  )
  const { name } = useMe().org
  if (!data) return null
  return (
    <section aria-label="Where books may go">
      <h2>
        {data.rule === 'here'
          ? `Books of ${name} never leave its people’s devices`
          : `Whether a book of ${name} goes to the server, each of you is asked`}
      </h2>
      <p className="quiet small">
        {data.rule === 'here'
          ? `${name} has ruled so. ${location.host} refuses every book of its people, whatever a page asks.`
          : 'Unless somebody says so for one book, it stays on the device that chose it. Anybody of you can rule that none ever goes; to take that back, two of you are needed. The log keeps both.'}
      </p>
      {data.lift && <Waiting lift={data.lift} />}
      {change.error && <ErrorNote error={change.error} what="The rule stays as it was" />}
      <Choice ruled={data} name={name} busy={change.busy} onChange={(rule) => void change.run(rule)} />
    </section>
  )
}

function Waiting({ lift }: { readonly lift: NonNullable<BooksRuled['lift']> }) {
  return (
    <p role="status">
      {lift.mine
        ? 'You have asked to take this back. It stands until a second person of your organisation says so, too, within a week.'
        : `${lift.by} has asked to take this back. It stands unless you agree.`}
    </p>
  )
}

interface ChoiceProps {
  readonly ruled: BooksRuled
  readonly name: string
  readonly busy: boolean
  readonly onChange: (rule: BooksRuled['rule']) => void
}

function Choice({ ruled: { rule, lift }, name, busy, onChange }: ChoiceProps) {
  if (rule === 'asked')
    return (
      <Button variant="default" loading={busy} onClick={() => onChange('here')}>
        Rule that books of {name} never leave the device
      </Button>
    )
  if (lift?.mine)
    return (
      <Button variant="default" loading={busy} onClick={() => onChange('here')}>
        Keep the rule after all
      </Button>
    )
  return (
    <Button variant="default" loading={busy} onClick={() => onChange('asked')}>
      {lift ? 'Agree, as the second person, to take the rule back' : 'Ask to take this rule back'}
    </Button>
  )
}
