import { NativeSelect } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { newId } from '../core/ids.ts'
import { formatMoney } from '../core/money.ts'
import { ActNote, isPossible } from '../requests/act-note.tsx'
import styles from '../requests/request.module.css'
import { orgOf, type Scene } from '../requests/scene.ts'
import { useRequestAct } from '../requests/use-request-act.ts'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { plain } from '../web/parts/grouping.ts'
import { Identifier } from '../web/parts/identifier.tsx'
import { Money } from '../web/parts/money.tsx'
import { asHouseError } from '../web/use-act.ts'
import { useKept } from '../web/use-kept.ts'
import { type Banks, banksFor, basisToBegin, expiryMoment, type OrderDraft } from './order-draft.ts'
import { type Account, OrderFields } from './order-fields.tsx'
import type { MoneyLine } from './shapes.ts'

export interface OrderFormProps {
  readonly scene: Scene
  readonly lineId: string
  readonly onEnd: () => void
}

/** The officer's order to one bank for one account: everything chosen that can be, everything said before it is recorded. */
export function OrderForm({ scene, lineId: first, onEnd }: OrderFormProps) {
  const { request, me, orgs, rail } = scene
  const open = request.lines.filter(({ atRisk }) => atRisk > 0)
  const [lineId, setLineId] = useState(first)
  const line = open.find(({ id }) => id === lineId) ?? open[0]
  const account = request.facts.find(({ id }) => id === line?.factId)
  if (!line || !account) return <p className={styles.panel}>Nothing of this request is at risk any more.</p>
  const ours = orgOf(scene, me.org.id)
  const now = new Date()
  return (
    <Order
      key={line.id}
      {...{ scene, line, account, onEnd }}
      banks={banksFor(orgs, account, now)}
      basis={ours ? basisToBegin(ours, rail, now) : ''}
      which={
        open.length > 1 && (
          <NativeSelect
            label="Account"
            value={line.id}
            onChange={(event) => setLineId(event.currentTarget.value)}
            data={open.map((it) => ({ value: it.id, label: labelOf(it, request.facts) }))}
          />
        )
      }
    />
  )
}

function labelOf(line: MoneyLine, facts: readonly Account[]): string {
  const fact = facts.find(({ id }) => id === line.factId)
  return `${fact ? plain(fact.normal) : 'account'}: ${formatMoney(line.atRisk, line.currency)} at risk`
}

interface OrderProps extends Pick<OrderFormProps, 'scene' | 'onEnd'> {
  readonly line: MoneyLine
  readonly account: Account
  readonly banks: Banks
  /** The legal basis to begin with. */
  readonly basis: string
  /** Chooses another line, where there is more than one. */
  readonly which: ReactNode
}

function Order({ scene, line, account, banks, basis, which, onEnd }: OrderProps) {
  const place = `order ${scene.me.member.id} ${scene.request.id} ${line.id}`
  const [draft, setDraft, forget] = useKept<OrderDraft>(place, () => ({
    bankOrg: banks.named?.id ?? '',
    ...{ reference: '', legalBasis: basis, expiry: 'none', date: '' },
  }))
  const onRecorded = () => {
    forget()
    onEnd()
  }
  const { record, dateWrong, submit } = useRecording({ scene, line, draft, onEnd: onRecorded })
  const bank = [...banks.there, ...banks.others].find((org) => org.id === draft.bankOrg)
  return (
    <form className={styles.panel} onSubmit={submit} aria-label="Record the order">
      <h2>
        Order to hold <Money minor={line.atRisk} currency={line.currency} /> in{' '}
        <Identifier {...account} normal={account.normal} bare />
      </h2>
      {which}
      <OrderFields {...{ draft, banks, account, dateWrong }} onChange={setDraft} />
      <Happens scene={scene} bankName={bank?.name ?? 'The bank'} />
      <ActButtons
        label="Record the order"
        busy={record.busy}
        disabled={draft.bankOrg === '' || !isPossible(scene, 'order')}
        onEnd={onEnd}
      />
      <ActNote act={record} scene={scene} what="No order was recorded" kind="order" />
    </form>
  )
}

function useRecording(it: Pick<OrderProps, 'scene' | 'line' | 'onEnd'> & { readonly draft: OrderDraft }) {
  const { request, me } = it.scene
  const [id] = useState(newId)
  const [dateWrong, setDateWrong] = useState<string | null>(null)
  const record = useRequestAct(
    request.id,
    (order: Parameters<typeof api.orderNew>[1], key) => api.orderNew(request.id, order, key),
    it.onEnd,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setDateWrong(null)
    const { bankOrg, reference, legalBasis, expiry, date } = it.draft
    try {
      const expiresAt = expiryMoment({ expiry, date, timeZone: me.org.timeZone }, new Date())
      void record.run({ id, lineId: it.line.id, bankOrg, reference, legalBasis, expiresAt })
    } catch (cause) {
      setDateWrong(asHouseError(cause).message)
    }
  }
  return { record, dateWrong, submit }
}

/** What will happen, to whom, before anybody presses. */
function Happens({ scene, bankName }: { readonly scene: Scene; readonly bankName: string }) {
  const { request, me } = scene
  return (
    <p className={styles.happens}>
      <b>{bankName}</b> hears at once. It sees the account, the amount, the reference, the legal basis,{' '}
      {me.org.name} and how long it holds: nothing else of this request, and not who asked. {request.fromName}{' '}
      sees that the order went out. A recorded order cannot be taken back here: withdraw it at the bank, in
      your usual way.
    </p>
  )
}
