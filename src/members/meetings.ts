import type { z } from 'zod'
import { isAllowed } from '../access/policy.ts'
import type { Actor } from '../core/actor.ts'
import { HouseError } from '../core/errors.ts'
import { type Db, sql } from '../store/open.ts'
import { recordsOn, theOne } from './acts.ts'
import { listGroups } from './groups.ts'
import type {
  ActionItem,
  ActionItemNew,
  AttendanceNew,
  Meeting,
  MeetingChange,
  MeetingList,
  MeetingNew,
  MeetingWhole,
  MinutesNew,
} from './meeting-shapes.ts'

const act = recordsOn('meeting')

/** Meetings of the last year and all that are to come, of the network and of the asker's groups; the next ones first. */
export async function listMeetings(db: Db, actor: Actor): Promise<Meeting[]> {
  const rows = await db
    .selectFrom('meeting')
    .selectAll()
    .where('starts_at', '>', new Date(Date.now() - 365 * 86_400_000))
    .orderBy('starts_at', 'desc')
    .limit(500)
    .execute()
  return presentAll(db, actor, rows)
}

/** What was agreed on that is the asker's own to do, and not done; the soonest first. */
export async function listDue(db: Db, actor: Actor): Promise<z.infer<typeof MeetingList>['due']> {
  const rows = await db
    .selectFrom('action_item')
    .select(['id', 'meeting_id', 'words', sql<string>`due::text`.as('due')])
    .where('owner_id', '=', actor.member)
    .where('done_at', 'is', null)
    .orderBy('due')
    .limit(100)
    .execute()
  return rows.map(({ meeting_id, ...it }) => ({ ...it, meetingId: meeting_id }))
}

/** @throws `not_found` for a meeting that is not there or not the asker's, alike */
export async function findMeeting(db: Db, actor: Actor, id: string): Promise<Meeting> {
  const rows = await db.selectFrom('meeting').selectAll().where('id', '=', id).execute()
  return theOne(await presentAll(db, actor, rows), 'no such meeting, or it is not yours')
}

export async function wholeMeeting(db: Db, actor: Actor, id: string): Promise<z.infer<typeof MeetingWhole>> {
  const meeting = await findMeeting(db, actor, id)
  const [attendance, minutes, items] = await Promise.all([
    sql<AttendanceRow>`select * from firebreak.attendance_of(${id})`.execute(db),
    db.selectFrom('meeting_minutes').selectAll().where('meeting_id', '=', id).executeTakeFirst(),
    itemsOf(db, actor, id),
  ])
  if (minutes && (minutes.tlp === 'RED' || minutes.tlp === 'AMBER+STRICT')) {
    await act(db, actor, {
      act: 'meeting.minutes_read',
      id: id,
      detail: { tlp: minutes.tlp, version: minutes.version },
    })
  }
  return {
    meeting,
    attendance: attendance.rows.map((row) => ({
      memberId: row.member_id,
      name: row.name,
      orgName: row.org_name,
      answer: row.answer,
      wasThere: row.was_there,
    })),
    minutes: minutes
      ? {
          body: minutes.body,
          tlp: minutes.tlp,
          version: minutes.version,
          writtenAt: minutes.written_at.toISOString(),
        }
      : null,
    items,
  }
}

interface AttendanceRow {
  readonly member_id: string
  readonly name: string
  readonly org_name: string
  readonly answer: 'yes' | 'no' | 'maybe' | null
  readonly was_there: boolean | null
}

async function itemsOf(db: Db, actor: Actor, id: string): Promise<z.infer<typeof ActionItem>[]> {
  const { rows } = await sql<{
    id: string
    words: string
    owner_id: string
    owner_name: string
    org_name: string
    due: string
    done_at: Date | null
  }>`select id, words, owner_id, owner_name, org_name, due::text, done_at from firebreak.action_items_of(${id})`.execute(
    db,
  )
  return rows.map((row) => ({
    id: row.id,
    words: row.words,
    owner: { memberId: row.owner_id, name: row.owner_name, orgName: row.org_name },
    mine: row.owner_id === actor.member,
    due: row.due,
    doneAt: row.done_at?.toISOString() ?? null,
  }))
}

/** Calls a meeting of a group one sits in, or as steward one of the whole network. */
export async function callMeeting(db: Db, actor: Actor, it: z.infer<typeof MeetingNew>): Promise<void> {
  if (it.groupId === null && !isAllowed(actor.role, 'meeting.call_all'))
    throw new HouseError('forbidden', 'groupId: a meeting of the whole network is called by a steward')
  await db
    .insertInto('meeting')
    .values({
      id: it.id,
      group_id: it.groupId,
      title: it.title,
      starts_at: it.startsAt,
      minutes: it.minutes,
      place: it.place,
      agenda: it.agenda,
      tlp: it.tlp,
      called_by: actor.member,
    })
    .execute()
  await act(db, actor, { act: 'meeting.called', id: it.id })
}

export async function changeMeeting(
  db: Db,
  actor: Actor,
  it: z.infer<typeof MeetingChange> & { id: string },
): Promise<void> {
  await mustKeep(db, actor, it.id)
  await db
    .updateTable('meeting')
    .set((eb) => ({
      title: it.title,
      starts_at: it.startsAt,
      minutes: it.minutes,
      place: it.place,
      agenda: it.agenda,
      tlp: it.tlp,
      sequence: eb('sequence', '+', 1),
      cancelled_at: it.cancel ? new Date() : null,
    }))
    .where('id', '=', it.id)
    .execute()
  await act(db, actor, { act: it.cancel ? 'meeting.cancelled' : 'meeting.changed', id: it.id })
}

