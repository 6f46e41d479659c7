/** What is proposed: an organisation, a person for one that is in, or that a membership goes on after its review. */
export const PROPOSAL_KINDS = ['org', 'member', 'renewal'] as const
export type ProposalKind = (typeof PROPOSAL_KINDS)[number]

/**
 * `proposed` waits for a second reader of another organisation; `open` is the time in which every member may object;
 * `paused` since somebody whom the sponsor brought in was suspended or removed.
 */
export const PROPOSAL_STATES = ['proposed', 'open', 'paused', 'admitted', 'refused', 'withdrawn'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

export const STATE_WORDS: Readonly<Record<ProposalState, string>> = {
  proposed: 'waits for a second reader',
  open: 'open for objections',
  paused: 'paused',
  admitted: 'admitted',
  refused: 'not admitted',
  withdrawn: 'withdrawn',
}
