import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HouseError } from '../core/errors.ts'

/** What a running server says of itself in its data folder, for a second start and for commands that need the database. */
export interface Running {
  readonly pid: number
  readonly address: string | null
}

const path = (dataDir: string) => join(dataDir, 'firebreak.json')

/** The live server of this data folder, or null; a file left by a process that was killed counts as none. */
export function findRunning(dataDir: string): Running | null {
  try {
    const found: Running = JSON.parse(readFileSync(path(dataDir), 'utf8'))
    if (found.pid === process.pid) return null
    process.kill(found.pid, 0)
    return /main\.ts/.test(readFileSync(`/proc/${found.pid}/cmdline`, 'utf8')) ? found : null
  } catch (error) {
    // no file, no process, or (outside Linux) no /proc: then the database's own lock still guards the data
    void error
    return null
  }
}

/** Claims the data folder for this process. Throws `conflict` naming where the other server is. */
export function claim(dataDir: string): void {
  const other = findRunning(dataDir)
  if (other) {
    throw new HouseError(
      'conflict',
      `Firebreak already runs from ${dataDir} (process ${other.pid}${other.address ? `, ${other.address}` : ''}). Use that one, end it first, or name another folder with --data.`,
    )
  }
  tell(dataDir, null)
}

export function tell(dataDir: string, address: string | null): void {
  writeFileSync(path(dataDir), JSON.stringify({ pid: process.pid, address }), { mode: 0o600 })
}

export function release(dataDir: string): void {
  rmSync(path(dataDir), { force: true })
}
