import type { FactKind } from '../core/fact.ts'

const WALLET =
  /^(?:0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|bc1[a-z0-9]{25,62}|[13][1-9A-HJ-NP-Za-km-z]{25,34})$/
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/

/** What an account of a ledger is, by how it is written. */
export function kindOf(account: string): Extract<FactKind, 'iban' | 'crypto_address' | 'bank_account'> {
  if (WALLET.test(account)) return 'crypto_address'
  return IBAN.test(account) ? 'iban' : 'bank_account'
}
