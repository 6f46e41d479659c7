import { type ErrorCode, HouseError } from '../core/errors.ts'

/** Passes by itself, or once somebody has signed in again. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['unavailable', 'unauthenticated'])

/**
 * Why a page cannot be shown; null while it can. What is shown already stays, with everything that is typed in it, while the server
 * is away or the session has ended: that is said beside it. What the server refuses is no longer shown.
 */
export function failureOf(it: { readonly error: Error | null; readonly data: unknown }): Error | null {
  if (it.error === null || it.data === undefined) return it.error
  return it.error instanceof HouseError && PASSING.has(it.error.code) ? null : it.error
}
