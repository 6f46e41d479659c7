import { Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { failureOf } from '../web/failure.ts'
import { useSeenBy } from '../web/marking.tsx'
import { dutyAt } from '../web/parts/duty.ts'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { ExportButton } from '../web/parts/export-button.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { weekdayClock } from '../web/parts/moment.ts'
import { useNow } from '../web/parts/use-now.ts'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { capital, countryWords, ORG_KIND_WORDS, POWER_WORDS } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useSaved } from '../web/use-saved.ts'
import { countriesOnMap } from './map-view.ts'
import { NetworkMap } from './network-map.tsx'
import { NetworkRow } from './network-row.tsx'
import { countriesOf, type Found, NO_FILTER, nextUp, powersOf, sift } from './network-view.ts'
import type { OrgCard } from './shapes.ts'

/** Who can do what, where, now: as a map and as a table. */
export function NetworkPage() {
  useSeenBy('every member of the network')
  const network = useQuery(queries.network())
  const now = useNow()
  const [filter, setFilter] = useSaved('network-filter', NO_FILTER)
  const [map, setMap] = useSaved('network-map', { shown: true })
  const [text, setText] = useState('')
  const failed = failureOf(network)
  if (failed) return <ErrorNote error={failed} onRetry={() => network.refetch()} />
  if (!network.data) return null
  const { orgs } = network.data
  const members = orgs.filter((org) => org.leftAt === null)
  const found = sift(orgs, { ...filter, text }, now)
  const onDuty = members.filter((org) => dutyAt(org.hours, org.timeZone, now).on).length
  const everybody = { ...NO_FILTER, text: '' }
  return (
    <>
      <Headline below={nextUp(members, now)}>
        {`${onDuty} of ${members.length} organisations are on duty now`}
      </Headline>
      <search className={list.tools} aria-label="Filter">
        <FilterFields {...{ members, filter }} onFilter={setFilter} />
        <TextInput
          size="xs"
          label="Name, language or law"
          type="search"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Checkbox
          pb={5}
          label="on duty now"
          checked={filter.onDuty}
          onChange={(event) => setFilter({ ...filter, onDuty: event.currentTarget.checked })}
        />
        <Checkbox
          pb={5}
          label="map"
          checked={map.shown}
          onChange={(event) => setMap({ shown: event.currentTarget.checked })}
        />
        <span className={list.count} role="status">
          {found.length} of {orgs.length} shown
        </span>
        <ExportButton name="network" rows={() => exported(found, now)} />
      </search>
      {map.shown && (
        <NetworkMap
          countries={countriesOnMap(
            sift(orgs, everybody, now),
            sift(orgs, { ...everybody, power: filter.power }, now),
            filter.power !== '',
          )}
          power={filter.power === '' ? '' : POWER_WORDS[filter.power]}
          chosen={filter.country}
          onChosen={(country) => setFilter({ ...filter, country })}
        />
      )}
      <OrgTable found={found} now={now} />
    </>
  )
}

interface FilterProps {
  readonly members: readonly OrgCard[]
  readonly filter: typeof NO_FILTER
  readonly onFilter: (filter: typeof NO_FILTER) => void
}

function FilterFields({ members, filter, onFilter }: FilterProps) {
  return (
    <>
      <NativeSelect
        size="xs"
        label="Can"
        value={filter.power}
        onChange={(event) => onFilter({ ...filter, power: event.currentTarget.value as typeof filter.power })}
        data={[
          { value: '', label: 'do anything' },
          ...powersOf(members).map((value) => ({ value, label: POWER_WORDS[value] })),
        ]}
      />
      <NativeSelect
        size="xs"
        label="Where"
        value={filter.country}
        onChange={(event) => onFilter({ ...filter, country: event.currentTarget.value })}
        data={[
          { value: '', label: 'anywhere' },
          ...countriesOf(members).map((value) => ({ value, label: countryWords(value) })),
        ]}
      />
    </>
  )
}

function OrgTable({ found, now }: { readonly found: readonly Found[]; readonly now: number }) {
  const rows = useRef<HTMLTableSectionElement>(null)
  useRowKeys(rows)
  return (
    <>
      <table className={list.table}>
        <caption className="unseen">
          Organisations, whether they are on duty, and what they may lawfully do
        </caption>
        <thead>
          <tr>
            <th scope="col">Organisation</th>
            <th scope="col">Their hour</th>
            <th scope="col">May lawfully</th>
            <th scope="col">Speaks</th>
            <th scope="col">Reach them by</th>
          </tr>
        </thead>
        <tbody ref={rows}>
          {found.map((it) => (
            <NetworkRow key={it.org.id} found={it} now={now} />
          ))}
        </tbody>
      </table>
      {found.length === 0 && (
        <EmptyState title="Nobody in the network fits this filter.">
          Take something away from it. Somebody off duty can still be written to: a request waits on their
          desk.
        </EmptyState>
      )}
    </>
  )
}

function exported(found: readonly Found[], now: number): string[][] {
  const head = [
    'organisation',
    'kind',
    'country',
    'their hour',
    'duty',
    'power',
    'in',
    'legal basis',
    'verified by',
    'until',
  ]
  const lines = found.flatMap(({ org, powers, duty }) => {
    const base = [
      org.name,
      ORG_KIND_WORDS[org.kind],
      countryWords(org.country),
      weekdayClock(new Date(now), org.timeZone),
      capital(duty.words),
    ]
    const none = [[...base, '', '', '', '', '']]
    const some = powers.map((power) => [
      ...base,
      POWER_WORDS[power.kind],
      countryWords(power.country),
      power.legalBasis,
      power.verifiedBy,
      power.until ?? '',
    ])
    return some.length > 0 ? some : none
  })
  return [head, ...lines]
}
