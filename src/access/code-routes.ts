import { z } from 'zod'
import { HouseError } from '../core/errors.ts'
import { Done, Id } from '../core/shapes.ts'
import { answers, body, rooms } from '../http/shape.ts'
import { record } from './audit.ts'
import { rulePasswords } from './codes.ts'
import { allow } from './policy.ts'
import { PasswordRule } from './shapes.ts'

const Nothing = z.strictObject({})

/** Codes beside passwords: taking one's code app away, and whether an organisation may use passwords at all. */
export function codeRoutes() {
  return rooms()
    .openapi(
      answers('post', '/code-app/removal', {
        what: 'Take my code app away; the next sign-in with the password sets up a new one',
        answer: Done,
        request: body(Nothing),
      }),
      async (c) => {
        const { db, actor } = c.var
        const { numDeletedRows } = await db
          .deleteFrom('code_app')
          .where('member_id', '=', actor.member)
          .executeTakeFirst()
        if (numDeletedRows === 0n) throw new HouseError('not_found', 'you have no code app')
        await record(db, actor, { act: 'code.removed', objectKind: 'member', objectId: actor.member })
        return c.json({ done: true as const })
      },
    )
    .openapi(
      answers('post', '/orgs/{id}/password-rule', {
        what: 'Whether people of an organisation may sign in with a password and a code; anybody of it may forbid it',
        answer: Done,
        request: { params: z.object({ id: Id }), ...body(PasswordRule) },
      }),
      async (c) => {
        const { id: org } = c.req.valid('param')
        const { rule } = c.req.valid('json')
        if (rule !== 'none') allow(c.var.actor, 'password.rule')
        await rulePasswords(c.var.db, c.var.actor, { org, rule })
        return c.json({ done: true as const })
      },
    )
}
