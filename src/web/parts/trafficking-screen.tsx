import { Checkbox, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import screenText from '../../../content/typologies/trafficking-screen.yaml'
import styles from './trafficking-screen.module.css'

const { questions, notice, source } = screenText as {
  readonly questions: readonly string[]
  readonly notice: string
  readonly source: string
}

interface Props {
  readonly account: string
  /** What it stands before, e.g. `Before any exit, freeze or report`. */
  readonly title: string
  /** What the rules that look for a trafficked holder found, or that they were not asked. */
  readonly told: ReactNode
  readonly read: boolean
  readonly onRead: (read: boolean) => void
  /** The second person's name where signs stand on the account; null where none is asked for. */
  readonly second: string | null
  readonly onSecond: (name: string) => void
  readonly children?: ReactNode
}

/** Whether the screen was read so far that something may be prepared. */
export const screenIsRead = (read: boolean, second: string | null) =>
  read && (second === null || second.trim().length > 1)

/** The holder may be a victim: what a person reads and asks before anything is done about an account. */
export function TraffickingScreen(it: Props) {
  return (
    <section className={styles.before} aria-label={`Before anything is done about ${it.account}`}>
      <h3>{it.title}: is the holder free?</h3>
      <p>{it.told}</p>
      <ul>
        {questions.map((question) => (
          <li key={question}>{question}</li>
        ))}
      </ul>
      <p>
        <strong>{notice}</strong>
      </p>
      <p className="quiet small">{source}</p>
      <Checkbox
        label={`I have read this for account ${it.account}`}
        checked={it.read}
        onChange={({ currentTarget }) => it.onRead(currentTarget.checked)}
      />
      {it.second !== null && (
        <TextInput
          label="Second person who has read the case"
          description="Signs of a trafficked holder stand on this account: without a second person nothing is prepared."
          value={it.second}
          onChange={({ currentTarget }) => it.onSecond(currentTarget.value)}
        />
      )}
      {it.children}
    </section>
  )
}
