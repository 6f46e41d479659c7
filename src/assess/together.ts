import type { Indicator } from './content.ts'
import type { Sighting } from './find.ts'
import type { RuleSource } from './rules.ts'

/** `FC-A05|FC-A06`: one of these indicators; anything else is a pattern made of groups. */
const IDS = /^FC-/

/** Rules for the parts of `together` that are no indicators; their owners are counted on from `first`. */
export function signSources(indicators: readonly Indicator[], first: number): RuleSource[] {
  return signsOf(indicators).map((pattern, i) => ({
    owner: first + i,
    denial: false,
    patterns: { all: [pattern] },
  }))
}

function signsOf(indicators: readonly Indicator[]): string[] {
  const parts = indicators.flatMap(({ together = [] }) => together.flat())
  return [...new Set(parts.filter((part) => !IDS.test(part)))]
}

interface Found {
  readonly indicators: readonly Indicator[]
  readonly sightings: readonly Sighting[]
  /** First owner of the rules of `signSources`. */
  readonly first: number
  /** Reads the text for those; asked for only when the indicators of some way are all there. */
  readonly signs: () => readonly Sighting[]
}

/**
 * What no one sentence says and the text as a whole does: an offer of a job in one, being made to cheat people in another.
 * Nothing is put together that the text denies, or that it says by itself.
 * @returns  a sighting for each part of the first way that fits, in the order of the parts
 */
export function together({ indicators, sightings, first, signs }: Found): Sighting[] {
  const names = signsOf(indicators)
  const said = (owner: number, among: readonly Sighting[]) =>
    among.find((one) => one.owner === owner && one.mood === 'said')
  const byId = (part: string) =>
    part
      .split('|')
      .map((id) =>
        said(
          indicators.findIndex((one) => one.id === id),
          sightings,
        ),
      )
      .find((one) => one !== undefined)
  const sign = (part: string) => said(first + names.indexOf(part), signs())
  return indicators.flatMap((indicator, owner) => {
    const ways = indicator.together ?? []
    const known = sightings.some(
      (one) => one.owner === owner && (one.mood === 'said' || one.mood === 'denied'),
    )
    if (known || ways.length === 0) return []
    for (const way of ways) {
      const ids = way.filter((part) => IDS.test(part))
      if (!ids.every(byId)) continue
      const parts = way.map((part) => (IDS.test(part) ? byId(part) : sign(part)))
      if (parts.every((part) => part !== undefined))
        return parts.map((part) => ({ ...part, owner, isPart: true }))
    }
    return []
  })
}
