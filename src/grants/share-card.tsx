import { Button, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { queries, queryClient, showAnswer } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import { CorrectForm } from './correct-form.tsx'
import styles from './grants.module.css'
import type { Share } from './shapes.ts'
import { OWN_STANDING_WORDS, USE_WORDS } from './words.ts'

export interface ShareCardProps {
  readonly itemId: string
  /** The sharer's own key; without it the frame alone of a correction goes. */
  readonly cryptoKey?: CryptoKey | null
  readonly onShare: () => void
  /** What is said while it is shared with nobody. */
  readonly alone?: string
}

/** With whom an item of mine is shared, who has read it, and taking it back. */
export function ShareCard({
  itemId,
  cryptoKey = null,
  onShare,
  alone = 'Your organisation alone may see it',
}: ShareCardProps) {
  const { data } = useSuspenseQuery(queries.shares('out', itemId))
  const live = data.shares.filter(({ standing }) => standing === 'live').length
  return (
    <section className={styles.card} aria-labelledby="shares">
      <div className={styles.head}>
        <h2 id="shares">{live === 0 ? alone : headOf(live)}</h2>
        <Button size="compact-sm" variant="default" onClick={onShare}>
          Share it
        </Button>
      </div>
      {data.shares.length > 0 && (
        <ul className={styles.rows}>
          {data.shares.map((share) => (
            <Row key={share.id} share={share} cryptoKey={cryptoKey} />
          ))}
        </ul>
      )}
    </section>
  )
}

function headOf(live: number): string {
  return live === 1 ? 'Shared once' : `Shared ${live} times`
}

function Row({ share, cryptoKey }: { readonly share: Share; readonly cryptoKey: CryptoKey | null }) {
  const [open, setOpen] = useState<'readers' | 'recall' | 'correct' | null>(null)
  const isLive = share.standing === 'live'
  return (
    <li className={isLive ? '' : styles.ended}>
      <span className={styles.grow}>
        <b>{share.grants.map(({ name }) => name).join(', ')}</b>
        <br />
        <span className="small">
          for {USE_WORDS[share.purpose]},{' '}
          {isLive ? (
            <>
              until <LocalTime at={share.expiresAt} />
            </>
          ) : (
            OWN_STANDING_WORDS[share.standing]
          )}
        </span>
      </span>
      <span className={styles.buttons}>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => setOpen(open === 'readers' ? null : 'readers')}
        >
          Who read it
        </Button>
        {share.endedAt === null && share.standing !== 'expired' && share.itemKind === 'report' && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => setOpen(open === 'correct' ? null : 'correct')}
          >
            Put it right
          </Button>
        )}
        {share.endedAt === null && share.standing !== 'expired' && (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => setOpen(open === 'recall' ? null : 'recall')}
          >
            Take it back
          </Button>
        )}
      </span>
      {open === 'readers' && <Readers id={share.id} />}
      {open === 'correct' && <CorrectForm share={share} cryptoKey={cryptoKey} onEnd={() => setOpen(null)} />}
      {open === 'recall' && <Recall share={share} onEnd={() => setOpen(null)} />}
    </li>
  )
}

/** As the log has it. People of other organisations are not told apart. */
function Readers({ id }: { readonly id: string }) {
  const { data } = useSuspenseQuery(queries.share(id))
  const inGroup = data.grants.some(({ as }) => as === 'group')
  const note = 'Of members whose seats are hidden, nothing stands here; the audit log has it.'
  if (data.readers.length === 0)
    return (
      <p className={styles.happens}>
        {inGroup ? `Nobody whom you may know of has read it yet. ${note}` : 'Nobody has read it yet.'}
      </p>
    )
  return (
    <ul className={styles.rows} style={{ flexBasis: '100%' }}>
      {data.readers.map((it) => (
        <li key={`${it.orgName} ${it.act} ${it.byName}`} className="small">
          <span className={styles.grow}>
            {it.byName ? 'The named person of' : 'Somebody of'} {it.orgName}{' '}
            {it.act === 'share.read' ? 'looked at it' : 'opened what is sealed'}
            {it.times > 1 ? ` ${it.times} times` : ''}
          </span>
          <LocalTime at={it.lastAt} />
        </li>
      ))}
      {inGroup && <li className="small quiet">{note}</li>}
    </ul>
  )
}

function Recall({ share, onEnd }: { readonly share: Share; readonly onEnd: () => void }) {
  const [note, setNote] = useState('')
  const recalling = useAct(
    (it: { note: string }, key) => api.shareRecall(share.id, it.note, key),
    async (whole) => {
      await showAnswer(queries.share(share.id).queryKey, whole)
      await queryClient.invalidateQueries({ queryKey: ['shares'] })
      onEnd()
    },
  )
  return (
    <div className={styles.inner} style={{ flexBasis: '100%' }}>
      <p className={styles.happens}>
        {share.grants.map(({ name }) => name).join(', ')} cannot read it from this moment, and a note stands
        in its place. What was read stays known to whoever read it. This cannot be undone; it can be shared
        anew.
      </p>
      <TextInput
        label="Why (they read this)"
        value={note}
        maxLength={1_000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button size="sm" loading={recalling.busy} onClick={() => void recalling.run({ note: note.trim() })}>
          Take it back
        </Button>
        <Button size="sm" variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {recalling.error && <ErrorNote error={recalling.error} what="It is shared as before" />}
    </div>
  )
}
