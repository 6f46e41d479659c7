import type { MoneyState } from '../core/money.ts'
import { PART_OF } from '../requests/headline.ts'
import type { MoneyLine } from './shapes.ts'

/** Something that can become of money after an order, in words. */
export interface Move {
  readonly id: string
  readonly from: MoneyState
  readonly to: MoneyState
  readonly words: string
}

/** What happens most comes first. The last ones put a wrong entry right. */
export const MOVES: readonly Move[] = [
  { id: 'back', from: 'held', to: 'returned', words: 'Held money went back to the person' },
  { id: 'gone', from: 'at_risk', to: 'lost', words: 'Money at risk is gone' },
  { id: 'held', from: 'at_risk', to: 'held', words: 'Held by another way than an order here' },
  { id: 'sent-back', from: 'at_risk', to: 'returned', words: 'Sent back before anybody held it' },
  { id: 'released', from: 'held', to: 'at_risk', words: 'The hold ended; the money is at risk again' },
  { id: 'slipped', from: 'held', to: 'lost', words: 'Held money was lost after all' },
  { id: 'found', from: 'lost', to: 'held', words: 'Lost money was found and held' },
  { id: 'found-back', from: 'lost', to: 'returned', words: 'Lost money came back' },
  { id: 'not-lost', from: 'lost', to: 'at_risk', words: 'Correction: it is not lost, it is at risk' },
  { id: 'not-back', from: 'returned', to: 'held', words: 'Correction: it is not back, it is held' },
]

/** What can become of the money of this line. */
export function movesOf(line: MoneyLine): Move[] {
  return MOVES.filter(({ from }) => line[PART_OF[from]] > 0)
}

/** The line after a move. @throws RangeError when there is not that much in `from` */
export function afterMove(line: MoneyLine, move: Pick<Move, 'from' | 'to'>, minor: number): MoneyLine {
  const from = PART_OF[move.from]
  const to = PART_OF[move.to]
  if (!Number.isSafeInteger(minor) || minor < 0 || minor > line[from])
    throw new RangeError(`${minor} is not between 0 and ${line[from]}`)
  return { ...line, [from]: line[from] - minor, [to]: line[to] + minor }
}
