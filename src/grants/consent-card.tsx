import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { newId } from '../core/ids.ts'
import { USES, type Use } from '../core/marking.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { capital } from '../web/parts/words.ts'
import { queries, queryClient, showAnswer } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import styles from './grants.module.css'
import type { Consent, ConsentList } from './shapes.ts'
import { dayIn, endOfDay, USE_WORDS } from './words.ts'

type List = z.infer<typeof ConsentList>

/** What the person agreed to, use by use. Taking a consent back ends every reading that rests on it at once. */
export function ConsentCard({ reportId }: { readonly reportId: string }) {
  const { data } = useSuspenseQuery(queries.consents(reportId))
  const [open, setOpen] = useState(false)
  const { consents } = data
  const live = consents.filter((it) => it.live)
  const free = USES.filter((use) => !live.some((it) => it.use === use))
  const show = async (list: List) => {
    await showAnswer(queries.consents(reportId).queryKey, list)
    void queryClient.invalidateQueries({ queryKey: ['shares'] })
    setOpen(false)
  }
  return (
    <section className={styles.card} aria-labelledby="consent">
      <div className={styles.head}>
        <h2 id="consent">{headOf(live.length)}</h2>
        {!open && free.length > 0 && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            Record a consent
          </Button>
        )}
      </div>
      {open && <ConsentForm {...{ reportId, free, show }} onEnd={() => setOpen(false)} />}
      {consents.length > 0 && (
        <ul className={styles.rows}>
          {consents.map((consent) => (
            <ConsentRow key={consent.id} consent={consent} show={show} />
          ))}
        </ul>
      )}
    </section>
  )
}

function headOf(live: number): string {
  if (live === 0) return 'No consent of the person stands'
  return live === 1 ? 'The person consents to one use' : `The person consents to ${live} uses`
}

interface FormProps {
  readonly reportId: string
  readonly free: readonly Use[]
  readonly show: (list: List) => void
  readonly onEnd: () => void
}

function ConsentForm({ reportId, free, show, onEnd }: FormProps) {
  const [id] = useState(newId)
  const [it, setIt] = useState({ use: free[0] ?? 'support', givenBy: 'person', how: '', until: '' })
  const set = (part: Partial<typeof it>) => setIt((now) => ({ ...now, ...part }))
  const recording = useAct(
    (body: Parameters<typeof api.consentNew>[1], key) => api.consentNew(reportId, body, key),
    show,
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { use, how, until } = it
    const givenBy = it.givenBy === 'guardian' ? 'guardian' : 'person'
    void recording.run({
      id,
      use,
      givenBy,
      how: how.trim(),
      expiresAt: until === '' ? null : endOfDay(until),
    })
  }
  return (
    <form className={styles.inner} onSubmit={submit} aria-label="Record a consent">
      <div className={styles.two}>
        <NativeSelect
          label="To which use"
          value={it.use}
          onChange={(event) => set({ use: event.currentTarget.value as Use })}
          data={free.map((use) => ({ value: use, label: capital(USE_WORDS[use]) }))}
        />
        <NativeSelect
          label="Given by"
          value={it.givenBy}
          onChange={(event) => set({ givenBy: event.currentTarget.value })}
          data={[
            { value: 'person', label: 'The person' },
            { value: 'guardian', label: 'A guardian' },
          ]}
        />
        <TextInput
          label="How, and in which language"
          description="Never who the person is."
          value={it.how}
          maxLength={500}
          onChange={(event) => set({ how: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label="Until (left empty: until withdrawn)"
          min={dayIn(0, new Date())}
          value={it.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" size="sm" loading={recording.busy}>
          Record it
        </Button>
        <Button variant="default" size="sm" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {recording.error && <ErrorNote error={recording.error} what="No consent was recorded" />}
    </form>
  )
}

interface RowProps {
  readonly consent: Consent
  readonly show: (list: List) => void
}

function ConsentRow({ consent, show }: RowProps) {
  const [asked, setAsked] = useState<'withdraw' | 'narrow' | null>(null)
  const { use, givenBy, how, givenAt, expiresAt, withdrawnAt, live } = consent
  return (
    <li className={live ? '' : styles.ended}>
      <span className={styles.grow}>
        <b>{capital(USE_WORDS[use])}</b>
        <span className="quiet small">
          {' '}
          given by {givenBy === 'person' ? 'the person' : 'a guardian'}, <LocalTime at={givenAt} />
          {how !== '' && `; ${how}`}
        </span>
      </span>
      <span className="small">
        {withdrawnAt !== null ? (
          <>
            withdrawn <LocalTime at={withdrawnAt} />
          </>
        ) : expiresAt === null ? (
          'until withdrawn'
        ) : (
          <>
            {live ? 'until' : 'ended'} <LocalTime at={expiresAt} />
          </>
        )}
      </span>
      {live && asked === null && (
        <span className={styles.buttons}>
          <Button size="compact-sm" variant="default" onClick={() => setAsked('narrow')}>
            Ends earlier
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsked('withdraw')}>
            Withdrawn
          </Button>
        </span>
      )}
      {live && asked !== null && <Ending {...{ consent, show, asked }} onEnd={() => setAsked(null)} />}
    </li>
  )
}

function Ending({
  consent,
  show,
  asked,
  onEnd,
}: RowProps & { asked: 'withdraw' | 'narrow'; onEnd: () => void }) {
  const [until, setUntil] = useState(dayIn(1, new Date()))
  const act = useAct(
    (it: { id: string; until: string | null }, key) =>
      it.until === null ? api.consentWithdraw(it.id, key) : api.consentNarrow(it.id, it.until, key),
    show,
  )
  const run = () => void act.run({ id: consent.id, until: asked === 'withdraw' ? null : endOfDay(until) })
  return (
    <div className={styles.inner} style={{ flexBasis: '100%' }}>
      <p className={styles.happens}>
        {asked === 'withdraw'
          ? 'Nobody reads on the strength of it from this moment, here and in every request and share that rests on it. What was read stays known to whoever read it; the log says who.'
          : 'A consent can only become shorter. A longer one is recorded anew.'}
      </p>
      {asked === 'narrow' && (
        <TextInput
          type="date"
          label="It ends at the end of"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      )}
      <div className={styles.buttons}>
        <Button size="sm" loading={act.busy} onClick={run}>
          {asked === 'withdraw' ? 'It is withdrawn' : 'Let it end then'}
        </Button>
        <Button variant="default" size="sm" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {act.error && <ErrorNote error={act.error} what="The consent stands as before" />}
    </div>
  )
}
