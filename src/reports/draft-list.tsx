import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { HouseError } from '../core/errors.ts'
import { api } from '../web/api.ts'
import { CloseIcon, SealIcon } from '../web/parts/icons.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { useUndo } from '../web/parts/undo.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { useKey } from '../web/use-key.tsx'
import { draftFrom, type ReportDraft, titleOf } from './draft.ts'
import styles from './draft-list.module.css'
import { count } from './kinds.ts'

/** What was begun and not saved: sealed to me alone, so its first words are read here and nowhere else. */
export function DraftList() {
  const { data } = useQuery(queries.drafts())
  const { key, card } = useKey()
  const { hidden, throwAway, note } = useThrowingAway()
  const [all, setAll] = useState(false)
  const waiting = (data?.drafts ?? []).filter(({ id }) => !hidden.includes(id))
  const drafts = all ? waiting : waiting.slice(0, MOST_SHOWN)
  if (drafts.length === 0) return note
  return (
    <section className={styles.drafts} aria-labelledby="drafts">
      <h2 id="drafts">
        <SealIcon /> Drafts, sealed to you alone
      </h2>
      {key === null && card}
      <ul>
        {drafts.map((draft) => (
          <DraftRow key={draft.id} draft={draft} cryptoKey={key} onThrow={() => throwAway(draft.id)} />
        ))}
      </ul>
      {waiting.length > drafts.length && (
        <Button size="compact-sm" variant="subtle" color="ink" onClick={() => setAll(true)}>
          Show all {waiting.length}
        </Button>
      )}
      {note}
    </section>
  )
}

/** A draft goes ten seconds after it was thrown away; until then it can come back. */
function useThrowingAway() {
  const [hidden, setHidden] = useState<readonly string[]>([])
  const { offer, note } = useUndo()
  const throwAway = (id: string) => {
    setHidden((ids) => [...ids, id])
    offer('The draft is thrown away.', {
      commit: async () => {
        await api.draftDelete(id)
        await queryClient.invalidateQueries({ queryKey: ['drafts'] })
      },
      undo: () => setHidden((ids) => ids.filter((it) => it !== id)),
    })
  }
  return { hidden, throwAway, note }
}

interface RowProps {
  readonly draft: { readonly id: string; readonly updatedAt: string }
  readonly cryptoKey: CryptoKey | null
  readonly onThrow: () => void
}

function DraftRow({ draft: { id, updatedAt }, cryptoKey, onThrow }: RowProps) {
  const opened = useQuery({
    queryKey: ['draft-title', id, updatedAt],
    enabled: cryptoKey !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => describe(draftFrom(await open(id, cryptoKey))),
  })
  return (
    <li>
      <Link to="/reports/new" search={{ draft: id }}>
        <bdi>{opened.data?.title ?? (opened.isFetching ? 'Opening …' : 'Sealed draft')}</bdi>
      </Link>
      <span className="quiet small">
        {opened.data?.about}
        {opened.error && 'cannot be opened here'} <LocalTime at={updatedAt} ago />
      </span>
      <ActionIcon variant="subtle" size={24} aria-label="Throw this draft away" onClick={onThrow}>
        <CloseIcon />
      </ActionIcon>
    </li>
  )
}

const MOST_SHOWN = 6

async function open(id: string, key: CryptoKey | null): Promise<Uint8Array> {
  if (key === null) throw new HouseError('forbidden', 'your key is locked here')
  return seal('openDraft', { sealed: await api.draftGet(id), key })
}

/** Only what the row shows is kept in memory, not the draft. */
function describe(draft: ReportDraft): { title: string; about: string } {
  const files = draft.files.length > 0 ? `${count(draft.files.length, 'file')}, ` : ''
  const waiting = draft.saving.reported ? 'report saved, request not sent, ' : ''
  return { title: titleOf(draft), about: `${waiting}${files}` }
}
