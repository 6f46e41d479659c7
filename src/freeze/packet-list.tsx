import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Scene } from '../requests/scene.ts'
import { DoneIcon, SealIcon } from '../web/parts/icons.tsx'
import { askForMissing, type FieldStanding, type PacketField, packetOf, packetWords } from './packet.ts'
import styles from './packet-list.module.css'

export interface PacketListProps {
  readonly scene: Scene
  /** Begins a message that asks for what did not come; left out where this person cannot write. */
  readonly onAsk?: ((text: string) => void) | undefined
}

/** The rail: what it rests on, and what of its packet came. */
export function PacketList({ scene, onAsk }: PacketListProps) {
  const { rail, request } = scene
  const [all, setAll] = useState(false)
  const [law, setLaw] = useState(false)
  if (!rail)
    return (
      <section className={styles.root} aria-label="Rail">
        <h2>
          Rail {request.railId}, version {request.railVersion}
        </h2>
        <p className="small">
          This server no longer has the file of this rail, so its packet cannot be checked.
        </p>
      </section>
    )
  // who joined later is not told what was sealed, so a list of what is missing would not be true for them
  const fields = request.as === 'corroborator' ? [] : packetOf(rail, request)
  const must = fields.filter(({ need }) => need === 'must')
  const helps = fields.filter(({ need }) => need === 'helps')
  const ask = askForMissing(fields)
  // once the bank has answered, what came at the beginning is no longer what one looks for
  const acting = request.status === 'sent' || request.status === 'acknowledged'
  const older = String(rail.version) !== request.railVersion
  return (
    <section className={styles.root} aria-label="Rail and packet">
      <h2>{rail.name}</h2>
      <p className={styles.basis}>
        {law ? rail.legalBasis.text : firstSentence(rail.legalBasis.text)}{' '}
        {!law && (
          <button type="button" className={styles.inline} onClick={() => setLaw(true)}>
            All of it
          </button>
        )}
      </p>
      {older && (
        <p className={styles.basis}>
          Sent under version {request.railVersion} of this rail; shown is version {rail.version}.
        </p>
      )}
      {fields.length > 0 && (
        <>
          <div className={styles.count}>
            <span>{packetWords(fields, request.as === 'sender' ? 'sender' : 'reader')}</span>
            {onAsk && acting && ask !== null && (
              <Button size="compact-sm" variant="default" onClick={() => onAsk(ask)}>
                Ask for what is missing
              </Button>
            )}
          </div>
          {(acting || all) && <List fields={must} label="Must be there" />}
          {all ? (
            <List fields={helps} label="Helps" />
          ) : (
            <Button
              size="compact-sm"
              variant="subtle"
              className={styles.more ?? ''}
              onClick={() => setAll(true)}
            >
              {acting ? `${helps.length} more that help` : 'Show the packet'}
            </Button>
          )}
        </>
      )}
    </section>
  )
}

function firstSentence(text: string): string {
  return text.match(/^.*?[.](?=\s|$)/s)?.[0] ?? text
}

const STANDING_WORDS: Record<FieldStanding, string> = {
  has: 'here',
  sealed: 'perhaps sealed',
  note: 'perhaps in the note',
  missing: 'missing',
}

function List({ fields, label }: { readonly fields: readonly PacketField[]; readonly label: string }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {fields.map((field) => (
        <li key={field.id} className={styles[field.standing]} title={field.help}>
          <span className={styles.sign} aria-hidden="true">
            {field.standing === 'has' && <DoneIcon />}
            {field.standing === 'sealed' && <SealIcon />}
            {field.standing === 'note' && '?'}
            {field.standing === 'missing' && '–'}
          </span>
          {field.label}
          <span className={field.standing === 'has' ? 'unseen' : styles.words}>
            {STANDING_WORDS[field.standing]}
          </span>
        </li>
      ))}
    </ul>
  )
}
