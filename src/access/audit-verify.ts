import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64 } from '@scure/base'
import { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { Frontier, leafHash, same } from './merkle.ts'
import {
  type Checkpoint,
  readCheckpoint,
  readNote,
  readVerifier,
  signedBy,
  signedOnlyBy,
  type Verifier,
  type Verify,
} from './note.ts'

/** What does not hold, and where. `entry` counts from 0, `line` from 1. */
export interface Finding {
  readonly kind:
    | 'altered'
    | 'missing'
    | 'order'
    | 'history'
    | 'fork'
    | 'cut'
    | 'signature'
    | 'key'
    | 'name'
    | 'form'
  readonly line: number
  readonly entry: number | null
  readonly message: string
}

/** What the reader of an export trusts besides the export itself. */
export interface Trust {
  /** The log's key, learnt elsewhere. */
  readonly logKey?: Verifier | undefined
  /** Checkpoints kept elsewhere: by a member's browser, by a witness. */
  readonly checkpoints: readonly Checkpoint[]
  /** Witnesses that must have countersigned. */
  readonly witnesses: readonly Verifier[]
}

export interface Verdict {
  readonly proven: boolean
  readonly network: string
  readonly logKey: string
  readonly madeAt: string
  readonly entries: number
  /** Times of the first and the last entry. */
  readonly first: string | null
  readonly last: string | null
  /** Entries that the newest good checkpoint covers; the others are signed by nobody yet. */
  readonly signed: number
  readonly checkpoints: number
  readonly witnesses: readonly {
    name: string
    org: string | null
    size: number
    at: string | null
    trusted: boolean
  }[]
  readonly anchored: boolean
  readonly findings: readonly Finding[]
  /** More than are listed. */
  readonly more: number
}

const Head = z.object({
  format: z.literal('firebreak-audit/1'),
  network: z.string(),
  logKey: z.string(),
  size: z.int().min(0),
  madeAt: z.string(),
  witnesses: z.array(z.object({ key: z.string(), org: z.string() })).max(10_000),
})
const Leaf = z.strictObject({
  i: z.int().min(0),
  entry: z.string(),
  leaf: z.string(),
  about: z.record(z.string(), z.string()).optional(),
})
const Signed = z.strictObject({ checkpoint: z.string() })
const End = z.strictObject({ end: z.int().min(0) })
const MOST_FINDINGS = 100

/**
 * Proves an export line by line, in memory that does not grow with it. What it finds is an answer, not an error.
 * Throws  `invalid` when the first line is not the head of an export: then there is nothing to prove.
 */
export class AuditProof {
  private readonly trust: Trust
  private readonly verify: Verify | undefined
  private readonly tree = new Frontier()
  private readonly findings: Finding[] = []
  private readonly seen = new Map<
    string,
    { name: string; org: string | null; size: number; at: string | null }
  >()
  private head:
    | (z.infer<typeof Head> & { log: Verifier; keys: { key: Verifier; org: string | null }[] })
    | null = null
  private line = 0
  private more = 0
  private end: number | null = null
  private first: string | null = null
  private last: string | null = null
  private good: { size: number } = { size: 0 }
  private checkpoints = 0
  /** Once an entry is missing or history differs, no root below can be compared: only the first place is named. */
  private lost = false

  constructor(trust: Trust, verify?: Verify) {
    this.trust = trust
    this.verify = verify
  }

  read(text: string): void {
    this.line++
    const value = parsed(text)
    if (this.head === null) this.begin(value)
    else if (this.end !== null) this.find('form', null, 'there is more after the end of the export')
    else if (value === undefined) this.find('form', null, 'this line is cut off or is not JSON')
    else this.body(value)
  }

  private body(value: unknown): void {
    const leaf = Leaf.safeParse(value)
    const signed = leaf.success ? null : Signed.safeParse(value)
    const end = leaf.success || signed?.success ? null : End.safeParse(value)
    if (leaf.success) this.leaf(leaf.data)
    else if (signed?.success) this.checkpoint(signed.data.checkpoint)
    else if (end?.success) this.finish(end.data.end)
    else this.find('form', null, 'this line is neither an entry nor a checkpoint')
  }

  verdict(): Verdict {
    const { head } = this
    if (!head) throw new HouseError('invalid', 'the file is empty: not an export of an audit log')
    const entries = this.tree.size
    if (this.end === null)
      this.find(
        'cut',
        null,
        `the export breaks off after ${entries} of ${head.size} entries: its end is missing`,
      )
    for (const kept of this.trust.checkpoints) this.beyond(kept, entries)
    for (const key of this.trust.witnesses) this.mustHaveSigned(key)
    if (this.good.size === 0 && entries > 0 && !this.lost)
      this.find('signature', null, 'no checkpoint signed by the key of this log vouches for any entry')
    const trusted = new Set(this.trust.witnesses.map(idOf))
    return {
      proven: this.findings.length === 0,
      network: head.network,
      logKey: head.logKey,
      madeAt: head.madeAt,
      entries,
      first: this.first,
      last: this.last,
      signed: this.good.size,
      checkpoints: this.checkpoints,
      witnesses: [...this.seen].map(([id, it]) => ({ ...it, trusted: trusted.has(id) })),
      anchored: this.trust.checkpoints.length > 0 || trusted.size > 0 || this.trust.logKey !== undefined,
      findings: this.findings,
      more: this.more,
    }
  }

  private begin(value: unknown): void {
    const head = Head.safeParse(value)
    if (!head.success)
      throw new HouseError('invalid', 'line 1: not an export of an audit log (firebreak-audit/1)')
    const log = readVerifier(head.data.logKey)
    const keys = head.data.witnesses.map(({ key, org }) => ({ key: readVerifier(key), org }))
    const known = new Set(keys.map(({ key }) => idOf(key)))
    const extra = this.trust.witnesses.filter((key) => !known.has(idOf(key)))
    this.head = { ...head.data, log, keys: [...keys, ...extra.map((key) => ({ key, org: null }))] }
    if (this.trust.logKey && idOf(this.trust.logKey) !== idOf(log))
      this.find('key', null, `this export is signed by another key (${log.name}) than the one you trust`)
    this.anchor()
  }

  private leaf({ i, entry, leaf, about }: z.infer<typeof Leaf>): void {
    const expected = this.tree.size
    if (i !== expected && !this.lost) {
      this.outOfPlace(i, expected)
      this.lost = true
    }
    const recorded = bytesOf(leaf)
    const bytes = new TextEncoder().encode(entry)
    const hash = leafHash(bytes)
    if (!recorded || !same(recorded, hash))
      this.find(
        'altered',
        i,
        `entry ${i} was altered: its words do not have the hash that stands in the tree`,
      )
    const it = parsed(entry) as { at?: unknown; nonce?: unknown } | undefined
    const at = typeof it?.at === 'string' ? it.at : null
    this.first ??= at
    this.last = at ?? this.last
    for (const [id, salt] of Object.entries(about ?? {}))
      if (!names(entry, { id, salt, nonce: it?.nonce }))
        this.find('name', i, `entry ${i} is said to be about ${id}, and its words do not bear that out`)
    // with the hash that the tree has, one altered entry does not hide where the others stand
    this.tree.append(recorded ?? hash)
    this.anchor()
  }

  private outOfPlace(i: number, expected: number): void {
    if (i < expected)
      this.find('order', i, `entry ${i} stands where entry ${expected} belongs: moved or doubled`)
    else {
      const which = i - expected === 1 ? `entry ${expected} is` : `entries ${expected} to ${i - 1} are`
      this.find('missing', expected, `${which} missing: entry ${i} follows directly`)
    }
  }

  private checkpoint(text: string): void {
    const { log, keys } = this.head as NonNullable<AuditProof['head']>
    this.checkpoints++
    let it: Checkpoint
    let note: ReturnType<typeof readNote>
    try {
      note = readNote(text)
      it = readCheckpoint(note.text)
    } catch (error) {
      this.find('form', null, (error as Error).message)
      return
    }
    if (it.origin !== log.name || !signedBy(note, log, this.verify)) {
      this.find(
        'signature',
        null,
        `the checkpoint of ${it.size} entries is not signed by the key of this log`,
      )
      return
    }
    const signers = [log, ...keys.map(({ key }) => key)]
    if (!signedOnlyBy(note, signers, this.verify))
      this.find('signature', null, `a countersignature of the checkpoint of ${it.size} entries does not hold`)
    if (this.lost) return
    if (it.size !== this.tree.size) {
      this.find(
        'order',
        null,
        `the checkpoint of ${it.size} entries stands behind entry ${this.tree.size - 1}`,
      )
      return
    }
    if (!same(it.root, this.tree.root())) {
      this.lost = true
      this.find('history', this.good.size, historyWords(this.good.size, it.size))
      return
    }
    this.good = { size: it.size }
    for (const { key, org } of keys) {
      const signed = signedBy(note, key, this.verify)
      if (signed)
        this.seen.set(idOf(key), { name: key.name, org, size: it.size, at: signed.at?.toISOString() ?? null })
    }
  }

  /** Compares with the checkpoints of exactly this size that were kept elsewhere. */
  private anchor(): void {
    if (this.lost) return
    for (const kept of this.trust.checkpoints) {
      if (kept.size !== this.tree.size || same(kept.root, this.tree.root())) continue
      this.find(
        'fork',
        null,
        `the first ${kept.size} entries are not those that your checkpoint vouches for: this log has two histories, or was rewritten`,
      )
    }
  }

  private beyond(kept: Checkpoint, entries: number): void {
    const { log } = this.head as NonNullable<AuditProof['head']>
    if (kept.origin !== log.name)
      this.find('key', null, `your checkpoint of ${kept.size} entries is of another log (${kept.origin})`)
    else if (kept.size > entries)
      this.find(
        'cut',
        entries,
        `your checkpoint vouches for ${kept.size} entries; this export has ${entries}: the last ${kept.size - entries} were cut off, or it is older than your checkpoint`,
      )
  }

  private mustHaveSigned(key: Verifier): void {
    if (!this.seen.has(idOf(key)))
      this.find('signature', null, `${key.name}, whom you trust, countersigned no checkpoint that holds here`)
  }

  private finish(end: number): void {
    this.end = end
    const { size } = this.head as NonNullable<AuditProof['head']>
    if ((end !== size || end !== this.tree.size) && !this.lost)
      this.find(
        'cut',
        null,
        `${size} entries were announced, ${end} are claimed at the end, ${this.tree.size} are here`,
      )
  }

  private find(kind: Finding['kind'], entry: number | null, message: string): void {
    if (this.findings.length < MOST_FINDINGS) this.findings.push({ kind, line: this.line, entry, message })
    else this.more++
  }
}

function historyWords(good: number, size: number): string {
  const where = good === 0 ? `the first ${size} entries` : `entries ${good} to ${size - 1}`
  return `${where} are not those that were signed: at least one of them was changed, removed or put in afterwards`
}

/** Whether the leaf holds this id, as an HMAC under this salt with the entry's nonce (see `record`). */
function names(entry: string, it: { id: string; salt: string; nonce: unknown }): boolean {
  const salt = bytesOf(it.salt)
  if (!salt || typeof it.nonce !== 'string') return false
  const mac = hmac(sha256, salt, new TextEncoder().encode(it.nonce + it.id))
  const hex = Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return entry.includes(`"~${hex}"`)
}

function idOf(it: Verifier): string {
  return `${it.name} ${it.kind} ${base64.encode(it.key)}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** 32 bytes, or null. */
function bytesOf(text: string): Uint8Array | null {
  try {
    const bytes = base64.decode(text)
    return bytes.length === 32 ? bytes : null
  } catch {
    return null
  }
}
