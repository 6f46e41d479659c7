import { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { answers, body, rooms } from '../http/shape.ts'
import type { Db } from '../store/open.ts'
import { record } from './audit.ts'
import { tellKeys } from './key-news.ts'
import { moreOptions, registerPasskey } from './passkeys.ts'
import { endOthers } from './session.ts'
import { CredentialId, PasskeyList, PasskeyName, PasskeyNew, PasskeyOptions } from './shapes.ts'

const ByCredential = z.object({ credential: CredentialId })
const Nothing = z.strictObject({})

/** One's own passkeys: a second one before the first is lost, and the end of one that was. */
export function passkeyRoutes(network: string) {
  return rooms()
    .openapi(answers('get', '/passkeys', { what: 'My passkeys', answer: PasskeyList }), async (c) =>
      c.json(await listOf(c.var.db, c.var.actor.member)),
    )
    .openapi(
      answers('post', '/passkeys/options', {
        what: 'A challenge to make one more passkey with',
        answer: PasskeyOptions,
        request: body(Nothing),
      }),
      async (c) => c.json(await moreOptions(c, network)),
    )
    .openapi(
      answers('post', '/passkeys', {
        what: 'One more passkey, with my key wrapped for it where it can hold one',
        answer: PasskeyList,
        request: body(PasskeyNew),
      }),
      async (c) => {
        const { db, actor } = c.var
        const { name, wrap, ...answer } = c.req.valid('json')
        await registerPasskey(c, { memberId: actor.member, ...answer, name })
        if (wrap)
          await db
            .insertInto('key_wrap')
            .values({
              ...{ id: wrap.id, member_id: actor.member, kind: 'passkey', wrapped: wrap.wrapped },
              credential_id: answer.response.id,
            })
            .execute()
        await record(db, actor, {
          act: 'passkey.added',
          objectKind: 'member',
          objectId: actor.member,
          detail: { key: wrap !== null },
        })
        await tellKeys(db, actor)
        return c.json(await listOf(db, actor.member))
      },
    )
    .openapi(
      answers('post', '/passkeys/{credential}/name', {
        what: 'Call one of my passkeys something else',
        answer: PasskeyList,
        request: { params: ByCredential, ...body(PasskeyName) },
      }),
      async (c) => {
        const { db, actor } = c.var
        const { numUpdatedRows } = await db
          .updateTable('passkey')
          .set({ name: c.req.valid('json').name })
          .where('credential_id', '=', c.req.valid('param').credential)
          .where('member_id', '=', actor.member)
          .executeTakeFirst()
        if (numUpdatedRows === 0n) throw unknown()
        return c.json(await listOf(db, actor.member))
      },
    )
    .openapi(
      answers('post', '/passkeys/{credential}/removal', {
        what: 'Take one of my passkeys away; my other sessions end, and the last way in stays',
        answer: PasskeyList,
        request: { params: ByCredential, ...body(Nothing) },
      }),
      async (c) => {
        const { db, actor } = c.var
        const { numDeletedRows } = await db
          .deleteFrom('passkey')
          .where('credential_id', '=', c.req.valid('param').credential)
          .where('member_id', '=', actor.member)
          .executeTakeFirst()
        if (numDeletedRows === 0n) throw unknown()
        await endOthers(db, actor)
        await record(db, actor, { act: 'passkey.removed', objectKind: 'member', objectId: actor.member })
        await tellKeys(db, actor)
        return c.json(await listOf(db, actor.member))
      },
    )
}

const unknown = () => new HouseError('not_found', 'this passkey is gone already, or is not yours')

async function listOf(db: Db, member: string): Promise<z.infer<typeof PasskeyList>> {
  const [rows, wraps] = await Promise.all([
    db
      .selectFrom('passkey')
      .select(['credential_id', 'name', 'created_at', 'used_at'])
      .where('member_id', '=', member)
      .orderBy('created_at')
      .execute(),
    db.selectFrom('key_wrap').select('credential_id').where('member_id', '=', member).execute(),
  ])
  const opens = new Set(wraps.map((it) => it.credential_id))
  return {
    passkeys: rows.map((row) => ({
      credentialId: row.credential_id,
      name: row.name,
      addedAt: row.created_at.toISOString(),
      usedAt: row.used_at?.toISOString() ?? null,
      opensKey: opens.has(row.credential_id),
    })),
  }
}
