import { newId } from '../core/ids.ts'

/** The names under which the versions of one draft are kept. */
export interface Versions {
  /** What the next try writes over, and what it is called. */
  readonly next: () => { readonly after: string; readonly as: string }
  /** The try has arrived. */
  readonly kept: () => void
}

/**
 * A try whose answer was lost may have arrived all the same, so the next one goes by the same name: the server takes it over
 * itself, and only what somebody else kept stands in its way.
 * @param first  the version that was opened; '' when there was none
 */
export function versionsFrom(first: string): Versions {
  let [after, as] = [first, newId()]
  return {
    next: () => ({ after, as }),
    kept: () => {
      after = as
      as = newId()
    },
  }
}
