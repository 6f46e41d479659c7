import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { EmptyState } from '../web/parts/empty-state.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { ExportButton } from '../web/parts/export-button.tsx'
import { Headline } from '../web/parts/headline.tsx'
import list from '../web/parts/list.module.css'
import { dayOf, hereZone } from '../web/parts/moment.ts'
import { useRowKeys } from '../web/parts/use-row-keys.ts'
import { countWords } from '../web/parts/words.ts'
import { queries } from '../web/queries.ts'
import { useMay } from '../web/session.ts'
import { AuditRow } from './audit-row.tsx'
import { ACT_GROUPS, actorWords, actWords, type Entry, type OrgNames, siftEntries } from './audit-words.ts'
import { LogCard } from './log-card.tsx'

/** What was recorded: the whole network for its steward, their own acts for everybody else. Never sealed content. */
export function AuditPage() {
  // who exports the whole log is who sees the whole log
  const isSteward = useMay('audit.export')
  const { object } = useSearch({ strict: false }) as { object?: string }
  const log = useInfiniteQuery(queries.audit(object))
  const orgs = useOrgNames()
  const [filter, setFilter] = useState(ANY)
  if (log.error && !log.data) return <ErrorNote error={log.error} onRetry={() => log.refetch()} />
  if (!log.data) return null
  const entries = log.data.pages.flatMap((page) => page.entries)
  const found = siftEntries(entries, filter, orgs)
  return (
    <>
      <Headline below={isSteward ? BELOW.steward : BELOW.own}>
        {headline(entries, { more: log.hasNextPage, isSteward })}
      </Headline>
      <LogCard isSteward={isSteward} orgs={orgs} />
      {object && (
        <p>
          Only what concerns <span className="mono">{object}</span>. <Link to="/audit">Show everything</Link>
        </p>
      )}
      <Tools filter={filter} onFilter={setFilter}>
        <span className={list.count} role="status">
          {found.length} of {entries.length} shown
        </span>
        <ExportButton name="audit" rows={() => exported(found, orgs)} />
      </Tools>
      <EntryTable found={found} orgs={orgs} isSteward={isSteward} />
      {found.length === 0 && <Nothing any={entries.length > 0} more={log.hasNextPage} />}
      {log.error && <ErrorNote error={log.error} onRetry={() => log.fetchNextPage()} />}
      {log.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </>
  )
}

const ANY = { group: '', text: '' }

const BELOW = {
  steward:
    'Every disclosure, decision and opening of sealed content in your network. What was sealed is not in here, and cannot be.',
  own: 'Every act of yours that was recorded. The steward of the network sees these lines too, and never what is sealed.',
}

interface ToolsProps {
  readonly filter: typeof ANY
  readonly onFilter: (filter: typeof ANY) => void
  readonly children: ReactNode
}

function Tools({ filter, onFilter, children }: ToolsProps) {
  return (
    <search className={list.tools} aria-label="Filter">
      <NativeSelect
        size="xs"
        label="Acts on"
        value={filter.group}
        onChange={(event) => onFilter({ ...filter, group: event.currentTarget.value })}
        data={[...ACT_GROUPS]}
      />
      <TextInput
        size="xs"
        label="Person, organisation or words"
        type="search"
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      {children}
    </search>
  )
}

interface TableProps {
  readonly found: readonly Entry[]
  readonly orgs: OrgNames
  readonly isSteward: boolean
}

function EntryTable({ found, orgs, isSteward }: TableProps) {
  const rows = useRef<HTMLTableSectionElement>(null)
  useRowKeys(rows)
  return (
    <table className={list.table}>
      <caption className="unseen">Recorded acts, newest first</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who did what</th>
          <th scope="col">About</th>
          <th scope="col">Proof</th>
        </tr>
      </thead>
      <tbody ref={rows}>
        {found.map((entry, i) => (
          <AuditRow key={entry.seq} {...{ entry, orgs, isSteward }} day={newDay(found, i)} />
        ))}
      </tbody>
    </table>
  )
}

function Nothing({ any, more }: { readonly any: boolean; readonly more: boolean }) {
  if (!any)
    return (
      <EmptyState title="Nothing was recorded yet.">
        When somebody signs in, sends, opens or decides something, it stands here at once.
      </EmptyState>
    )
  return (
    <EmptyState title="No line fits this filter.">
      {more ? 'Older lines may; show them below.' : 'Take something away from it.'}
    </EmptyState>
  )
}

function headline(entries: readonly Entry[], it: { more: boolean; isSteward: boolean }): string {
  const openings = entries.filter(({ act }) => act === 'sealed.opened').length
  const whose = it.isSteward ? 'in the network' : 'by you'
  const acts = `${countWords(entries.length, 'act')} recorded ${whose}`
  const first = it.more
    ? `The last ${acts.replace(/^one act/, 'act')}`
    : acts.charAt(0).toUpperCase() + acts.slice(1)
  return openings === 0 ? first : `${first}, ${countWords(openings, 'opening')} of sealed content among them`
}

/** The day above the first line of each day. */
function newDay(entries: readonly Entry[], i: number): string | null {
  const day = (entry: Entry | undefined) => (entry ? dayOf(new Date(entry.at), hereZone()) : null)
  return day(entries[i]) === day(entries[i - 1]) ? null : day(entries[i])
}

function useOrgNames(): OrgNames {
  const { data } = useQuery(queries.network())
  return useMemo(() => new Map(data?.orgs.map(({ id, name }) => [id, name])), [data])
}

function exported(entries: readonly Entry[], orgs: OrgNames): string[][] {
  const head = ['number', 'at', 'who', 'what', 'act', 'about', 'id', 'leaf']
  return [
    head,
    ...entries.map((entry) => [
      entry.seq,
      entry.at,
      actorWords(entry),
      actWords(entry, orgs),
      entry.act,
      entry.objectKind,
      entry.objectId,
      entry.leaf,
    ]),
  ]
}
