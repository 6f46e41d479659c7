import { Button, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { newId } from '../core/ids.ts'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import { queries, showAnswer } from '../web/queries.ts'
import { useAct } from '../web/use-act.ts'
import styles from './grants.module.css'
import type { ShareWhole } from './shapes.ts'

/** Opening what has closed, because life or safety does not wait: what will happen, to whom, before it does. */
export function GlassForm({ share, onEnd }: { readonly share: ShareWhole; readonly onEnd: () => void }) {
  const [id] = useState(newId)
  const [reason, setReason] = useState('')
  const [hours, setHours] = useState('1')
  const breaking = useAct(
    (it: { reason: string; hours: number }, key) => api.glassNew(share.id, { id, ...it }, key),
    async (whole) => {
      await showAnswer(queries.share(share.id).queryKey, whole)
      onEnd()
    },
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void breaking.run({ reason: reason.trim(), hours: Number(hours) })
  }
  return (
    <form className={styles.inner} onSubmit={submit} aria-label="Break the glass">
      <p className={styles.happens}>
        You alone read it again, for these hours. {share.fromName} is told at once that it was somebody of
        your organisation, with your reason, and judges afterwards whether it was justified: also where your
        seat in a group is hidden. The log keeps both.
      </p>
      <Textarea
        label="What cannot wait, and for whom"
        description="At least twenty letters. Not who the person is."
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2_000}
      />
      <NativeSelect
        label="For"
        value={hours}
        onChange={(event) => setHours(event.currentTarget.value)}
        data={['1', '2', '3', '4'].map((n) => ({ value: n, label: n === '1' ? 'one hour' : `${n} hours` }))}
      />
      <div className={styles.buttons}>
        <Button type="submit" size="sm" loading={breaking.busy} disabled={reason.trim().length < 20}>
          Break the glass
        </Button>
        <Button size="sm" variant="default" onClick={onEnd}>
          Not now
        </Button>
      </div>
      {breaking.error && <ErrorNote error={breaking.error} what="It stays closed" />}
    </form>
  )
}
