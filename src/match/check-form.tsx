import { Button, Textarea } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { NextAction } from '../web/parts/next-action.tsx'
import styles from './check.module.css'
import type { CheckWork } from './check-page.tsx'
import { CheckRow } from './check-row.tsx'

interface Props {
  readonly work: CheckWork
  readonly may: { readonly ask: boolean; readonly find: boolean }
}

/** What is asked about, what it is taken for, and the two questions: one blind, one in the clear and said to be. */
export function CheckForm({ work, may }: Props) {
  const { text, type, field, asked, change, answered, submit } = work
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        ref={field}
        label="Accounts, wallets, phone numbers, handles, e-mail or web addresses"
        description="One a line, or a whole message: what can be checked is found in it."
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
        }}
        spellCheck={false}
        autoComplete="off"
        autoFocus
      />
      {asked.length > 0 && !answered && (
        <ul className={styles.list} aria-label="What will be asked about">
          {asked.map((it, i) => (
            <CheckRow key={it.id} asked={it} onChange={(next) => change(i, next)} />
          ))}
        </ul>
      )}
      {!answered && may.ask && <AskBlind work={work} />}
      {may.find && <FindOwn work={work} />}
    </form>
  )
}

function AskBlind({ work: { asked, busy, check, text } }: Pick<Props, 'work'>) {
  return (
    <div className={styles.act}>
      <NextAction type="submit" loading={check.busy || busy}>
        {asked.length > 1 ? `Check these ${asked.length}` : 'Check it'}
      </NextAction>
      <span className="quiet small" role="status">
        {check.busy ? 'Blinding here, asking, unblinding here …' : asked.length === 0 && hint(text)}
      </span>
    </div>
  )
}

/** Not blind: what it looks in stands in the clear at the server already. That is said before anybody presses. */
function FindOwn({ work: { find } }: Pick<Props, 'work'>) {
  return (
    <div className={styles.act}>
      <Button variant="default" onClick={find}>
        Find it in my own requests
      </Button>
      <span className="quiet small">
        This one is not blind: what you look for goes to the server, which looks only in requests that you may
        see.
      </span>
    </div>
  )
}

function hint(text: string): string {
  return text.trim() === ''
    ? 'Type or paste something first.'
    : 'Nothing in this can be checked: it needs an account, wallet, number, handle or address.'
}
