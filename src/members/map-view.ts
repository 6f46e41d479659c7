import type { Found } from './network-view.ts'

/** Whether somebody there can do it now, is off duty, or nobody there can. */
export type OnMap = 'on' | 'off' | 'none'

export interface MapCountry {
  /** ISO 3166-1 alpha-2. */
  readonly code: string
  readonly state: OnMap
  /** Organisations that can, and how many of them are on duty now. */
  readonly can: number
  readonly onDuty: number
}

/**
 * Countries of the network for the map. With a power chosen, a country counts where the power holds; without one, where
 * an organisation is. A country of a member that cannot is `none`.
 */
export function countriesOnMap(
  all: readonly Found[],
  able: readonly Found[],
  byPower: boolean,
): MapCountry[] {
  const at = new Map<string, { can: Set<string>; on: Set<string> }>()
  const put = (code: string) => {
    const found = at.get(code) ?? { can: new Set<string>(), on: new Set<string>() }
    at.set(code, found)
    return found
  }
  const members = (some: readonly Found[]) => some.filter(({ org }) => org.leftAt === null)
  for (const { org } of members(all)) put(org.country)
  for (const { org, powers, duty } of members(able))
    for (const code of byPower ? powers.map(({ country }) => country) : [org.country]) {
      put(code).can.add(org.id)
      if (duty.on) put(code).on.add(org.id)
    }
  return [...at]
    .map(([code, { can, on }]) => ({
      code,
      can: can.size,
      onDuty: on.size,
      state: on.size > 0 ? ('on' as const) : can.size > 0 ? ('off' as const) : ('none' as const),
    }))
    .sort((a, b) => a.code.localeCompare(b.code))
}

/** `Singapore: 3 organisations, 2 on duty now`. */
export function mapWords(it: MapCountry, name: string): string {
  if (it.state === 'none') return `${name}: nobody there can`
  const some = it.can === 1 ? 'one organisation' : `${it.can} organisations`
  return `${name}: ${some}, ${it.onDuty === 0 ? 'none' : it.onDuty} on duty now`
}
