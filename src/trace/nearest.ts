import { HouseError } from '../core/errors.ts'

const MOST_SHOWN = 5
const FARTHEST = 3

const plain = (name: string) => name.replace(/[\s.\-_]/g, '').toUpperCase()

interface Named {
  readonly accounts: readonly string[]
  readonly accountNumber?: (name: string) => number
}

/**
 * The place of an account by its name; blanks, points, hyphens and case do not matter as long as only one account is meant.
 * @throws `not_found` naming the nearest spellings in the file
 * Cost    one pass over the names
 */
export function findAccount({ accounts, accountNumber }: Named, name: string): number {
  const exact = accountNumber ? accountNumber(name) : accounts.indexOf(name)
  if (exact >= 0) return exact
  const wanted = plain(name)
  const same = accounts.flatMap((it, place) => (plain(it) === wanted ? [place] : []))
  const [only] = same
  if (same.length === 1 && only !== undefined) return only
  if (same.length > 1)
    throw new HouseError(
      'invalid',
      `account ${quoted(name)} could be any of ${same.map((place) => quoted(accounts[place] ?? '')).join(', ')}: write it as the file does`,
    )
  const near = nearest(accounts, wanted)
  throw new HouseError(
    'not_found',
    `account ${quoted(name)} is not in the file${near.length > 0 ? `; the nearest are ${near.map(quoted).join(', ')}` : `, nor anything spelt like it`}`,
  )
}

/** At most five names within three slips of what was asked for, the nearest first. */
function nearest(accounts: readonly string[], wanted: string): string[] {
  const farthest = Math.min(FARTHEST, Math.ceil(wanted.length / 3))
  const near: { name: string; slips: number }[] = []
  for (const name of accounts) {
    if (Math.abs(name.length - wanted.length) > farthest + 6) continue
    const slips = slipsBetween(plain(name), wanted, farthest)
    if (slips <= farthest) near.push({ name, slips })
  }
  near.sort((a, b) => a.slips - b.slips || (a.name < b.name ? -1 : 1))
  return near.slice(0, MOST_SHOWN).map(({ name }) => name)
}

/** Letters to add, drop, change or swap with their neighbour; `most + 1` when it takes more than `most`. */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const here = [i]
    let least = i
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let slips = Math.min((last[j] ?? 0) + 1, (here[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) slips = Math.min(slips, (before[j - 2] ?? 0) + 1)
      here.push(slips)
      if (slips < least) least = slips
    }
    if (least > most) return most + 1
    before = last
    last = here
  }
  return last[b.length] ?? most + 1
}

const quoted = (name: string) => `“${name.length > 60 ? `${name.slice(0, 60)}…` : name}”`
