/** Where a request stands. The one table of what may follow what: the server obeys it, the pages offer by it. */
export const REQUEST_STATUSES = [
  'sent',
  'acknowledged',
  'ordered',
  'answered',
  'closed',
  'declined',
  'recalled',
] as const
export type RequestStatus = (typeof REQUEST_STATUSES)[number]

/** A status with nothing after it is final. */
const NEXT: Record<RequestStatus, readonly RequestStatus[]> = {
  sent: ['acknowledged', 'declined', 'recalled'],
  acknowledged: ['ordered', 'closed', 'declined', 'recalled'],
  ordered: ['ordered', 'answered', 'closed'],
  answered: ['ordered', 'answered', 'closed'],
  closed: [],
  declined: [],
  recalled: [],
}

/** Whether a request in `from` may become `to`. */
export function mayFollow(from: RequestStatus, to: RequestStatus): boolean {
  return NEXT[from].includes(to)
}

/** The states from which a request may become `to`. */
export function before(to: RequestStatus): RequestStatus[] {
  return REQUEST_STATUSES.filter((from) => mayFollow(from, to))
}

export const OPEN: readonly RequestStatus[] = REQUEST_STATUSES.filter((status) => NEXT[status].length > 0)
export const ENDED: readonly RequestStatus[] = REQUEST_STATUSES.filter((status) => NEXT[status].length === 0)
/** Somebody there has said that they have it: from then on its money may be recorded. */
export const TAKEN_ON: readonly RequestStatus[] = OPEN.filter((status) => status !== 'sent')

/** The same word for the same state, everywhere. */
export const STATUS_WORDS: Record<RequestStatus, string> = {
  sent: 'not yet taken on',
  acknowledged: 'taken on',
  ordered: 'with the bank',
  answered: 'the bank answered',
  closed: 'closed',
  declined: 'declined',
  recalled: 'taken back',
}
