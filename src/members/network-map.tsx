import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { countryWords, countWords } from '../web/parts/words.ts'
import { type MapCountry, mapWords, viewOf } from './map-view.ts'
import styles from './network-map.module.css'

type Drawing = Readonly<Record<string, { readonly path: string; readonly dot: string }>>

export interface NetworkMapProps {
  readonly countries: readonly MapCountry[]
  /** What is looked for, in words: “freeze a suspect account”; '' for anything. */
  readonly power: string
  /** The country the table shows; '' for all. */
  readonly chosen: string
  readonly onChosen: (code: string) => void
}

/** Who can, where, now: the same as the table below it says, as a drawing. Its outlines come from this server. */
export function NetworkMap({ countries, power, chosen, onChosen }: NetworkMapProps) {
  const { data } = useQuery({
    queryKey: ['country-outlines'],
    queryFn: async () => (await import('../../content/maps/countries.yaml')).default as Drawing,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const view = viewOf(countries.flatMap(({ code }) => data?.[code] ?? []))
  const inNetwork = new Set(countries.map(({ code }) => code))
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing whose parts can be pressed is a group of them */}
      <svg
        viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
        className={styles.map}
        role="group"
        aria-label={`Map: who can ${power || 'be asked'}, where, now`}
      >
        {Object.entries(data ?? {}).map(([code, { path }]) =>
          inNetwork.has(code) ? null : <path key={code} d={path} className={styles.land} />,
        )}
        {data &&
          countries.map((it) => (
            <Country
              key={it.code}
              country={it}
              drawing={data[it.code]}
              dot={view.width / 150}
              chosen={chosen === it.code}
              onPress={() => onChosen(chosen === it.code ? '' : it.code)}
            />
          ))}
      </svg>
      <figcaption className={styles.legend}>
        <Legend countries={countries} power={power} />
      </figcaption>
    </figure>
  )
}

interface CountryProps {
  readonly country: MapCountry
  readonly drawing: Drawing[string] | undefined
  /** Radius of a dot, in units of the drawing. */
  readonly dot: number
  readonly chosen: boolean
  readonly onPress: () => void
}

function Country({ country, drawing, dot, chosen, onPress }: CountryProps) {
  if (!drawing) return null
  const [x, y] = drawing.dot.split(' ').map(Number)
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onPress()
  }
  const words = mapWords(country, countryWords(country.code))
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no button inside a drawing
    <g
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      aria-label={words}
      className={`${styles.country} ${styles[country.state]}`}
      onClick={onPress}
      onKeyDown={press}
    >
      <title>{words}</title>
      {drawing.path && <path d={drawing.path} />}
      {drawing.dot && <circle cx={x} cy={y} r={dot} />}
    </g>
  )
}

const WORDS = { on: 'on duty now', off: 'off duty now', none: 'in the network, cannot' } as const

function Legend({ countries, power }: Pick<NetworkMapProps, 'countries' | 'power'>) {
  const count = (state: MapCountry['state']) => countries.filter((it) => it.state === state).length
  return (
    <>
      <span>{power ? `Who can ${power}:` : 'Members:'}</span>
      {(['on', 'off', 'none'] as const)
        .filter((state) => count(state) > 0)
        .map((state) => (
          <span key={state} className={styles.item}>
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" className={styles[state]}>
              <circle cx="8" cy="8" r="6.5" />
            </svg>
            {WORDS[state]} in {countWords(count(state), 'country', 'countries')}
          </span>
        ))}
    </>
  )
}
