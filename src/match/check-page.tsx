import { Button, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useHandedOver } from '../web/hand-over.ts'
import { askKnown, type KnownAnswer } from '../web/matching.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { Headline } from '../web/parts/headline.tsx'
import { NextAction } from '../web/parts/next-action.tsx'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './check.module.css'
import { CheckAnswer } from './check-answer.tsx'
import { CheckRow } from './check-row.tsx'
import { type Asked, useRecognised } from './use-recognised.ts'

const MAY_ASK = ['caseworker', 'officer', 'fraud_desk', 'fiu_analyst']

interface Answered {
  readonly answers: readonly KnownAnswer[]
  readonly left: number | null
}

/** Whether an account, wallet or number is known to the network. Only blind points leave this page. */
export function CheckPage() {
  const { member, org } = useMe()
  const handed = useHandedOver()
  const [text, setText] = useState(handed)
  const [answered, setAnswered] = useState<Answered | null>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const { asked, busy, change } = useRecognised(text, org.country)
  const check = useAct(
    (list: readonly Asked[]) =>
      askKnown(
        list.map(({ identifier }) => identifier),
        member.id,
      ),
    (out) => {
      setAnswered(out)
      // The answer is the headline: to it the eye and the screen reader go.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus())
    },
  )
  useEffect(() => {
    if (handed === '') return
    setText(handed)
    setAnswered(null)
  }, [handed])
  const type = (next: string) => {
    setText(next)
    setAnswered(null)
    check.clear()
  }
  if (!MAY_ASK.includes(member.role)) return <NotForThisRole />
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (asked.length > 0) void check.run(asked)
    else field.current?.focus()
  }
  return (
    <>
      <Headline
        title={headlineOf(answered)}
        below="You learn whether somebody in the network has an open freeze on it, and nothing about whose or whom. Nothing you type leaves this page."
      >
        {headlineOf(answered)}
      </Headline>
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
        {!answered && (
          <div className={styles.act}>
            <NextAction type="submit" loading={check.busy || busy}>
              {asked.length > 1 ? `Check these ${asked.length}` : 'Check it'}
            </NextAction>
            <span className="quiet small" role="status">
              {check.busy ? 'Blinding here, asking, unblinding here …' : asked.length === 0 && hint(text)}
            </span>
          </div>
        )}
      </form>
      {check.error && <ErrorNote error={check.error} what="Nothing was learnt" onRetry={() => submit()} />}
      {answered && (
        <section aria-live="polite">
          <ul className={styles.list} aria-label="Answers">
            {answered.answers.map((it, i) => (
              <CheckAnswer key={asked[i]?.id ?? i} answer={it} />
            ))}
          </ul>
          <WhatLeft answered={answered} />
          <div className={styles.act}>
            <Button variant="default" onClick={() => type('')}>
              Check something else
            </Button>
          </div>
        </section>
      )}
    </>
  )
}

function hint(text: string): string {
  return text.trim() === ''
    ? 'Type or paste something first.'
    : 'Nothing in this can be checked: it needs an account, wallet, number, handle or address.'
}

function headlineOf(answered: Answered | null): string {
  if (!answered) return 'Is this known to the network?'
  const known = answered.answers.filter((it) => it.openRequests > 0).length
  if (known === 0) return 'The network has no open freeze on any of it'
  return known === 1 && answered.answers.length === 1
    ? 'Known: the network is acting on it now'
    : `Known: the network is acting on ${known} of these ${answered.answers.length} now`
}

/** What the server could see of the question, in numbers. */
function WhatLeft({ answered: { answers, left } }: { readonly answered: Answered }) {
  const points = answers.reduce((sum, it) => sum + it.tokens.length, 0)
  return (
    <p className={styles.left}>
      {points === 0
        ? 'Nothing left this page.'
        : `What left this page: ${points} blind points of 32 random-looking bytes, and the ${points} tokens made from the answer. The number itself did not. It stands in the audit log that your organisation asked about ${points}.`}
      {left !== null && ` Your organisation may ask about ${left} more today.`}
    </p>
  )
}

function NotForThisRole() {
  return (
    <>
      <Headline>Checking is for those who work on cases</Headline>
      <p className="quiet">
        Caseworkers, officers, fraud desks and financial intelligence analysts may ask. You can see who they
        are under <Link to="/network">Network</Link>.
      </p>
    </>
  )
}
