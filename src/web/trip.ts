/** Why this tab went to an identity provider, and what to do when it comes back. Kept by the tab alone. */
export type Trip =
  | { readonly to: 'sign in'; readonly next: string }
  | { readonly to: 'connect'; readonly providerId: string }

const PLACE = 'firebreak trip'

export function leaveFor(url: string, trip: Trip): void {
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(trip))
  } catch {
    // a browser that stores nothing comes back to the first page
  }
  location.assign(url)
}

/** Forgotten once it was looked at: a page that is loaded again begins nothing anew. */
export function takeTrip(): Trip {
  let said: unknown = null
  try {
    said = JSON.parse(sessionStorage.getItem(PLACE) ?? 'null')
    sessionStorage.removeItem(PLACE)
  } catch {
    // nothing was kept, or by somebody else
  }
  const { to, next, providerId } = (said ?? {}) as { to?: unknown; next?: unknown; providerId?: unknown }
  if (to === 'connect' && typeof providerId === 'string') return { to, providerId }
  return { to: 'sign in', next: typeof next === 'string' ? next : '/' }
}

/** An answer that waits until its page is open, behind the session. */
let waiting: { readonly providerId: string; readonly query: string } | null = null

export function holdAnswer(it: { readonly providerId: string; readonly query: string }): void {
  waiting = it
}

export function takeAnswer(): { readonly providerId: string; readonly query: string } | null {
  const it = waiting
  waiting = null
  return it
}
