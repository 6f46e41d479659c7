import { Button, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { TLPS } from '../core/shapes.ts'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { LocalTime } from '../web/parts/time.tsx'
import { TLP_WORDS, type Tlp, TlpLabel } from '../web/parts/tlp-label.tsx'
import { queries, queryClient } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import type { MeetingWhole } from './meeting-shapes.ts'
import styles from './members.module.css'

type Whole = z.infer<typeof MeetingWhole>

/** The minutes, and writing them. */
export function MinutesPart({ whole }: { readonly whole: Whole }) {
  const { meeting, minutes } = whole
  const [writing, setWriting] = useState(false)
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>Minutes</h2>
      {minutes ? (
        <>
          <p className="quiet small">
            <TlpLabel tlp={minutes.tlp} /> For {TLP_WORDS[minutes.tlp]}. Version {minutes.version},{' '}
            <LocalTime at={minutes.writtenAt} />.
          </p>
          <p className={styles.pre}>{minutes.body}</p>
        </>
      ) : (
        <p className="quiet">
          {Date.parse(meeting.startsAt) > Date.now()
            ? 'They are written afterwards, by whoever keeps this meeting.'
            : 'None that you may read. Minutes marked TLP:RED are for those who were there.'}
        </p>
      )}
      {meeting.keeps && !writing && (
        <div>
          <Button variant="default" onClick={() => setWriting(true)}>
            {minutes ? 'Change the minutes' : 'Write the minutes'}
          </Button>
        </div>
      )}
      {writing && <MinutesForm whole={whole} onEnd={() => setWriting(false)} />}
    </section>
  )
}

/**
 * What is typed stands until it is saved. When somebody else wrote in the meantime, theirs is shown above and nothing of
 * either is lost: the writer puts the two together and saves on top.
 */
function MinutesForm({ whole, onEnd }: { readonly whole: Whole; readonly onEnd: () => void }) {
  const { meeting, minutes } = whole
  const [base, setBase] = useState(minutes?.version ?? 0)
  const [body, setBody] = useState(minutes?.body ?? '')
  const [tlp, setTlp] = useState<Tlp>(minutes?.tlp ?? meeting.tlp)
  const behind = (minutes?.version ?? 0) > base
  const again = () => queryClient.invalidateQueries({ queryKey: queries.meeting(meeting.id).queryKey })
  const save = useAct(
    (it: { body: string; tlp: Tlp; version: number }, key) => api.minutes(meeting.id, it, key),
    async () => {
      await again()
      onEnd()
    },
  )
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const version = minutes?.version ?? 0
    setBase(version)
    if (behind) return
    if ((await save.run({ body, tlp, version: base })) === null) await again()
  }
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} aria-label="The minutes">
      <Textarea
        label="What was said and agreed"
        description="By organisation rather than by person where that serves. No names of possible victims."
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        autosize
        minRows={8}
        maxRows={30}
        maxLength={100_000}
        required
        withAsterisk={false}
      />
      <NativeSelect
        label="Marking"
        value={tlp}
        onChange={(event) => setTlp(event.currentTarget.value as Tlp)}
        data={TLPS.map((value) => ({
          value,
          label: `TLP:${value}: ${value === 'RED' ? 'only those who were there' : TLP_WORDS[value]}`,
        }))}
      />
      {behind && (
        <p className={styles.warning} role="alert">
          Somebody else saved version {minutes?.version} while you wrote. Theirs stands above, yours stands
          here: copy what is missing into yours. The next press confirms that yours contains both, the one
          after it saves.
        </p>
      )}
      {save.error && !behind && <ErrorNote error={save.error} what="The minutes were not saved" />}
      <ActButtons
        label={behind ? 'Mine contains both' : 'Save the minutes'}
        busy={save.busy}
        disabled={body.trim() === ''}
        onEnd={onEnd}
      />
    </form>
  )
}
