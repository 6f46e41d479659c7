/** What a person does in their organisation. */
export const ROLES = ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst', 'hub_analyst', 'steward'] as const
export type Role = (typeof ROLES)[number]

export const ROLE_NAMES: Record<Role, string> = {
  caseworker: 'caseworker',
  officer: 'anti-scam officer',
  fraud_desk: 'fraud desk',
  fiu_analyst: 'financial intelligence analyst',
  hub_analyst: 'hub analyst',
  steward: 'steward of the network',
}
