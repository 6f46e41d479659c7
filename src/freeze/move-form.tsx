import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { newId } from '../core/ids.ts'
import { formatMoney } from '../core/money.ts'
import { ActNote } from '../requests/act-note.tsx'
import { PART_OF } from '../requests/headline.ts'
import styles from '../requests/request.module.css'
import type { Scene } from '../requests/scene.ts'
import { useRequestAct } from '../requests/use-request-act.ts'
import { api } from '../web/api.ts'
import { plain } from '../web/parts/grouping.ts'
import { NextAction } from '../web/parts/next-action.tsx'
import { Equation } from './money-ledger.tsx'
import { afterMove, movesOf } from './moves.ts'
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
    <Fields
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

interface FieldsProps {
  readonly scene: Scene
  readonly line: MoneyLine
  readonly which: React.ReactNode
  readonly onEnd: () => void
}

function Fields({ scene, line, which, onEnd }: FieldsProps) {
  const moves = movesOf(line)
  const [id] = useState(newId)
  const [moveId, setMoveId] = useState(moves[0]?.id ?? '')
  const move = moves.find((it) => it.id === moveId) ?? moves[0]
  const most = move ? line[PART_OF[move.from]] : 0
  const [typed, setTyped] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const read = readAmount(typed ?? amountText(most, line.currency), line.currency, most)
  const record = useRequestAct(
    scene.request.id,
    (it: Parameters<typeof api.moveNew>[1], key) => api.moveNew(scene.request.id, it, key),
    onEnd,
  )
  if (!move) return null
  const { from, to } = move
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (read.minor !== null && read.minor > 0)
      void record.run({ id, lineId: line.id, from, to, minor: read.minor, note })
  }
  return (
    <form className={styles.panel} onSubmit={submit} aria-label="Record what became of the money">
      <h2>Record what became of the money</h2>
      <div className={own.move}>
        {which}
        <NativeSelect
          label="What happened"
          value={move.id}
          onChange={(event) => {
            setMoveId(event.currentTarget.value)
            setTyped(null)
          }}
          data={moves.map((it) => ({ value: it.id, label: it.words }))}
        />
        <TextInput
          label={`Amount in ${line.currency}`}
          description={`at most ${formatMoney(most, line.currency)}`}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          value={typed ?? amountText(most, line.currency)}
          onChange={(event) => setTyped(event.currentTarget.value)}
          inputMode="decimal"
          error={read.wrong}
          required
          withAsterisk={false}
        />
        <TextInput
          label="Note (may be empty)"
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          maxLength={1_000}
        />
      </div>
      {read.minor !== null && (
        <div aria-live="polite">
          <p className={styles.happens}>Then the line says:</p>
          <Equation line={afterMove(line, move, read.minor)} />
        </div>
      )}
      <p className={styles.happens}>
        {scene.request.fromName} and everybody on this request sees it in the ledger. Nothing is erased: a
        wrong entry is put right by another one.
      </p>
      <div className={styles.buttons}>
        <NextAction
          type="submit"
          size="sm"
          loading={record.busy}
          disabled={read.minor === null || read.minor === 0}
        >
          Record it
        </NextAction>
        <Button variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
      <ActNote act={record} scene={scene} what="Nothing was recorded" />
    </form>
  )
}
