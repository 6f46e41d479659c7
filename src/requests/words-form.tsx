import { Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { useUndo } from '../web/parts/undo.tsx'
import { ActNote, isPossible } from './act-note.tsx'
import styles from './request.module.css'
import { otherSide, type Scene } from './scene.ts'
import { useRequestAct } from './use-request-act.ts'
import type { WordsAct } from './words-acts.ts'

export interface WordsFormProps {
  readonly scene: Scene
  readonly act: WordsAct
  /** Closes the form: the act is done, or was given up. */
  readonly onEnd: () => void
}

/** An act that is made of words: what will happen, to whom, stands above the button that does it. */
export function WordsForm({ scene, act, onEnd }: WordsFormProps) {
  const { text, setText, acting, submit, note, pending } = useWordsAct({ scene, act, onEnd })
  return (
    <form className={styles.panel} onSubmit={submit} aria-label={act.title}>
      <h2>{act.title}</h2>
      <Textarea
        label={act.label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        readOnly={pending}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4_000}
        required
        withAsterisk={false}
        autoFocus
      />
      {act.warnings.map((warning) => (
        <p key={warning} className={styles.warning}>
          {warning}
        </p>
      ))}
      <p className={styles.happens}>{act.happens}</p>
      {!pending && (
        <ActButtons
          label={act.button}
          busy={acting.busy}
          disabled={text.trim() === '' || !isPossible(scene, act.kind)}
          onEnd={onEnd}
        />
      )}
      <ActNote act={acting} scene={scene} what={act.notDone} kind={act.kind} />
      {note}
    </form>
  )
}

/** Thanks are held back for ten seconds; what ends a request is not: the form itself is where one thinks again. */
function useWordsAct({ scene, act, onEnd }: WordsFormProps) {
  const [text, setText] = useState(act.begin)
  const { offer, note, pending } = useUndo()
  const acting = useRequestAct(
    scene.request.id,
    (words: string, key) => api.say(scene.request.id, act.path, words, key),
    onEnd,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '' || pending) return
    if (act.kind !== 'thank') void acting.run(words)
    else
      offer(`Your thanks go to ${otherSide(scene).name}.`, {
        commit: () => acting.run(words),
        undo: () => {},
        now: 'Send now',
      })
  }
  return { text, setText, acting, submit, note, pending }
}