export async function answerMeeting(
  db: Db,
  actor: Actor,
  it: { id: string; answer: 'yes' | 'no' | 'maybe' },
): Promise<void> {
  const { cancelledAt } = await findMeeting(db, actor, it.id)
  if (cancelledAt) throw new HouseError('conflict', 'this meeting is cancelled')
  await db
    .insertInto('attendance')
    .values({ meeting_id: it.id, member_id: actor.member, answer: it.answer })
    .onConflict((conflict) =>
      conflict.columns(['meeting_id', 'member_id']).doUpdateSet({ answer: it.answer }),
    )
    .execute()
}

/** Says who was there. Attendance is kept for trust between people, and is never added up into a score. */
export async function noteAttendance(
  db: Db,
  actor: Actor,
  it: z.infer<typeof AttendanceNew> & { id: string },
): Promise<void> {
  await mustKeep(db, actor, it.id)
  await sql`select firebreak.note_attendance(${it.id}, ${it.memberId}, ${it.wasThere})`.execute(db)
  await act(db, actor, { act: 'meeting.attended', id: it.id, detail: { there: it.wasThere } })
}

/** Writes the minutes, or the next version of them. Throws `conflict` when somebody else wrote in the meantime. */
export async function writeMinutes(
  db: Db,
  actor: Actor,
  it: z.infer<typeof MinutesNew> & { id: string },
): Promise<void> {
  await mustKeep(db, actor, it.id)
  const values = { body: it.body, tlp: it.tlp, written_by: actor.member, written_at: new Date() }
  if (it.version === 0) {
    const made = await db
      .insertInto('meeting_minutes')
      .values({ meeting_id: it.id, ...values })
      .onConflict((conflict) => conflict.column('meeting_id').doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows !== 1n) throw metInTheMeantime()
  } else {
    const done = await db
      .updateTable('meeting_minutes')
      .set({ ...values, version: it.version + 1 })
      .where('meeting_id', '=', it.id)
      .where('version', '=', it.version)
      .executeTakeFirst()
    if (done.numUpdatedRows !== 1n) throw metInTheMeantime()
  }
  await act(db, actor, {
    act: 'meeting.minutes_written',
    id: it.id,
    detail: { tlp: it.tlp, version: it.version + 1 },
  })
}

function metInTheMeantime(): HouseError {
  return new HouseError(
    'conflict',
    'version: somebody else wrote the minutes in the meantime; read theirs and put yours beside',
  )
}

export async function addItem(
  db: Db,
  actor: Actor,
  it: z.infer<typeof ActionItemNew> & { meetingId: string },
): Promise<void> {
  const meeting = await mustKeep(db, actor, it.meetingId)
  await mustMeet(db, it.ownerId, meeting)
  await db
    .insertInto('action_item')
    .values({
      id: it.id,
      meeting_id: it.meetingId,
      words: it.words,
      owner_id: it.ownerId,
      due: it.due,
      made_by: actor.member,
    })
    .execute()
  await act(db, actor, { act: 'meeting.item_added', id: it.meetingId, detail: { due: it.due } })
}

export async function finishItem(
  db: Db,
  actor: Actor,
  it: { meetingId: string; id: string; done: boolean },
): Promise<void> {
  const { rows } = await sql<{ found: boolean }>`
    select firebreak.finish_item(${it.meetingId}, ${it.id}, ${it.done}) as found`.execute(db)
  if (!rows[0]?.found) throw new HouseError('not_found', 'no such item, or not yours to finish')
  await act(db, actor, { act: it.done ? 'meeting.item_done' : 'meeting.item_reopened', id: it.meetingId })
}

/** Whoever something is asked of is known to who asks: they sit in the group, or are seen in the network. */
async function mustMeet(db: Db, memberId: string, meeting: Meeting): Promise<void> {
  const known =
    meeting.groupId === null
      ? await db.selectFrom('member').select('id').where('id', '=', memberId).executeTakeFirst()
      : (
          await sql<{ member_id: string }>`select member_id from firebreak.seats_of(${meeting.groupId})
              where member_id = ${memberId} and left_at is null`.execute(db)
        ).rows[0]
  if (!known) throw new HouseError('not_found', 'ownerId: nobody of this meeting')
}

async function mustKeep(db: Db, actor: Actor, id: string): Promise<Meeting> {
  const meeting = await findMeeting(db, actor, id)
  if (!meeting.keeps)
    throw new HouseError('forbidden', 'only who called the meeting, or a steward of its group, does this')
  return meeting
}

type Row = Awaited<ReturnType<typeof rowOf>>
const rowOf = (db: Db) => db.selectFrom('meeting').selectAll().executeTakeFirstOrThrow()

async function presentAll(db: Db, actor: Actor, rows: readonly Row[]): Promise<Meeting[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const [groups, answers] = await Promise.all([
    listGroups(db, actor),
    db
      .selectFrom('attendance')
      .select(['meeting_id', 'answer'])
      .where('member_id', '=', actor.member)
      .where('meeting_id', 'in', ids)
      .execute(),
  ])
  const byId = new Map(groups.map((group) => [group.id, group]))
  const mine = new Map(answers.map((row) => [row.meeting_id, row.answer]))
  return rows.map((row) => {
    const group = row.group_id === null ? undefined : byId.get(row.group_id)
    return {
      id: row.id,
      groupId: row.group_id,
      groupName: group?.name ?? null,
      title: row.title,
      startsAt: row.starts_at.toISOString(),
      minutes: row.minutes,
      place: row.place,
      agenda: row.agenda,
      tlp: row.tlp,
      cancelledAt: row.cancelled_at?.toISOString() ?? null,
      keeps:
        row.called_by === actor.member ||
        (row.group_id === null ? actor.role === 'steward' : group?.seat?.role === 'steward'),
      answer: mine.get(row.id) ?? null,
    }
  })
}
