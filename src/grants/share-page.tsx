import { Button } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { OpenedReport } from '../reports/opened-report.tsx'
import { type ReportPayload, reportPayloadFrom } from '../reports/payload.ts'
import { api } from '../web/api.ts'
import { usePageMarking } from '../web/marking.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { SealedCard } from '../web/parts/sealed-card.tsx'
import { Countdown, LocalTime } from '../web/parts/time.tsx'
import { queries } from '../web/queries.ts'
import { seal } from '../web/sealer.ts'
import { useAct } from '../web/use-act.ts'
import { useKey } from '../web/use-key.tsx'
import { GlassForm } from './glass-form.tsx'
import styles from './grants.module.css'
import { Marks } from './marking-card.tsx'
import type { ShareWhole } from './shapes.ts'
import { BASIS_WORDS, BREAKABLE, STANDING_WORDS, tombstone, USE_WORDS } from './words.ts'

/** One item that was shared with me, or its tombstone. */
export function SharePage({ id }: { readonly id: string }) {
  const { data: share } = useSuspenseQuery(queries.share(id))
  usePageMarking(share.frame?.marking.tlp ?? null, seenBy(share))
  return (
    <article>
      <Headline
        title={headOf(share)}
        above={
          <>
            <span className="mono">{share.ref}</span>
            <span>
              from {share.fromName}, <LocalTime at={share.madeAt} />
            </span>
            <Link to="/shared">All that was shared with you</Link>
          </>
        }
      >
        {headOf(share)}
      </Headline>
      {share.standing !== 'live' && !share.mine && <Tombstone share={share} />}
      {share.notice !== null && (
        <p className={styles.notice}>
          <b>Possible victim.</b> {share.notice}
        </p>
      )}
      {share.frame && (
        <div className={styles.above}>
          <Marks marking={share.frame.marking} />
        </div>
      )}
      <Terms share={share} />
      {share.frame && share.itemKind === 'request' && share.itemId !== null && (
        <p className={styles.part}>
          <Link to="/requests/$id" params={{ id: share.itemId }}>
            Open the request
          </Link>
        </p>
      )}
      {share.frame?.sealedId && <Story key={share.frame.sealedId} sealedId={share.frame.sealedId} />}
    </article>
  )
}

function headOf({ ref, fromName, standing, itemKind, mine, glassUntil }: ShareWhole): string {
  if (mine) return `Your organisation shared ${ref}`
  if (standing === 'live') return `${fromName} shared a ${itemKind} with you`
  return glassUntil === null
    ? `${ref} is closed: ${STANDING_WORDS[standing]}`
    : `${ref} is open through broken glass`
}

function seenBy({ mine, fromName, grants }: ShareWhole): string {
  const others = grants.map(({ name, as }) => (as === 'person' ? 'you' : name))
  return mine ? others.join(', ') : [fromName, ...others].join(', ')
}

function Tombstone({ share }: { readonly share: ShareWhole }) {
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.stone} role="status">
      <p>{tombstone(share)}</p>
      {share.replacedBy !== null && (
        <p>
          <Link to="/shares/$id" params={{ id: share.replacedBy }}>
            The corrected one
          </Link>
        </p>
      )}
      {share.glassUntil !== null && (
        <p>
          You broke the glass; it closes <Countdown due={share.glassUntil} />. {share.fromName} was told and
          will review it.
        </p>
      )}
      {share.glassUntil === null && BREAKABLE.includes(share.standing) && !open && (
        <Button mt="xs" size="xs" variant="default" onClick={() => setOpen(true)}>
          Somebody’s life or safety cannot wait
        </Button>
      )}
      {open && share.glassUntil === null && <GlassForm share={share} onEnd={() => setOpen(false)} />}
    </div>
  )
}

function Terms({ share }: { readonly share: ShareWhole }) {
  return (
    <ul className={styles.rows}>
      <li>
        <span className={styles.grow}>
          Use it for <b>{USE_WORDS[share.purpose]}</b> and nothing else
        </span>
        <span className="small">
          until <LocalTime at={share.expiresAt} />
        </span>
      </li>
      <li>
        <span className={styles.grow}>
          {BASIS_WORDS[share.basisKind]}: {share.basis}
        </span>
      </li>
      <li>
        <span className={styles.grow}>
          Reached you through{' '}
          {share.grants.map(({ name, as }) => (as === 'person' ? 'your own name' : name)).join(', ')}
        </span>
      </li>
    </ul>
  )
}

/** The sealed story, for who was given a key. */
function Story({ sealedId }: { readonly sealedId: string }) {
  const { key, card } = useKey()
  const [payload, setPayload] = useState<ReportPayload | null>(null)
  const opening = useAct(async (_: null, act: string) => {
    if (key === null) throw new TypeError('asked without a key')
    const opening = await api.sealedOpen(sealedId, act)
    const ciphertext = await api.sealedGet(sealedId)
    const bytes = await seal('open', { ciphertext, ...opening, key })
    return reportPayloadFrom(JSON.parse(new TextDecoder().decode(bytes)))
  }, setPayload)
  return (
    <div className={styles.part} style={{ marginTop: '1.25rem' }}>
      {card}
      {key !== null && (
        <SealedCard
          title="The story"
          holders="its owner, and whoever it was sealed to when it was shared"
          onOpen={() => void opening.run(null)}
          busy={opening.busy}
          error={opening.error}
        >
          {payload && <OpenedReport payload={payload} cryptoKey={key} />}
        </SealedCard>
      )}
    </div>
  )
}
