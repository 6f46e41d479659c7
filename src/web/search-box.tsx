import { Combobox, TextInput, useCombobox } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { FEWEST, mayFind } from '../entities/finding.ts'
import { handOver } from './hand-over.ts'
import { KnowIcon } from './parts/icons.tsx'
import { countryWords, ORG_KIND_WORDS } from './parts/words.ts'
import { queries } from './queries.ts'
import { find, type Target } from './search.ts'
import styles from './search-box.module.css'
import { useMe } from './session.ts'

const PAGES: readonly Target[] = [
  { id: 'desk', title: 'Act', about: 'the desk: what waits for me', to: '/' },
  { id: 'new', title: 'New report', about: 'write a report', to: '/reports/new' },
  { id: 'reports', title: 'Reports', about: 'my reports', to: '/reports' },
  { id: 'know', title: 'Know', about: 'check an account, wallet or number', to: '/know' },
  { id: 'network', title: 'Network', about: 'who can do what, where, now', to: '/network' },
  { id: 'screen', title: 'Screen', about: 'own books, transactions, typologies, alerts', to: '/screen' },
  { id: 'ledger', title: 'Ledger', about: 'money at risk, held, lost, returned', to: '/ledger' },
  { id: 'audit', title: 'What was recorded', about: 'audit log', to: '/audit' },
  { id: 'trace', title: 'Trace', about: 'follow stolen money through a ledger file', to: '/trace' },
  {
    id: 'shared',
    title: 'Shared with me',
    about: 'sharing: what others shared, and what was taken back',
    to: '/shared',
  },
  {
    id: 'admission',
    title: 'Admission',
    about: 'who comes in: propose, read, object, decide',
    to: '/network/admission',
  },
  {
    id: 'propose',
    title: 'Propose a candidate',
    about: 'a new member or organisation',
    to: '/network/admission/new',
  },
  { id: 'groups', title: 'Groups', about: 'working groups, their seats and keys', to: '/network/groups' },
  { id: 'meetings', title: 'Meetings', about: 'agenda, minutes, what was agreed', to: '/network/meetings' },
  { id: 'vouches', title: 'Vouches', about: 'who answers for whom, for stewards', to: '/network/vouches' },
  { id: 'keys', title: 'Keys', about: 'whose keys are signed, my own, recovery', to: '/keys' },
  { id: 'new-key', title: 'Make a new key', about: 'rotation: exchange my own key', to: '/keys/new' },
  {
    id: 'recovery',
    title: 'Recovery of my key',
    about: 'officers who could give it back',
    to: '/keys/recovery',
  },
  { id: 'sessions', title: 'Sessions', about: 'where I am signed in', to: '/sessions' },
]
const KNOW = 'know-this'
const OWN = 'find-own'

/** Ctrl K: pages, requests, reports and organisations that this browser has; or blind, whether the network knows it. */
export function SearchBox() {
  const { typed, type, field, box, found, go } = useSearch()
  useShortcut(field)
  return (
    <search className={styles.search}>
      <Combobox
        store={box}
        onOptionSubmit={go}
        withinPortal={false}
        width="min(24rem, 92vw)"
        position="bottom-start"
      >
        <Combobox.Target>
          <TextInput
            ref={field}
            size="sm"
            type="search"
            aria-label="Search for anything"
            placeholder="Search for anything"
            leftSection={<KnowIcon />}
            rightSection={<kbd className={styles.keys}>Ctrl K</kbd>}
            rightSectionWidth={58}
            rightSectionPointerEvents="none"
            classNames={{ input: styles.input ?? '' }}
            value={typed}
            onChange={(event) => type(event.currentTarget.value)}
            onFocus={() => typed && box.openDropdown()}
            onBlur={() => box.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={typed.trim() === ''}>
          <Options found={found} typed={typed.trim()} />
        </Combobox.Dropdown>
      </Combobox>
    </search>
  )
}

/** What fits what is typed, and where a choice leads. */
function useSearch() {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })
  const navigate = useNavigate()
  const found = find(useTargets(), typed)
  // The best hit is one press of Enter away, whatever was listed before.
  const best = found[0]?.id
  useEffect(() => {
    if (best !== undefined || typed !== '') box.selectFirstOption()
  }, [best, typed, box.selectFirstOption])
  const type = (next: string) => {
    setTyped(next)
    box.openDropdown()
  }
  const go = (id: string) => {
    const asks = id === KNOW || id === OWN
    if (asks) handOver(typed, id === OWN ? 'own' : 'known')
    const to = asks ? '/know' : found.find((it) => it.id === id)?.to
    setTyped('')
    box.closeDropdown()
    field.current?.blur()
    if (to) void navigate({ to })
  }
  return { typed, type, field, box, found, go }
}

function useShortcut(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        field.current?.focus()
        field.current?.select()
      }
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [field])
}

/** What this browser has comes first; what is asked of the server says how. */
function Options({ found, typed }: { readonly found: readonly Target[]; readonly typed: string }) {
  const { member } = useMe()
  const look = styles.option ?? ''
  return (
    <Combobox.Options aria-label="Found">
      {found.map((it) => (
        <Combobox.Option key={it.id} value={it.id} className={look}>
          {it.title} <span className="quiet">{it.about}</span>
        </Combobox.Option>
      ))}
      <Combobox.Option value={KNOW} className={look}>
        Does the network know “{typed}”? <span className="quiet">asks blind, on the next page</span>
      </Combobox.Option>
      {mayFind(member.role) && typed.length >= FEWEST && (
        <Combobox.Option value={OWN} className={look}>
          Find “{typed}” in my own requests <span className="quiet">asks the server, not blind</span>
        </Combobox.Option>
      )}
    </Combobox.Options>
  )
}

/** What this browser knows already; nothing is asked for the search but the list of organisations. */
function useTargets(): readonly Target[] {
  const client = useQueryClient()
  const network = useQuery(queries.network())
  const orgs = (network.data?.orgs ?? []).map((org) => ({
    id: org.id,
    title: org.name,
    about: `${ORG_KIND_WORDS[org.kind]}, ${countryWords(org.country)}`,
    to: `/network/orgs/${org.id}`,
  }))
  const desk = client.getQueryData(queries.desk().queryKey)
  const lists = client.getQueriesData<{ requests: typeof seen }>({ queryKey: ['requests'] })
  const seen = [...(desk?.requests ?? [])]
  for (const [, data] of lists) seen.push(...(data?.requests ?? []))
  const requests = seen.map((it) => ({
    id: it.id,
    title: it.ref,
    about: `freeze request from ${it.fromName} to ${it.toName}`,
    to: `/requests/${it.id}`,
  }))
  const pages = client.getQueryData(queries.reports().queryKey)?.pages ?? []
  const reports = pages.flatMap((page) =>
    page.reports.map((it) => ({
      id: it.id,
      title: it.ref,
      about: `report by ${it.authorName}`,
      to: `/reports/${it.id}`,
    })),
  )
  const all = [...PAGES, ...requests, ...reports, ...orgs]
  return [...new Map(all.map((it) => [it.id, it])).values()]
}
