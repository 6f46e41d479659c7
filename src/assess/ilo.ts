/**
 * The eleven indicators of forced labour, names only.
 * Source   ILO, Indicators of Forced Labour (2012); a revised edition is dated 2025, so the year stays with the list.
 */
export const ILO_INDICATORS = [
  { id: 1, name: 'Abuse of vulnerability' },
  { id: 2, name: 'Deception' },
  { id: 3, name: 'Restriction of movement' },
  { id: 4, name: 'Isolation' },
  { id: 5, name: 'Physical and sexual violence' },
  { id: 6, name: 'Intimidation and threats' },
  { id: 7, name: 'Retention of identity documents' },
  { id: 8, name: 'Withholding of wages' },
  { id: 9, name: 'Debt bondage' },
  { id: 10, name: 'Abusive working and living conditions' },
  { id: 11, name: 'Excessive overtime' },
] as const
