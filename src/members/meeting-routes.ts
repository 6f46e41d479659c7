import { createRoute } from '@hono/zod-openapi'
import { z } from 'zod'
import { allow } from '../access/policy.ts'
import type { Actor } from '../core/actor.ts'
import { Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import type { Db } from '../store/open.ts'
import { iCalendar } from './invitation.ts'
import {
  ActionItemNew,
  AnswerNew,
  AttendanceNew,
  ItemDone,
  Meeting,
  MeetingChange,
  MeetingList,
  MeetingNew,
  MeetingWhole,
  MinutesNew,
} from './meeting-shapes.ts'
import {
  addItem,
  answerMeeting,
  callMeeting,
  changeMeeting,
  findMeeting,
  finishItem,
  listDue,
  listMeetings,
  noteAttendance,
  wholeMeeting,
  writeMinutes,
} from './meetings.ts'

const ById = z.object({ id: Id })
const ByItem = z.object({ id: Id, item: Id })

/** Meetings and their invitations. */
export function meetingRoutes() {
  return rooms()
    .openapi(
      answers('get', '/meetings', { what: 'Meetings that were and that come', answer: MeetingList }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { db, actor } = c.var
        return c.json({ meetings: await listMeetings(db, actor), due: await listDue(db, actor) })
      },
    )
    .openapi(
      answers('post', '/meetings', { what: 'Call a meeting', answer: Meeting, request: body(MeetingNew) }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const it = c.req.valid('json')
        await callMeeting(c.var.db, c.var.actor, it)
        return c.json(await findMeeting(c.var.db, c.var.actor, it.id))
      },
    )
    .openapi(
      answers('get', '/meetings/{id}', {
        what: 'A meeting with answers, minutes and what was agreed',
        answer: MeetingWhole,
        request: { params: ById },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        return c.json(await wholeMeeting(c.var.db, c.var.actor, c.req.valid('param').id))
      },
    )
    .openapi(
      answers('post', '/meetings/{id}', {
        what: 'Change or cancel a meeting',
        answer: Meeting,
        request: { params: ById, ...body(MeetingChange) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await changeMeeting(c.var.db, c.var.actor, { ...c.req.valid('json'), id })
        return c.json(await findMeeting(c.var.db, c.var.actor, id))
      },
    )
    .openapi(
      answers('post', '/meetings/{id}/answers', {
        what: 'Say whether one comes',
        answer: Meeting,
        request: { params: ById, ...body(AnswerNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await answerMeeting(c.var.db, c.var.actor, { id, answer: c.req.valid('json').answer })
        return c.json(await findMeeting(c.var.db, c.var.actor, id))
      },
    )
}

/** What is written down of a meeting. */
export function minutesRoutes() {
  const whole = (c: { var: { db: Db; actor: Actor } }, id: string) => wholeMeeting(c.var.db, c.var.actor, id)
  return rooms()
    .openapi(
      answers('post', '/meetings/{id}/attendance', {
        what: 'Say who was there',
        answer: MeetingWhole,
        request: { params: ById, ...body(AttendanceNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await noteAttendance(c.var.db, c.var.actor, { ...c.req.valid('json'), id })
        return c.json(await whole(c, id))
      },
    )
    .openapi(
      answers('post', '/meetings/{id}/minutes', {
        what: 'Write the minutes, or their next version',
        answer: MeetingWhole,
        request: { params: ById, ...body(MinutesNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await writeMinutes(c.var.db, c.var.actor, { ...c.req.valid('json'), id })
        return c.json(await whole(c, id))
      },
    )
    .openapi(
      answers('post', '/meetings/{id}/items', {
        what: 'Something that somebody does until a day',
        answer: MeetingWhole,
        request: { params: ById, ...body(ActionItemNew) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id } = c.req.valid('param')
        await addItem(c.var.db, c.var.actor, { ...c.req.valid('json'), meetingId: id })
        return c.json(await whole(c, id))
      },
    )
    .openapi(
      answers('post', '/meetings/{id}/items/{item}', {
        what: 'Done, or open again',
        answer: MeetingWhole,
        request: { params: ByItem, ...body(ItemDone) },
      }),
      async (c) => {
        allow(c.var.actor, 'group.sit')
        const { id, item } = c.req.valid('param')
        await finishItem(c.var.db, c.var.actor, { meetingId: id, id: item, done: c.req.valid('json').done })
        return c.json(await whole(c, id))
      },
    )
}

const INVITATION = createRoute({
  method: 'get',
  path: '/meetings/{id}/invitation.ics',
  summary: 'The invitation as a calendar file (RFC 5545)',
  request: { params: ById },
  responses: {
    200: { description: 'A calendar file', content: { 'text/calendar': { schema: z.string() } } },
  },
})

/** The invitation as a calendar file. @param origin  the public address, where there is one */
export function invitationRoutes(origin: URL | null) {
  return rooms().openapi(INVITATION, async (c) => {
    allow(c.var.actor, 'group.sit')
    const { db, actor } = c.var
    const { id } = c.req.valid('param')
    const meeting = await findMeeting(db, actor, id)
    const row = await db
      .selectFrom('meeting')
      .select('sequence')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const here = origin?.origin ?? new URL(c.req.url).origin
    const file = iCalendar({
      id,
      // what a calendar shows on a locked screen must not say what the network does
      title: meeting.tlp === 'CLEAR' || meeting.tlp === 'GREEN' ? meeting.title : 'Meeting',
      startsAt: new Date(meeting.startsAt),
      minutes: meeting.minutes,
      sequence: row.sequence,
      cancelled: meeting.cancelledAt !== null,
      changedAt: new Date(),
      url: `${here}/network/meetings/${id}`,
    })
    return c.body(file, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="meeting.ics"',
    })
  })
}
