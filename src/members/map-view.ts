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

/** How much of the drawing is seen: at least a fifth of its width, so that one knows where on earth one is. */
const LEAST_WIDTH = 2_200
const SHAPE = 9 / 4

/** The part of the drawing in which all these outlines and dots lie, with room around them; the whole of it for none. */
export function viewOf(outlines: readonly { readonly path: string; readonly dot: string }[]) {
  const xs: number[] = []
  const ys: number[] = []
  const put = (text: string) => {
    const [x = 0, y = 0] = text.split(' ').map(Number)
    xs.push(x)
    ys.push(y)
  }
  for (const { path, dot } of outlines) {
    // where each ring begins, and its points from there
    for (const [, start = '', steps = ''] of path.matchAll(/M([^l]+)l([^z]*)z/g)) {
      let [x = 0, y = 0] = start.split(' ').map(Number)
      const numbers = steps.match(/-?\d+/g)?.map(Number) ?? []
      put(`${x} ${y}`)
      for (let i = 0; i + 1 < numbers.length; i += 2) {
        x += numbers[i] ?? 0
        y += numbers[i + 1] ?? 0
        put(`${x} ${y}`)
      }
    }
    if (dot) put(dot)
  }
  if (xs.length === 0) return { x: 500, y: -300, width: 9_400, height: 9_400 / SHAPE }
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [across, down] = [Math.max(...xs) - left, Math.max(...ys) - top]
  const width = Math.max(LEAST_WIDTH, across * 1.25, down * 1.25 * SHAPE)
  const height = width / SHAPE
  return { x: left + across / 2 - width / 2, y: top + down / 2 - height / 2, width, height }
}
