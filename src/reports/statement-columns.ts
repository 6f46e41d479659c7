/** What a column may hold, by our own names; after each what banks and public data sets call it, parted by bars. */
const NAMES = {
  payee_account:
    'payee account|to account|creditor account|beneficiary account|beneficiary account number|beneficiary iban|counterparty iban|counterparty account|recipient account|account.1|namedest|bene acct',
  payer_account:
    'payer account|from account|debtor account|sender account|own account|account|iban|nameorig|orig acct',
  booked_at:
    'booked at|date|datetime|date time|timestamp|booking date|value date|transaction date|posted date|txn date|paid at',
  debit: 'debit|withdrawal|withdrawals|money out|paid out|debit amount',
  amount: 'amount|transaction amount|amount paid|payment amount|tx amount|base amt|value',
  currency: 'currency|ccy|payment currency|curr|currency code',
  payee_bank: 'payee bank|to bank|beneficiary bank|creditor agent|recipient bank|counterparty bank|bic',
  payee_country: 'payee country|beneficiary country|counterparty country',
  reference:
    'transaction id|payment reference|transaction reference|bank reference|reference|reference number|ref|utr|end to end id',
  tx_hash: 'crypto tx hash|tx hash|txid|txhash|transaction hash|hash',
  wallet: 'wallet|wallet address|to address|destination address|crypto address|address',
} as const
export type Column = keyof typeof NAMES
export type Columns = Partial<Record<Column, number>>

const KNOWN = Object.entries(NAMES).map(([as, names]) => [as as Column, new Set(names.split('|'))] as const)

/** Each column by its name; where two would be the same, the first. */
export function columnsOf(names: readonly string[]): Columns {
  const found: Columns = {}
  const plain = names.map((name) =>
    name
      .toLowerCase()
      .replaceAll(/[_\s-]+/g, ' ')
      .trim(),
  )
  for (const [as, known] of KNOWN) {
    const index = plain.findIndex((name) => known.has(name))
    if (index >= 0) found[as] = index
  }
  return found
}
