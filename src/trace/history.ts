import { HouseError } from '../core/errors.ts'
import type { Before } from './back-rule.ts'
import {
  firstFrom,
  firstOut,
  type Journal,
  paidIn,
  receivedIn,
  receivedMinor,
  type Stream,
} from './journal.ts'

/** Rows of an account in one currency, in booking order, and what had come and left before each. */
export interface History {
  readonly rows: Uint32Array
  /** Before the row at a place, or after the last. */
  readonly before: (place: number) => Before
}

interface Whose {
  readonly account: number
  readonly currency: number
  /** The last row that is asked about. */
  readonly row: number
}

/** @throws `invalid` where more than 2^53 minor units came in */
export function historyOf(journal: Journal, whose: Whose): History {
  const { stream, starts, touching } = journal
  const from = starts[whose.account] as number
  const end = firstFrom(touching, whose.row + 1, [from, starts[whose.account + 1] as number])
  const rows = touching.subarray(from, end)
  return stream ? known(journal, stream, { account: whose.account, rows, from }) : added(journal, whose, rows)
}

/** By the account's stream, at once. */
function known(
  journal: Journal,
  { came, left }: Stream,
  { account, rows, from }: { readonly account: number; readonly rows: Uint32Array; readonly from: number },
): History {
  const first = journal.outStarts[account] as number
  return {
    rows,
    before: (place) => {
      const out = firstOut(journal, account, from + place)
      return {
        came: place > 0 ? (came[from + place - 1] as number) : 0,
        left: out > first ? (left[out - 1] as number) : 0,
      }
    },
  }
}

/** Added up row by row. */
function added(journal: Journal, { account, currency }: Whose, all: Uint32Array): History {
  const isOut = (at: number) => journal.payer[at] === account && paidIn(journal, at) === currency
  const isIn = (at: number) => journal.payee[at] === account && receivedIn(journal, at) === currency
  const rows = all.filter((at) => isOut(at) || isIn(at))
  const came = new Float64Array(rows.length + 1)
  const left = new Float64Array(rows.length + 1)
  for (let place = 0; place < rows.length; place++) {
    const at = rows[place] as number
    let [inward, outward] = [came[place] as number, left[place] as number]
    if (isOut(at)) outward = Math.min(inward, outward + (journal.minor[at] as number))
    if (isIn(at)) inward += receivedMinor(journal, at)
    if (inward > Number.MAX_SAFE_INTEGER)
      throw new HouseError(
        'invalid',
        `${journal.accounts[account]} received more than 2^53 minor units: too many to trace backward exactly`,
      )
    came[place + 1] = inward
    left[place + 1] = outward
  }
  return { rows, before: (place) => ({ came: came[place] as number, left: left[place] as number }) }
}
