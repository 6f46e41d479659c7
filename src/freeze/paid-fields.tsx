import { Button, TextInput } from '@mantine/core'
import { dayOf } from '../web/parts/moment.ts'
import type { PartProps } from './payment-fields.tsx'
import { paidMoment } from './request-draft.ts'
import styles from './who-can-act.module.css'

/** When it was paid. The day on which the chat speaks of it is one press away, and never taken for the day by itself. */
export function PaidFields({ draft, set, saidAt }: PartProps & { readonly saidAt: string | null }) {
  const paid = paidMoment(draft)
  const day = saidAt !== null && draft.paidDate === '' ? saidAt.slice(0, 10) : null
  return (
    <>
      <div>
        <TextInput
          type="date"
          size="sm"
          label="Paid on"
          value={draft.paidDate}
          onChange={(event) => set({ paidDate: event.currentTarget.value })}
          error={typeof paid === 'string' ? paid : null}
        />
        {day !== null && (
          <Button
            size="compact-sm"
            variant="default"
            className={styles.offer ?? ''}
            onClick={() => set({ paidDate: day })}
          >
            {`on ${dayOf(new Date(`${day}T12:00Z`), 'UTC')}, as the message`}
          </Button>
        )}
      </div>
      <TextInput
        type="time"
        size="sm"
        label="at, if known"
        value={draft.paidTime}
        onChange={(event) => set({ paidTime: event.currentTarget.value })}
      />
    </>
  )
}
