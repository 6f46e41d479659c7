import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { HANDLING, type Handling, PAPS, type Pap, type Tlp } from '../core/marking.ts'
import { TLPS } from '../core/shapes.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { TlpLabel } from '../web/parts/tlp-label.tsx'
import { queries, queryClient, showAnswer } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import { AskSecond } from './ask-second.tsx'
import styles from './grants.module.css'
import type { MarkingNew } from './shapes.ts'
import { HANDLING_WORDS } from './words.ts'

type Marked = z.infer<typeof MarkingNew>

/** How far a report may go and what must be kept in mind; anybody of the organisation may mark it anew. */
export function MarkingCard({ reportId }: { readonly reportId: string }) {
  const { data } = useSuspenseQuery(queries.marking(reportId))
  const [open, setOpen] = useState(false)
  return (
    <section className={styles.card} aria-labelledby="marking">
      <div className={styles.head}>
        <h2 id="marking">Marking</h2>
        {!open && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            Mark it anew
          </Button>
        )}
      </div>
      <Marks marking={data} />
      {open && <MarkingForm reportId={reportId} before={data} onEnd={() => setOpen(false)} />}
    </section>
  )
}

/** Every mark, each with its word. */
export function Marks({ marking }: { readonly marking: Marked }) {
  return (
    <div className={styles.marks}>
      <TlpLabel tlp={marking.tlp} />
      <span className={styles.mark}>PAP:{marking.pap}</span>
      {marking.possibleVictim && <span className={`${styles.mark} ${styles.victim}`}>possible victim</span>}
      {marking.handling.map((mark) => (
        <span key={mark} className={styles.mark}>
          {HANDLING_WORDS[mark]}
        </span>
      ))}
      {marking.expiresAt !== null && (
        <span className="quiet small">
          until <LocalTime at={marking.expiresAt} />
        </span>
      )}
    </div>
  )
}

interface FormProps {
  readonly reportId: string
  readonly before: Marked
  readonly onEnd: () => void
}

function MarkingForm({ reportId, before, onEnd }: FormProps) {
  const { data: words } = useSuspenseQuery(queries.markings())
  const [it, setIt] = useState<Marked>(before)
  const set = (part: Partial<Marked>) => setIt((now) => ({ ...now, ...part }))
  const marking = useAct(
    ({ tlp, pap, handling, possibleVictim, expiresAt }: Marked, key) =>
      api.mark(reportId, { tlp, pap, handling, possibleVictim, expiresAt }, key),
    async (made) => {
      await showAnswer(queries.marking(reportId).queryKey, made)
      void queryClient.invalidateQueries({ queryKey: ['report', reportId] })
      onEnd()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void marking.run(it)
  }
  const meaning = (list: readonly { id: string; meaning: string }[], id: string) =>
    list.find((word) => word.id === id)?.meaning
  return (
    <form className={styles.inner} onSubmit={submit} aria-label="Mark it anew">
      <div className={styles.two}>
        <NativeSelect
          label="How far it may go (TLP)"
          description={meaning(words.tlp, it.tlp)}
          value={it.tlp}
          data={[...TLPS]}
          onChange={(event) => set({ tlp: event.currentTarget.value as Tlp })}
        />
        <NativeSelect
          label="What may be done with it (PAP)"
          description={meaning(words.pap, it.pap)}
          value={it.pap}
          data={[...PAPS]}
          onChange={(event) => set({ pap: event.currentTarget.value as Pap })}
        />
      </div>
      <HandlingBoxes
        marks={it.handling}
        meanings={words.handling}
        onMarks={(handling) => set({ handling })}
      />
      <Checkbox
        label="A person in it may be a victim of trafficking"
        description="Police and financial intelligence then read it only with a basis and a second person’s approval, and with the non-punishment notice. Only two people together take this mark away again."
        checked={it.possibleVictim}
        onChange={(event) => set({ possibleVictim: event.currentTarget.checked })}
      />
      {before.possibleVictim && !it.possibleVictim && <Unmark reportId={reportId} />}
      <p className={styles.happens}>
        Requests made of this report follow upwards at once. Whoever a new mark keeps it from stops reading it
        at once.
      </p>
      <div className={styles.buttons}>
        <Button type="submit" size="sm" loading={marking.busy}>
          Mark it so
        </Button>
        <Button variant="default" size="sm" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {marking.error && <ErrorNote error={marking.error} what="It is marked as before" />}
    </form>
  )
}

/** Where the second person stands, whom the database asks for before it takes the mark away. */
function Unmark({ reportId }: { readonly reportId: string }) {
  const { data } = useSuspenseQuery(queries.approvals())
  const { data: words } = useSuspenseQuery(queries.markings())
  const approved = data.approvals.find(
    (it) =>
      it.kind === 'victim_unmark' &&
      it.objectId === reportId &&
      it.decision === 'approved' &&
      !it.used &&
      Date.parse(it.expiresAt) > Date.now(),
  )
  return (
    <>
      <p className={styles.notice}>{words.nonPunishment.text}</p>
      {approved ? (
        <p className={styles.stone}>
          {approved.decidedByName ?? 'A colleague'} agreed that the mark may go. “Mark it so” takes it away,
          once.
        </p>
      ) : (
        <AskSecond reportId={reportId} org={null} />
      )}
    </>
  )
}

interface BoxesProps {
  readonly marks: readonly Handling[]
  readonly meanings: readonly { id: string; label: string; meaning: string }[]
  readonly onMarks: (marks: Handling[]) => void
}

function HandlingBoxes({ marks, meanings, onMarks }: BoxesProps) {
  return (
    <fieldset className={styles.two} style={{ border: 0, margin: 0, padding: 0 }}>
      <legend className="small">What must be kept in mind</legend>
      {HANDLING.map((mark) => {
        const word = meanings.find(({ id }) => id === mark)
        return (
          <Checkbox
            key={mark}
            label={word?.label ?? HANDLING_WORDS[mark]}
            description={word?.meaning}
            checked={marks.includes(mark)}
            onChange={(event) =>
              onMarks(
                HANDLING.filter((it) => (it === mark ? event.currentTarget.checked : marks.includes(it))),
              )
            }
          />
        )
      })}
    </fieldset>
  )
}
