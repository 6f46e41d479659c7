import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { onDuty } from '../core/hours.ts'
import { newId } from '../core/ids.ts'
import { formatMoney } from '../core/money.ts'
import { ActNote } from '../requests/act-note.tsx'
import styles from '../requests/request.module.css'
import { orgOf, type Scene } from '../requests/scene.ts'
import { useRequestAct } from '../requests/use-request-act.ts'
import { api } from '../web/api.ts'
import { plain } from '../web/parts/grouping.ts'
import { Identifier } from '../web/parts/identifier.tsx'
import { weekdayClock } from '../web/parts/moment.ts'
import { Money } from '../web/parts/money.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { useNow } from '../web/parts/use-now.ts'
import { countryWords } from '../web/parts/words.ts'
import { asHouseError } from '../web/use-act.ts'
import { type Banks, banksFor, basisToBegin, EXPIRIES, type Expiry, expiryMoment } from './order-draft.ts'
import own from './order-form.module.css'
import type { MoneyLine, RequestWhole } from './shapes.ts'

export interface OrderFormProps {
  readonly scene: Scene
  readonly lineId: string
  readonly onEnd: () => void
}

type Account = RequestWhole['facts'][number]

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
    <Fields
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

interface FieldsProps {
  readonly scene: Scene
  readonly line: MoneyLine
  readonly account: Account
  readonly banks: Banks
  readonly basis: string
  readonly which: React.ReactNode
  readonly onEnd: () => void
}

function Fields({ scene, line, account, banks, basis, which, onEnd }: FieldsProps) {
  const { request, me } = scene
  const [id] = useState(newId)
  const [bankOrg, setBankOrg] = useState((banks.there[0] ?? banks.others[0])?.id ?? '')
  const [reference, setReference] = useState('')
  const [legalBasis, setLegalBasis] = useState(basis)
  const [expiry, setExpiry] = useState<Expiry>('none')
  const [date, setDate] = useState('')
  const [dateWrong, setDateWrong] = useState<string | null>(null)
  const bank = [...banks.there, ...banks.others].find((org) => org.id === bankOrg)
  const record = useRequestAct(
    request.id,
    (it: Parameters<typeof api.orderNew>[1], key) => api.orderNew(request.id, it, key),
    onEnd,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setDateWrong(null)
    try {
      const expiresAt = expiryMoment({ expiry, date, timeZone: me.org.timeZone }, new Date())
      void record.run({ id, lineId: line.id, bankOrg, reference, legalBasis, expiresAt })
    } catch (cause) {
      setDateWrong(asHouseError(cause).message)
    }
  }
  return (
    <form className={styles.panel} onSubmit={submit} aria-label="Record the order">
      <h2>
        Order to hold <Money minor={line.atRisk} currency={line.currency} /> in{' '}
        <Identifier
          kind={account.kind}
          normal={account.normal}
          system={account.system}
          country={account.country}
          bare
        />
      </h2>
      {which}
      <div className={own.grid}>
        <BankSelect banks={banks} account={account} value={bankOrg} onChange={setBankOrg} />
        <TextInput
          label="Reference of the order"
          value={reference}
          onChange={(event) => setReference(event.currentTarget.value)}
          maxLength={100}
          required
          withAsterisk={false}
          autoFocus
        />
        <div className={own.ends}>
          <NativeSelect
            label="Holds"
            value={expiry}
            onChange={(event) => setExpiry(event.currentTarget.value as Expiry)}
            data={Object.entries(EXPIRIES).map(([value, label]) => ({ value, label }))}
          />
          {expiry === 'date' && (
            <TextInput
              type="date"
              label="Last day"
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
              error={dateWrong}
              required
              withAsterisk={false}
            />
          )}
        </div>
      </div>
      <Textarea
        label="Legal basis"
        description="Begun with your own power and the law that the rail names: read it and change it to fit this case."
        value={legalBasis}
        onChange={(event) => setLegalBasis(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        required
        withAsterisk={false}
      />
      <p className={styles.happens}>
        <b>{bank?.name ?? 'The bank'}</b> hears at once. It sees the account, the amount, the reference, the
        legal basis, {me.org.name} and how long it holds: nothing else of this request, and not who asked.{' '}
        {request.fromName} sees that the order went out. A recorded order cannot be taken back here: withdraw
        it at the bank, in your usual way.
      </p>
      <div className={styles.buttons}>
        <NextAction type="submit" size="sm" loading={record.busy} disabled={bankOrg === ''}>
          Record the order
        </NextAction>
        <Button variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
      <ActNote act={record} scene={scene} what="No order was recorded" />
    </form>
  )
}

interface BankSelectProps {
  readonly banks: Banks
  readonly account: Account
  readonly value: string
  readonly onChange: (id: string) => void
}

function BankSelect({ banks, account, value, onChange }: BankSelectProps) {
  const item = (org: Banks['there'][number]) => ({ value: org.id, label: org.name })
  const groups = [
    { group: `Can hold payments in ${countryWords(account.country)}`, items: banks.there.map(item) },
    { group: 'Other banks of the network', items: banks.others.map(item) },
  ]
  const now = new Date(useNow())
  const bank = [...banks.there, ...banks.others].find((org) => org.id === value)
  const unsure = account.system !== null && banks.named === null
  return (
    <NativeSelect
      label="Bank"
      description={
        unsure
          ? `No member is called “${account.system}”. If it is none of these, serve the order in your usual way and record what was held.`
          : bank &&
            `${weekdayClock(now, bank.timeZone)} there, ${onDuty(bank.hours, bank.timeZone, now) ? 'on duty' : 'not on duty'}`
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={groups.filter(({ items }) => items.length > 0)}
      required
      withAsterisk={false}
    />
  )
}
