import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import {
  consistencyRanges,
  EMPTY_ROOT,
  type Hash,
  hashRange,
  inclusionRanges,
  type Spot,
  spotsOfAll,
} from './merkle.ts'

/** The tree as the database keeps it: perfect subtrees in `audit_node`, a place for each entry in `audit_position`. */

/** Gives at most so many waiting entries their places in the tree. Returns its size. In a context of the house alone. */
export async function integrate(db: Db, atMost: number): Promise<number> {
  const { rows } = await sql<{ size: string }>`select firebreak.audit_integrate(${atMost}) as size`.execute(
    db,
  )
  return Number(rows[0]?.size ?? 0)
}

export async function treeSize(db: Db): Promise<number> {
  const row = await db
    .selectFrom('audit_position')
    .select('idx')
    .orderBy('idx', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? Number(row.idx) + 1 : 0
}

/** Entries that are written and wait, a second at most, for their place. */
export async function waiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('audit_waiting')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Throws `not_found` above the tree's size. */
export async function rootAt(db: Db, size: number): Promise<Hash> {
  if (size === 0) return EMPTY_ROOT
  const range = { start: 0, end: size }
  return hashRange(range, await hashesOf(db, spotsOfAll([range])))
}

/** That the tree of `from` is the beginning of the tree of `to`. Throws `invalid` when it cannot be, `not_found` above the tree. */
export async function proveConsistency(db: Db, from: number, to: number): Promise<Hash[]> {
  return prove(db, () => (from === 0 ? [] : consistencyRanges(from, to)))
}

/** That a leaf is in the tree of `size`. Throws like `proveConsistency`. */
export async function proveInclusion(db: Db, index: number, size: number): Promise<Hash[]> {
  return prove(db, () => inclusionRanges(index, size))
}

async function prove(db: Db, rangesOf: () => ReturnType<typeof consistencyRanges>): Promise<Hash[]> {
  let ranges: ReturnType<typeof consistencyRanges>
  try {
    ranges = rangesOf()
  } catch (cause) {
    throw new HouseError('invalid', `proof: ${(cause as Error).message}`, { cause })
  }
  const hashOf = await hashesOf(db, spotsOfAll(ranges))
  return ranges.map((range) => hashRange(range, hashOf))
}

async function hashesOf(db: Db, spots: readonly Spot[]): Promise<(spot: Spot) => Hash> {
  const { rows } = await sql<{ level: number; idx: string; hash: Buffer }>`
    select n.level, n.idx, n.hash from firebreak.audit_node n
    join unnest(${spots.map(({ level }) => level)}::smallint[], ${spots.map(({ index }) => index)}::bigint[]) w (level, idx)
      on n.level = w.level and n.idx = w.idx`.execute(db)
  const found = new Map(rows.map((row) => [`${row.level}/${row.idx}`, new Uint8Array(row.hash)]))
  return ({ level, index }) => {
    const hash = found.get(`${level}/${index}`)
    if (!hash) throw new HouseError('not_found', 'the audit log is not as long as that')
    return hash
  }
}
