import { countryWords } from '../web/parts/words.ts'
import { CHANNELS, type Channel, type PaymentSaid } from './situation.ts'

const CHANNEL_WORDS: Readonly<Record<Channel, string>> = {
  wire: 'a bank wire',
  instant: 'an instant payment',
  bank_transfer: 'a bank transfer, kind unknown',
  card: 'a card',
  cash: 'cash',
  crypto: 'crypto-assets',
  other: 'another way',
}

/** How money leaves, to choose from. */
export const CHANNEL_CHOICES: readonly { readonly value: Channel | ''; readonly label: string }[] = [
  { value: '', label: 'not known' },
  ...CHANNELS.map((value) => ({ value, label: CHANNEL_WORDS[value] })),
]

interface Row {
  readonly label: string
  readonly value: string
}

/** What was said of a payment, a line each; what is not known has none. The same words before it is sent and where it arrives. */
export function paymentRows({ payerCountry, payerBank, ...it }: PaymentSaid): Row[] {
  const bank = [payerBank, payerCountry === null ? null : countryWords(payerCountry)].filter(
    (of) => of !== null,
  )
  const rows: Row[] = []
  if (bank.length > 0) rows.push({ label: 'Paid from', value: bank.join(', ') })
  if (it.channel !== null) rows.push({ label: 'Paid by', value: CHANNEL_WORDS[it.channel] })
  if (it.recallSent !== null)
    rows.push({ label: 'Recall', value: `${it.recallSent ? '' : 'not yet '}asked of the paying bank` })
  if (it.reportFiled !== null)
    rows.push({ label: 'Police', value: `${it.reportFiled ? '' : 'not yet '}told where the person is` })
  return rows
}
