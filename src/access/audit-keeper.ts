import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, Store } from '../store/open.ts'
import { findCheckpoint, type LogKey, logKey, signCheckpoint } from './checkpoints.ts'
import { integrate, treeSize } from './tree.ts'

/** A checkpoint at least so often while the log grows, and whenever it has grown by so many. */
const EVERY_MS = 60_000
const EVERY_LEAVES = 1_000
const PAUSE_MS = 1_000

/**
 * Gives entries their places, once a second, and signs checkpoints: each minute and each 1,000 leaves. Several servers on one
 * database do no harm: places are given under one lock, and a checkpoint of the same size is the same checkpoint.
 */
export class AuditKeeper {
  readonly log: LogKey
  private readonly store: Store
  private readonly say: (line: string) => void
  private readonly end = new AbortController()
  private running: Promise<void> = Promise.resolve()
  private silent = false
  private signed: { size: number; at: number } | null = null

  constructor(store: Store, say: (line: string) => void) {
    this.store = store
    this.say = say
    this.log = logKey(store.secrets.auditKey)
  }

  start(): void {
    this.running = this.run()
  }

  async stop(): Promise<void> {
    this.end.abort()
    await this.running
  }

  /** One round. @param now  sign whatever is not signed yet, without waiting for the minute. Returns the size of the tree. */
  async turn(now = false): Promise<number> {
    for (;;) {
      const { size, signed, whole } = await this.store.as({ system: 'clock' }, (db) => this.step(db, now))
      this.signed = signed
      if (whole) return size
    }
  }

  /** Goes to the next multiple of 1,000 leaves after the last checkpoint at most, so that none is left out. */
  private async step(db: Db, now: boolean) {
    const last = this.signed ?? (await lastSigned(db))
    const before = await treeSize(db)
    const room = Math.max(1, EVERY_LEAVES - (before - last.size))
    const size = await integrate(db, room)
    const due = now || size - last.size >= EVERY_LEAVES || Date.now() - last.at >= EVERY_MS
    const signs = size > last.size && due
    if (signs) await signCheckpoint(db, this.log, size)
    return { size, signed: signs ? { size, at: Date.now() } : last, whole: size - before < room }
  }

  private async run(): Promise<void> {
    while (!this.end.signal.aborted) {
      try {
        await this.turn()
        this.silent = false
      } catch (error) {
        // the database is away or was closed: entries wait where they are, nothing is lost; said once, tried again
        if (!this.silent && !this.end.signal.aborted) this.say(`Audit log: ${(error as Error).message}`)
        this.silent = true
      }
      await sleep(PAUSE_MS, undefined, { signal: this.end.signal, ref: false }).catch(() => undefined)
    }
  }
}

async function lastSigned(db: Db) {
  const kept = await findCheckpoint(db)
  return { size: kept?.size ?? 0, at: kept?.at.getTime() ?? 0 }
}
