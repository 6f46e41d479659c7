import { NativeSelect, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { CURRENCIES } from '../core/money.ts'
import { ISO_COUNTRIES } from '../extract/iso-countries.ts'
import { hereZone, zoneName } from '../web/parts/moment.ts'
import { countryWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { amountOf, paidMoment, type RequestDraft } from './request-draft.ts'
import type { Channel } from './situation.ts'
import styles from './who-can-act.module.css'

export interface PaymentFieldsProps {
  readonly draft: RequestDraft
  readonly onDraft: (draft: RequestDraft) => void
  /** The account itself says where it is kept. */
  readonly hasCountry: boolean
  /** When the chat speaks of the payment, ISO 8601 local to the chat; null when it does not say. */
  readonly saidAt: string | null
}

const CHANNEL_WORDS: readonly { readonly value: Channel | ''; readonly label: string }[] = [
  { value: '', label: 'not known' },
  { value: 'wire', label: 'a bank wire' },
  { value: 'instant', label: 'an instant payment' },
  { value: 'bank_transfer', label: 'a bank transfer, kind unknown' },
  { value: 'card', label: 'a card' },
  { value: 'cash', label: 'cash' },
  { value: 'crypto', label: 'crypto-assets' },
  { value: 'other', label: 'another way' },
]
const YES_NO = [
  { value: '', label: 'not known' },
  { value: 'yes', label: 'yes' },
  { value: 'no', label: 'no' },
]
const COUNTRIES = [...ISO_COUNTRIES]
  .map((value) => ({ value, label: countryWords(value) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'))

/** What is known of the payment. Each answer opens or closes rails below at once; “not known” is never a no. */
export function PaymentFields({ draft, onDraft, hasCountry, saidAt }: PaymentFieldsProps) {
  const set = (part: Partial<RequestDraft>) => onDraft({ ...draft, ...part })
  const paid = paidMoment(draft)
  return (
    <fieldset className={styles.fields}>
      <legend>The payment</legend>
      <MoneyLines draft={draft} set={set} />
      <TextInput
        type="date"
        size="sm"
        label="Paid on"
        value={draft.paidDate}
        onChange={(event) => set({ paidDate: event.currentTarget.value })}
        error={typeof paid === 'string' ? paid : null}
        description={
          saidAt && draft.paidDate === '' ? `spoken of ${saidAt.replace('T', ' ').slice(0, 16)}` : null
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <TextInput
        type="time"
        size="sm"
        label="at, if known"
        value={draft.paidTime}
        onChange={(event) => set({ paidTime: event.currentTarget.value })}
      />
      <ZoneSelect draft={draft} set={set} />
      <NativeSelect
        size="sm"
        label="Paid by"
        value={draft.channel}
        onChange={(event) => set({ channel: event.currentTarget.value as Channel | '' })}
        data={[...CHANNEL_WORDS]}
      />
      <CountrySelect
        label="The person is in"
        value={draft.victimCountry}
        onValue={(it) => set({ victimCountry: it })}
      />
      {!hasCountry && (
        <CountrySelect
          label="This account is kept in"
          value={draft.payeeCountry}
          onValue={(it) => set({ payeeCountry: it })}
        />
      )}
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
    </fieldset>
  )
}

interface PartProps {
  readonly draft: RequestDraft
  readonly set: (part: Partial<RequestDraft>) => void
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

interface CountryProps {
  readonly label: string
  readonly value: string
  readonly onValue: (code: string) => void
}

function CountrySelect({ label, value, onValue }: CountryProps) {
  return (
    <NativeSelect
      size="sm"
      label={label}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      data={[{ value: '', label: 'not known' }, ...COUNTRIES]}
    />
  )
}

function yesNo(text: string): '' | 'yes' | 'no' {
  return text === 'yes' || text === 'no' ? text : ''
}
