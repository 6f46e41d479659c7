import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { mayAsk, mayFind, wantedOf } from '../entities/finding.ts'
import { OwnRequests } from '../entities/own-requests.tsx'
import { useHandedOver } from '../web/hand-over.ts'
import { askKnown, type KnownAnswer } from '../web/matching.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { plain } from '../web/parts/grouping.ts'
import { Headline } from '../web/parts/headline.tsx'
import { useMe } from '../web/session.ts'
import { useAct } from '../web/use-act.ts'
import styles from './check.module.css'
import { CheckAnswer } from './check-answer.tsx'
import { CheckForm } from './check-form.tsx'
import { type Asked, useRecognised } from './use-recognised.ts'

interface Answered {
  readonly answers: readonly KnownAnswer[]
  readonly left: number | null
}

/** Whether an account, wallet or number is known to the network: blind. And, where it is asked for, in which requests of mine. */
export function CheckPage() {
  const { member } = useMe()
  const may = { ask: mayAsk(member.role), find: mayFind(member.role) }
  return may.ask || may.find ? <Check may={may} /> : <NotForThisRole />
}

export type CheckWork = ReturnType<typeof useCheck>

function Check({ may }: { readonly may: { readonly ask: boolean; readonly find: boolean } }) {
  const work = useCheck()
  const { answered, asked, own, check } = work
  return (
    <>
      <Headline
        title={headlineOf(answered)}
        below="You learn whether somebody in the network has an open freeze on it, and nothing about whose or whom. For that, nothing you type leaves this page."
      >
        {headlineOf(answered)}
      </Headline>
      <CheckForm work={work} may={may} />
      {check.error && (
        <ErrorNote error={check.error} what="Nothing was learnt" onRetry={() => work.submit()} />
      )}
      {answered && (
        <section aria-live="polite">
          <ul className={styles.list} aria-label="Answers">
            {answered.answers.map((it, i) => (
              <CheckAnswer key={asked[i]?.id ?? i} answer={it} />
            ))}
          </ul>
          <WhatLeft answered={answered} />
          <div className={styles.act}>
            <Button variant="default" onClick={() => work.type('')}>
              Check something else
            </Button>
          </div>
        </section>
      )}
      {own !== null && <OwnRequests wanted={own} />}
    </>
  )
}

/** What was typed, what in it can be asked about, and what was answered. */
function useCheck() {
  const { member, org } = useMe()
  const handed = useHandedOver()
  const [text, setText] = useState(handed.text)
  const [answered, setAnswered] = useState<Answered | null>(null)
  const [own, setOwn] = useState<readonly string[] | null>(null)
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
    if (handed.text === '') return
    setText(handed.text)
    setAnswered(null)
    setOwn(handed.ask === 'own' ? [wantedOf(handed.text)] : null)
  }, [handed])
  const type = (next: string) => {
    setText(next)
    setAnswered(null)
    setOwn(null)
    check.clear()
  }
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (asked.length > 0) void check.run(asked)
    else field.current?.focus()
  }
  /** In my own requests: what is recognised, or else the words as they stand. */
  const find = () => {
    // while the newest text is being read, what stands there is of an older one
    const all = busy ? [] : asked.map(({ identifier }) => plain(identifier.normal))
    const wanted = all.length > 0 ? all.slice(0, MOST_FOUND) : [wantedOf(text)].filter(Boolean)
    if (wanted.length > 0) setOwn(wanted)
    else field.current?.focus()
  }
  return { text, type, field, asked, busy, change, check, answered, own, submit, find }
}

/** Things looked for in one press; each is a question of its own. */
const MOST_FOUND = 10

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
