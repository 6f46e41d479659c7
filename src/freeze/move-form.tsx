import { NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { newId } from '../core/ids.ts'
import { formatMoney } from '../core/money.ts'
import { ActNote, isPossible } from '../requests/act-note.tsx'
import { PART_OF } from '../requests/headline.ts'
import styles from '../requests/request.module.css'
import type { Scene } from '../requests/scene.ts'
import { useRequestAct } from '../requests/use-request-act.ts'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { plain } from '../web/parts/grouping.ts'
import { useUndo } from '../web/parts/undo.tsx'
import { MONEY_WORDS } from '../web/parts/words.ts'
import { Equation } from './money-ledger.tsx'
import { afterMove, type Move, movesOf } from './moves.ts'
import { amountText, readAmount } from './order-draft.ts'
import own from './order-form.module.css'
import type { MoneyLine } from './shapes.ts'

export interface MoveFormProps {
  readonly scene: Scene
  readonly lineId: string | null
  readonly onEnd: () => void
}

/** What became of money, recorded in the ledger; what the line will be stands there before it is recorded. */
export function MoveForm({ scene, lineId: first, onEnd }: MoveFormProps) {
  const { lines, facts } = scene.request
  const [lineId, setLineId] = useState(first ?? lines[0]?.id ?? '')
  const line = lines.find(({ id }) => id === lineId)
  if (!line) return null
  const account = (it: MoneyLine) => {
    const fact = facts.find(({ id }) => id === it.factId)
    return `${fact ? plain(fact.normal) : 'account'}, ${it.currency}`
  }
  return (
    <Recording
      key={line.id}
      {...{ scene, line, onEnd }}
      which={
        lines.length > 1 && (
          <NativeSelect
            label="Account"
            value={line.id}
            onChange={(event) => setLineId(event.currentTarget.value)}
            data={lines.map((it) => ({ value: it.id, label: account(it) }))}
          />
        )
      }
    />
  )
}

interface RecordingProps extends Pick<MoveFormProps, 'scene' | 'onEnd'> {
  readonly line: MoneyLine
  /** Chooses another line, where there is more than one. */
  readonly which: ReactNode
}

interface Draft {
  readonly moveId: string
  /** null: all that there is. */
  readonly amount: string | null
  readonly note: string
}

function Recording({ scene, line, which, onEnd }: RecordingProps) {
  const [id] = useState(newId)
  const [draft, setDraft] = useState<Draft>({ moveId: '', amount: null, note: '' })
  const moves = movesOf(line)
  const move = moves.find((it) => it.id === draft.moveId) ?? moves[0]
  const most = move ? line[PART_OF[move.from]] : 0
  const read = readAmount(draft.amount ?? amountText(most, line.currency), line.currency, most)
  const { request } = scene
  const { offer, note, pending } = useUndo()
  const record = useRequestAct(
    request.id,
    (it: Parameters<typeof api.moveNew>[1], key) => api.moveNew(request.id, it, key),
    onEnd,
  )
  if (!move) return null
  const { from, to } = move
  const { minor } = read
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (minor === null || minor === 0 || pending) return
    const { note } = draft
    offer(`${formatMoney(minor, line.currency)} is recorded as ${MONEY_WORDS[to]}.`, {
      commit: () => record.run({ id, lineId: line.id, from, to, minor, note }),
      undo: () => {},
      now: 'Record now',
    })
  }
  return (
    <form className={styles.panel} onSubmit={submit} aria-label="Record what became of the money">
      <h2>Record what became of the money</h2>
      <fieldset className={own.move} disabled={pending}>
        {which}
        <Fields {...{ line, moves, move, draft, most }} wrong={read.wrong} onChange={setDraft} />
      </fieldset>
      {minor !== null && <After line={afterMove(line, move, minor)} fromName={request.fromName} />}
      {!pending && (
        <ActButtons
          label="Record it"
          busy={record.busy}
          disabled={!minor || !isPossible(scene, 'move')}
          onEnd={onEnd}
        />
      )}
      <ActNote act={record} scene={scene} what="Nothing was recorded" kind="move" />
      {note}
    </form>
  )
}

interface FieldsProps {
  readonly line: MoneyLine
  readonly moves: readonly Move[]
  readonly move: Move
  readonly draft: Draft
  readonly most: number
  readonly wrong: string | null
  readonly onChange: (draft: Draft) => void
}

function Fields({ line, moves, move, draft, most, wrong, onChange }: FieldsProps) {
  return (
    <>
      <NativeSelect
        label="What happened"
        value={move.id}
        onChange={(event) => onChange({ ...draft, moveId: event.currentTarget.value, amount: null })}
        data={moves.map((it) => ({ value: it.id, label: it.words }))}
      />
      <TextInput
        label={`Amount in ${line.currency}`}
        description={`at most ${formatMoney(most, line.currency)}`}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={draft.amount ?? amountText(most, line.currency)}
        onChange={(event) => onChange({ ...draft, amount: event.currentTarget.value })}
        inputMode="decimal"
        error={wrong}
        required
        withAsterisk={false}
      />
      <TextInput
        label="Note (may be empty)"
        value={draft.note}
        onChange={(event) => onChange({ ...draft, note: event.currentTarget.value })}
        maxLength={1_000}
      />
    </>
  )
}

/** What the ledger will say, and who sees it. */
function After({ line, fromName }: { readonly line: MoneyLine; readonly fromName: string }) {
  return (
    <>
      <div aria-live="polite">
        <p className={styles.happens}>Then the line says:</p>
        <Equation line={line} />
      </div>
      <p className={styles.happens}>
        {fromName} and everybody on this request sees it in the ledger. Nothing is erased: a wrong entry is
        put right by another one.
      </p>
    </>
  )
}
