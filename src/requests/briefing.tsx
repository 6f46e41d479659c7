import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { openJson, openRecord } from '../seal/record.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { CopyButton } from '../web/parts/identifier.tsx'
import { SealedCard } from '../web/parts/sealed-card.tsx'
import { useAct } from '../web/use-act.ts'
import { useKey } from '../web/use-key.tsx'
import { type Briefing, type BriefingFile, briefingFrom, isPicture, safeName } from './briefing-payload.ts'
import styles from './request.module.css'
import type { Scene } from './scene.ts'

/**
 * The person's identity and contact, sealed. Opening asks the server for this member's key to it, which the audit log
 * records; the content is opened in this browser and lives only in this part of the page.
 */
export function SealedBriefing({ scene, id }: { readonly scene: Scene; readonly id: string }) {
  const { request } = scene
  const { key, card } = useKey()
  const [wanted, setWanted] = useState(false)
  const [open, setOpen] = useState<Briefing | null>(null)
  const opening = useAct(async (_: 'open', act) => {
    if (!key) return null
    const { wrapped } = await api.sealedOpen(id, act)
    return briefingFrom(await openJson(await api.sealedGet(id), wrapped, key))
  }, setOpen)
  const { run } = opening
  useEffect(() => {
    if (!wanted || !key) return
    setWanted(false)
    void run('open')
  })
  return (
    <div className={styles.sealedPart}>
      <SealedCard
        title="Who the person is"
        holders={`people of ${request.toName} and ${request.fromName}`}
        onOpen={() => setWanted(true)}
        busy={opening.busy}
        error={opening.error}
      >
        {open && <Opened briefing={open} onSeal={() => setOpen(null)} />}
      </SealedCard>
      {wanted && card}
    </div>
  )
}

function Opened({ briefing, onSeal }: { readonly briefing: Briefing; readonly onSeal: () => void }) {
  const { identity, text, files } = briefing
  return (
    <div className={styles.sealedPart}>
      <dl className={styles.person}>
        <Said label="Name" value={identity.name} />
        <Said label="Contact" value={identity.contact} copy />
        <Said label="Notes" value={identity.notes} />
      </dl>
      {text !== undefined && (
        <div>
          <h2>What was told</h2>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by keyboard */}
          <section className={styles.story} tabIndex={0} aria-label="What was told">
            {text}
          </section>
        </div>
      )}
      {files.length > 0 && (
        <div>
          <h2>Evidence</h2>
          <ul className={styles.files}>
            {files.map((file) => (
              <Evidence key={file.sealedId} file={file} />
            ))}
          </ul>
        </div>
      )}
      <div>
        <Button size="xs" variant="default" onClick={onSeal}>
          Put it out of sight
        </Button>
      </div>
    </div>
  )
}

function Said({ label, value, copy = false }: { label: string; value: string; copy?: boolean }): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {value.trim() === '' ? <span className="quiet">not given</span> : value}
        {copy && value.trim() !== '' && <CopyButton text={value} what={label.toLowerCase()} />}
      </dd>
    </>
  )
}

/** One file, opened by itself: each opening is recorded. It is shown when it is a plain picture, and else only saved. */
function Evidence({ file }: { readonly file: BriefingFile }) {
  const { key } = useKey()
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (url !== null) return () => URL.revokeObjectURL(url)
  }, [url])
  const opening = useAct(async (_: 'open', act) => {
    if (!key) return
    const { wrapped } = await api.sealedOpen(file.sealedId, act)
    const bytes = await openRecord(await api.sealedGet(file.sealedId), wrapped, key)
    // a foreign file never keeps a type that a browser would run
    const type = isPicture(file) ? file.type : 'application/octet-stream'
    setUrl(URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type })))
  })
  return (
    <li>
      {url === null ? (
        <Button size="xs" variant="default" loading={opening.busy} onClick={() => void opening.run('open')}>
          Open {file.name} (is recorded)
        </Button>
      ) : (
        <>
          <a href={url} download={safeName(file.name)}>
            Save {file.name}
          </a>
          {isPicture(file) && <img src={url} alt={`Evidence: ${file.name}`} />}
        </>
      )}
      {opening.error && <ErrorNote error={opening.error} what={`${file.name} was not opened`} />}
    </li>
  )
}
