import { HouseError } from '../core/errors.ts'
import type { Saving } from './draft.ts'

/** What saving a report needs from outside; each step may be repeated without a second effect. */
export interface SaveSteps {
  /** Seals what is to be saved, sends it whole, and answers the record's id. */
  readonly seal: () => Promise<string>
  /** Whether the report is on the server already, from a try whose answer was lost. */
  readonly isThere: (reportId: string) => Promise<boolean>
  readonly file: (it: { reportId: string; sealedId: string }) => Promise<unknown>
  /** Writes down how far it is, before the next step. */
  readonly keep: (saving: Saving) => Promise<unknown>
}

/**
 * Saves a report in steps that can be taken again after any failure: the report keeps its id, a sealed record that has
 * arrived is used again while what it was made of is the same, and a report that is there is not filed a second time.
 * @param of  names what is to be saved (a hash); another name means it was changed and must be sealed anew
 */
export async function saveReport(before: Saving, of: string, steps: SaveSteps): Promise<Saving> {
  if (before.reported) return before
  if (before.sealed && (await steps.isThere(before.reportId))) {
    if (before.sealed.of !== of) throw savedEarlier()
    return keep({ ...before, reported: true }, steps)
  }
  const sealedId = before.sealed?.of === of ? before.sealed.id : await steps.seal()
  const sealed = await keep({ ...before, sealed: { id: sealedId, of } }, steps)
  try {
    await steps.file({ reportId: sealed.reportId, sealedId })
  } catch (error) {
    // the id is taken by this very report: an earlier try arrived although its answer did not
    if (
      !(error instanceof HouseError) ||
      error.code !== 'conflict' ||
      !(await steps.isThere(sealed.reportId))
    )
      throw error
  }
  return keep({ ...sealed, reported: true }, steps)
}

/** A filed report cannot change, so what was written since must not seem to be in it. */
function savedEarlier(): HouseError {
  return new HouseError(
    'conflict',
    'the report was saved by an earlier try, as it was then; what you changed since is in this draft alone. Copy the change into a new report',
  )
}

async function keep(saving: Saving, steps: SaveSteps): Promise<Saving> {
  await steps.keep(saving)
  return saving
}

/** A name for content: the same content has the same one. SHA-256, hex. */
export async function nameOf(content: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content))
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
