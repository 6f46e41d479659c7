import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { hasEnded } from '../core/power.ts'
import { api } from '../web/api.ts'
import { ActButtons } from '../web/parts/act-buttons.tsx'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { capital, countryWords, POWER_WORDS } from '../web/parts/words.ts'
import { PowerFields } from './candidate-fields.tsx'
import styles from './members.module.css'
import type { PowerDraft } from './proposal-draft.ts'
import type { OrgCard } from './shapes.ts'
import { useMemberAct } from './use-member-act.ts'

export interface PowersPartProps {
  readonly org: OrgCard
  readonly steward: boolean
}

/** What an organisation may lawfully do, who checked it, and until when; a steward adds and ends powers. */
export function PowersPart({ org, steward }: PowersPartProps) {
  const [adding, setAdding] = useState(false)
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>May lawfully</h2>
      {org.powers.length === 0 && (
        <p className="quiet">
          No power is checked. It can still be written to, and be sent what concerns it.
        </p>
      )}
      <ul className={styles.rows}>
        {org.powers.map((power) => (
          <li key={power.id}>
            <span className={styles.what}>
              <strong>{capital(POWER_WORDS[power.kind])}</strong> in {countryWords(power.country)}
              <br />
              <span className="quiet">
                {power.legalBasis} · checked by {power.verifiedBy}
              </span>
            </span>
            <span className={styles.state}>{untilWords(power.until, org.timeZone)}</span>
            {steward && <LastDay power={power} />}
          </li>
        ))}
      </ul>
      {steward && !adding && org.leftAt === null && (
        <div>
          <Button variant="default" onClick={() => setAdding(true)}>
            Add a power that you checked
          </Button>
        </div>
      )}
      {adding && <AddPower org={org} onEnd={() => setAdding(false)} />}
    </section>
  )
}

function untilWords(until: string | null, timeZone: string): string {
  if (until === null) return 'without a last day'
  return hasEnded(until, timeZone, new Date()) ? `ended ${until}` : `until ${until}`
}

function AddPower({ org, onEnd }: { readonly org: OrgCard; readonly onEnd: () => void }) {
  const [power, setPower] = useState<PowerDraft>({
    kind: 'freeze_account',
    country: org.country,
    legalBasis: '',
  })
  const [until, setUntil] = useState('')
  const add = useMemberAct(['network'], api.powerNew, onEnd)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void add.run({ orgId: org.id, ...power, until: until === '' ? null : until })
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label="Add a power">
      <h2>A power of {org.name}</h2>
      <PowerFields power={power} onPower={setPower} />
      <TextInput
        type="date"
        label="Last day, if it has one"
        description="Counted by their clock. Sixty days before it, your desk reminds you."
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <p className="small">
        Your name stands beside it as who checked it. From now on requests are sent to {org.name} for it.
      </p>
      {add.error && <ErrorNote error={add.error} what="No power was added" />}
      <ActButtons label="Add the power" busy={add.busy} onEnd={onEnd} />
    </form>
  )
}

function LastDay({ power }: { readonly power: OrgCard['powers'][number] }) {
  const [open, setOpen] = useState(false)
  const [until, setUntil] = useState(power.until ?? '')
  const end = useMemberAct(
    ['network'],
    (day: string, key) => api.powerEnd(power.id, day, key),
    () => setOpen(false),
  )
  const words = POWER_WORDS[power.kind]
  if (!open)
    return (
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        Set its last day<span className="unseen">: {words}</span>
      </Button>
    )
  return (
    <form
      className={styles.form}
      aria-label={`Last day: ${words}`}
      onSubmit={(event) => {
        event.preventDefault()
        void end.run(until)
      }}
    >
      <TextInput
        type="date"
        label="Last day on which it holds, there"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        required
        withAsterisk={false}
      />
      <p className="small">After it nothing is sent to them for this power. You can set another day.</p>
      {end.error && <ErrorNote error={end.error} what="The last day was not set" />}
      <ActButtons label="Set the last day" busy={end.busy} onEnd={() => setOpen(false)} />
    </form>
  )
}
