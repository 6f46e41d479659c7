import { Button, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import type { Act } from '../web/use-act.ts'
import styles from './members.module.css'

export interface WordsFormProps {
  readonly title: string
  readonly label: string
  readonly help?: ReactNode
  /** What the button does, in words. */
  readonly submit: string
  /** What did not happen, when it fails: “The objection was not made”. */
  readonly failed: string
  readonly act: Pick<Act<never, unknown>, 'busy' | 'error'>
  readonly onSubmit: (words: string) => unknown
  readonly onEnd?: () => void
  /** More fields, or what will happen. */
  readonly children?: ReactNode
}

/** A few words and one button: most acts of the network are explained by who does them. */
export function WordsForm({ title, label, help, submit, failed, act, onSubmit, ...rest }: WordsFormProps) {
  const [words, setWords] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    void onSubmit(words)
  }
  return (
    <form className={styles.form} onSubmit={send} aria-label={title}>
      <h2>{title}</h2>
      <Textarea
        label={label}
        description={help}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={4_000}
        required
        withAsterisk={false}
      />
      {rest.children}
      {act.error && <ErrorNote error={act.error} what={failed} />}
      <div className={styles.buttons}>
        <NextAction type="submit" size="sm" loading={act.busy} disabled={words.trim() === ''}>
          {submit}
        </NextAction>
        {rest.onEnd && (
          <Button variant="default" onClick={rest.onEnd}>
            Not now
          </Button>
        )}
      </div>
    </form>
  )
}
