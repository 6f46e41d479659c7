import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Scene } from '../requests/scene.ts'
import { DoneIcon, SealIcon } from '../web/parts/icons.tsx'
import { firstSentence } from './order-draft.ts'
import { askForMissing, type FieldStanding, type PacketField, packetOf, packetWords } from './packet.ts'
import styles from './packet-list.module.css'
import type { Rail } from './rail.ts'

export interface PacketListProps {
  readonly scene: Scene
  /** Begins a message that asks for what did not come; left out where this person cannot write. */
  readonly onAsk?: ((text: string) => void) | undefined
}

/** The rail: what it rests on, and what of its packet came. */
export function PacketList({ scene, onAsk }: PacketListProps) {
  const { rail, request } = scene
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
  return (
    <section className={styles.root} aria-label="Rail and packet">
      <h2>{rail.name}</h2>
      <Law text={rail.legalBasis.text} />
      {String(rail.version) !== request.railVersion && (
        <p className={styles.basis}>
          Sent under version {request.railVersion} of this rail; shown is version {rail.version}.
        </p>
      )}
      {/* who joined later is not told what was sealed, so a list of what is missing would not be true for them */}
      {request.as !== 'corroborator' && <Packet request={request} rail={rail} onAsk={onAsk} />}
    </section>
  )
}

function Law({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false)
  const first = firstSentence(text)
  return (
    <p className={styles.basis}>
      {all ? text : first}{' '}
      {!all && first !== text && (
        <button type="button" className={styles.inline} onClick={() => setAll(true)}>
          All of it
        </button>
      )}
    </p>
  )
}

interface PacketProps extends Pick<PacketListProps, 'onAsk'> {
  readonly request: Scene['request']
  readonly rail: Rail
}

function Packet({ request, rail, onAsk }: PacketProps) {
  const [all, setAll] = useState(false)
  const fields = packetOf(rail, request)
  const must = fields.filter(({ need }) => need === 'must')
  const helps = fields.filter(({ need }) => need === 'helps')
  const ask = askForMissing(fields)
  // once the bank has answered, what came at the beginning is no longer what one looks for
  const acting = request.status === 'sent' || request.status === 'acknowledged'
  return (
    <>
      <p className={styles.count}>{packetWords(fields, request.as === 'sender' ? 'sender' : 'reader')}</p>
      {(acting || all) && <List fields={must} label="Must be there" why={all} />}
      {all && <List fields={helps} label="Helps" why />}
      <div className={styles.more}>
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(!all)}>
          {all
            ? 'Show less'
            : acting
              ? `${helps.length} more that help, and what each is for`
              : 'Show the packet'}
        </Button>
        {onAsk && acting && ask !== null && (
          <Button size="compact-sm" variant="default" onClick={() => onAsk(ask)}>
            Ask for what is missing
          </Button>
        )}
      </div>
    </>
  )
}

const STANDING_WORDS: Record<FieldStanding, string> = {
  has: 'here',
  sealed: 'perhaps sealed',
  note: 'perhaps in the note',
  missing: 'missing',
}

interface ListProps {
  readonly fields: readonly PacketField[]
  readonly label: string
  /** Shows what each field is for. */
  readonly why?: boolean
}

function List({ fields, label, why = false }: ListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {fields.map((field) => (
        <li key={field.id} className={styles[field.standing]}>
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
          {why && <span className={styles.why}>{field.help}</span>}
        </li>
      ))}
    </ul>
  )
}
