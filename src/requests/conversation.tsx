import { Button, Textarea } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { api } from '../web/api.ts'
import { LocalTime } from '../web/parts/time.tsx'
import { useUndo } from '../web/parts/undo.tsx'
import { ActNote } from './act-note.tsx'
import { actsOf } from './acts.ts'
import { type HistoryLine, historyOf } from './history.ts'
import styles from './request.module.css'
import { otherSide, type Scene, zoneOf } from './scene.ts'
import { useRequestAct } from './use-request-act.ts'

/** Older entries than this many wait behind a button. */
const SHOWN = 14

export interface ConversationProps {
  readonly scene: Scene
  /** What to begin a message with, e.g. a question about what is missing; each new object begins anew. */
  readonly begin: { readonly text: string } | null
}

/** History and conversation in one: sentences in the order in which they happened, then room for one more. */
export function Conversation({ scene, begin }: ConversationProps) {
  const [all, setAll] = useState(false)
  const lines = historyOf(scene.request)
  const shown = all ? lines : lines.slice(-SHOWN)
  const may = actsOf(scene.request, scene.me.member.role).includes('say')
  return (
    <aside className={styles.talk} aria-label="History and conversation">
      <h2>History and conversation</h2>
      {shown.length < lines.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          Show {lines.length - shown.length} earlier
        </Button>
      )}
      <ol className={styles.history} aria-live="polite" aria-relevant="additions">
        {shown.map((line) => (
          <Line key={line.id} line={line} scene={scene} />
        ))}
      </ol>
      {may && <Say scene={scene} begin={begin} />}
    </aside>
  )
}

function Line({ line, scene }: { readonly line: HistoryLine; readonly scene: Scene }) {
  const ours = line.orgId === scene.me.org.id ? styles.ours : ''
  const thanks = line.words === 'says thank you' ? styles.thanks : ''
  return (
    <li className={`${ours} ${thanks}`}>
      <div>
        <LocalTime at={line.at} theirs={zoneOf(scene, line.orgId)} /> {line.who} {line.words}
        {line.quote === null ? '.' : ':'}
      </div>
      {line.quote !== null && <blockquote className={styles.quote}>{line.quote}</blockquote>}
    </li>
  )
}

/** The words that are written, and what sends them: ten seconds later, so that a slip of the hand can be taken back. */
function useWords({ scene, begin }: ConversationProps) {
  const { id } = scene.request
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const { offer, note, pending } = useUndo()
  useEffect(() => {
    if (begin === null) return
    // what somebody has already written stays above what was begun for them
    setText((old) => (old.trim() === '' ? begin.text : `${old}\n${begin.text}`))
    field.current?.focus()
  }, [begin])
  const say = useRequestAct(
    id,
    (words: string, key) => api.say(id, 'messages', words, key),
    // whoever went on writing meanwhile keeps what they wrote
    (_, sent) => setText((old) => (old.trim() === sent ? '' : old)),
  )
  const send = () => {
    const words = text.trim()
    if (words === '' || pending || say.busy) return
    offer(`Your message goes to ${readersOf(scene)}.`, {
      commit: () => say.run(words),
      undo: () => field.current?.focus(),
      now: 'Send now',
    })
  }
  return { text, setText, field, say, send, note, pending }
}

function readersOf(scene: Scene): string {
  const { as, fromName, toName } = scene.request
  return as === 'corroborator' ? `${fromName} and ${toName}` : otherSide(scene).name
}

function Say({ scene, begin }: ConversationProps) {
  const { text, setText, field, say, send, note, pending } = useWords({ scene, begin })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
  }
  return (
    <form className={styles.say} onSubmit={submit} id="say">
      <Textarea
        ref={field}
        label={`Write to ${readersOf(scene)}`}
        description="Everybody who sees this page can read it, and it stays. Not for a victim’s name."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        readOnly={pending}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={4_000}
      />
      <div className={styles.buttons}>
        <Button
          type="submit"
          size="xs"
          variant="default"
          loading={say.busy}
          disabled={pending || text.trim() === ''}
        >
          Send
        </Button>
      </div>
      <ActNote act={say} scene={scene} what="Your words were not sent" />
      {note}
    </form>
  )
}
