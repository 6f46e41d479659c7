/** What a ledger file can hold. Labels are truth for back-tests; no rule ever sees them. */
export const KINDS = ['transactions', 'accounts', 'signals', 'labels'] as const
export type Kind = (typeof KINDS)[number]
