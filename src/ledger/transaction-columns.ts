const party = <Side extends string>(side: Side) =>
  [`${side}_account`, `${side}_bank`, `${side}_name`, `${side}_country`] as const

/** Who pays and who is paid. */
export const PARTY_COLUMNS = [...party('payer'), ...party('payee')] as const

/** The columns of a transaction that rules ask for, by our own names; what else a file may bring is in content/ledger/columns.yaml. */
export const TRANSACTION_COLUMNS = [
  'transaction_id',
  'booked_at',
  'amount',
  'currency',
  'rail',
  ...PARTY_COLUMNS,
  'purpose',
  'mcc',
  'channel',
  'device_id',
  'ip',
  'crypto_chain',
  'crypto_tx_hash',
  'is_first_to_payee',
  'recall_flag',
  'geo',
] as const

export const FLAGS = ['is_first_to_payee', 'recall_flag', 'label'] as const

const READ: readonly string[] = [
  ...['transaction_id', 'booked_at', 'amount', 'currency', 'payer_account', 'payee_account'],
  ...FLAGS,
]

/** Texts of a transaction that are kept as they are, when the file has them. */
export const TEXT_COLUMNS: readonly string[] = TRANSACTION_COLUMNS.filter((it) => !READ.includes(it))
