import { NativeSelect, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { CURRENCIES } from '../core/money.ts'
import type { Entry } from '../reports/entries.ts'
import { CountrySelect } from '../web/parts/country-select.tsx'
import { hereZone, zoneName } from '../web/parts/moment.ts'
import { queries } from '../web/queries.ts'
import { type KeptAt, KeptFields } from './kept-fields.tsx'
import { PaidFields } from './paid-fields.tsx'
import { CHANNEL_CHOICES } from './payment-words.ts'
import { amountOf, type RequestDraft } from './request-draft.ts'
import type { Channel } from './situation.ts'
import styles from './who-can-act.module.css'

export interface PaymentFieldsProps {
  readonly account: Entry
  readonly draft: RequestDraft
  readonly onDraft: (draft: RequestDraft) => void
  /** Says where the account is kept: that belongs to the fact, and holds for everything that is done with it. */
  readonly onKept: (kept: KeptAt) => void
  /** When the chat speaks of the payment, ISO 8601 local to the chat; null when it does not say. */
  readonly saidAt: string | null
}

export interface PartProps {
  readonly draft: RequestDraft
  readonly set: (part: Partial<RequestDraft>) => void
}

const YES_NO = [
  { value: '', label: 'not known' },
  { value: 'yes', label: 'yes' },
  { value: 'no', label: 'no' },
]

/** What is known of the payment. Each answer opens or closes rails below at once; “not known” is never a no. */
export function PaymentFields({ account, draft, onDraft, onKept, saidAt }: PaymentFieldsProps) {
  const set = (part: Partial<RequestDraft>) => onDraft({ ...draft, ...part })
  return (
    <fieldset className={styles.fields}>
      <legend>The payment</legend>
      <MoneyLines draft={draft} set={set} />
      <KeptFields account={account} onKept={onKept} />
      <PaidFields draft={draft} set={set} saidAt={saidAt} />
      <ZoneSelect draft={draft} set={set} />
      <NativeSelect
        size="sm"
        label="Paid by"
        value={draft.channel}
        onChange={(event) => set({ channel: event.currentTarget.value as Channel | '' })}
        data={[...CHANNEL_CHOICES]}
      />
      <CountrySelect
        label="The person is in"
        value={draft.victimCountry}
        onValue={(it) => set({ victimCountry: it })}
      />
      <PayerFields draft={draft} set={set} />
    </fieldset>
  )
}

/** Where the money came from, and what was already done there. */
function PayerFields({ draft, set }: PartProps) {
  return (
    <>
      <CountrySelect
        label="Paid from a bank in"
        value={draft.payerCountry}
        onValue={(it) => set({ payerCountry: it })}
      />
      <TextInput
        size="sm"
        label="That bank"
        value={draft.payerBank}
        onChange={(event) => set({ payerBank: event.currentTarget.value })}
        autoComplete="off"
      />
      <NativeSelect
        size="sm"
        label="Recall asked of it"
        value={draft.recallSent}
        onChange={(event) => set({ recallSent: yesNo(event.currentTarget.value) })}
        data={YES_NO}
      />
      <NativeSelect
        size="sm"
        label="Reported to police"
        value={draft.reportFiled}
        onChange={(event) => set({ reportFiled: yesNo(event.currentTarget.value) })}
        data={YES_NO}
      />
    </>
  )
}

function MoneyLines({ draft, set }: PartProps) {
  const change = (id: string, part: { amount?: string; currency?: string }) =>
    set({ lines: draft.lines.map((line) => (line.id === id ? { ...line, ...part } : line)) })
  return draft.lines.map((line, i) => {
    const wrong = line.amount === '' ? null : amountOf(line)
    return (
      <div className={styles.money} key={line.id}>
        <TextInput
          size="sm"
          label={i === 0 ? 'Money at risk' : 'and'}
          value={line.amount}
          inputMode="decimal"
          onChange={(event) => change(line.id, { amount: event.currentTarget.value })}
          error={typeof wrong === 'string' && line.currency !== '' ? wrong : null}
          autoComplete="off"
        />
        <NativeSelect
          size="sm"
          label="Currency"
          value={line.currency}
          onChange={(event) => change(line.id, { currency: event.currentTarget.value })}
          data={[{ value: '', label: 'choose' }, ...CURRENCIES]}
          error={line.amount !== '' && line.currency === '' ? 'which one?' : null}
        />
      </div>
    )
  })
}

function ZoneSelect({ draft, set }: PartProps) {
  const { data } = useSuspenseQuery(queries.network())
  const zones = [
    ...new Set([draft.paidZone, hereZone(), ...data.orgs.map(({ timeZone }) => timeZone), 'UTC']),
  ]
  return (
    <NativeSelect
      size="sm"
      label="in the time of"
      value={draft.paidZone}
      onChange={(event) => set({ paidZone: event.currentTarget.value })}
      data={zones.map((value) => ({ value, label: zoneName(value) }))}
    />
  )
}

function yesNo(text: string): '' | 'yes' | 'no' {
  return text === 'yes' || text === 'no' ? text : ''
}
