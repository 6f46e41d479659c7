import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { onDuty } from '../core/hours.ts'
import { weekdayClock } from '../web/parts/moment.ts'
import { useNow } from '../web/parts/use-now.ts'
import { countryWords } from '../web/parts/words.ts'
import { type Banks, EXPIRIES, type Expiry, type OrderDraft } from './order-draft.ts'
import styles from './order-form.module.css'
import type { RequestWhole } from './shapes.ts'

export type Account = RequestWhole['facts'][number]

export interface OrderFieldsProps {
  readonly draft: OrderDraft
  readonly onChange: (draft: OrderDraft) => void
  readonly banks: Banks
  readonly account: Account
  readonly dateWrong: string | null
}

/** What an order names, besides the account and the amount. */
export function OrderFields({ draft, onChange, banks, account, dateWrong }: OrderFieldsProps) {
  const set = (more: Partial<OrderDraft>) => onChange({ ...draft, ...more })
  return (
    <>
      <div className={styles.grid}>
        <BankSelect
          banks={banks}
          account={account}
          value={draft.bankOrg}
          onChange={(bankOrg) => set({ bankOrg })}
        />
        <TextInput
          label="Reference of the order"
          value={draft.reference}
          onChange={(event) => set({ reference: event.currentTarget.value })}
          maxLength={100}
          required
          withAsterisk={false}
          autoFocus
        />
        <Ends draft={draft} set={set} wrong={dateWrong} />
      </div>
      <Textarea
        label="Legal basis"
        description="Begun with your own power and the law that the rail names: read it and change it to fit this case."
        value={draft.legalBasis}
        onChange={(event) => set({ legalBasis: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={500}
        required
        withAsterisk={false}
      />
    </>
  )
}

interface EndsProps {
  readonly draft: OrderDraft
  readonly set: (more: Partial<OrderDraft>) => void
  readonly wrong: string | null
}

function Ends({ draft, set, wrong }: EndsProps) {
  return (
    <div className={styles.ends}>
      <NativeSelect
        label="Holds"
        value={draft.expiry}
        onChange={(event) => set({ expiry: event.currentTarget.value as Expiry })}
        data={Object.entries(EXPIRIES).map(([value, label]) => ({ value, label }))}
      />
      {draft.expiry === 'date' && (
        <TextInput
          type="date"
          label="Last day"
          value={draft.date}
          onChange={(event) => set({ date: event.currentTarget.value })}
          error={wrong}
          required
          withAsterisk={false}
        />
      )}
    </div>
  )
}

interface BankSelectProps {
  readonly banks: Banks
  readonly account: Account
  readonly value: string
  readonly onChange: (id: string) => void
}

function BankSelect({ banks, account, value, onChange }: BankSelectProps) {
  const now = new Date(useNow())
  const item = (org: Banks['there'][number]) => ({ value: org.id, label: org.name })
  const groups = [
    { group: `Can hold payments in ${countryWords(account.country)}`, items: banks.there.map(item) },
    { group: 'Other banks of the network', items: banks.others.map(item) },
  ]
  return (
    <NativeSelect
      label="Bank"
      description={aboutBank({ banks, account, value }, now)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: 'Choose the bank' }, ...groups.filter(({ items }) => items.length > 0)]}
      required
      withAsterisk={false}
    />
  )
}

/** What should be known of the choice: an order to the wrong bank shows the account to somebody it does not concern. */
function aboutBank(
  { banks, account, value }: Omit<BankSelectProps, 'onChange'>,
  now: Date,
): string | undefined {
  const bank = [...banks.there, ...banks.others].find((org) => org.id === value)
  if (account.system !== null && banks.named === null)
    return `No member is called “${account.system}”. If it is none of these, serve the order in your usual way and record what was held.`
  if (!bank) return undefined
  if (banks.named !== null && bank !== banks.named)
    return `The account names “${account.system}”, not this bank.`
  const there = onDuty(bank.hours, bank.timeZone, now) ? 'on duty' : 'not on duty'
  return `${weekdayClock(now, bank.timeZone)} there, ${there}`
}
