import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Width of the drawing in its own units; the height follows from the projection. */
const WIDTH = 1_000
/** Rings smaller than this in both directions are left out: nobody could see them. */
const LEAST = 1.2
/** A country whose whole drawing is smaller than this gets a dot as well. */
const DOT = 9

type Arc = readonly (readonly [number, number])[]
interface Topology {
  readonly transform: { readonly scale: [number, number]; readonly translate: [number, number] }
  readonly arcs: readonly Arc[]
  readonly objects: { readonly countries: { readonly geometries: readonly Geometry[] } }
}
type Geometry = { readonly id?: string } & (
  | { readonly type: 'Polygon'; readonly arcs: readonly (readonly number[])[] }
  | { readonly type: 'MultiPolygon'; readonly arcs: readonly (readonly (readonly number[])[])[] }
)
type Point = readonly [number, number]

/**
 * Degrees to the plane: the Natural Earth projection.
 * Source  Šavrič, Jenny, Patterson, Petrovič, Hurni: A Polynomial Equation for the Natural Earth Projection (2011).
 */
export function project([lon, lat]: Point): Point {
  const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180]
  const p2 = p * p
  const p4 = p2 * p2
  const x = l * (0.8707 - 0.131979 * p2 + p4 * (-0.013791 + p4 * (0.003971 * p2 - 0.001529 * p4)))
  const y = p * (1.007226 + p2 * (0.015085 + p4 * (-0.044475 + 0.028874 * p2 - 0.005916 * p4)))
  const unit = WIDTH / (2 * Math.PI * 0.8707)
  return [WIDTH / 2 + x * unit, 225 - y * unit]
}

/** The rings of every country in the drawing's units, by its numeric ISO code; Antarctica is left out. */
function ringsOf(file: string): Map<string, Point[][]> {
  const { transform, arcs, objects } = JSON.parse(readFileSync(file, 'utf8')) as Topology
  const lines = arcs.map((arc) => {
    let [x, y] = [0, 0]
    return arc.map(([dx, dy]): Point => {
      x += dx
      y += dy
      const { scale, translate } = transform
      return project([x * scale[0] + translate[0], y * scale[1] + translate[1]])
    })
  })
  const ring = (ids: readonly number[]) =>
    ids.flatMap((id, i) =>
      (id < 0 ? (lines[~id] ?? []).toReversed() : (lines[id] ?? [])).slice(i > 0 ? 1 : 0),
    )
  const found = new Map<string, Point[][]>()
  for (const it of objects.countries.geometries) {
    if (!it.id || it.id === '010') continue
    const polygons = it.type === 'Polygon' ? [it.arcs] : it.arcs
    found.set(it.id, [...(found.get(it.id) ?? []), ...polygons.flat().map(ring)])
  }
  return found
}

function boxOf(points: readonly Point[]): { x: number; y: number; width: number; height: number } {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** One ring as a path in tenths of a unit, each point from the one before; cut where it runs over the edge of the map. */
function pathOf(ring: readonly Point[]): string {
  const tenths = ring.map(([x, y]): Point => [Math.round(x * 10), Math.round(y * 10)])
  const isOver = (i: number) => Math.abs((tenths[i]?.[0] ?? 0) - (tenths.at(i - 1)?.[0] ?? 0)) > WIDTH * 5
  const first = tenths.findIndex((_, i) => isOver(i))
  const round = first > 0 ? [...tenths.slice(first), ...tenths.slice(0, first)] : tenths
  let path = ''
  let [px, py] = [Number.NaN, Number.NaN]
  for (const [x, y] of round) {
    if (Number.isNaN(px) || Math.abs(x - px) > WIDTH * 5) path = `${path && `${path.trimEnd()}z`}M${x} ${y}l`
    else if (x !== px || y !== py) path += `${x - px} ${y - py} `
    ;[px, py] = [x, y]
  }
  return `${path.trimEnd()}z`
}

/** The middle of the largest ring: where the dot goes. */
function middleOf(rings: readonly Point[][]): string {
  const [largest] = rings.map(boxOf).sort((a, b) => b.width * b.height - a.width * a.height)
  if (!largest) return ''
  const { x, y, width, height } = largest
  return `${Math.round((x + width / 2) * 10)} ${Math.round((y + height / 2) * 10)}`
}

/** `coarse` draws the outlines, `fine` finds the countries that are too small for it. */
function compile(coarse: string, fine: string, codes: string): string {
  const alpha = new Map(
    (JSON.parse(readFileSync(codes, 'utf8')) as string[][]).map(([two = '', , number = '']) => [number, two]),
  )
  const outlines = ringsOf(coarse)
  const lines = [...ringsOf(fine)].flatMap(([number, all]) => {
    const code = alpha.get(number)
    if (!code || all.length === 0) return []
    const rings = (outlines.get(number) ?? []).filter((ring) => {
      const { width, height } = boxOf(ring)
      return Math.max(width, height) >= LEAST
    })
    const whole = rings.length > 0 ? boxOf(rings.flat()) : { width: 0, height: 0 }
    const dot = Math.max(whole.width, whole.height) < DOT ? middleOf(all) : ''
    return [`${code}: { path: "${rings.map(pathOf).join('')}", dot: "${dot}" }`]
  })
  return lines.sort().join('\n')
}

const HEAD = `# Outlines of countries for the map of the network: a drawing for finding places, no statement on any border.
# Source: Natural Earth 4.1.0, 1:110 million, and 1:50 million for the places of dots (public domain), by way of
# world-atlas 2.0.2 (ISC). Projected and made small by scripts/compile-countries.ts; do not edit by hand.
# path: SVG, in tenths of a unit of a drawing 1000 wide; dot: the middle of a country too small to see.
`

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [coarse, fine, codes] = process.argv.slice(2)
  if (!coarse || !fine || !codes)
    throw new Error('usage: compile-countries.ts countries-110m.json countries-50m.json codes.json')
  const out = join(import.meta.dirname, '../content/maps/countries.yaml')
  writeFileSync(out, `${HEAD}${compile(coarse, fine, codes)}\n`)
}
