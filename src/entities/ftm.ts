import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { FactKind, Normal } from '../core/fact.ts'

/**
 * One thing in the world as FollowTheMoney has it (followthemoney 4, schema names and properties as published, MIT).
 * https://followthemoney.tech
 */
export interface Entity {
  /** Stable: the same identifier is the same entity in every export of this house. */
  readonly id: string
  readonly schema:
    | 'BankAccount'
    | 'CryptoWallet'
    | 'UserAccount'
    | 'Payment'
    | 'Organization'
    | 'Identification'
  readonly caption: string
  readonly properties: Readonly<Record<string, readonly string[]>>
}

/** A fact as its kind, canonical form, country, and bank, chain or platform. */
export interface EntityFact {
  readonly kind: FactKind
  readonly normal: Normal
  readonly country: string | null
  readonly system: string | null
}

type Shape = Pick<Entity, 'schema' | 'properties'>
type Maker = (normal: string, system: string | null) => Shape

const account = (properties: Record<string, string | null>): Shape => ({
  schema: 'BankAccount',
  properties: filled(properties),
})

/** Kinds that name one thing. Amounts, dates, places, links and addresses of machines describe; they are not entities here. */
const MAKERS: Partial<Record<FactKind, Maker>> = {
  iban: (normal, bank) => account({ iban: normal, accountNumber: normal, bankName: bank }),
  bank_account: (normal, bank) => account({ accountNumber: normal, bankName: bank }),
  payment_ref: (normal, scheme) => account({ accountNumber: normal, bankName: scheme }),
  crypto_address: (normal, chain) => ({
    schema: 'CryptoWallet',
    properties: filled({ publicKey: normal, currencySymbol: chain }),
  }),
  crypto_tx: (normal) => ({ schema: 'Payment', properties: filled({ transactionNumber: normal }) }),
  phone: (normal) => ({ schema: 'UserAccount', properties: filled({ number: normal }) }),
  email: (normal) => ({ schema: 'UserAccount', properties: filled({ email: normal }) }),
  handle: (normal) => {
    const [service = '', username = ''] = normal.split(/:@?(.*)/s)
    return { schema: 'UserAccount', properties: filled({ service, username }) }
  },
  organisation: (normal) => ({ schema: 'Organization', properties: filled({ name: normal }) }),
  passport: (normal) => ({
    schema: 'Identification',
    properties: filled({ number: normal, type: 'passport' }),
  }),
}

/**
 * The entity a fact names; null for a fact that names none.
 * Lossy  confidence, reason and place in the text stay behind: they belong to the reading, not to the thing.
 * Never  carries who reported it.
 */
export function toEntity({ kind, normal, country, system }: EntityFact): Entity | null {
  const make = MAKERS[kind]
  if (!make || typeof normal !== 'string') return null
  const { schema, properties } = make(normal, system)
  const id = `fb-${bytesToHex(sha256(utf8ToBytes(`${schema}|${normal}`))).slice(0, 32)}`
  return {
    id,
    schema,
    caption: normal,
    properties: country ? { ...properties, country: [country.toLowerCase()] } : properties,
  }
}

function filled(properties: Record<string, string | null>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) => (value ? [[name, [value]]] : [])),
  )
}
