import { Button } from '@mantine/core'
import type { z } from 'zod'
import { api } from '../web/api.ts'
import { ErrorNote } from '../web/parts/error-note.tsx'
import type { Meeting, MeetingWhole } from './meeting-shapes.ts'
import styles from './members.module.css'
import { useMemberAct } from './use-member-act.ts'

export type Attendance = z.infer<typeof MeetingWhole>['attendance']

const SAID = { yes: 'comes', no: 'does not come', maybe: 'perhaps' } as const

export interface AttendancePartProps {
  readonly meeting: Meeting
  readonly attendance: Attendance
}

/** Who comes and who was there. The keeper notes it; it is for trust between people and is never counted into a score. */
export function AttendancePart({ meeting, attendance }: AttendancePartProps) {
  const begun = Date.parse(meeting.startsAt) <= Date.now()
  const note = useMemberAct(['meetings'], (it: { memberId: string; wasThere: boolean }, key) =>
    api.attendance(meeting.id, it, key),
  )
  return (
    <section className={`${styles.section} ${styles.wide}`}>
      <h2>{begun ? 'Who was there' : 'Who comes'}</h2>
      {attendance.length === 0 && <p className="quiet">Nobody whom you may see has answered yet.</p>}
      <ul className={styles.rows}>
        {attendance.map((it) => (
          <li key={it.memberId}>
            <span className={styles.what}>
              {it.name} <span className="quiet">{it.orgName}</span>
            </span>
            <span className={styles.state}>
              {it.wasThere === null
                ? it.answer
                  ? SAID[it.answer]
                  : 'no answer'
                : it.wasThere
                  ? 'was there'
                  : 'was not there'}
            </span>
            {meeting.keeps && begun && (
              <Button
                size="compact-sm"
                variant="default"
                disabled={note.busy}
                onClick={() => void note.run({ memberId: it.memberId, wasThere: it.wasThere !== true })}
              >
                {it.wasThere === true ? 'Was not there' : 'Was there'}
                <span className="unseen">: {it.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {note.error && <ErrorNote error={note.error} what="It was not noted" />}
    </section>
  )
}
