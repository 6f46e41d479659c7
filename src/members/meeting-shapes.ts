import { z } from 'zod'
import { Id, Moment, TlpShape } from '../core/shapes.ts'

const Day = z.iso.date()
const Answer = z.enum(['yes', 'no', 'maybe'])

const Details = {
  title: z.string().trim().min(1).max(200),
  startsAt: Moment,
  /** How long it takes. */
  minutes: z.int().min(5).max(1_440),
  place: z.string().trim().min(1).max(500),
  agenda: z.string().max(10_000),
  tlp: TlpShape,
}
export const MeetingNew = z.strictObject({ id: Id, groupId: Id.nullable(), ...Details })
export const MeetingChange = z.strictObject({ ...Details, cancel: z.boolean() })

export const Meeting = z.object({
  id: Id,
  groupId: Id.nullable(),
  groupName: z.string().nullable(),
  title: z.string(),
  startsAt: Moment,
  minutes: z.int(),
  place: z.string(),
  agenda: z.string(),
  tlp: TlpShape,
  cancelledAt: Moment.nullable(),
  /** The asker keeps it: called it, or is a steward of its group or of the network. */
  keeps: z.boolean(),
  answer: Answer.nullable(),
})
export type Meeting = z.infer<typeof Meeting>
export const MeetingList = z.object({
  meetings: z.array(Meeting),
  /** What is the asker's own to do and not done. */
  due: z.array(z.object({ id: Id, meetingId: Id, words: z.string(), due: Day })),
})

export const ActionItem = z.object({
  id: Id,
  words: z.string(),
  owner: z.object({ memberId: Id, name: z.string(), orgName: z.string() }),
  mine: z.boolean(),
  due: Day,
  doneAt: Moment.nullable(),
})
export const MeetingWhole = z.object({
  meeting: Meeting,
  attendance: z.array(
    z.object({
      memberId: Id,
      name: z.string(),
      orgName: z.string(),
      answer: Answer.nullable(),
      wasThere: z.boolean().nullable(),
    }),
  ),
  /** Null when there are none yet, or they are marked RED and the asker was not there. */
  minutes: z.object({ body: z.string(), tlp: TlpShape, version: z.int(), writtenAt: Moment }).nullable(),
  items: z.array(ActionItem),
})
export const AnswerNew = z.strictObject({ answer: Answer })
export const AttendanceNew = z.strictObject({ memberId: Id, wasThere: z.boolean() })
/** `version` is the one the writer read, 0 for the first: who was slower is told, and nothing is overwritten. */
export const MinutesNew = z.strictObject({
  body: z.string().trim().min(1).max(100_000),
  tlp: TlpShape,
  version: z.int().min(0),
})
export const ActionItemNew = z.strictObject({
  id: Id,
  words: z.string().trim().min(1).max(2_000),
  ownerId: Id,
  due: Day,
})
export const ItemDone = z.strictObject({ done: z.boolean() })
