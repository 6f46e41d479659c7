import { HouseError } from '../core/errors.ts'
import type { ReadOptions } from '../extract/read.ts'
import type { Reading } from '../extract/reading.ts'
import type { Room } from './room.ts'
import type { Turn } from './worker-calls.ts'

/** What is read of a long text so far. */
export interface ReadPart extends Pick<Reading, 'facts' | 'names' | 'refused'> {
  /** Letters read, of how many. */
  readonly done: number
  readonly total: number
}

/** Letters handed on at a time; the reader makes pieces of them. */
const CHUNK = 100_000

/**
 * Reads a long text piece by piece: each is told as soon as it is read, and between two of them others get their turn.
 * Keeps    what is answered equals `read` on the whole text, and the parts, one after the other, its facts.
 * Throws   `unavailable` when it was stopped.
 */
export async function readByPieces(
  { joined, readInChunks }: Pick<Room, 'joined' | 'readInChunks'>,
  { text, ...options }: ReadOptions & { readonly text: string },
  { tell, isStopped }: Turn<ReadPart>,
): Promise<Reading> {
  const readings: Reading[] = []
  for await (const { end, reading } of readInChunks(chunksOf(text), options)) {
    readings.push(reading)
    const { facts, names, refused } = reading
    tell({ done: end, total: text.length, facts, names, refused })
    await othersTurn()
    if (isStopped()) throw new HouseError('unavailable', 'this was stopped')
  }
  return joined(readings)
}

function* chunksOf(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += CHUNK) yield text.slice(at, at + CHUNK)
}

/** Messages come in between two tasks, never between two promises. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
