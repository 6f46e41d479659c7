import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Reject, rejectLines } from './rejects.ts'

/** Writes rejects as CSV, readable by the owner only. */
export async function writeRejects(path: string, rejects: Iterable<Reject>): Promise<void> {
  await pipeline(rejectLines(rejects), createWriteStream(path, { mode: 0o600 }))
}
